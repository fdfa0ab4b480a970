"""For which seat somebody speaks in a meeting."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from loype.bodies.actions import refuse_unless_preparing, seat_people
from loype.bodies.models import Meeting, MeetingCall
from loype.councils.models import Interest, Vote
from loype.kernel.errors import NotAllowed, WrongMoment
from loype.organisations.actor import Actor


def own_call(meeting: Meeting, *, actor: Actor, at: datetime) -> MeetingCall | None:
    """The seat that this person holds (or is deputy of) in the meeting, if any."""
    seats = [
        seat_id
        for seat_id, terms in seat_people(meeting, at=at).items()
        if any(term.person_id == actor.person_id for term in terms)
    ]
    calls = list(meeting.calls.filter(seat__in=seats).order_by("pk"))
    mine = [call for call in calls if call.attended_by_id == actor.person_id]
    return next(iter(mine or calls), None)


def refuse_stranger(meeting: Meeting, *, call: MeetingCall, actor: Actor, at: datetime) -> None:
    """Members speak for their own seat; the leader and the secretary write down for all that are
    called."""
    if call.meeting_id != meeting.pk:
        raise NotAllowed(_("This seat was not called to the meeting."))
    mine = own_call(meeting, actor=actor, at=at)
    if mine is not None and mine.pk == call.pk:
        return
    refuse_unless_preparing(actor, meeting.body)


def refuse_second_voice(meeting: Meeting, *, call: MeetingCall, actor: Actor, at: datetime) -> None:
    """Stop a second person who answers for a seat; whoever only stood in on an item, or holds it no
    more, leaves it to the other."""
    if call.attended_by_id in (None, actor.person_id):
        return
    people = seat_people(meeting, at=at).get(call.seat_id, ())
    if call.attended_by_id not in {term.person_id for term in people}:
        return
    standing_in = Interest.objects.filter(
        item=OuterRef("proposal__item"), call=call, stand_in=call.attended_by_id, withdrawn_at=None
    )
    answered = Vote.objects.filter(call=call, cast_by=call.attended_by_id)
    if answered.exclude(Exists(standing_in)).exists():
        raise WrongMoment(_("Somebody answers for this seat already."))
