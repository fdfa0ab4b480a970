"""Whatever members of several municipalities do in whatever order, five things never happen.

Never an active council without its federation seat, a decision without a quorum, two decisions in
force on one case, a locked decision lost or changed, or a person who sees another municipality's
internal case. Hypothesis plays in a small town of five municipalities (`town.py`): appointments,
calls, attendance, votes, decisions, corrections, minutes, elections, ideas, joint cases, people
who move, and writes that go past the verbs (`forcing.py`). After every act it is looked at what
must hold (`keeping.py`, `quorums.py`), and as somebody else each time what they see (`seeing.py`).

An ordinary run is the same each time and short. `LOYPE_ANY_ORDER_MINUTES=20` plays for as long,
differently each time; see docs/testing.md.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from functools import partial
from time import monotonic
from typing import Any

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from loype.bodies.actions import establish_council
from loype.bodies.models import Body, Meeting
from loype.councils.models import AgendaItem, Case, Decision, JointInvitation, Minutes
from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.search.models import SearchText
from loype.trail.works import Wanted, circle_of, works_of
from tests.councils.stateful.days import Days
from tests.councils.stateful.forcing import COUNCILS, DECISIONS, LOCKS, Forcing
from tests.councils.stateful.keeping import first_empty_day
from tests.councils.stateful.quorums import Sitting
from tests.councils.stateful.seeing import KINDS, Reader, Sight
from tests.councils.stateful.town import PEOPLE, Town, build_town

MODELS: dict[str, Any] = {
    "idea": Idea,
    "case": Case,
    "decision": Decision,
    "meeting": Meeting,
    "agenda item": AgendaItem,
    "minutes": Minutes,
    "activity": Activity,
    "invitation": JointInvitation,
}
READERS = (*PEOPLE, "")
SEARCHED = ("idea", "decision", "activity")


class AnyOrder(Days, Forcing):
    """The whole play."""

    looked = 0

    @invariant()
    def what_must_hold(self) -> None:
        """After every act: what is promised, and what the next reader and those concerned see."""
        if self.acts <= self.looked:
            return
        self.looked = self.acts
        self.quorums.all_seen()
        sight = Sight(self.day)
        for name in sorted({READERS[self.acts * 7 % len(READERS)], *self.concerned}):
            self._look_as(name, sight)
        self.concerned.clear()

    def at_the_end(self) -> None:
        """What everybody sees, in the lists, in search and in the federation's register."""
        sight = Sight(self.day)
        for name in READERS:
            self._look_as(name, sight)
        for name in READERS[::4]:
            self._search_as(name, sight)

    def _look_as(self, name: str, sight: Sight) -> None:
        actor, reader = self._both(name, sight)
        for kind in KINDS:
            found = set(MODELS[kind].objects.visible_to(actor).values_list("pk", flat=True))
            wanted = sight.sees(kind, reader)
            assert found == wanted, (
                f"{kind} as {name or 'nobody'}: too much {found - wanted}, "
                f"too little {wanted - found}"
            )
            self.tally[f"seen: {kind}"] += len(found)
            self.tally[f"hidden: {kind}"] += sight.count(kind) - len(found)

    def _both(self, name: str, sight: Sight) -> tuple[Actor, Reader]:
        """Somebody as the product and as the manual know them."""
        person = self.town.people[name].pk if name else None
        return self.town.actor(name, at=self.at), sight.reader(person)

    def _search_as(self, name: str, sight: Sight) -> None:
        """Search and the register of works tell of nothing that may not be seen."""
        actor, reader = self._both(name, sight)
        texts = SearchText.objects.visible_to(actor).filter(kind__in=SEARCHED)
        told = set(texts.values_list("kind", "thing_id"))
        for federation in self.town.federations.values():
            circle = circle_of(federation.pk, day=self.day)
            works = works_of(circle, Wanted(), actor=actor, most=200)
            told |= {(work.kind, work.id) for work in works}
        for kind in SEARCHED:
            leaked = {number for of, number in told if of == kind} - sight.sees(kind, reader)
            assert not leaked, f"{kind} {leaked} told to {name or 'nobody'}"
        self.tally["told in search"] += len(told)


LONG = 15
"""Minutes from which on everything must have been done five times as often."""
MORE = 12
"""How often an ordinary run may go on, differently, until everything was done often enough: which
row an act meets depends on the numbers the database gives."""
# What an ordinary run must have done this often, or it shows nothing.
FLOORS = {
    "appoint_to_seat": 15,
    "end_term": 2,
    "activate_council": 1,
    "close_body": 1,
    "close_seat": 2,
    "add_seat": 3,
    "adopt_rules_of_procedure": 3,
    "leave_organisation": 1,
    "end_membership": 1,
    "give_role": 2,
    "end_federation_membership": 1,
    "end_federation_membership refused": 1,
    "plan_meeting": 15,
    "call_meeting": 12,
    "move_meeting": 1,
    "call_off_meeting": 1,
    "register_attendance": 10,
    "declare_interest": 2,
    "record_votes": 8,
    "cast_vote": 3,
    "count_answers": 1,
    "record_dissent": 4,
    "put_on_agenda": 20,
    "council_to_portfolio": 10,
    "corrections": 1,
    "end_meeting": 10,
    "approve_minutes": 8,
    "hand_in": 15,
    "appoint_responsible": 3,
    "assess_openness": 1,
    "answer_joint_invitation": 1,
    "agree_to_run_together": 1,
    "record_election": 4,
    "ask_for_mandates": 3,
    "decided in a meeting: ordinary": 5,
    "council_to_portfolio refused": 5,
    "database: decided past the council": 2,
    "told in search": 60,
}


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    """By words alone: the same on every machine, and quick."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


@pytest.fixture
def town(db: None) -> Town:
    """Five municipalities with their people."""
    return build_town()


def play(town: Town, tally: Counter[str], **how: Any) -> None:
    """Let Hypothesis play; it tells the shortest way to whatever must not happen."""
    run_state_machine_as_test(
        partial(AnyOrder, town, tally),
        settings=hypothesis_settings(
            deadline=None, print_blob=True, suppress_health_check=list(HealthCheck), **how
        ),
    )


def too_rare(tally: Counter[str], *, times: int = 1) -> dict[str, int]:
    """What was done too rarely to show anything, and how often it was."""
    return {name: tally[name] for name, least in FLOORS.items() if tally[name] < times * least}


@pytest.mark.requirement("ROR-08")
@pytest.mark.requirement("NET-08")
@pytest.mark.requirement("S19-52")
def test_no_order_of_acts_breaks_what_is_promised(town: Town) -> None:
    tally: Counter[str] = Counter()
    minutes = float(os.environ.get("LOYPE_ANY_ORDER_MINUTES", "0"))
    if minutes:
        until = monotonic() + minutes * 60
        while monotonic() < until:
            play(town, tally, max_examples=20, stateful_step_count=80, database=None)
            print(f"plays so far: {tally['plays']}, acts: {tally['acts']}", flush=True)
    else:
        play(town, tally, max_examples=18, stateful_step_count=40, derandomize=True)
        for _turn in range(MORE):
            if too_rare(tally):
                play(town, tally, max_examples=6, stateful_step_count=40, database=None)
    print(*(f"{count:6} {name}" for name, count in sorted(tally.items())), sep="\n")
    rare = too_rare(tally, times=5 if minutes >= LONG else 1)
    assert not rare, f"too rarely done to show anything: {rare}"
    blind = [kind for kind in KINDS if not tally[f"seen: {kind}"] or not tally[f"hidden: {kind}"]]
    assert not blind, f"nothing to see, or nothing to hide: {blind}"


@pytest.mark.requirement("ROR-08")
def test_the_database_refuses_every_write_past_the_verbs(town: Town) -> None:
    """Each is tried where it touches something; the plays above try them where they may not."""
    play = AnyOrder(town, Counter())
    meeting: dict[str, Any] = {
        "coming": {0, 1, 2, 3}, "votes": ["for"] * 7, "width": "organisation", "outcome": "go_on",
        "course": "own_pilot", "form": "ordinary", "chosen": 0,
    }  # fmt: skip
    play.hold_a_meeting(**meeting, stops=12)
    play.decide_anew(**meeting, stops=2)
    play.hold_a_meeting(**meeting | {"chosen": 4}, stops=12)
    play.plan_for(Body.objects.councils().active()[0], who="", form="ordinary", days=3)
    establish_council(
        town.organisations["east"], name="Council", federation=town.federations["joint"],
        actor=play.actor("east_head"), at=play.at,
    )  # fmt: skip
    assert min(play.tally["approve_minutes"], play.tally["corrections"]) > 0
    writes = COUNCILS | DECISIONS | LOCKS
    for name, statement in writes.items():
        play.go_round(name, statement, {"day": play.day, "at": play.at})
    untouched = [name for name in writes if not play.tally[f"database: {name}"]]
    assert not untouched, f"nothing was there to be touched: {untouched}"


# --- what looks can see ---------------------------------------------------------------------------


def test_it_sees_a_day_that_nobody_covers() -> None:
    day = date(2026, 3, 2)
    assert first_empty_day([(date(2026, 1, 1), None)], since=day) is None
    assert first_empty_day([], since=day) == day
    assert first_empty_day([(date(2026, 1, 1), date(2026, 3, 9))], since=day) == date(2026, 3, 10)
    two = [(date(2026, 1, 1), date(2026, 3, 9)), (date(2026, 3, 12), None)]
    assert first_empty_day(two, since=day) == date(2026, 3, 10)
    assert first_empty_day([*two, (date(2026, 3, 10), date(2026, 3, 11))], since=day) is None


def test_it_counts_those_who_are_there_and_may_vote() -> None:
    sitting = Sitting(in_writing=False, voting=frozenset({1, 2, 3}), needed=2, present={1, 2, 9})
    assert sitting.counted(7) == {1, 2}
    sitting.away[7].add(1)
    assert (sitting.counted(7), sitting.counted(8)) == ({2}, {1, 2})


def test_it_counts_in_writing_only_who_answered_about_the_matter() -> None:
    sitting = Sitting(in_writing=True, voting=frozenset({1, 2}), needed=1)
    sitting.answers[5] = (7, {1, 2})
    assert (sitting.counted(7), sitting.counted(8)) == ({1, 2}, set())
