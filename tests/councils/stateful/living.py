"""Elections and what runs."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from loype.councils.models import Case
from loype.organisations.actions import leave_organisation
from loype.organisations.models import Organisation
from loype.portfolio.actions import add_participant, share_activity, stop_activity
from loype.portfolio.mandates.actions import (
    MandateWords,
    answer_mandate,
    ask_for_mandates,
    call_off_election,
    close_sitting,
    open_sitting,
    record_election,
    record_mandate,
)
from loype.portfolio.mandates.models import MandateSitting
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from tests.councils.stateful.deciding import Deciding, widths
from tests.councils.stateful.machine import number, one_of, who
from tests.councils.stateful.town import MUNICIPALITIES


class Living(Deciding):
    """Mandates from the voters, and activities that hang on them."""

    @rule(
        place=some.sampled_from(MUNICIPALITIES),
        who=who,
        days=some.integers(0, 20),
        after=some.sampled_from(("wait", "sit", "sit", "call off")),
        chosen=number,
    )
    def elect(self, place: str, who: str, days: int, after: str, chosen: int) -> None:
        """A mandate is written down, and an election, which is called off or takes place; the day
        after it everything is asked, and the new council answers in one sitting."""
        home = self.home(place)
        if chosen % 3 == 0:
            self._mandate(home, who=who, chosen=chosen)
        election = self.attempt(
            record_election, home, name="Election", actor=self.actor(who, apt=f"{place}_head"),
            election_date=self.day + timedelta(days=days),
        )  # fmt: skip
        if election is None or after == "wait":
            return
        if after == "call off":
            actor = self.actor(who, apt=f"{place}_head")
            self.attempt(call_off_election, election, reason="Moved.", actor=actor)
            return
        self.at += timedelta(days=days + 1)
        self.attempt(ask_for_mandates)
        sitting = self.attempt(
            open_sitting, home, issuing_body="The new council", held_date=self.day,
            actor=self.actor(who, apt=f"{place}_head"),
        )  # fmt: skip
        if sitting is not None:
            self._answer_all(sitting, who=who, chosen=chosen)

    def _mandate(self, home: Organisation, *, who: str, chosen: int) -> None:
        words = MandateWords(
            title=f"Closer to people {chosen}", issuing_body="The municipal council",
            decision_reference=f"PS {chosen}", decided_date=self.day,
        )  # fmt: skip
        actor = self.actor(who, apt=self.head_of(home.pk))
        self.attempt(record_mandate, home, words=words, actor=actor)

    def _answer_all(self, sitting: MandateSitting, *, who: str, chosen: int) -> None:
        actor = self.actor(who, apt=self.head_of(sitting.organisation_id))
        waiting = Activity.objects.filter(organisation=sitting.organisation_id)
        for activity in waiting.unconfirmed(self.day).order_by("pk"):
            answer = ("ended", "confirmed", "changed")[chosen % 3]
            self.attempt(
                answer_mandate, activity, sitting=sitting, answer=answer, reasons="So it is.",
                actor=actor,
            )  # fmt: skip
        self.attempt(close_sitting, sitting, decision_reference="PS 1", actor=actor)

    @precondition(lambda self: self.there["cases"])
    @rule(chosen=number, who=who)
    def leave_with_work_in_hand(self, chosen: int, who: str) -> None:
        """Whoever follows up a case, or leads what came of it, leaves the municipality."""
        case = one_of(list(Case.objects.exclude(responsible=None).order_by("pk")), chosen)
        if case is None:
            return
        person = case.responsible if chosen % 3 else case.deputy or case.responsible
        assert person is not None
        self.concerned.add(self.town.names[person.pk])
        self.attempt(
            leave_organisation, case.organisation, person=person,
            actor=self.actor(who, apt=self.head_of(case.organisation_id)),
        )  # fmt: skip

    @precondition(lambda self: self.there["activities"])
    @rule(
        chosen=number,
        who=who,
        width=widths,
        act=some.sampled_from(("start", "share", "share", "partner", "stop")),
    )
    def run_something(self, chosen: int, who: str, width: str, act: str) -> None:
        """The owner starts it, lets others read or take part, or stops it."""
        activity = one_of(list(Activity.objects.order_by("pk")), chosen)
        if activity is None:
            return
        actor = self.actor(who, apt=self.town.names[activity.owner_id])
        if act == "start":
            self.attempt(start_running, activity, actor=actor)
        elif act == "share":
            self.attempt(share_activity, activity, visibility=width, actor=actor)
        elif act == "partner":
            home = self.home(MUNICIPALITIES[chosen % 5])
            self.attempt(add_participant, activity, organisation=home, role="Looks on", actor=actor)
        else:
            self.attempt(stop_activity, activity, reason="It did not work.", actor=actor)
