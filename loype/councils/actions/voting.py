"""Proposals, amendments, votes, consensus and dissent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import MeetingCall
from loype.councils.actions.agenda_items import refuse_closed_agenda
from loype.councils.actions.meeting_room import (
    call_of,
    lock_item,
    refuse_unless_called,
    refuse_unless_preparer,
    refuse_without_quorum,
)
from loype.councils.actions.voices import own_call, refuse_stranger
from loype.councils.counting import settle, tally
from loype.councils.meeting_labels import Choice, ProposalKind
from loype.councils.models import AgendaItem, Decision, Dissent, Proposal, Vote
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor


@transaction.atomic
def propose(
    item: AgendaItem,
    *,
    text: str,
    actor: Actor,
    at: datetime,
    kind: str = ProposalKind.PROPOSAL,
    by: MeetingCall | None = None,
) -> Proposal:
    """Put a proposal, or an amendment of one, before the members."""
    item = lock_item(item)
    mine = own_call(item.meeting, actor=actor, at=at)
    if by is None and mine is not None and not _prepares(actor, item):
        by = mine
    if by is None:
        refuse_unless_preparer(actor, item.meeting)
    else:
        refuse_stranger(item.meeting, call=by, actor=actor, at=at)
    refuse_closed_agenda(item.meeting)
    if not item.is_decided_here:
        raise WrongMoment(_("This is not to be decided, so nothing is proposed about it."))
    _refuse_decided(item)
    problems = {}
    if kind not in ProposalKind.values:
        problems["kind"] = _("Choose one from the list.")
    if not (text := clean_text(text)):
        problems["text"] = _("Write what is proposed.")
    if problems:
        raise BadInput(problems)
    proposal = Proposal.objects.create(
        item=item, kind=kind, text=text, by=by, made_at=at, made_by_id=actor.signed_in_id
    )
    _account("propose", proposal, actor=actor, at=at, item=item, kind=kind, text=text)
    return proposal


def _prepares(actor: Actor, item: AgendaItem) -> bool:
    try:
        refuse_unless_preparer(actor, item.meeting)
    except NotAllowed:
        return False
    return True


def _refuse_decided(item: AgendaItem) -> None:
    decided = item.case_id is not None and Decision.objects.filter(
        meeting=item.meeting_id, case=item.case_id
    )
    if item.concluded_at is not None or (decided and decided.exists()):
        raise WrongMoment(_("It is decided in this meeting already."))


def _account(
    verb: str, proposal: Proposal, *, actor: Actor, at: datetime, item: AgendaItem, **change: object
) -> None:
    record(
        verb, thing=proposal, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", follow=False,
        change={"item": item.pk, "meeting": item.meeting_id, **change},
    )  # fmt: skip


def _lock_open(proposal: Proposal, *, version: int | None) -> tuple[Proposal, AgendaItem]:
    """A proposal that is not settled yet, with its item."""
    item = lock_item(proposal.item)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if version is not None and version != proposal.version:
        raise Stale(_("Somebody changed this proposal after you opened it. Look again."))
    if proposal.outcome:
        raise WrongMoment(_("This proposal is settled already."))
    return proposal, item


@transaction.atomic
def withdraw_proposal(
    proposal: Proposal, *, actor: Actor, at: datetime, version: int | None = None
) -> Proposal:
    """Take a proposal back before it is settled."""
    proposal, item = _lock_open(proposal, version=version)
    refuse_closed_agenda(item.meeting)
    if proposal.made_by_id != actor.person_id:
        refuse_unless_preparer(actor, item.meeting)
    proposal.votes.all().delete()
    _settled(proposal, outcome="withdrawn", by="", at=at)
    _account("withdraw_proposal", proposal, actor=actor, at=at, item=item)
    return proposal


def _settled(proposal: Proposal, *, outcome: str, by: str, at: datetime | None) -> None:
    proposal.outcome, proposal.settled_by, proposal.settled_at = outcome, by, at
    proposal.version += 1
    proposal.save(update_fields=["outcome", "settled_by", "settled_at", "version"])


@transaction.atomic
def record_votes(
    proposal: Proposal,
    *,
    choices: Mapping[int, str],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Proposal:
    """Write down what each seat that is present votes, by its call, and count."""
    proposal, item = _lock_open(proposal, version=version)
    refuse_unless_preparer(actor, item.meeting)
    refuse_unless_called(item.meeting)
    _refuse_decided(item)
    if item.meeting.is_in_writing:
        raise WrongMoment(_("In a written procedure the members vote on their own page."))
    if item.meeting.rules_version and item.meeting.decides_by == "consensus":
        raise WrongMoment(_("This body decides by consensus; it does not vote."))
    calls = refuse_without_quorum(item)
    if set(choices) != {call.pk for call in calls}:
        raise BadInput(
            {"choices": _("Say what each seat that is present and may vote votes, no other.")}
        )
    if not set(choices.values()) <= set(Choice.values):
        raise BadInput({"choices": _("A vote is for, against, or neither.")})
    Vote.objects.bulk_create(
        Vote(
            proposal=proposal, call_id=call_id, choice=choice, cast_at=at,
            cast_by_id=actor.signed_in_id,
        )
        for call_id, choice in choices.items()
    )  # fmt: skip
    return count_votes(proposal, item=item, calls=calls, actor=actor, at=at)


def count_votes(
    proposal: Proposal,
    *,
    item: AgendaItem,
    calls: list[MeetingCall],
    actor: Actor,
    at: datetime,
) -> Proposal:
    """Settle a proposal by the votes that were cast for it."""
    votes = dict(proposal.votes.values_list("call_id", "choice"))
    chair = next((votes.get(call.pk, "") for call in calls if call.seat.is_leader), "")
    count = tally(votes.values())
    outcome, by = settle(count, chair=chair, has_casting_vote=item.meeting.casting_vote)
    _settled(proposal, outcome=outcome, by=by, at=at)
    _account(
        "settle_proposal", proposal, actor=actor, at=at, item=item, outcome=outcome, by=by,
        votes=[count.votes_for, count.votes_against, count.abstained],
    )  # fmt: skip
    return proposal


@transaction.atomic
def agree_on_proposal(
    proposal: Proposal, *, actor: Actor, at: datetime, version: int | None = None
) -> Proposal:
    """Write down that those present agree without a vote."""
    proposal, item = _lock_open(proposal, version=version)
    refuse_unless_preparer(actor, item.meeting)
    refuse_unless_called(item.meeting)
    _refuse_decided(item)
    if item.meeting.is_in_writing:
        raise WrongMoment(_("In a written procedure the members vote on their own page."))
    refuse_without_quorum(item)
    _settled(proposal, outcome="adopted", by="consensus", at=at)
    _account(
        "settle_proposal", proposal, actor=actor, at=at, item=item, outcome="adopted",
        by="consensus",
    )  # fmt: skip
    return proposal


@transaction.atomic
def reopen_proposal(
    proposal: Proposal, *, actor: Actor, at: datetime, version: int | None = None
) -> Proposal:
    """Open a settled proposal again, before the item is decided; the votes are taken anew."""
    item = lock_item(proposal.item)
    refuse_unless_preparer(actor, item.meeting)
    refuse_unless_called(item.meeting)
    _refuse_decided(item)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if version is not None and version != proposal.version:
        raise Stale(_("Somebody changed this proposal after you opened it. Look again."))
    if not proposal.outcome:
        return proposal
    before = [proposal.outcome, proposal.settled_by]
    votes = {str(key): said for key, said in proposal.votes.values_list("call_id", "choice")}
    if not item.meeting.is_in_writing:
        proposal.votes.all().delete()
    _settled(proposal, outcome="", by="", at=None)
    _account("reopen_proposal", proposal, actor=actor, at=at, item=item, before=before, votes=votes)
    return proposal


@transaction.atomic
def record_dissent(
    item: AgendaItem, *, call: MeetingCall, text: str, actor: Actor, at: datetime
) -> Dissent:
    """Let a member's own words stand in the minutes; said again, they replace the earlier ones."""
    item = lock_item(item)
    call = call_of(item.meeting, call.pk)
    refuse_stranger(item.meeting, call=call, actor=actor, at=at)
    if item.meeting.state not in ("called", "held"):
        raise WrongMoment(_("Dissent is written down before the minutes are approved."))
    if not (text := clean_text(text)):
        raise BadInput({"text": _("Write what the member does not agree with, and why.")})
    if not (call.attended or item.meeting.is_in_writing):
        raise WrongMoment(_("Only a member who took part can dissent."))
    dissent, _new = Dissent.objects.update_or_create(
        item=item, call=call,
        defaults={"text": text, "recorded_at": at, "recorded_by_id": actor.signed_in_id},
    )  # fmt: skip
    record(
        "record_dissent", thing=dissent, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", reason=text,
        change={"item": item.pk, "seat": call.seat_id}, follow=False,
    )  # fmt: skip
    return dissent
