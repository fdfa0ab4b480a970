"""A member's own interest in an item: declared, stood in for, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.actions import seat_people
from loype.bodies.models import MeetingCall
from loype.councils.actions.meeting_room import (
    call_of,
    lock_item,
    refuse_unless_called,
)
from loype.councils.actions.voices import refuse_stranger
from loype.councils.models import AgendaItem, Decision, Interest, Vote
from loype.history.actions import record
from loype.kernel.errors import BadInput, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def declare_interest(
    item: AgendaItem,
    *,
    call: MeetingCall,
    reason: str,
    actor: Actor,
    at: datetime,
    stand_in: Person | None = None,
) -> Interest:
    """Say that a member has an interest of their own: they neither vote nor count for the item."""
    item = lock_item(item)
    call = call_of(item.meeting, call.pk)
    refuse_stranger(item.meeting, call=call, actor=actor, at=at)
    _refuse_late(item)
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Say in short why, so that it can stand in the minutes.")})
    if stand_in is not None:
        _refuse_wrong_stand_in(item, call=call, person=stand_in, at=at)
    if item.interests.filter(call=call, withdrawn_at=None).exists():
        raise WrongMoment(_("This was declared already."))
    Vote.objects.filter(proposal__item=item, call=call).delete()
    interest = Interest.objects.create(
        item=item, call=call, reason=reason, stand_in=stand_in, declared_at=at,
        declared_by_id=actor.signed_in_id,
    )  # fmt: skip
    record(
        "declare_interest", thing=interest, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", reason=reason,
        change={"item": item.pk, "seat": call.seat_id, "meeting": item.meeting_id}, follow=False,
    )  # fmt: skip
    return interest


@transaction.atomic
def withdraw_interest(interest: Interest, *, actor: Actor, at: datetime) -> Interest:
    """Take a declared interest back before the item is decided."""
    item = lock_item(interest.item)
    call = call_of(item.meeting, interest.call_id)
    refuse_stranger(item.meeting, call=call, actor=actor, at=at)
    _refuse_late(item)
    interest = Interest.objects.select_for_update().get(pk=interest.pk)
    if interest.withdrawn_at is not None:
        return interest
    if interest.stand_in_id is not None:  # the seat is the member's own again
        Vote.objects.filter(proposal__item=item, call=call).delete()
    interest.withdrawn_at = at
    interest.save(update_fields=["withdrawn_at"])
    record(
        "withdraw_interest", thing=interest, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council",
        change={"item": item.pk, "seat": call.seat_id}, follow=False,
    )  # fmt: skip
    return interest


def _refuse_late(item: AgendaItem) -> None:
    refuse_unless_called(item.meeting)
    decided = Decision.objects.filter(meeting=item.meeting_id, case=item.case_id)
    if item.concluded_at is not None or (item.case_id is not None and decided.exists()):
        raise WrongMoment(_("It is decided already, with those who took part."))
    if item.proposals.filter(outcome__in=("adopted", "rejected")).exists():
        raise WrongMoment(_("It is voted on already. Open the vote again first."))


def _refuse_wrong_stand_in(
    item: AgendaItem, *, call: MeetingCall, person: Person, at: datetime
) -> None:
    people = seat_people(item.meeting, at=at).get(call.seat_id, ())
    deputies = [term.person_id for term in people if term.is_deputy]
    elsewhere = item.meeting.calls.filter(attended_by=person, left_at=None)
    if person.pk not in deputies or elsewhere.exists():
        raise BadInput({"stand_in": _("Only the seat's own deputy, not there already, stands in.")})
