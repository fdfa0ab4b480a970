"""Who answers the call, who comes for a seat, and who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions.meetings import lock_meeting, refuse_unless_preparing
from loype.bodies.actions.seating import seat_people, who_comes
from loype.bodies.models import Meeting, MeetingCall, Reply
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor


@transaction.atomic
def reply_to_call(call: MeetingCall, *, reply: str, actor: Actor, at: datetime) -> MeetingCall:
    """Say whether one comes; when the holder cannot, the seat's deputy is told."""
    meeting = lock_meeting(call.meeting)
    call = MeetingCall.objects.select_for_update().get(pk=call.pk)
    holders = {term.person_id for term in seat_people(meeting, at=at).get(call.seat_id, ())}
    if actor.person_id not in holders:
        raise NotAllowed(_("Only who holds the seat, or its deputy, answers the call."))
    if meeting.state != "called":
        raise WrongMoment(_("This meeting is not called, or it is over."))
    if reply not in Reply.values:
        raise BadInput({"reply": _("Choose one from the list.")})
    if call.reply == reply:
        return call
    call.reply = reply
    call.save(update_fields=["reply"])
    record(
        "reply_to_call", thing=call, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"meeting": meeting.pk, "seat": call.seat_id, "reply": reply},
    )  # fmt: skip
    return call


@transaction.atomic
def register_attendance(
    meeting: Meeting, *, present: Mapping[int, int | None], actor: Actor, at: datetime
) -> Meeting:
    """Write down who is there now, by seat; who was there and is not named has left.

    `present` gives for each seat the person who came for it, None for its holder.
    """
    meeting = lock_meeting(meeting)
    refuse_unless_preparing(actor, meeting.body)
    if meeting.state != "called":
        raise WrongMoment(_("Attendance is written down while the meeting is under way."))
    if meeting.is_in_writing:
        raise WrongMoment(_("In a written procedure, whoever answers takes part."))
    calls = list(meeting.calls.select_for_update().order_by("pk"))
    chosen = who_comes(calls, present=present, people=seat_people(meeting))
    for call in calls:
        _mark(call, person_id=chosen.get(call.seat_id), at=at)
    MeetingCall.objects.bulk_update(calls, ["attended", "attended_by", "left_at"])
    record(
        "register_attendance", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"present": sorted(chosen), "called": len(calls)}, follow=False,
    )  # fmt: skip
    return meeting


def _mark(call: MeetingCall, *, person_id: int | None, at: datetime) -> None:
    if person_id is not None:
        call.attended, call.attended_by_id, call.left_at = True, person_id, None
    elif call.attended:
        call.left_at = call.left_at or at
    else:
        call.attended = False


def mark_answered(call: MeetingCall, *, actor: Actor, stands_in: bool = False) -> MeetingCall:
    """In a written procedure a member is there from their first answer on; who only stands in on
    one item leaves the seat to whoever answers for it."""
    call = MeetingCall.objects.select_for_update().get(pk=call.pk)
    if not call.attended or not (stands_in or call.attended_by_id == actor.signed_in_id):
        call.attended, call.attended_by_id = True, actor.signed_in_id
        call.save(update_fields=["attended", "attended_by"])
    return call
