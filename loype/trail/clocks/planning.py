"""Planning what the forecast proposes: the meeting, with the cases it saves on its agenda."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.actions import plan_meeting
from loype.bodies.models import Body, Meeting, MeetingForm
from loype.bodies.rules import can_prepare_meeting
from loype.councils.actions import put_on_agenda
from loype.councils.models import Case
from loype.kernel.errors import NotAllowed, Stale
from loype.organisations.actor import Actor
from loype.trail.clocks.reading import CouncilClocks, read_clocks

USUAL_TIME = time(12, 0)


@transaction.atomic
def plan_proposed(body: Body, *, form: str, day: date, actor: Actor, at: datetime) -> Meeting:
    """Plan the meeting that the forecast proposes, and lay the cases it saves on its agenda.

    The council is held while it is done: pressed twice, the second finds nothing left to propose.
    """
    if not can_prepare_meeting(actor, body=body):
        raise NotAllowed(_("Only the council's leader and secretary prepare its meetings."))
    body = Body.objects.select_for_update().get(pk=body.pk)
    clocks = read_clocks(body.organisation_id, at=at)
    proposal = clocks.proposal
    if proposal is None or (proposal.form, proposal.day) != (form, day):
        raise Stale(_("What is proposed has changed since you opened the page. Look again."))
    meeting = _planned(body, clocks=clocks, form=form, day=day, actor=actor, at=at)
    found = Case.objects.in_bulk([case.id for case in proposal.cases])
    for case in proposal.cases:
        put_on_agenda(found[case.id], meeting=meeting, actor=actor, at=at)
    return meeting


def _planned(
    body: Body, *, clocks: CouncilClocks, form: str, day: date, actor: Actor, at: datetime
) -> Meeting:
    if form == MeetingForm.WRITTEN:
        return plan_meeting(body, starts_at=at, answer_by=day, form=form, actor=actor, at=at)
    starts_at = max(_usual_start(body, clocks=clocks, day=day), at + timedelta(hours=1))
    return plan_meeting(body, starts_at=starts_at, form=form, actor=actor, at=at)


def _usual_start(body: Body, *, clocks: CouncilClocks, day: date) -> datetime:
    """The time of day at which the council last met."""
    zone = ZoneInfo(clocks.time_zone)
    last = Meeting.objects.filter(body=body).exclude(state="cancelled").order_by("-starts_at")
    before = last.first()
    usual = before.starts_at.astimezone(zone).time() if before else USUAL_TIME
    return datetime.combine(day, usual, tzinfo=zone)
