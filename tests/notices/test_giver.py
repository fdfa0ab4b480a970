"""Every state change on the trail reaches the giver, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from loype.accounts.models import Person
from loype.councils.actions import (
    DecisionWords,
    appoint_responsible,
    put_on_agenda,
    take_off_agenda,
)
from loype.councils.models import AgendaItem, Case, JointInvitation
from loype.councils.states import CASE, Outcome
from loype.evaluation.actions import (
    add_indicator,
    conclude_evaluation,
    measure,
    plan_evaluation,
)
from loype.evaluation.models import Evaluation
from loype.evaluation.states import EVALUATION
from loype.history.models import Event
from loype.ideas.actions.handing_in import change_visibility
from loype.ideas.models import Idea
from loype.ideas.states import IDEA
from loype.notices.actions import tell_about
from loype.notices.giver import HEARD, MEANINGS, OWN_ACT, OWN_WORDS, meaning, state_words
from loype.notices.models import Notice
from loype.notices.words import SENTENCES, explanation, headline
from loype.portfolio.actions import (
    finish_activity,
    pause_activity,
    resume_activity,
    share_activity,
    stop_activity,
)
from loype.portfolio.models import Activity
from loype.portfolio.states import ACTIVITY
from loype.spread.actions import draft_solution, publish_solution, retire_solution
from loype.spread.models import Solution
from loype.spread.states import SOLUTION
from loype.trail.handovers import (
    call_off_meeting,
    council_to_portfolio,
    end_meeting,
    give_information,
    start_running,
    withdraw,
)
from tests.cast import TODAY, World
from tests.councils.joining import asked_to_join, join
from tests.trail_world import go_on, idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]

TABLES = {
    "idea": IDEA.states,
    "case": CASE.states,
    "decision": tuple(Outcome),
    "activity": ACTIVITY.states,
    "evaluation": EVALUATION.states,
    "solution": SOLUTION.states,
}
STATES = [(kind, str(state)) for kind, states in TABLES.items() for state in states]


@pytest.mark.parametrize(("kind", "state"), STATES)
def test_every_state_has_words_for_the_giver(kind: str, state: str) -> None:
    heard = HEARD[kind][state]

    assert len(state_words(kind, state)) > 20
    if heard == OWN_ACT:
        assert OWN_WORDS[kind, state]
    else:
        assert heard.split(":")[0] in SENTENCES
        assert heard in MEANINGS


def test_no_words_are_kept_for_states_that_are_gone() -> None:
    assert {(kind, state) for kind in HEARD for state in HEARD[kind]} == set(STATES)


# --- reached, not only worded --------------------------------------------------------------------


class Told:
    """Ada's idea, what happens to it, and what she heard of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.idea = idea_of(world, text="Nøkler til hjemmetjenesten")
        self.ada, self.bo, self.cai = (world.actor(name) for name in ("ada", "bo", "cai"))

    @property
    def case(self) -> Case:
        """Its case as it is now."""
        return Case.objects.get(idea=self.idea)

    def decide(self, outcome: str, **more: Any) -> None:
        """Let the council decide."""
        put_on_agenda(self.case, meeting=self.world.meeting, actor=self.bo, at=TODAY)  # type: ignore[arg-type]
        words = DecisionWords(outcome=outcome, reasons="Derfor.", **more)
        council_to_portfolio(
            self.case, words=words, meeting=self.world.meeting, actor=self.bo, at=TODAY
        )

    def run(self) -> Activity:
        """Let it be tried out."""
        return start_running(go_on(self.world, self.idea), actor=self.cai, at=TODAY)

    def finish(self) -> Activity:
        """Let the trial end well."""
        return finish_activity(self.run(), result="Godt", actor=self.cai, at=TODAY)

    def plan(self) -> Evaluation:
        """Say what shall be found out."""
        return plan_evaluation(
            self.finish(), question="Ble det bedre?", depth="light", values=["quality"],
            actor=self.cai, at=TODAY,
        )  # fmt: skip

    def measured(self) -> Evaluation:
        """Measure once."""
        indicator = add_indicator(
            self.plan(), value="quality", name="Tid", unit="dager", better="down",
            baseline=Decimal(9), target=Decimal(1), actor=self.cai, at=TODAY,
        )  # fmt: skip
        measure(indicator, value=Decimal(8), measured_date=TODAY.date(), actor=self.cai, at=TODAY)
        return indicator.evaluation

    def drafted(self) -> Solution:
        """Write down what others may reuse."""
        conclude_evaluation(
            self.measured(), verdict="worked", conclusion="Ja.", unexpected_findings="Ingen.",
            actor=self.cai, at=TODAY,
        )  # fmt: skip
        activity = Activity.objects.get(idea=self.idea)
        share_activity(activity, visibility="federation", actor=self.cai, at=TODAY)
        return draft_solution(
            activity, for_whom="Alle", core_parts="Skapet", contact_role="Leder",
            visibility="federation", actor=self.cai, at=TODAY,
        )  # fmt: skip

    def heard(self) -> set[str]:
        """What Ada was told, decisions with their outcome."""
        for event in Event.objects.order_by("pk"):
            tell_about(event.pk, at=TODAY)
        rows = Notice.objects.filter(person=self.world.people["ada"])
        return {
            f"{one.subject}:{one.facts['outcome']}" if one.subject == "decided" else one.subject
            for one in rows
        }


def _put_on(told: Told) -> None:
    put_on_agenda(told.case, meeting=told.world.meeting, actor=told.bo, at=TODAY)  # type: ignore[arg-type]


def _take_off(told: Told) -> None:
    _put_on(told)
    take_off_agenda(AgendaItem.objects.get(case=told.case), actor=told.bo, at=TODAY)


def _publish(told: Told) -> Solution:
    return publish_solution(told.drafted(), actor=told.cai, at=TODAY)


def _merge(told: Told) -> None:
    told.decide("merge", merged_into=idea_of(told.world, text="En annen", by="bo"))


def _asked(told: Told) -> JointInvitation:
    """Another council with the same need asked, and this one said yes."""
    change_visibility(told.idea, visibility="federation", actor=told.ada, at=TODAY)
    return asked_to_join(told.world, told.idea)


def _be_responsible(told: Told) -> None:
    appoint_responsible(told.case, person=told.world.people["cai"], actor=told.bo, at=TODAY)


HAPPENS: dict[tuple[str, str], Callable[[Told], Any]] = {
    ("idea", "submitted"): lambda told: None,
    ("idea", "taken_up"): _be_responsible,
    ("idea", "needs_information"): lambda told: told.decide("more_information"),
    ("idea", "going_on"): lambda told: go_on(told.world, told.idea),
    ("idea", "parked"): lambda told: told.decide("park"),
    ("idea", "returned"): lambda told: told.decide("return"),
    ("idea", "rejected"): lambda told: told.decide("reject"),
    ("idea", "merged"): _merge,
    ("case", "waiting"): _take_off,
    ("case", "on_agenda"): _put_on,
    ("case", "decided"): lambda told: go_on(told.world, told.idea),
    ("decision", "go_on"): lambda told: go_on(told.world, told.idea),
    ("decision", "more_information"): lambda told: told.decide("more_information"),
    ("decision", "merge"): _merge,
    ("decision", "park"): lambda told: told.decide("park"),
    ("decision", "reject"): lambda told: told.decide("reject"),
    ("decision", "return"): lambda told: told.decide("return"),
    ("decision", "join"): lambda told: join(told.world, told.idea, _asked(told)),
    ("activity", "planned"): lambda told: go_on(told.world, told.idea),
    ("activity", "running"): lambda told: told.run(),
    ("activity", "paused"): lambda told: pause_activity(
        told.run(), reason="Ferie", actor=told.cai, at=TODAY
    ),
    ("activity", "finished"): lambda told: told.finish(),
    ("activity", "stopped"): lambda told: stop_activity(
        told.run(), reason="Frøs", actor=told.cai, at=TODAY
    ),
    ("evaluation", "planned"): lambda told: told.plan(),
    ("evaluation", "measuring"): lambda told: told.measured(),
    ("evaluation", "concluded"): lambda told: told.drafted(),
    ("solution", "draft"): lambda told: told.drafted(),
    ("solution", "published"): _publish,
    ("solution", "retired"): lambda told: retire_solution(
        _publish(told), reason="Ny lov", actor=told.cai, at=TODAY
    ),
}
REACHED = [(kind, state) for kind, state in STATES if HEARD[kind][state] != OWN_ACT]


@pytest.mark.parametrize(("kind", "state"), REACHED)
def test_the_giver_hears_of_every_state(kind: str, state: str, world: World) -> None:
    told = Told(world)
    HAPPENS[kind, state](told)

    assert HEARD[kind][state] in told.heard()


def test_the_giver_hears_in_their_own_language(world: World) -> None:
    told = Told(world)
    told.decide("reject")
    told.heard()

    notice = Notice.objects.get(person=world.people["ada"], subject="decided")
    said = set()
    for language in ("en", "da", "nb", "nn", "sv"):
        with translation.override(language):
            said.add(headline(notice.subject, notice.facts))
            assert "Derfor." in explanation(notice.subject, notice.facts)
            assert meaning("decided", "reject") in explanation(notice.subject, notice.facts)
    assert len(said) >= 4


def test_a_meeting_that_did_not_come_to_it_tells_the_giver(world: World) -> None:
    told = Told(world)
    _put_on(told)
    end_meeting(
        world.meeting, minutes="Vi rakk ikke alt.", attended=[], actor=told.bo,  # type: ignore[arg-type]
        at=TODAY + timedelta(days=1),
    )  # fmt: skip

    assert "off_agenda" in told.heard()


def test_a_meeting_that_is_called_off_tells_the_giver(world: World) -> None:
    told = Told(world)
    _put_on(told)
    call_off_meeting(world.meeting, reason="Storm", actor=told.bo, at=TODAY)  # type: ignore[arg-type]

    assert "off_agenda" in told.heard()


def test_the_giver_hears_when_the_council_meets_and_strangers_do_not(world: World) -> None:
    told = Told(world)
    Idea.objects.filter(pk=told.idea.pk).update(visibility="public")
    told.idea.follows.create(person=world.people["olaf"])
    _put_on(told)
    told.heard()

    hers = Notice.objects.get(person=world.people["ada"], subject="on_agenda")
    his = Notice.objects.get(person=world.people["olaf"], subject="on_agenda")
    assert "3 March 2026" in explanation(hers.subject, hers.facts)
    assert "2026" not in explanation(his.subject, his.facts)


def test_what_goes_on_again_is_told(world: World) -> None:
    told = Told(world)
    activity = pause_activity(told.run(), reason="Ferie", actor=told.cai, at=TODAY)
    resume_activity(activity, actor=told.cai, at=TODAY)

    assert {"activity_paused", "activity_resumed"} <= told.heard()


def test_what_the_giver_does_they_are_not_told(world: World) -> None:
    told = Told(world)
    told.decide("more_information")
    give_information(
        Idea.objects.get(pk=told.idea.pk), text="Her er svaret.", actor=told.ada, at=TODAY
    )
    withdraw(Idea.objects.get(pk=told.idea.pk), actor=told.ada, at=TODAY)

    assert told.heard() == {"receipt", "on_agenda", "decided:more_information"}


def test_an_imported_idea_without_a_giver_harms_nobody(world: World) -> None:
    told = Told(world)
    Idea.objects.filter(pk=told.idea.pk).update(giver=None, source="excel")
    _be_responsible(told)

    assert told.heard() == set()
    assert Person.objects.filter(notices__subject="you_are_responsible").count() == 1
