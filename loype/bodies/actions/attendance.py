"""Who answers the call, who comes for a seat, and who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions.meetings import lock_meeting, refuse_unless_preparing
from loype.bodies.models import Meeting, MeetingCall, Reply, Term
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor


def seat_people(meeting: Meeting, *, day: date | None = None) -> dict[int, list[Term]]:
    """Who may come for each called seat on the day of the meeting: its holder, then its deputy;
    nobody who no longer works where the seat comes from."""
    day = day or meeting.starts_at.date()
    terms = (
        Term.objects.filter(seat__in=meeting.calls.values("seat"), from_date__lte=day)
        .on_or_after(day)
        .at_work(day)
        .select_related("person")
        .order_by("is_deputy", "id")
    )
    found: dict[int, list[Term]] = {}
    for term in terms:
        found.setdefault(term.seat_id, []).append(term)
    return found


@transaction.atomic
def reply_to_call(call: MeetingCall, *, reply: str, actor: Actor, at: datetime) -> MeetingCall:
    """Say whether one comes; when the holder cannot, the seat's deputy is told."""
    meeting = lock_meeting(call.meeting)
    call = MeetingCall.objects.select_for_update().get(pk=call.pk)
    holders = {term.person_id for term in seat_people(meeting).get(call.seat_id, ())}
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
    people = seat_people(meeting)
    chosen = _chosen(calls, present=present, people=people)
    for call in calls:
        _mark(call, person_id=chosen.get(call.seat_id), at=at)
    MeetingCall.objects.bulk_update(calls, ["attended", "attended_by", "left_at"])
    record(
        "register_attendance", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"present": sorted(chosen), "called": len(calls)}, follow=False,
    )  # fmt: skip
    return meeting


def _chosen(
    calls: list[MeetingCall],
    *,
    present: Mapping[int, int | None],
    people: Mapping[int, list[Term]],
) -> dict[int, int]:
    """Who came for each seat; refused for somebody who neither holds it nor is its deputy."""
    if not set(present) <= {call.seat_id for call in calls}:
        raise BadInput({"attended": _("Only seats that were called can attend.")})
    chosen: dict[int, int] = {}
    for seat_id, person_id in present.items():
        allowed = [term.person_id for term in people.get(seat_id, ())]
        if not allowed or (person_id is not None and person_id not in allowed):
            raise BadInput(
                {"attended": _("For a seat comes who holds it that day, or its deputy.")}
            )
        chosen[seat_id] = person_id if person_id is not None else allowed[0]
    if len(set(chosen.values())) != len(chosen):
        raise BadInput({"attended": _("One person comes for one seat only.")})
    return chosen


def _mark(call: MeetingCall, *, person_id: int | None, at: datetime) -> None:
    if person_id is not None:
        call.attended, call.attended_by_id, call.left_at = True, person_id, None
    elif call.attended:
        call.left_at = call.left_at or at
    else:
        call.attended = False


def mark_answered(call: MeetingCall, *, actor: Actor) -> MeetingCall:
    """In a written procedure a member is there from their first answer on."""
    call = MeetingCall.objects.select_for_update().get(pk=call.pk)
    if not call.attended:
        call.attended, call.attended_by_id = True, actor.signed_in_id
        call.save(update_fields=["attended", "attended_by"])
    return call
