"""What everything in a meeting asks first: is it under way, who is present, are they enough."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loype.bodies.actions import lock_meeting, refuse_unless_preparing
from loype.bodies.models import Meeting, MeetingCall
from loype.councils.models import AgendaItem, Interest, Proposal, Vote
from loype.kernel.errors import NotAllowed, Stale, WrongMoment
from loype.organisations.actor import Actor


def lock_item(item: AgendaItem, *, version: int | None = None) -> AgendaItem:
    """An item and its meeting as they are now, held until the transaction ends."""
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.meeting = meeting
    if item.removed_at is not None:
        raise WrongMoment(_("This was taken off the agenda."))
    if version is not None and version != item.version:
        raise Stale(_("Somebody changed this item after you opened it. Look again."))
    return item


def refuse_unless_called(meeting: Meeting) -> None:
    """Stop what only happens while a meeting is under way."""
    if meeting.state != "called":
        raise WrongMoment(_("The meeting is not called, or it is over."))


def refuse_unless_preparer(actor: Actor, meeting: Meeting) -> None:
    """Stop anybody but the body's leader and secretary."""
    refuse_unless_preparing(actor, meeting.body)


def call_of(meeting: Meeting, call_id: int) -> MeetingCall:
    """A seat called to the meeting, held until the transaction ends."""
    found = MeetingCall.objects.select_for_update().filter(meeting=meeting, pk=call_id).first()
    if found is None:
        raise NotAllowed(_("This seat was not called to the meeting."))
    return found


def interested(item: AgendaItem) -> dict[int, Interest]:
    """The declared interests in an item, by the call of the seat."""
    return {one.call_id: one for one in item.interests.filter(withdrawn_at=None)}


def _counted(meeting: Meeting, items: QuerySet[AgendaItem]) -> QuerySet[MeetingCall]:
    """The seats that are present, have a vote, and no interest in the item; in writing those that
    answered about it."""
    away = Interest.objects.filter(item__in=items, withdrawn_at=None, stand_in=None)
    calls = meeting.calls.filter(has_vote=True, attended=True, left_at=None)
    if meeting.is_in_writing:
        answered = Vote.objects.filter(proposal__item__in=items)
        calls = calls.filter(pk__in=answered.values("call"))
    return calls.exclude(pk__in=away.values("call")).order_by("pk")


def standing_of(meeting: Meeting, items: QuerySet[AgendaItem]) -> dict[str, Any]:
    """How far a meeting is with an item, to be asked along with something else: the seats that
    decide it (`counted`), and what became of what was proposed about it (`outcomes`)."""
    proposals = Proposal.objects.filter(item__in=items).order_by("pk")
    return {
        "counted": ArraySubquery(_counted(meeting, items).values("pk")),
        "outcomes": ArraySubquery(proposals.values("outcome")),
    }


def refuse_without_quorum(item: AgendaItem) -> list[MeetingCall]:
    """The seats that decide; refused when they are fewer than the rules ask for."""
    items = AgendaItem.objects.filter(pk=item.pk)
    calls = list(_counted(item.meeting, items).select_related("seat"))
    _refuse_too_few(item.meeting, present=len(calls))
    return calls


def _refuse_too_few(meeting: Meeting, *, present: int) -> None:
    needed = meeting.quorum_needed or 1
    if present < needed and meeting.is_in_writing:
        raise WrongMoment(
            _(
                "Too few have answered about this: %(present)s with a vote, and the rules ask for "
                "%(needed)s."
            )
            % {"present": present, "needed": needed}
        )
    if present < needed:
        raise WrongMoment(
            _(
                "Too few are present to decide: %(present)s with a vote, and the rules ask for "
                "%(needed)s. Write down who is present first."
            )
            % {"present": present, "needed": needed}
        )


def refuse_unless_ready(item: AgendaItem) -> None:
    """Stop a decision about an item that is not ready for it."""
    items = AgendaItem.objects.filter(pk=item.pk)
    asked: Any = items.annotate(**standing_of(item.meeting, items))
    counted, outcomes = asked.values_list("counted", "outcomes").get()
    refuse_unready(item.meeting, counted=counted, proposed=outcomes)


def refuse_unready(
    meeting: Meeting, *, counted: Collection[int], proposed: Collection[str]
) -> None:
    """Stop a decision without a quorum, beside an open proposal, or against what was voted."""
    _refuse_too_few(meeting, present=len(counted))
    outcomes = set(proposed) - {"withdrawn"}
    if "" in outcomes:
        raise WrongMoment(_("A proposal about it is not settled yet. Vote, agree or withdraw it."))
    if outcomes and "adopted" not in outcomes:
        raise WrongMoment(_("No proposal was adopted, so there is nothing to write down yet."))
    if meeting.rules_version and meeting.decides_by == "vote" and not outcomes:
        raise WrongMoment(
            _("The rules of procedure ask for a vote. Make a proposal and let them vote or agree.")
        )
