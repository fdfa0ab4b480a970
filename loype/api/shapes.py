"""What is said in more than one room: people, organisations, problems, and safe text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from loype.accounts.models import Person
from loype.api.paging import LARGEST
from loype.keywords.given import LONGEST_KEYWORD, MOST_KEYWORDS
from loype.organisations.models import Organisation, Unit

Id = Annotated[int, Field(ge=1, le=LARGEST)]
Version = Annotated[
    int,
    Field(ge=1, le=2**31 - 1, description="The version you read; 409 if it has changed since."),
]
# The database cannot hold NUL; everything else that is odd is cleaned by the verbs.
NO_NUL = r"^[^\u0000]*$"
EARLIEST, LATEST = 1900, 2200
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
ShortLine = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
SearchText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Keyword = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_KEYWORD, pattern=NO_NUL)
]
Keywords = Annotated[
    list[Keyword],
    Field(
        max_length=MOST_KEYWORDS,
        description="Codes from /keywords, any word for one, or words of your own.",
    ),
]


def _in_our_time(moment: Any) -> Any:
    """Years that a calendar of ours may hold; sums with days cannot run over the edge."""
    if not EARLIEST <= moment.year < LATEST:
        raise ValueError(f"the year must lie between {EARLIEST} and {LATEST}")
    return moment


Day = Annotated[date, AfterValidator(_in_our_time)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Amount = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]


class Wanted(BaseModel):
    """What somebody sends; a field nobody knows is refused instead of being lost."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    place: str = Field(description="Where the field stands: body, path, query, header.")
    field: str
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="One word for programs.")
    errors: list[FieldProblem]


class PersonShape(BaseModel):
    """A person as others see them."""

    id: int
    name: str


class OrganisationRef(BaseModel):
    """An organisation by name."""

    id: int
    name: str


class UnitRef(BaseModel):
    """A unit by name."""

    id: int
    name: str


class ThingRef(BaseModel):
    """Another thing on the trail."""

    id: int
    title: str


def person_shape(person: Person | None) -> PersonShape | None:
    """Somebody, if there is somebody."""
    return PersonShape(id=person.pk, name=person.name) if person else None


def organisation_ref(organisation: Organisation) -> OrganisationRef:
    """An organisation by name."""
    return OrganisationRef(id=organisation.pk, name=organisation.name)


def unit_ref(unit: Unit | None) -> UnitRef | None:
    """A unit by name, if there is one."""
    return UnitRef(id=unit.pk, name=unit.name) if unit else None


def thing_ref(thing: Any) -> ThingRef | None:
    """Something by its title, if it is there."""
    return ThingRef(id=thing.pk, title=thing.title) if thing else None


def somebody(person_id: int) -> Person:
    """A person by number. The verbs see for themselves that they belong to the organisation, so a
    number that is nobody's is answered in the same words as a stranger's."""
    return Person(pk=person_id)
