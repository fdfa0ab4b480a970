"""Deciding between meetings: each member answers by a day, on their own page."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loype.bodies.actions import lock_meeting, mark_answered
from loype.bodies.models import Meeting
from loype.councils.actions.meeting_room import (
    call_of,
    interested,
    lock_item,
    refuse_unless_called,
    refuse_unless_preparer,
    refuse_without_quorum,
)
from loype.councils.actions.voices import own_call, refuse_second_voice
from loype.councils.actions.voting import count_votes
from loype.councils.meeting_labels import Choice
from loype.councils.models import Proposal, Vote
from loype.history.actions import record
from loype.kernel.calendar import day_in
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor


@transaction.atomic
def cast_vote(proposal: Proposal, *, choice: str, actor: Actor, at: datetime) -> Vote:
    """Vote for one's own seat in a written procedure; until the day is over it may be changed."""
    item = lock_item(proposal.item)
    meeting = item.meeting
    call = own_call(meeting, actor=actor, at=at)
    if call is None:
        raise NotAllowed(_("Only the members answer."))
    _refuse_unless_open(meeting, at=at)
    if choice not in Choice.values:
        raise BadInput({"choice": _("A vote is for, against, or neither.")})
    call = call_of(meeting, call.pk)
    if not call.has_vote:
        raise NotAllowed(_("This seat has no vote."))
    own = interested(item).get(call.pk)
    if own is not None and own.stand_in_id != actor.person_id:
        raise NotAllowed(_("Who has an interest of their own in this does not vote on it."))
    if own is None:
        refuse_second_voice(meeting, call=call, actor=actor, at=at)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.outcome:
        raise WrongMoment(_("This proposal is settled already."))
    mark_answered(call, actor=actor, stands_in=own is not None)
    vote, _new = Vote.objects.update_or_create(
        proposal=proposal, call=call,
        defaults={"choice": choice, "cast_at": at, "cast_by_id": actor.signed_in_id},
    )  # fmt: skip
    record(
        "cast_vote", thing=vote, actor=actor, at=at, organisation_id=meeting.organisation_id,
        acting_as="council", follow=False,
        change={"proposal": proposal.pk, "item": item.pk, "choice": choice},
    )  # fmt: skip
    return vote


def _refuse_unless_open(meeting: Meeting, *, at: datetime) -> None:
    refuse_unless_called(meeting)
    if meeting.answer_by is None:
        raise WrongMoment(_("This is decided in a meeting, not in writing."))
    if _day_of(meeting, at=at) > meeting.answer_by:
        raise WrongMoment(_("The day to answer by has passed."))


def _day_of(meeting: Meeting, *, at: datetime) -> date:
    """The day that it is where the body is."""
    return day_in(at, meeting.organisation.time_zone)


@transaction.atomic
def count_answers(meeting: Meeting, *, actor: Actor, at: datetime) -> list[Proposal]:
    """Count a written procedure, when all have answered or the day is over.

    What too few have answered is left: its proposal is withdrawn, or its item goes to a meeting.
    """
    meeting = lock_meeting(meeting)
    refuse_unless_preparer(actor, meeting)
    refuse_unless_called(meeting)
    if meeting.answer_by is None:
        raise WrongMoment(_("This is decided in a meeting, not in writing."))
    if _day_of(meeting, at=at) <= meeting.answer_by and not has_all_answers(meeting):
        raise WrongMoment(_("The members still have time to answer."))
    counted: list[Proposal] = []
    too_few: WrongMoment | None = None
    for proposal in uncounted(meeting).select_related("item").order_by("pk"):
        proposal.item.meeting = meeting
        try:
            calls = refuse_without_quorum(proposal.item)
        except WrongMoment as said:
            too_few = said
            continue
        counted.append(count_votes(proposal, item=proposal.item, calls=calls, actor=actor, at=at))
    if too_few is not None and not counted:
        raise too_few
    return counted


def uncounted(meeting: Meeting) -> QuerySet[Proposal]:
    """What a written procedure has not settled yet."""
    return Proposal.objects.filter(item__meeting=meeting, item__removed_at=None, outcome="")


def has_all_answers(meeting: Meeting) -> bool:
    """Whether every seat that may vote has voted on every proposal."""
    calls = set(meeting.calls.filter(has_vote=True).values_list("pk", flat=True))
    proposals = Proposal.objects.filter(item__meeting=meeting, item__removed_at=None, outcome="")
    for proposal in proposals.select_related("item"):
        away = {key for key, one in interested(proposal.item).items() if one.stand_in_id is None}
        if calls - away - set(proposal.votes.values_list("call_id", flat=True)):
            return False
    return True
