"""How mandates, elections and sittings look, and what is sent about them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import NO_NUL, Day, Id, OrganisationRef, Text, Wanted, organisation_ref
from loype.portfolio.mandates.folder import Folder, Line
from loype.portfolio.mandates.labels import Confirming, ShiftKind
from loype.portfolio.mandates.models import (
    Election,
    MandateQuestion,
    MandateSitting,
    PoliticalMandate,
)

Short = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=NO_NUL)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)]


class OfOrganisation(Paging):
    """Whose are wanted."""

    organisation_id: Id | None = None


class MandateShape(BaseModel):
    """What a political body asked for."""

    id: int
    organisation: OrganisationRef
    title: str
    text: str
    issuing_body: str
    decision_reference: str
    decided_date: date | None
    from_date: date | None
    to_date: date | None
    election_date: date | None


class MandateWanted(Wanted):
    """A mandate to write down."""

    organisation_id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
    issuing_body: Short
    decision_reference: Short
    decided_date: Day
    from_date: Day | None = None
    to_date: Day | None = None
    election_date: Day | None = None
    text: Text = ""


class ShorteningWanted(Wanted):
    """The last day of a mandate that was taken back."""

    to_date: Day
    reason: Said


class ElectionShape(BaseModel):
    """A day after which everything is asked anew."""

    id: int
    organisation: OrganisationRef
    kind: str
    name: str
    election_date: date


class ElectionWanted(Wanted):
    """An election to write down."""

    organisation_id: Id
    name: Short
    election_date: Day
    kind: ShiftKind = ShiftKind.ELECTION


class LineShape(BaseModel):
    """An activity in the hand-over folder, or the organisation's part of one of others."""

    activity_id: int
    is_part: bool = Field(description="Whether others own it and this is one's part of it.")
    share: Decimal | None = Field(description="What one pays of what is owned together.")
    title: str
    mandate_id: int
    standing: str
    due_date: date | None = Field(description="Since when it must be confirmed.")
    cost_of_stopping: Decimal | None
    currency: str
    bound_until: date | None
    bonds: list[str]


class FolderShape(BaseModel):
    """What hangs on which decision, what stopping costs, and what is bound."""

    organisation: OrganisationRef
    day: date
    is_ahead: bool = Field(description="Whether it tells how things will stand after an election.")
    election: ElectionShape | None
    sitting_id: int | None
    lines: list[LineShape]


class SittingShape(BaseModel):
    """The sitting that answers for everything."""

    id: int
    organisation: OrganisationRef
    issuing_body: str
    held_date: date
    state: str
    decision_reference: str


class SittingWanted(Wanted):
    """A sitting to prepare."""

    organisation_id: Id
    issuing_body: Short
    held_date: Day


class ConfirmingWanted(Wanted):
    """What the sitting says of one activity."""

    activity_id: Id
    answer: Confirming
    reasons: Said
    mandate_id: Id | None = Field(None, description="The other mandate, when it is changed.")


class AnswerShape(BaseModel):
    """What was answered."""

    activity_id: int
    due_date: date
    answer: str
    reasons: str
    answered_at: datetime | None


class ClosingWanted(Wanted):
    """By which decision a sitting ends."""

    decision_reference: Short


class HangingWanted(Wanted):
    """On which mandate an activity hangs."""

    mandate_id: Id


def mandate_shape(one: PoliticalMandate) -> MandateShape:
    """A mandate as JSON."""
    names = set(MandateShape.model_fields) - {"organisation"}
    facts: dict[str, Any] = {name: getattr(one, name) for name in names}
    return MandateShape(organisation=organisation_ref(one.organisation), **facts)


def election_shape(one: Election) -> ElectionShape:
    """An election as JSON."""
    return ElectionShape(
        id=one.pk, organisation=organisation_ref(one.organisation), kind=one.kind, name=one.name,
        election_date=one.election_date,
    )  # fmt: skip


def sitting_shape(one: MandateSitting) -> SittingShape:
    """A sitting as JSON."""
    names = set(SittingShape.model_fields) - {"organisation"}
    facts: dict[str, Any] = {name: getattr(one, name) for name in names}
    return SittingShape(organisation=organisation_ref(one.organisation), **facts)


def answer_shape(one: MandateQuestion) -> AnswerShape:
    """An answer as JSON."""
    names = set(AnswerShape.model_fields)
    return AnswerShape(**{name: getattr(one, name) for name in names})


def folder_shape(folder: Folder) -> FolderShape:
    """The folder as JSON."""
    if folder.election is not None:
        folder.election.organisation = folder.organisation
    return FolderShape(
        organisation=organisation_ref(folder.organisation),
        day=folder.day,
        is_ahead=folder.is_ahead,
        election=election_shape(folder.election) if folder.election else None,
        sitting_id=folder.sitting.pk if folder.sitting else None,
        lines=[line_shape(line) for line in folder.lines],
    )


def line_shape(line: Line) -> LineShape:
    """One activity as JSON."""
    return LineShape(
        activity_id=line.activity.pk,
        title=line.activity.title,
        is_part=line.part is not None,
        share=line.part.share if line.part is not None else None,
        mandate_id=line.mandate.pk,
        standing=line.standing.value,
        due_date=line.since,
        cost_of_stopping=line.cost.amount if line.cost else None,
        currency=_currency(line),
        bound_until=line.bound_until,
        bonds=[bond.words for bond in line.bonds],
    )


def _currency(line: Line) -> str:
    """The money that the line's cost, or its share, is told in."""
    if line.part is not None:
        return line.part.currency
    return line.cost.currency if line.cost else ""
