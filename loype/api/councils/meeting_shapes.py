"""How councils, seats and meetings look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from loype.api.ideas.shapes import idea_ref
from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Day,
    Id,
    Line,
    Moment,
    OrganisationRef,
    PersonShape,
    ShortLine,
    Text,
    ThingRef,
    Wanted,
    organisation_ref,
    person_shape,
)
from loype.bodies.models import Body, Meeting, MeetingCall, MeetingForm, Seat
from loype.bodies.states import BodyState, MeetingState
from loype.councils.models import AgendaItem
from loype.organisations.actor import Actor

Reference = Annotated[str, StringConstraints(max_length=160, pattern=NO_NUL)]


class CouncilFilters(Paging):
    """Which councils are wanted."""

    organisation_id: Id | None = None
    state: BodyState | None = None


class CouncilShape(BaseModel):
    """A council."""

    id: int
    organisation: OrganisationRef
    name: str
    federation_id: int | None
    state: str
    decision_reference: str
    established_date: date | None
    closed_date: date | None


class SeatShape(BaseModel):
    """A place on a council and who holds it today."""

    id: int
    kind: str
    is_leader: bool
    title: str
    discipline: str
    holder: PersonShape | None
    deputy: PersonShape | None


class CouncilDetail(CouncilShape):
    """A council with its seats."""

    seats: list[SeatShape]


class CouncilWanted(Wanted):
    """A council to set up."""

    organisation_id: Id
    federation_id: Id
    name: Reference = ""
    decision_reference: Reference = ""


class SeatWanted(Wanted):
    """A member's seat."""

    title: ShortLine = ""
    discipline: Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)] = ""


class TermWanted(Wanted):
    """Who holds a seat from a day on."""

    person_id: Id
    from_date: Day
    is_deputy: bool = False
    decision_reference: Reference = ""


class TermShape(BaseModel):
    """From when to when somebody holds a seat."""

    id: int
    seat_id: int
    person_id: int
    is_deputy: bool
    from_date: date
    to_date: date | None
    decision_reference: str


class MeetingFilters(Paging):
    """Which meetings are wanted."""

    council_id: Id | None = None
    state: MeetingState | None = None


class MeetingShape(BaseModel):
    """When and where a council meets."""

    id: int
    council_id: int
    organisation: OrganisationRef
    form: str
    starts_at: datetime
    ends_at: datetime
    answer_by: date | None = Field(description="The last day to answer a written procedure.")
    place: str
    state: str
    version: int
    called_at: datetime | None
    held_at: datetime | None
    approved_at: datetime | None


class AgendaItemShape(BaseModel):
    """A case on the agenda, or a matter with a title of its own."""

    id: int
    position: int
    kind: str
    title: str = Field(description="Empty for a case: it has the title of its idea.")
    case_id: int | None
    idea: ThingRef | None


class CallShape(BaseModel):
    """A seat that was called, and whether it came."""

    seat_id: int
    attended: bool | None


class MeetingDetail(MeetingShape):
    """A meeting with its agenda; minutes and who came are for the council room."""

    agenda: list[AgendaItemShape]
    calls: list[CallShape] | None = Field(description="Null outside the council room.")
    minutes: str | None = Field(description="Null outside the council room.")


class MeetingWanted(Wanted):
    """A meeting to plan."""

    starts_at: Moment
    place: Line = ""
    form: MeetingForm = MeetingForm.ORDINARY
    answer_by: Day | None = None
    lasts_minutes: Annotated[int, Field(ge=1, le=1440)] = 120


class CancelWanted(Wanted):
    """Why a meeting is called off."""

    reason: Text = ""


class CloseWanted(Wanted):
    """What was said beside what the minutes hold by themselves, and which seats came, where it
    was not written down before."""

    minutes: Text = ""
    attended: Annotated[list[Id], Field(max_length=200)] = []


class AgendaWanted(Wanted):
    """A case to lay on the agenda."""

    case_id: Id


class MoveWanted(Wanted):
    """Up or down by one place."""

    upwards: bool


def council_shape(body: Body) -> CouncilShape:
    """A council in a list."""
    return CouncilShape(
        id=body.pk,
        organisation=organisation_ref(body.organisation),
        name=body.name,
        federation_id=body.federation_id,
        state=body.state,
        decision_reference=body.decision_reference,
        established_date=body.established_date,
        closed_date=body.closed_date,
    )


def council_detail(body: Body, *, seats: Sequence[Seat], day: date) -> CouncilDetail:
    """A council with the seats that were read with it."""
    return CouncilDetail(
        **council_shape(body).model_dump(), seats=[seat_shape(seat, day=day) for seat in seats]
    )


def seat_shape(seat: Seat, *, day: date) -> SeatShape:
    """A seat with who holds it on a day."""
    held = [
        term
        for term in seat.terms.all()
        if term.from_date <= day and (term.to_date is None or term.to_date >= day)
    ]
    holder = next((term.person for term in held if not term.is_deputy), None)
    deputy = next((term.person for term in held if term.is_deputy), None)
    return SeatShape(
        id=seat.pk,
        kind=seat.kind,
        is_leader=seat.is_leader,
        title=seat.title,
        discipline=seat.discipline,
        holder=person_shape(holder),
        deputy=person_shape(deputy),
    )


def meeting_shape(meeting: Meeting) -> MeetingShape:
    """A meeting in a list."""
    return MeetingShape(
        id=meeting.pk,
        council_id=meeting.body_id,
        organisation=organisation_ref(meeting.organisation),
        form=meeting.form,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        answer_by=meeting.answer_by,
        place=meeting.place,
        version=meeting.version,
        state=meeting.state,
        called_at=meeting.called_at,
        held_at=meeting.held_at,
        approved_at=meeting.approved_at,
    )


def agenda_item_shape(item: AgendaItem, *, actor: Actor) -> AgendaItemShape:
    """An item of the agenda."""
    return AgendaItemShape(
        id=item.pk,
        position=item.position,
        kind=item.kind,
        title=item.title,
        case_id=item.case_id,
        idea=None if item.case is None else idea_ref(item.case.idea, actor=actor),
    )


def meeting_detail(
    meeting: Meeting,
    *,
    items: Sequence[AgendaItem],
    calls: Sequence[MeetingCall] | None,
    actor: Actor,
) -> MeetingDetail:
    """A meeting; without calls the reader is outside the council room, and what they may not
    read is left off the agenda."""
    shown = [agenda_item_shape(item, actor=actor) for item in items]
    inside = calls is not None
    return MeetingDetail(
        **meeting_shape(meeting).model_dump(),
        agenda=[item for item in shown if inside or item.idea is not None],
        calls=None if calls is None else [
            CallShape(seat_id=call.seat_id, attended=call.attended) for call in calls
        ],
        minutes=meeting.minutes if inside else None,
    )  # fmt: skip
