"""How solutions and adoptions look, and what is sent to write and take them up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Id,
    Keywords,
    OrganisationRef,
    PersonShape,
    SearchText,
    Text,
    ThingRef,
    Version,
    Wanted,
    organisation_ref,
    person_shape,
    thing_ref,
)
from loype.organisations.actor import Actor
from loype.organisations.labels import Language, Visibility
from loype.portfolio.models import Activity
from loype.spread.labels import ActivityType, Sector
from loype.spread.models import Adoption, Solution
from loype.spread.states import AdoptionState, SolutionState

Written = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Contact = Annotated[str, StringConstraints(max_length=160, pattern=NO_NUL)]
Cost = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{3}$")]


class SolutionFilters(Paging):
    """Which solutions are wanted."""

    q: SearchText | None = Field(None, description="Words, or part of the title.")
    organisation_id: Id | None = None
    state: SolutionState | None = Field(
        None, description="If left out, published ones. Drafts are seen by those who write them."
    )


class SolutionShape(BaseModel):
    """A solution in a list."""

    id: int
    title: str
    summary: str
    organisation: OrganisationRef
    sector: str
    activity_type: str
    keywords: list[str] = Field(description="Codes of controlled keywords, and free words.")
    language: str
    visibility: str
    state: str
    version: int
    created_at: datetime
    published_at: datetime | None
    in_use_count: int
    source: str


class SolutionDetail(SolutionShape):
    """A solution with what one needs to know to use it."""

    activity: ThingRef | None
    for_whom: str
    core_parts: str
    adaptable_parts: str
    cost: str
    cost_amount: Decimal | None
    cost_currency: str
    conditions: str
    contact_role: str
    english_summary: str
    source_address: str
    source_licence: str


class SolutionWanted(Wanted):
    """What others may reuse; title and summary begin as the activity's own."""

    title: Title | None = None
    summary: Written | None = None
    for_whom: Text | None = None
    core_parts: Text | None = None
    adaptable_parts: Text | None = None
    cost: Text | None = None
    cost_amount: Cost | None = None
    cost_currency: Currency | None = None
    conditions: Text | None = None
    contact_role: Contact | None = None
    sector: Sector | None = None
    activity_type: ActivityType | None = None
    keywords: Keywords | None = None
    english_summary: Text | None = Field(
        None, description="Wanted before a solution in another language is made public."
    )
    language: Language | None = None
    visibility: Visibility | None = None


class SolutionEdit(SolutionWanted):
    """What to change; what is left out or null stays."""

    version: Version


class RetireWanted(Wanted):
    """Why it is no longer offered."""

    reason: Written


class AdoptionFilters(Paging):
    """Which adoptions are wanted."""

    solution_id: Id | None = None
    organisation_id: Id | None = None
    state: AdoptionState | None = None


class AdoptionShape(BaseModel):
    """How far another organisation has come with a solution."""

    id: int
    solution: ThingRef
    organisation: OrganisationRef
    contact: PersonShape | None
    state: str
    version: int
    adaptation_notes: str
    began_at: datetime
    confirmed_at: datetime | None
    value_seen: str
    stopped_at: datetime | None
    stop_reason: str


class TakeUpWanted(Wanted):
    """For which of one's organisations; the one you act in if left out."""

    organisation_id: Id | None = None


class Stage(StrEnum):
    """How far one has come before it is in use."""

    TESTING = "testing"
    ADAPTING = "adapting"


class MoveWanted(Wanted):
    """Testing or adapting, and what was changed."""

    state: Stage
    adaptation_notes: Text = ""


class ConfirmWanted(Wanted):
    """What value it gives where you are."""

    value_seen: Written
    adaptation_notes: Text = ""


class StopWanted(Wanted):
    """Why you stop: the makers learn from it."""

    reason: Written


def solution_facts(solution: Solution) -> dict[str, Any]:
    """What is the same in the list and in the detail."""
    return {
        "id": solution.pk,
        "title": solution.title,
        "summary": solution.summary,
        "organisation": organisation_ref(solution.organisation),
        "sector": solution.sector,
        "activity_type": solution.activity_type,
        "keywords": solution.keywords,
        "language": solution.language,
        "visibility": solution.visibility,
        "state": solution.state,
        "version": solution.version,
        "created_at": solution.created_at,
        "published_at": solution.published_at,
        "in_use_count": solution.in_use_count,
        "source": solution.source,
    }


def solution_shape(solution: Solution) -> SolutionShape:
    """A solution in a list."""
    return SolutionShape(**solution_facts(solution))


def solution_detail(solution: Solution, *, activity: Activity | None) -> SolutionDetail:
    """A solution alone; its activity only for those who may read about it."""
    own = ("for_whom", "core_parts", "adaptable_parts", "cost", "cost_amount", "cost_currency",
           "conditions", "contact_role", "english_summary", "source_address",
           "source_licence")  # fmt: skip
    return SolutionDetail(
        **solution_facts(solution),
        activity=thing_ref(activity),
        **{name: getattr(solution, name) for name in own},
    )


def adoption_shape(adoption: Adoption, *, actor: Actor) -> AdoptionShape:
    """An adoption; whom to ask at the taker is for those who are signed in."""
    return AdoptionShape(
        id=adoption.pk,
        solution=ThingRef(id=adoption.solution_id, title=adoption.solution.title),
        organisation=organisation_ref(adoption.organisation),
        contact=person_shape(adoption.contact) if actor.is_signed_in else None,
        state=adoption.state,
        version=adoption.version,
        adaptation_notes=adoption.adaptation_notes,
        began_at=adoption.began_at,
        confirmed_at=adoption.confirmed_at,
        value_seen=adoption.value_seen,
        stopped_at=adoption.stopped_at,
        stop_reason=adoption.stop_reason,
    )
