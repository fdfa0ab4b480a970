"""Setting up councils, and their meetings from plan to approved minutes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.councils.meeting_shapes import (
    AgendaItemShape,
    AgendaWanted,
    CancelWanted,
    CloseWanted,
    CouncilDetail,
    CouncilFilters,
    CouncilShape,
    CouncilWanted,
    MeetingDetail,
    MeetingFilters,
    MeetingShape,
    MeetingWanted,
    MoveWanted,
    SeatShape,
    SeatWanted,
    TermShape,
    TermWanted,
    agenda_item_shape,
    council_detail,
    council_shape,
    meeting_detail,
    meeting_shape,
    seat_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id, somebody
from loype.bodies.actions import (
    activate_council,
    add_seat,
    appoint_to_seat,
    call_meeting,
    establish_council,
    plan_meeting,
)
from loype.bodies.models import Body, Meeting
from loype.bodies.rules import can_enter_meeting
from loype.councils.actions import (
    approve_minutes,
    close_body,
    move_agenda_item,
    put_on_agenda,
    take_off_agenda,
)
from loype.councils.models import AgendaItem, Case
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.trail.handovers import call_off_meeting, end_meeting

router = room("councils")


def _councils(actor: Actor) -> QuerySet[Body]:
    return Body.objects.visible_to(actor).councils().select_related("organisation")


def _council(request: ApiRequest, council_id: int) -> Body:
    return find(Body.objects.visible_to(request.actor).councils(), council_id)


def _shown(council_id: int, *, actor: Actor) -> CouncilDetail:
    body = find(_councils(actor), council_id)
    seats = body.seats.filter(closed_date=None).prefetch_related("terms__person")
    return council_detail(body, seats=list(seats), day=now().date())


@router.get(
    "/councils",
    operation_id="list_councils",
    **reading(Page[CouncilShape], summary="Councils", found=False),
)
def list_councils(request: ApiRequest, filters: Query[CouncilFilters]) -> Page[CouncilShape]:
    """Of your organisation and those it works with, newest first."""
    rows = _councils(request.actor)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return keyset(rows, council_shape, paging=filters)


@router.get(
    "/councils/{council_id}",
    operation_id="get_council",
    **reading(CouncilDetail, summary="A council and who sits on it"),
)
def get_council(request: ApiRequest, council_id: Id) -> CouncilDetail:
    """With its seats as they are held today."""
    return _shown(council_id, actor=request.actor)


@router.post(
    "/councils",
    operation_id="establish_council",
    **creating(CouncilShape, summary="Set up a council"),
)
def establish(request: ApiRequest, wanted: CouncilWanted, idempotency_key: Key) -> object:
    """For the organisation itself; the leader's and the federation's seat come with it, empty."""

    def make(at: datetime) -> CouncilShape:
        organisation = find(Organisation.objects.visible_to(request.actor), wanted.organisation_id)
        body = establish_council(
            organisation,
            name=wanted.name,
            # the verb sees whether the organisation is a member of it
            federation=Federation(pk=wanted.federation_id),
            decision_reference=wanted.decision_reference,
            actor=request.actor,
            at=at,
        )
        return council_shape(body)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/councils/{council_id}/seats",
    operation_id="add_seat",
    **creating(SeatShape, summary="Add a member's seat"),
)
def add_a_seat(
    request: ApiRequest, council_id: Id, wanted: SeatWanted, idempotency_key: Key
) -> object:
    """For the organisation itself."""

    def make(at: datetime) -> SeatShape:
        seat = add_seat(
            _council(request, council_id),
            title=wanted.title,
            discipline=wanted.discipline,
            actor=request.actor,
            at=at,
        )
        return seat_shape(seat, day=at.date())

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/councils/{council_id}/seats/{seat_id}/terms",
    operation_id="appoint_to_seat",
    **creating(TermShape, summary="Let somebody hold a seat"),
)
def appoint(
    request: ApiRequest, council_id: Id, seat_id: Id, wanted: TermWanted, idempotency_key: Key
) -> object:
    """The municipality appoints its leader and members; the federation only its own seat."""

    def make(at: datetime) -> TermShape:
        seat = find(_council(request, council_id).seats.filter(closed_date=None), seat_id)
        term = appoint_to_seat(
            seat,
            person=somebody(wanted.person_id),
            from_date=wanted.from_date,
            is_deputy=wanted.is_deputy,
            decision_reference=wanted.decision_reference,
            actor=request.actor,
            at=at,
        )
        return TermShape.model_validate(term, from_attributes=True)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/councils/{council_id}/activate",
    operation_id="activate_council",
    **changing(CouncilDetail, summary="Let a council begin its work"),
)
def activate(request: ApiRequest, council_id: Id) -> CouncilDetail:
    """Refused without a leader, and without somebody on the federation's seat."""
    activate_council(_council(request, council_id), actor=request.actor, at=now())
    return _shown(council_id, actor=request.actor)


@router.post(
    "/councils/{council_id}/close",
    operation_id="close_council",
    **changing(CouncilDetail, summary="End a council"),
)
def close_it(request: ApiRequest, council_id: Id) -> CouncilDetail:
    """Its cases go on with the named decider, and its history stays."""
    close_body(_council(request, council_id), actor=request.actor, at=now())
    return _shown(council_id, actor=request.actor)


def _meeting(request: ApiRequest, meeting_id: int) -> Meeting:
    return find(Meeting.objects.visible_to(request.actor), meeting_id)


def _minutes(meeting_id: int, *, actor: Actor) -> MeetingDetail:
    meeting = find(Meeting.objects.visible_to(actor).select_related("organisation"), meeting_id)
    items = meeting.items.filter(removed_at=None).select_related("case__idea")
    inside = can_enter_meeting(actor, meeting=meeting)
    return meeting_detail(
        meeting,
        items=list(items.defer("case__idea__words", "case__idea__text")),
        calls=list(meeting.calls.order_by("id")) if inside else None,
        actor=actor,
    )


@router.get(
    "/meetings",
    operation_id="list_meetings",
    **reading(Page[MeetingShape], summary="Meetings, latest first", found=False),
)
def list_meetings(request: ApiRequest, filters: Query[MeetingFilters]) -> Page[MeetingShape]:
    """When the councils of your organisation meet."""
    rows = Meeting.objects.visible_to(request.actor).select_related("organisation")
    if filters.council_id:
        rows = rows.filter(body=filters.council_id)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return keyset(rows, meeting_shape, paging=filters, order=("-starts_at", "-id"))


@router.get(
    "/meetings/{meeting_id}",
    operation_id="get_meeting",
    **reading(MeetingDetail, summary="A meeting and its agenda"),
)
def get_meeting(request: ApiRequest, meeting_id: Id) -> MeetingDetail:
    """Minutes and attendance are for the council room."""
    return _minutes(meeting_id, actor=request.actor)


@router.post(
    "/councils/{council_id}/meetings",
    operation_id="plan_meeting",
    **creating(MeetingShape, summary="Plan a meeting"),
)
def plan(
    request: ApiRequest, council_id: Id, wanted: MeetingWanted, idempotency_key: Key
) -> object:
    """For the council's leader and secretary."""

    def make(at: datetime) -> MeetingShape:
        meeting = plan_meeting(
            find(_councils(request.actor), council_id),
            starts_at=wanted.starts_at,
            place=wanted.place,
            form=wanted.form,
            answer_by=wanted.answer_by,
            lasts_minutes=wanted.lasts_minutes,
            actor=request.actor,
            at=at,
        )
        meeting.organisation = meeting.body.organisation
        return meeting_shape(meeting)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/meetings/{meeting_id}/call",
    operation_id="call_meeting",
    **changing(MeetingDetail, summary="Call every filled seat to a meeting"),
)
def call(request: ApiRequest, meeting_id: Id) -> MeetingDetail:
    """Refused while the federation's seat is empty."""
    call_meeting(_meeting(request, meeting_id), actor=request.actor, at=now())
    return _minutes(meeting_id, actor=request.actor)


@router.post(
    "/meetings/{meeting_id}/cancel",
    operation_id="cancel_meeting",
    **changing(MeetingDetail, summary="Call a meeting off"),
)
def cancel(request: ApiRequest, meeting_id: Id, wanted: CancelWanted) -> MeetingDetail:
    """Its cases go back to the queue."""
    meeting = _meeting(request, meeting_id)
    call_off_meeting(meeting, reason=wanted.reason, actor=request.actor, at=now())
    return _minutes(meeting_id, actor=request.actor)


@router.post(
    "/meetings/{meeting_id}/close",
    operation_id="close_meeting",
    **changing(MeetingDetail, summary="End a meeting with its minutes"),
)
def close_meeting(request: ApiRequest, meeting_id: Id, wanted: CloseWanted) -> MeetingDetail:
    """What it did not decide goes back to the queue."""
    meeting = _meeting(request, meeting_id)
    end_meeting(
        meeting,
        minutes=wanted.minutes,
        attended=wanted.attended,
        actor=request.actor,
        at=now(),
    )
    return _minutes(meeting_id, actor=request.actor)


@router.post(
    "/meetings/{meeting_id}/approve",
    operation_id="approve_minutes",
    **changing(MeetingDetail, summary="Approve the minutes"),
)
def approve(request: ApiRequest, meeting_id: Id) -> MeetingDetail:
    """For the leader: the meeting's decisions are locked, and corrected only by new ones."""
    approve_minutes(_meeting(request, meeting_id), actor=request.actor, at=now())
    return _minutes(meeting_id, actor=request.actor)


@router.post(
    "/meetings/{meeting_id}/agenda",
    operation_id="put_on_agenda",
    **creating(AgendaItemShape, summary="Lay a case on the agenda"),
)
def put(request: ApiRequest, meeting_id: Id, wanted: AgendaWanted, idempotency_key: Key) -> object:
    """Last in order; doing it twice changes nothing."""

    def make(at: datetime) -> AgendaItemShape:
        meeting = _meeting(request, meeting_id)
        cases = Case.objects.visible_to(request.actor)
        item = put_on_agenda(
            find(cases, wanted.case_id), meeting=meeting, actor=request.actor, at=at
        )
        return agenda_item_shape(item, actor=request.actor)

    return create(request, make, key=idempotency_key, body=wanted)


def _item(request: ApiRequest, *, meeting_id: int, item_id: int) -> AgendaItem:
    meeting = find(
        Meeting.objects.visible_to(request.actor).entered_by(request.actor),
        meeting_id,
    )
    items = AgendaItem.objects.visible_to(request.actor).filter(meeting=meeting)
    return find(items.on_agenda().select_related("case", "meeting"), item_id)


@router.delete(
    "/meetings/{meeting_id}/agenda/{item_id}",
    operation_id="take_off_agenda",
    **changing(None, summary="Take a case off the agenda"),
)
def take_off(request: ApiRequest, meeting_id: Id, item_id: Id) -> Status[None]:
    """It goes back to the queue with its old waiting time."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    take_off_agenda(item, actor=request.actor, at=now())
    return DONE


@router.post(
    "/meetings/{meeting_id}/agenda/{item_id}/move",
    operation_id="move_agenda_item",
    **changing(MeetingDetail, summary="Let an item change places with its neighbour"),
)
def move(request: ApiRequest, meeting_id: Id, item_id: Id, wanted: MoveWanted) -> MeetingDetail:
    """At the end of the list nothing changes."""
    item = _item(request, meeting_id=meeting_id, item_id=item_id)
    move_agenda_item(item, upwards=wanted.upwards, actor=request.actor, at=now())
    return _minutes(meeting_id, actor=request.actor)
