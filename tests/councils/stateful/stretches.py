"""Whole meetings at a stretch: from the idea to minutes that stay, and what follows from them.

Single acts in random order seldom get as far as a decision; these go the usual way, and stop, stray
and are refused at random on it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import initialize, precondition, rule

from loype.bodies.models import Body, Meeting
from loype.councils.actions import put_on_agenda
from loype.councils.models import AgendaItem, Case, JointCase, JointInvitation
from loype.councils.states import JOINT_COURSES
from loype.trail.handovers import hand_in
from tests.councils.stateful.deciding import Deciding, courses, outcomes, widths
from tests.councils.stateful.machine import number, one_of
from tests.councils.stateful.meeting import forms
from tests.councils.stateful.town import PEOPLE
from tests.councils.stateful.voting import choices

STOPS = some.integers(0, 12)
MEETING: dict[str, Any] = {
    "chosen": number,
    "coming": some.sets(some.integers(0, 5), min_size=3),
    "votes": some.lists(choices, min_size=7, max_size=7),
    "outcome": outcomes,
    "course": courses,
    "width": widths,
}
"""What is drawn for a meeting held at a stretch, and (`STOPS`) how far it gets."""


class Stretches(Deciding):
    """A year of meetings."""

    @initialize(**MEETING, stops=some.integers(3, 12))
    def begin_with_a_meeting(self, **how: Any) -> None:
        """So that there is something decided, and mostly locked, from the beginning."""
        self.hold_a_meeting(form="ordinary", **how)

    @rule(**MEETING, form=forms, stops=STOPS)
    def hold_meeting(self, **how: Any) -> None:
        """In the room or in writing."""
        self.hold_a_meeting(**how)

    @rule(**MEETING, form=some.sampled_from(("written", "urgent")), stops=STOPS)
    def hold_meeting_between(self, **how: Any) -> None:
        """In writing, or in haste."""
        self.hold_a_meeting(**how)

    @precondition(lambda self: self.there["decisions"])
    @rule(**MEETING, form=forms, stops=some.integers(3, 12))
    def decide_anew(self, chosen: int, **how: Any) -> None:
        """A meeting about a case that was decided before: the new decision corrects the old one."""
        if case := one_of(self.cases("decided"), chosen):
            council = self.council_of(case.organisation_id)
            self.hold_a_meeting(chosen=chosen, council=council, again=case, **how)

    def hold_a_meeting(
        self,
        *,
        chosen: int,
        form: str,
        stops: int,
        width: str,
        council: Body | None = None,
        again: Case | None = None,
        **how: Any,
    ) -> None:
        """From the idea to the approved minutes, as far as it goes; each step may be refused."""
        councils = Body.objects.councils().active().order_by("pk")
        body = council or one_of(list(councils), chosen)
        meeting = self.plan_for(body, who="", form=form, days=chosen % 5 + 2) if body else None
        if body is None or meeting is None:
            return
        self.bring_cases(body, width=width, giver=chosen)
        laid = self._lay_out(meeting, chosen=chosen, again=again)
        called = self.call_it(meeting, who="") if stops > 0 else None
        if called is None or stops == 1:
            return
        self._stray(called, chosen=chosen)
        for item in laid:
            item.meeting = called
        self._treat(called, laid, chosen=chosen, **how)
        if stops > 3:
            self.close_it(called, who="")
        if stops > 4:
            self.approve_it(called, who="")

    def bring_cases(self, council: Body, *, width: str, giver: int) -> None:
        """One more idea in the council's municipality."""
        place = self.town.places[council.organisation_id]
        name = one_of([one for one in PEOPLE if one.startswith(place)], giver) or ""
        self.attempt(
            hand_in, organisation=self.home(place), text="Fewer forms.", kind="need",
            visibility=width, actor=self.actor(name),
        )  # fmt: skip

    def _lay_out(self, meeting: Meeting, *, chosen: int, again: Case | None) -> list[AgendaItem]:
        """Two cases of the council on the agenda, old or new; what is decided anew comes first."""
        near = [
            case
            for case in self.cases("waiting", "decided")
            if case.organisation_id == meeting.organisation_id and case != again
        ]
        laid = []
        for case in [*filter(None, [again]), *(near[-2:] if chosen % 2 else near[:2])]:
            actor = self.actor("", apt=self.secretary_of(case.organisation_id))
            if item := self.attempt(put_on_agenda, case, meeting=meeting, actor=actor):
                item.case = case
                laid.append(item)
        return laid

    def _stray(self, meeting: Meeting, *, chosen: int) -> None:
        """Some meetings are moved once they are called, and some are called off after all."""
        if chosen % 7 == 1:
            self.move_it(meeting, who="", days=chosen % 4 + 3, in_writing=meeting.is_in_writing)
        elif chosen % 7 == 2:
            self.move_it(meeting, who="", days=9, in_writing=not meeting.is_in_writing)
        elif chosen % 9 == 3:
            self.call_it_off(meeting, who="")

    def _treat(
        self,
        meeting: Meeting,
        laid: list[AgendaItem],
        *,
        chosen: int,
        coming: set[int],
        votes: list[str],
        outcome: str,
        course: str,
    ) -> None:
        """Somebody comes or answers, something is proposed and voted on, and it is decided."""
        if not meeting.is_in_writing:
            self.come_to(meeting, who="", coming=coming, deputies=bool(chosen % 3))
        for turn, item in enumerate(laid):
            if turn and chosen % 4 == 0:
                continue  # nobody says anything about this one
            if chosen % 5 == 1:
                self.declare_for(item, who="", seat=chosen, deputy=bool(turn))
            if proposal := self.put_forward_about(item, who=""):
                proposal.item = item
                self.vote_on(proposal, who="", votes=votes[turn:] + votes[:turn])
        if meeting.is_in_writing:
            self.at += timedelta(days=10)
            self.count_it(meeting, who="")
        for item in laid:
            if item.case is not None:
                self.decide_it(
                    item.case, meeting, who="", outcome=outcome, course=course, chosen=chosen
                )
            if chosen % 3 == 1:
                self.dissent_about(item, who="", member=chosen)

    @precondition(lambda self: self.there["cases"])
    @rule(**MEETING, said=some.lists(some.sampled_from(("yes", "yes", "no")), min_size=4))
    def run_together(self, said: list[str], **how: Any) -> None:
        """Decided together with others; they answer, and those who said yes agree on terms."""
        course = sorted(JOINT_COURSES)[how["chosen"] % 2]
        self.hold_a_meeting(
            **how | {"course": course, "outcome": "go_on", "votes": ["for"] * 7},
            form="ordinary", stops=12,
        )  # fmt: skip
        joint = JointCase.objects.open().order_by("-pk").first()
        if joint is None:
            return
        rows = JointInvitation.objects.filter(decision=joint.decision_id, answer="")
        for invitation, answer in zip(rows.order_by("pk"), said, strict=False):
            self.answer_it(invitation, who="", said=answer)
        self.propose_terms(joint, home=joint.organisation, who="")
        for terms in joint.terms.proposed():
            for share in terms.shares.select_related("organisation").order_by("-pk"):
                self.agree_for(terms, home=share.organisation, who="")
