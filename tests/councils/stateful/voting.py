"""Papers, proposals, votes in the room and in writing, consensus and dissent."""

from __future__ import annotations

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from loype.bodies.actions import seat_people
from loype.bodies.models import Meeting
from loype.councils.actions import (
    add_agenda_item,
    agree_on_proposal,
    cast_vote,
    conclude_item,
    count_answers,
    propose,
    record_dissent,
    record_votes,
    reopen_proposal,
    withdraw_proposal,
    write_paper,
)
from loype.councils.models import AgendaItem, DecisionPaper, Proposal
from tests.councils.stateful.machine import number, one_of, who
from tests.councils.stateful.meeting import Meetings

choices = some.sampled_from(("for", "for", "for", "for", "against", "abstain"))


class Voting(Meetings):
    """What happens about one item."""

    def items(self, *states: str) -> list[AgendaItem]:
        """What lies on the agendas of meetings in these states."""
        found = AgendaItem.objects.on_agenda().filter(meeting__state__in=states)
        return list(found.select_related("meeting__body", "case").order_by("pk"))

    def proposals(self, *, settled: bool) -> list[Proposal]:
        """Proposals before called meetings, settled or open."""
        found = Proposal.objects.filter(item__meeting__state="called", item__removed_at=None)
        found = found.exclude(outcome="") if settled else found.filter(outcome="")
        return list(found.select_related("item__meeting__body").order_by("pk"))

    @precondition(lambda self: self.there["items"])
    @rule(chosen=number, who=who, text=some.sampled_from(("In short.", "In shorter words.")))
    def write(self, chosen: int, who: str, text: str) -> None:
        if item := one_of(self.items("planned", "called", "held", "approved"), chosen):
            paper = DecisionPaper.objects.filter(item=item).first()
            self.attempt(
                write_paper, item, words={"summary": text, "decision_points": text},
                version=paper.version if paper else 0,
                actor=self.actor(who, apt=self.secretary_of(item.meeting.organisation_id)),
            )  # fmt: skip

    @precondition(lambda self: self.there["planned"] + self.there["called"])
    @rule(chosen=number, who=who, kind=some.sampled_from(("decision", "discussion")))
    def add_matter(self, chosen: int, who: str, kind: str) -> None:
        if meeting := one_of(self.meetings("planned", "called"), chosen):
            self.attempt(
                add_agenda_item, meeting, kind=kind, title="The year's plan",
                actor=self.actor(who, apt=self.secretary_of(meeting.organisation_id)),
            )  # fmt: skip

    @precondition(lambda self: self.there["items"])
    @rule(chosen=number, who=who)
    def put_forward(self, chosen: int, who: str) -> None:
        if item := one_of(self.items("planned", "called"), chosen):
            self.put_forward_about(item, who=who)

    def put_forward_about(self, item: AgendaItem, *, who: str) -> Proposal | None:
        """Propose something about an item."""
        actor = self.actor(who, apt=self.chair_of(item.meeting))
        return self.attempt(propose, item, text="Let us try it.", actor=actor)

    @precondition(lambda self: self.there["proposals"])
    @rule(chosen=number, who=who, votes=some.lists(choices, min_size=7, max_size=7))
    def vote(self, chosen: int, who: str, votes: list[str]) -> None:
        if proposal := one_of(self.proposals(settled=False), chosen):
            self.vote_on(proposal, who=who, votes=votes)

    def vote_on(self, proposal: Proposal, *, who: str, votes: list[str]) -> None:
        """In the room all who are there vote at once; elsewhere one after the other."""
        meeting = proposal.item.meeting
        if meeting.is_in_writing:
            self._answer_in_turn(proposal, votes=votes)
            return
        calls = meeting.calls.filter(has_vote=True, attended=True, left_at=None)
        away = proposal.item.interests.filter(withdrawn_at=None, stand_in=None)
        counted = calls.exclude(pk__in=away.values("call")).order_by("pk")
        said = dict(zip(counted.values_list("pk", flat=True), votes, strict=False))
        actor = self.actor(who, apt=self.chair_of(meeting))
        if meeting.decides_by == "consensus" and votes[0] == "for":
            self.attempt(agree_on_proposal, proposal, actor=actor)
        else:
            self.attempt(record_votes, proposal, choices=said, actor=actor)

    def _answer_in_turn(self, proposal: Proposal, *, votes: list[str]) -> None:
        """Some of the members answer in writing; "abstain" here is somebody who says nothing."""
        people = seat_people(proposal.item.meeting)
        for (_seat, terms), choice in zip(people.items(), votes, strict=False):
            if choice != "abstain":
                self.answer(proposal, name=self.town.names[terms[0].person_id], choice=choice)

    @precondition(lambda self: self.there["proposals"])
    @rule(chosen=number, member=number, who=who, choice=choices)
    def answer_in_writing(self, chosen: int, member: int, who: str, choice: str) -> None:
        open_ones = [one for one in self.proposals(settled=False) if one.item.meeting.is_in_writing]
        if proposal := one_of(open_ones, chosen):
            people = seat_people(proposal.item.meeting)
            terms = one_of(list(people.values()), member) or []
            apt = self.town.names[terms[-1].person_id] if terms else ""
            self.answer(proposal, name=who or apt, choice=choice)

    def answer(self, proposal: Proposal, *, name: str, choice: str) -> None:
        """One person answers, for the seat that is theirs."""
        vote = self.attempt(cast_vote, proposal, choice=choice, actor=self.actor(name))
        if vote is not None:
            self.quorums.answered(
                proposal.item.meeting_id, item_id=proposal.item_id, proposal_id=proposal.pk,
                seat_id=vote.call.seat_id,
            )  # fmt: skip

    @precondition(lambda self: self.there["proposals"])
    @rule(chosen=number, who=who)
    def agree(self, chosen: int, who: str) -> None:
        if proposal := one_of(self.proposals(settled=False), chosen):
            actor = self.actor(who, apt=self.chair_of(proposal.item.meeting))
            self.attempt(agree_on_proposal, proposal, actor=actor)

    @precondition(lambda self: self.there["called"] and self.there["proposals"])
    @rule(chosen=number, who=who)
    def count(self, chosen: int, who: str) -> None:
        in_writing = [one for one in self.meetings("called") if one.is_in_writing]
        if meeting := one_of(in_writing, chosen):
            self.count_it(meeting, who=who)

    def count_it(self, meeting: Meeting, *, who: str) -> None:
        """Count what was answered in writing."""
        actor = self.actor(who, apt=self.secretary_of(meeting.organisation_id))
        self.attempt(count_answers, meeting, actor=actor)

    @precondition(lambda self: self.there["proposals"])
    @rule(chosen=number, who=who)
    def open_again(self, chosen: int, who: str) -> None:
        if proposal := one_of(self.proposals(settled=True), chosen):
            actor = self.actor(who, apt=self.chair_of(proposal.item.meeting))
            self.attempt(reopen_proposal, proposal, actor=actor)

    @precondition(lambda self: self.there["proposals"])
    @rule(chosen=number, who=who)
    def take_proposal_back(self, chosen: int, who: str) -> None:
        if proposal := one_of(self.proposals(settled=False), chosen):
            meeting = proposal.item.meeting
            actor = self.actor(who, apt=self.chair_of(meeting))
            if self.attempt(withdraw_proposal, proposal, actor=actor) is not None:
                self.quorums.withdrawn(meeting.pk, proposal_id=proposal.pk)

    @precondition(lambda self: self.there["items"])
    @rule(chosen=number, member=number, who=who)
    def dissent(self, chosen: int, member: int, who: str) -> None:
        if item := one_of(self.items("called", "held", "approved"), chosen):
            self.dissent_about(item, who=who, member=member)

    def dissent_about(self, item: AgendaItem, *, who: str, member: int) -> None:
        """Somebody who took part does not agree."""
        calls = item.meeting.calls.exclude(attended=False).order_by("-attended", "pk")
        if call := one_of(list(calls), member):
            actor = self.actor(who, apt=self.secretary_of(item.meeting.organisation_id))
            self.attempt(record_dissent, item, call=call, text="I do not agree.", actor=actor)

    @precondition(lambda self: self.there["items"])
    @rule(chosen=number, who=who)
    def conclude(self, chosen: int, who: str) -> None:
        found = [one for one in self.items("called") if one.kind != "case"]
        if item := one_of(found, chosen):
            counted = self.quorums.sittings[item.meeting_id]
            actor = self.actor(who, apt=self.chair_of(item.meeting))
            done = self.attempt(conclude_item, item, conclusion="So be it.", actor=actor)
            if done is not None and item.kind == "decision":
                assert len(counted.counted(item.pk)) >= counted.needed, "concluded without a quorum"
