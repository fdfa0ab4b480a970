"""How bodies, their people, papers and year look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Day,
    Id,
    OrganisationRef,
    PersonShape,
    ShortLine,
    Text,
    Wanted,
    organisation_ref,
    person_shape,
)
from loype.bodies.as_of import BodyThen, SeatThen
from loype.bodies.models import (
    AppointingRole,
    Body,
    BodyKind,
    RuleKind,
    SeatKind,
    Strength,
)
from loype.bodies.states import BodyState

Reference = Annotated[str, StringConstraints(max_length=160, pattern=NO_NUL)]
Discipline = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{3})?$")]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Days = Annotated[int, Field(ge=0, le=365)]
Few = Annotated[int, Field(ge=0, le=99)]


class BodyFilters(Paging):
    """Which bodies are wanted."""

    organisation_id: Id | None = None
    kind: BodyKind | None = None
    state: BodyState | None = None


class OnDay(BaseModel):
    """The day to see it on; today if left out."""

    on: Day | None = None


class BodyShape(BaseModel):
    """A council, board, group, committee or forum."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str
    name: str
    state: str
    organisation: OrganisationRef
    federation_id: int | None
    decision_reference: str
    established_date: date | None
    closed_date: date | None
    ends_date: date | None
    commission: str
    delivery: str


class BodySeat(BaseModel):
    """A seat and who held it on the day."""

    id: int
    kind: str
    title: str
    discipline: str
    is_leader: bool
    has_vote: bool
    appointing_role: str
    party: OrganisationRef | None
    holder: PersonShape | None
    deputy: PersonShape | None


class MissingShape(BaseModel):
    """What is missing, in words, and what stops until it is there."""

    model_config = ConfigDict(from_attributes=True)

    words: str
    strength: str
    rule_id: int | None


class RuleShape(BaseModel):
    """A rule about who sits on the body."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    rule: str
    seat_kind: str
    party_id: int | None
    discipline: str
    least: int
    most: int | None
    strength: str
    from_date: date
    to_date: date | None


class PointShape(BaseModel):
    """A point of a mandate."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    number: int
    text: str


class PaperShape(BaseModel):
    """A version of a paper."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    number: int
    from_date: date
    to_date: date | None
    decision_reference: str


class MandateShape(PaperShape):
    """A version of a mandate."""

    points: list[PointShape]


class PowerShape(BaseModel):
    """Who may decide a matter, and up to which amount (null: any)."""

    model_config = ConfigDict(from_attributes=True)

    matter: str
    holder: str
    up_to: Decimal | None
    currency: str


class InstructionShape(PaperShape):
    """A version of an instruction."""

    powers: list[PowerShape]


class ProcedureShape(PaperShape):
    """A version of the rules of procedure."""

    notice_days: int
    paper_days: int
    quorum: str
    quorum_number: int
    decides_by: str
    casting_vote: bool
    allows_written: bool
    allows_urgent: bool
    urgent_notice_days: int
    least_meetings: int | None
    most_meetings: int | None


class BodyDetail(BodyShape):
    """A body as it was on a day."""

    on: date
    state_then: str
    seats: list[BodySeat]
    missing: list[MissingShape]
    rules: list[RuleShape]
    mandate: MandateShape | None
    rules_of_procedure: ProcedureShape | None
    instruction: InstructionShape | None
    mismatches: list[str]


class BodyWanted(Wanted):
    """A body to set up; from a pack where one is named."""

    organisation_id: Id
    kind: BodyKind
    name: Reference = ""
    pack: ShortLine = ""
    parties: dict[ShortLine, Id] = Field(default_factory=dict, max_length=10)
    federation_id: Id | None = None
    leader_party_id: Id | None = None
    decision_reference: Reference = ""
    commission: Text = ""
    delivery: Text = ""
    ends_date: Day | None = None


class PackWanted(Wanted):
    """A default pack to take up, and which organisations its parties are."""

    pack: ShortLine
    parties: dict[ShortLine, Id] = Field(default_factory=dict, max_length=10)


class AddedShape(BaseModel):
    """What was added, in words."""

    added: list[str]


class BodySeatWanted(Wanted):
    """A further seat."""

    title: ShortLine = ""
    kind: SeatKind = SeatKind.MUNICIPALITY
    party_id: Id | None = None
    discipline: Discipline = ""
    has_vote: bool = True
    appointing_role: AppointingRole | Literal[""] = ""


class RuleWanted(Wanted):
    """A rule about who sits on the body."""

    rule: RuleKind
    seat_kind: SeatKind | Literal[""] = ""
    party_id: Id | None = None
    discipline: Discipline = ""
    least: Few = 1
    most: Few | None = None
    strength: Strength = Strength.ALWAYS
    from_date: Day
    decision_reference: Reference = ""


class EndWanted(Wanted):
    """The last day."""

    to_date: Day


def body_shape(body: Body) -> BodyShape:
    """A body in a list."""
    facts = {name: getattr(body, name) for name in BodyShape.model_fields if name != "organisation"}
    return BodyShape(**facts, organisation=organisation_ref(body.organisation))


def seat_shape(one: SeatThen) -> BodySeat:
    """A seat with who held it."""
    seat = one.seat
    return BodySeat(
        id=seat.pk,
        kind=seat.kind,
        title=seat.title,
        discipline=seat.discipline,
        is_leader=seat.is_leader,
        has_vote=seat.has_vote,
        appointing_role=seat.appointing_role,
        party=organisation_ref(seat.party) if seat.party else None,
        holder=person_shape(one.holder),
        deputy=person_shape(one.deputy),
    )


def body_detail(then: BodyThen) -> BodyDetail:
    """A body as it was on a day."""
    people, papers = then.people, then.papers
    mandate = instruction = procedure = None
    if papers.mandate:
        mandate = MandateShape(**_paper(papers.mandate), points=all_of(PointShape, papers.points))
    if papers.instruction:
        instruction = instruction_shape(papers.instruction, papers.powers)
    if papers.rules_of_procedure:
        procedure = ProcedureShape.model_validate(papers.rules_of_procedure)
    return BodyDetail(
        **body_shape(people.body).model_dump(),
        on=people.day,
        state_then=people.state,
        seats=[seat_shape(one) for one in people.seats],
        missing=all_of(MissingShape, people.missing),
        rules=all_of(RuleShape, people.rules),
        mandate=mandate,
        rules_of_procedure=procedure,
        instruction=instruction,
        mismatches=list(papers.mismatches),
    )


def instruction_shape(instruction: Any, powers: Any) -> InstructionShape:
    """A version of an instruction with its lines."""
    return InstructionShape(**_paper(instruction), powers=all_of(PowerShape, powers))


def mandate_shape(mandate: Any) -> MandateShape:
    """A version of a mandate with its points."""
    return MandateShape(**_paper(mandate), points=all_of(PointShape, mandate.points.all()))


def _paper(paper: Any) -> dict[str, Any]:
    return PaperShape.model_validate(paper).model_dump()


def all_of(shape: Any, rows: Any) -> list[Any]:
    """Each row in this shape."""
    return [shape.model_validate(row) for row in rows]
