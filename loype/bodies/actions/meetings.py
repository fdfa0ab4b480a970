"""Planning, calling, holding and calling off a body's meetings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions.setting_up import refuse_incomplete
from loype.bodies.models import Body, Meeting, MeetingCall
from loype.bodies.rules import can_approve_minutes, can_prepare_meeting
from loype.bodies.states import MEETING
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def plan_meeting(
    body: Body, *, starts_at: datetime, actor: Actor, at: datetime, place: str = ""
) -> Meeting:
    """Put a meeting on the calendar, so that cases can be laid on its agenda."""
    _refuse_unless_preparing(actor, body)
    if body.state != "active":
        raise WrongMoment(_("Only an active council meets."))
    if starts_at <= at:
        raise BadInput({"starts_at": _("A meeting is planned for a time ahead.")})
    meeting = Meeting.objects.create(
        body=body, organisation_id=body.organisation_id, starts_at=starts_at,
        place=clean_line(place)[:200],
    )  # fmt: skip
    record("plan_meeting", thing=meeting, actor=actor, at=at, organisation_id=body.organisation_id)
    return meeting


@transaction.atomic
def call_meeting(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Call every filled seat to the meeting; refused while the federation's seat is empty."""
    meeting = _lock_meeting(meeting)
    _refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "called")
    seats = refuse_incomplete(meeting.body, day=max(meeting.starts_at.date(), at.date()))
    MeetingCall.objects.bulk_create(MeetingCall(meeting=meeting, seat=seat) for seat in seats)
    meeting.state, meeting.called_at = "called", at
    meeting.save(update_fields=["state", "called_at"])
    record(
        "call_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id, change={"seats": [seat.pk for seat in seats]},
    )  # fmt: skip
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor: Actor, at: datetime) -> Meeting:
    """Call a meeting off and say why; its cases go back to the queue."""
    meeting = _lock_meeting(meeting)
    _refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "cancelled")
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why, so that those who were to come know.")})
    meeting.state = "cancelled"
    meeting.save(update_fields=["state"])
    record(
        "cancel_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id, reason=reason,
    )  # fmt: skip
    return meeting


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, minutes: str, attended: Collection[int], actor: Actor, at: datetime
) -> Meeting:
    """End a held meeting with its minutes and which of the called seats came."""
    meeting = _lock_meeting(meeting)
    _refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "held")
    if not (minutes := clean_text(minutes)):
        raise BadInput({"minutes": _("Write the minutes: who met and what was said and decided.")})
    called = set(meeting.calls.values_list("seat_id", flat=True))
    if not set(attended) <= called:
        raise BadInput({"attended": _("Only seats that were called can have attended.")})
    meeting.calls.filter(seat_id__in=attended).update(attended=True)
    meeting.calls.exclude(seat_id__in=attended).update(attended=False)
    meeting.state, meeting.held_at, meeting.minutes = "held", at, minutes
    meeting.save(update_fields=["state", "held_at", "minutes"])
    record(
        "close_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"attended": len(attended), "called": len(called)},
    )  # fmt: skip
    return meeting


def approve_meeting(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Approve the minutes; `councils` locks the meeting's decisions in the same transaction."""
    meeting = _lock_meeting(meeting)
    if not can_approve_minutes(actor, meeting=meeting):
        raise NotAllowed(_("Only the council's leader approves the minutes."))
    _refuse_move(meeting, "approved")
    meeting.state, meeting.approved_at, meeting.approved_by_id = "approved", at, actor.person_id
    meeting.save(update_fields=["state", "approved_at", "approved_by"])
    record(
        "approve_minutes", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
    )  # fmt: skip
    return meeting


def _lock_meeting(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _refuse_unless_preparing(actor: Actor, body: Body) -> None:
    if not can_prepare_meeting(actor, body=body):
        raise NotAllowed(_("Only the council's leader and secretary prepare its meetings."))


def _refuse_move(meeting: Meeting, after: str) -> None:
    if not MEETING.may_move(before=meeting.state, after=after):
        raise WrongMoment(
            _("The meeting is %(state)s; this can no longer be done.")
            % {"state": meeting.get_state_display()}
        )
