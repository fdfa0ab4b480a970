"""Planning, calling, moving, holding and calling off a body's meetings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from loype.bodies.actions.seating import seat_people, who_comes
from loype.bodies.composition import refuse_incomplete
from loype.bodies.models import Body, Meeting, MeetingCall, MeetingForm
from loype.bodies.procedure import Procedure, procedure_on, quorum_needed, voting_seats
from loype.bodies.rules import can_approve_minutes, can_prepare_meeting
from loype.bodies.states import MEETING
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def plan_meeting(
    body: Body,
    *,
    starts_at: datetime,
    actor: Actor,
    at: datetime,
    place: str = "",
    form: str = MeetingForm.ORDINARY,
    answer_by: date | None = None,
    lasts_minutes: int = 120,
) -> Meeting:
    """Put a meeting on the calendar, so that cases can be laid on its agenda."""
    refuse_unless_preparing(actor, body)
    if body.state != "active":
        raise WrongMoment(_("Only an active council meets."))
    _refuse_bad_plan(form, starts_at=starts_at, answer_by=answer_by, at=at)
    _refuse_form(form, procedure=procedure_on(body, day=starts_at.date()))
    meeting = Meeting.objects.create(
        body=body, organisation_id=body.organisation_id, starts_at=starts_at, form=form,
        answer_by=answer_by, place=clean_line(place)[:200],
        lasts_minutes=_minutes_long(lasts_minutes),
    )  # fmt: skip
    record(
        "plan_meeting", thing=meeting, actor=actor, at=at, organisation_id=body.organisation_id,
        change={"form": form, "starts_at": starts_at.isoformat()},
    )  # fmt: skip
    return meeting


def _refuse_bad_plan(
    form: str, *, starts_at: datetime, answer_by: date | None, at: datetime
) -> None:
    problems = {}
    if form not in MeetingForm.values:
        problems["form"] = _("Choose one from the list.")
    if answer_by is None and starts_at <= at:
        problems["starts_at"] = _("A meeting is planned for a time ahead.")
    if form == MeetingForm.WRITTEN and answer_by is None:
        problems["answer_by"] = _("Say by which day the members answer.")
    if answer_by is not None and form not in (MeetingForm.WRITTEN, MeetingForm.URGENT):
        problems["answer_by"] = _("Only a written or urgent procedure is answered by a day.")
    elif answer_by is not None and answer_by < max(starts_at.date(), at.date()):
        problems["answer_by"] = _("The members need a day ahead to answer by.")
    if problems:
        raise BadInput(problems)


def _minutes_long(minutes: int) -> int:
    if not 1 <= minutes <= 24 * 60:
        raise BadInput({"lasts_minutes": _("A meeting lasts between a minute and a day.")})
    return minutes


def _refuse_form(form: str, *, procedure: Procedure) -> None:
    """Deciding in writing or in haste is for bodies whose rules of procedure say so."""
    if form == MeetingForm.WRITTEN and not procedure.allows_written:
        raise WrongMoment(_("The rules of procedure do not let this body decide in writing."))
    if form == MeetingForm.URGENT and not procedure.allows_urgent:
        raise WrongMoment(_("The rules of procedure do not let this body meet in haste."))


@transaction.atomic
def call_meeting(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Call every filled seat by the notice the rules give; refused while an obligatory one is
    empty."""
    meeting = lock_meeting(meeting)
    refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "called")
    day = max(meeting.starts_at.date(), at.date())
    procedure = procedure_on(meeting.body, day=day)
    _refuse_form(meeting.form, procedure=procedure)
    _refuse_short_notice(meeting, procedure=procedure, at=at)
    seats = refuse_incomplete(meeting.body, day=day)
    voting = {seat.pk for seat in voting_seats(meeting.body, day=day)}
    calls = [MeetingCall(meeting=meeting, seat=seat, has_vote=seat.pk in voting) for seat in seats]
    MeetingCall.objects.bulk_create(calls)
    with_vote = sum(call.has_vote for call in calls)
    meeting.state, meeting.called_at = "called", at
    meeting.quorum_needed = max(1, quorum_needed(procedure, with_vote))
    meeting.decides_by, meeting.casting_vote = procedure.decides_by, procedure.casting_vote
    meeting.rules_version = procedure.version_id
    meeting.version += 1
    meeting.save(
        update_fields=[
            "state", "called_at", "quorum_needed", "decides_by", "casting_vote",
            "rules_version", "version",
        ]
    )  # fmt: skip
    record(
        "call_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"seats": [seat.pk for seat in seats], "quorum": meeting.quorum_needed},
    )  # fmt: skip
    return meeting


def _refuse_short_notice(meeting: Meeting, *, procedure: Procedure, at: datetime) -> None:
    """The members are told as many days ahead as the rules say; in writing, days to answer."""
    needed = procedure.notice_days
    if meeting.form == MeetingForm.URGENT:
        needed = procedure.urgent_notice_days
    if meeting.answer_by is not None:
        given = (meeting.answer_by - at.date()).days
    else:
        given = (meeting.starts_at.date() - at.date()).days
    if given < needed:
        raise WrongMoment(
            ngettext(
                "The rules of procedure give the members %(days)s day's notice. "
                "Move the meeting, or call it as an urgent one if the rules allow that.",
                "The rules of procedure give the members %(days)s days' notice. "
                "Move the meeting, or call it as an urgent one if the rules allow that.",
                needed,
            )
            % {"days": needed}
        )


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    starts_at: datetime,
    actor: Actor,
    at: datetime,
    place: str = "",
    lasts_minutes: int = 120,
    answer_by: date | None = None,
    version: int | None = None,
) -> Meeting:
    """Give a meeting another time or place; those who are called get the change.

    A called one is not moved to a day on which an obligatory seat is empty.
    """
    meeting = lock_meeting(meeting)
    refuse_unless_preparing(actor, meeting.body)
    if meeting.state not in ("planned", "called"):
        raise WrongMoment(_("The meeting is over or called off; it can no longer be moved."))
    refuse_stale(meeting, version=version)
    _refuse_bad_plan(meeting.form, starts_at=starts_at, answer_by=answer_by, at=at)
    _refuse_other_table(meeting, answer_by=answer_by)
    before = {"starts_at": meeting.starts_at.isoformat(), "place": meeting.place}
    meeting.starts_at, meeting.answer_by = starts_at, answer_by
    meeting.place = clean_line(place)[:200]
    meeting.lasts_minutes = _minutes_long(lasts_minutes)
    meeting.version += 1
    if meeting.state == "called":
        procedure = procedure_on(meeting.body, day=starts_at.date())
        _refuse_short_notice(meeting, procedure=procedure, at=at)
        refuse_incomplete(meeting.body, day=max(starts_at.date(), at.date()))
        meeting.sequence += 1
    meeting.save(
        update_fields=[
            "starts_at", "answer_by", "place", "lasts_minutes", "version", "sequence",
        ]
    )  # fmt: skip
    record(
        "move_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={
            "starts_at": [before["starts_at"], starts_at.isoformat()],
            "place": [before["place"], meeting.place],
        },
    )  # fmt: skip
    return meeting


def _refuse_other_table(meeting: Meeting, *, answer_by: date | None) -> None:
    """Who has answered in writing has not come to a table, nor the other way round."""
    if meeting.state == "called" and meeting.is_in_writing != (answer_by is not None):
        raise BadInput(
            {"answer_by": _("Once it is called it stays as it was called: in writing, or not.")}
        )


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor: Actor, at: datetime) -> Meeting:
    """Call a meeting off and say why; its cases go back to the queue."""
    meeting = lock_meeting(meeting)
    refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "cancelled")
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say why, so that those who were to come know.")})
    meeting.state = "cancelled"
    meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence"])
    record(
        "cancel_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id, reason=reason,
    )  # fmt: skip
    return meeting


@transaction.atomic
def close_meeting(
    meeting: Meeting,
    *,
    actor: Actor,
    at: datetime,
    minutes: str = "",
    attended: Collection[int] = (),
) -> Meeting:
    """End a held meeting, with what was said beside what its minutes hold by themselves; whoever
    was registered present stays so."""
    meeting = lock_meeting(meeting)
    refuse_unless_preparing(actor, meeting.body)
    _refuse_move(meeting, "held")
    calls = list(meeting.calls.select_for_update())
    if not set(attended) <= {call.seat_id for call in calls}:
        raise BadInput({"attended": _("Only seats that were called can have attended.")})
    _settle_attendance(meeting, calls, attended=attended)
    meeting.state, meeting.held_at, meeting.minutes = "held", at, clean_text(minutes)
    meeting.save(update_fields=["state", "held_at", "minutes"])
    record(
        "close_meeting", thing=meeting, actor=actor, at=at,
        organisation_id=meeting.organisation_id,
        change={"attended": sum(bool(call.attended) for call in calls), "called": len(calls)},
    )  # fmt: skip
    return meeting


def _settle_attendance(
    meeting: Meeting, calls: list[MeetingCall], *, attended: Collection[int]
) -> None:
    missing = [call for call in calls if not call.attended]
    present = {call.seat_id: None for call in missing if call.seat_id in attended}
    if present and meeting.is_in_writing:
        raise WrongMoment(_("In a written procedure, whoever answers takes part."))
    chosen = who_comes(missing, present=present, people=seat_people(meeting) if present else {})
    if not {call.attended_by_id for call in calls if call.attended}.isdisjoint(chosen.values()):
        raise BadInput({"attended": _("One person comes for one seat only.")})
    for call in missing:
        call.attended = call.seat_id in chosen
        call.attended_by_id = chosen.get(call.seat_id)
    MeetingCall.objects.bulk_update(calls, ["attended", "attended_by"])


def approve_meeting(meeting: Meeting, *, actor: Actor, at: datetime) -> Meeting:
    """Approve the minutes; `councils` locks the meeting's decisions in the same transaction."""
    meeting = lock_meeting(meeting)
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


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends."""
    meetings = Meeting.objects.select_for_update(of=("self",))
    return meetings.select_related("body", "organisation").get(pk=meeting.pk)


def refuse_unless_preparing(actor: Actor, body: Body) -> None:
    """Stop anybody who does not prepare the body's meetings."""
    if not can_prepare_meeting(actor, body=body):
        raise NotAllowed(_("Only the council's leader and secretary prepare its meetings."))


def _refuse_move(meeting: Meeting, after: str) -> None:
    if not MEETING.may_move(before=meeting.state, after=after):
        raise WrongMoment(
            _("The meeting is %(state)s; this can no longer be done.")
            % {"state": meeting.get_state_display()}
        )


def refuse_stale(meeting: Meeting, *, version: int | None) -> None:
    """Stop a form that was read before somebody else changed the meeting."""
    if version is not None and version != meeting.version:
        raise Stale(_("Somebody changed this meeting after you opened it. Look again."))
