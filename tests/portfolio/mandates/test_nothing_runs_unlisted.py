"""Whatever people do in whatever order: nothing keeps running unconfirmed without being listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as some

from loype.kernel.errors import Refusal
from loype.portfolio.actions import stop_activity
from loype.portfolio.mandates import actions as verbs
from loype.portfolio.mandates.models import (
    Election,
    MandateQuestion,
    MandateSitting,
    PoliticalMandate,
)
from loype.portfolio.models import Activity
from loype.portfolio.states import OPEN_ACTIVITY
from tests.cast import TODAY, World
from tests.portfolio.mandates.test_after_an_election import running

START = date(2026, 3, 2)
ACTS = (
    "mandate", "election", "call_off", "job", "sitting", "answer", "close", "hang", "shorten",
    "stop", "wait",
)  # fmt: skip
steps = some.lists(
    some.tuples(some.sampled_from(ACTS), some.integers(0, 400), some.integers(0, 11)), max_size=14
)


@dataclass
class Play:
    """A municipality while its days go by."""

    world: World
    day: date = START

    @property
    def at(self) -> datetime:
        """Noon of the day."""
        return datetime(self.day.year, self.day.month, self.day.day, 11, tzinfo=UTC)

    def act(self, name: str, days: int, pick: int) -> None:
        """Let somebody try something; what is refused changes nothing."""
        if name == "wait":
            self.day += timedelta(days=days)
            return
        try:
            with transaction.atomic():
                getattr(self, name)(days, pick)
        except Refusal:
            return

    def one(self, rows: Any, pick: int) -> Any:
        """One of the rows, or nothing to do."""
        found = list(rows.order_by("pk"))
        if not found:
            raise Refusal("nothing there")
        return found[pick % len(found)]

    def who(self, pick: int) -> dict[str, Any]:
        """Somebody of the cast, now."""
        return {"actor": self.world.actor(("siv", "bo", "cai", "ada")[pick % 4]), "at": self.at}

    def mandate(self, days: int, pick: int) -> None:
        """Somebody writes a mandate down, also one of long ago."""
        decided = self.day - timedelta(days=days)
        words = verbs.MandateWords(
            title=f"{days}", issuing_body="Kommunestyret", decision_reference=f"{days}/{pick}",
            decided_date=decided, to_date=decided + timedelta(days=days * 2) if pick > 6 else None,
            election_date=decided + timedelta(days=days) if pick % 3 == 0 else None,
        )  # fmt: skip
        verbs.record_mandate(self.world.fjordvik, words=words, **self.who(pick))

    def election(self, days: int, pick: int) -> None:
        """An election ahead, or one of the past that nobody had written down."""
        day = self.day + timedelta(days=days - 200)
        verbs.record_election(self.world.fjordvik, name="Valg", election_date=day, **self.who(pick))

    def call_off(self, _days: int, pick: int) -> None:
        verbs.call_off_election(
            self.one(Election.objects, pick), reason="Flyttet", **self.who(pick)
        )

    def job(self, _days: int, _pick: int) -> None:
        verbs.ask_for_mandates(at=self.at)

    def sitting(self, _days: int, pick: int) -> None:
        verbs.open_sitting(
            self.world.fjordvik, issuing_body="Kommunestyret", held_date=self.day, **self.who(pick)
        )

    def answer(self, days: int, pick: int) -> None:
        verbs.answer_mandate(
            self.one(Activity.objects, pick),
            sitting=self.one(MandateSitting.objects, days),
            answer=("confirmed", "changed", "ended")[days % 3],
            mandate=PoliticalMandate.objects.order_by("-pk").first(),
            reasons="Slik ble det.",
            **self.who(pick),
        )

    def close(self, days: int, pick: int) -> None:
        verbs.close_sitting(
            self.one(MandateSitting.objects, days), decision_reference="PS 1", **self.who(pick)
        )

    def hang(self, days: int, pick: int) -> None:
        verbs.hang_on_mandate(
            self.one(Activity.objects, pick), mandate=self.one(PoliticalMandate.objects, days),
            **self.who(pick),
        )  # fmt: skip

    def shorten(self, days: int, pick: int) -> None:
        verbs.shorten_mandate(
            self.one(PoliticalMandate.objects.named(), pick),
            to_date=self.day - timedelta(days=days), reason="Tatt tilbake", **self.who(pick),
        )  # fmt: skip

    def stop(self, days: int, pick: int) -> None:
        if days % 5 == 0:
            stop_activity(self.one(Activity.objects, pick), reason="Nei", **self.who(pick))


def must_be_listed(activity: Activity, day: date) -> bool:
    """By the rule as one would say it, in plain Python: is there a shift after the mandate was
    given, and has no sitting answered for this activity since?"""
    if activity.state not in OPEN_ACTIVITY:
        return False
    mandate = activity.mandate
    since = mandate.decided_date or activity.opened_at.date()
    shifts = [
        one.election_date
        for one in Election.objects.filter(organisation=activity.organisation_id)
        if one.called_off_date is None and since <= one.election_date < day
    ]
    shifts += [one for one in (mandate.to_date, mandate.election_date) if one and one < day]
    answers = [
        one.due_date for one in MandateQuestion.objects.filter(activity=activity) if one.answer
    ]
    return bool(shifts) and max(shifts) > max(answers, default=date.min)


@pytest.mark.requirement("NET-07")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_no_activity_keeps_running_unconfirmed_without_being_listed(
    world: World, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        if not Activity.objects.exists():
            running(world)
            running(world, "Benker langs elva.")
        play = Play(world)
        for name, days, pick in steps:
            play.act(name, days, pick)
            listed = set(Activity.objects.unconfirmed(play.day).values_list("pk", flat=True))
            every = list(Activity.objects.select_related("mandate"))
            assert {one.pk for one in every if must_be_listed(one, play.day)} == listed
            not_named = set(Activity.objects.without_named_mandate().values_list("pk", flat=True))
            loose = [one for one in every if not one.mandate.is_named]
            assert {one.pk for one in loose if one.state in OPEN_ACTIVITY} == not_named
        transaction.set_rollback(True)


def test_the_story_of_the_test_is_not_empty(world: World) -> None:
    """The oracle itself says yes where it must."""
    activity = running(world)
    Election.objects.create(
        organisation=world.fjordvik, name="Valg", election_date=START, recorded_at=TODAY
    )
    assert must_be_listed(activity, START + timedelta(days=1))
    assert not must_be_listed(activity, START)
