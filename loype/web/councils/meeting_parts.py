"""What a meeting's pages show: who is there, what is proposed, how each seat voted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from loype.accounts.models import Person
from loype.bodies.actions import seat_people
from loype.bodies.models import Meeting, MeetingCall, SeatKind, Term
from loype.councils.counting import Tally, tally
from loype.councils.meeting_labels import Choice
from loype.councils.models import AgendaItem, Dissent, Interest, Proposal, Vote
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.web.councils.presenters import SeatShown


@dataclass
class Voice:
    """A called seat with who may come for it, and what it has to do with the item on screen."""

    call: MeetingCall
    terms: list[Term] = field(default_factory=list)
    interest: Interest | None = None

    @property
    def title(self) -> str:
        """What the seat is called."""
        return SeatShown(seat=self.call.seat, holder=None, deputy=None).title

    def shown(self) -> SeatShown:
        """The seat with its holder and deputy, as the list of those called shows it."""
        held = {term.is_deputy: term.person for term in reversed(self.terms)}
        call = self.call
        return SeatShown(
            call.seat, held.get(False), held.get(True), attended=call.attended,
            came_by=call.attended_by,
        )  # fmt: skip

    @property
    def people(self) -> list[Person]:
        """Its holder, then its deputy."""
        return [term.person for term in self.terms]

    @property
    def deputies(self) -> list[Person]:
        """Who may stand in."""
        return [term.person for term in self.terms if term.is_deputy]

    @property
    def name(self) -> str:
        """Who speaks for the seat: who came, else its holder."""
        if self.interest is not None and self.interest.stand_in is not None:
            return self.interest.stand_in.name
        if self.call.attended_by is not None:
            return self.call.attended_by.name
        return self.people[0].name if self.people else ""

    @property
    def is_away(self) -> bool:
        """Whether an interest of their own keeps them out of the item."""
        return self.interest is not None and self.interest.stand_in_id is None

    @property
    def counts(self) -> bool:
        """Whether the seat votes on the item."""
        return self.call.has_vote and self.call.is_present and not self.is_away

    @property
    def is_federation(self) -> bool:
        """Whether it is the federation's own seat."""
        return self.call.seat.kind == SeatKind.FEDERATION


def voices(meeting: Meeting) -> list[Voice]:
    """The called seats in order, the leader first."""
    calls = meeting.calls.select_related("seat", "attended_by")
    people = seat_people(meeting, at=now())
    return [
        Voice(call, people.get(call.seat_id, []))
        for call in calls.order_by("-seat__is_leader", "seat_id")
    ]


def voices_for(item: AgendaItem) -> list[Voice]:
    """The called seats of an item's meeting, with the interests that were declared in it."""
    return _for_item(voices(item.meeting), item)


def _for_item(seats: Iterable[Voice], item: AgendaItem) -> list[Voice]:
    """The same seats with the interests that were declared in an item."""
    found = {one.call_id: one for one in item.interests.all() if one.withdrawn_at is None}
    return [replace(voice, interest=found.get(voice.call.pk)) for voice in seats]


@dataclass
class ProposalShown:
    """A proposal with its votes, by name."""

    proposal: Proposal
    by: str
    votes: list[tuple[str, str]]
    count: Tally
    mine: str = ""


@dataclass
class ItemWork:
    """What is done about an item in its meeting."""

    item: AgendaItem
    voices: list[Voice]
    proposals: list[ProposalShown]
    dissents: list[tuple[str, Dissent]]
    mine: Voice | None = None

    @property
    def counted(self) -> int:
        """How many seats with a vote are present for it."""
        return sum(voice.counts for voice in self.voices)

    @property
    def needed(self) -> int:
        """How many must be."""
        return self.item.meeting.quorum_needed or 1

    @property
    def has_quorum(self) -> bool:
        """Whether something can be decided."""
        return self.counted >= self.needed

    @property
    def voting(self) -> list[Voice]:
        """The seats that vote."""
        return [voice for voice in self.voices if voice.counts]

    @property
    def interested(self) -> list[Voice]:
        """The seats that have an interest of their own."""
        return [voice for voice in self.voices if voice.interest is not None]

    @property
    def is_decided(self) -> bool:
        """Whether the meeting has come to its end with it: the case is decided, the matter
        concluded."""
        case = self.item.case
        return self.item.concluded_at is not None if case is None else case.state == "decided"

    @property
    def has_open_proposal(self) -> bool:
        """Whether something waits to be settled."""
        return any(not one.proposal.outcome for one in self.proposals)


def item_work(
    meeting: Meeting, item: AgendaItem, *, actor: Actor, called: list[Voice] | None = None
) -> ItemWork:
    """The item with seats, proposals, votes and dissents; `called` where they were read before."""
    item.meeting = meeting
    seats = _for_item(voices(meeting) if called is None else called, item)
    names = {voice.call.pk: voice.name for voice in seats}
    mine = next((v for v in seats if actor.person_id in [one.pk for one in v.people]), None)
    proposals = [_shown(one, names=names, mine=mine) for one in _proposals(item)]
    dissents = [(names.get(one.call_id, ""), one) for one in item.dissents.all()]
    return ItemWork(item, seats, proposals, dissents, mine)


def _proposals(item: AgendaItem) -> list[Proposal]:
    """In order, with their votes; read again only where they were not read with the item."""
    if "proposals" in getattr(item, "_prefetched_objects_cache", {}):
        return list(item.proposals.all())
    return list(item.proposals.prefetch_related("votes"))


def _shown(proposal: Proposal, *, names: dict[int, str], mine: Voice | None) -> ProposalShown:
    labels: dict[Any, Any] = dict(Choice.choices)
    votes: Iterable[Vote] = proposal.votes.all()
    said = {vote.call_id: vote.choice for vote in votes}
    return ProposalShown(
        proposal=proposal,
        by=names.get(proposal.by_id or 0, ""),
        votes=[(names.get(key, ""), str(labels[choice])) for key, choice in said.items()],
        count=tally(said.values()),
        mine=said.get(mine.call.pk, "") if mine else "",
    )


def title_of(item: AgendaItem) -> str:
    """What an item is called."""
    return item.title if item.case is None else item.case.idea.title
