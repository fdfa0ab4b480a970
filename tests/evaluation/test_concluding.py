"""Planning, measuring and concluding, with what nobody expected."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.evaluation import actions
from loype.evaluation.models import Evaluation
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.cast import TODAY
from tests.trail_world import TrailWorld

WORDS = {"verdict": "partly", "conclusion": "Delvis.", "unexpected_findings": "Færre telefoner."}


@pytest.fixture
def cai(trail: TrailWorld) -> Any:
    """The owner, and today."""
    return {"actor": trail.world.actor("cai"), "at": TODAY}


@pytest.mark.parametrize("missing", ["verdict", "conclusion", "unexpected_findings"])
def test_it_refuses_a_conclusion_that_leaves_something_out(
    trail: TrailWorld, cai: Any, missing: str
) -> None:
    evaluation = trail["evaluation"]
    with pytest.raises(BadInput) as refused:
        actions.conclude_evaluation(evaluation, **(WORDS | {missing: "  "}), **cai)
    assert set(refused.value.fields) == {missing}
    evaluation.refresh_from_db()
    assert evaluation.state == "measuring"


@pytest.mark.parametrize("missing", ["verdict", "conclusion", "unexpected_findings"])
def test_the_database_refuses_the_same(trail: TrailWorld, cai: Any, missing: str) -> None:
    facts = WORDS | {"concluded_at": TODAY, "concluded_by": trail.world.people["cai"], missing: ""}
    with pytest.raises(IntegrityError, match="says_what_was_found"), transaction.atomic():
        Evaluation.objects.filter(pk=trail["evaluation"].pk).update(state="concluded", **facts)


def test_it_is_concluded_once_and_stays(trail: TrailWorld, cai: Any) -> None:
    evaluation = actions.conclude_evaluation(trail["evaluation"], **WORDS, **cai)
    assert (evaluation.state, evaluation.concluded_by_id) == ("concluded", cai["actor"].person_id)
    plan = {"question": "Noe annet?", "depth": "full", "values": ["quality"]}
    for refused in (
        lambda: actions.conclude_evaluation(evaluation, **WORDS, **cai),
        lambda: actions.change_plan(evaluation, **plan, **cai),
        lambda: actions.take_back_measurement(trail["measurement"], **cai),
    ):
        with pytest.raises(WrongMoment):
            refused()


def test_only_the_owner_evaluates(trail: TrailWorld) -> None:
    for name in ("ada", "bo", "fia", "dee"):
        with pytest.raises(NotAllowed):
            actions.conclude_evaluation(
                trail["evaluation"], **WORDS, actor=trail.world.actor(name), at=TODAY
            )


def test_a_plan_asks_something_of_a_value(trail: TrailWorld, cai: Any) -> None:
    with pytest.raises(BadInput) as refused:
        actions.plan_evaluation(trail["activity"], question="", depth="deep", values=["fun"], **cai)
    assert set(refused.value.fields) == {"question", "depth", "values"}
    plan = {"question": "Virker det?", "depth": "light", "values": ["quality", "efficiency"]}
    evaluation = actions.plan_evaluation(trail["activity"], **plan, **cai)
    with pytest.raises(WrongMoment):
        actions.plan_evaluation(trail["activity"], **plan, **cai)
    actions.change_plan(evaluation, **(plan | {"values": ["quality"], "depth": "medium"}), **cai)
    evaluation.refresh_from_db()
    assert (evaluation.values, evaluation.depth) == (["quality"], "medium")


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"target": Decimal(30)}, {"target"}),
        ({"better": "up"}, {"target"}),
        ({"baseline": Decimal("NaN")}, {"baseline"}),
        ({"target": Decimal("-Infinity")}, {"target"}),
        ({"baseline": Decimal(10) ** 13}, {"baseline"}),
        ({"name": " ", "unit": ""}, {"name", "unit"}),
        ({"value": "fun"}, {"value"}),
    ],
)
def test_an_indicator_goes_towards_something_better(
    trail: TrailWorld, cai: Any, facts: dict[str, Any], wrong: set[str]
) -> None:
    good = {
        "value": "quality", "name": "Ventetid", "unit": "dager", "better": "down",
        "baseline": Decimal(20), "target": Decimal(5),
    }  # fmt: skip
    with pytest.raises(BadInput) as refused:
        actions.add_indicator(trail["evaluation"], **(good | facts), **cai)
    assert set(refused.value.fields) == wrong


def test_a_measurement_is_of_a_day_that_came_and_only_once(trail: TrailWorld, cai: Any) -> None:
    indicator = trail["indicator"]
    for day, value, field in (
        (TODAY.date(), Decimal(7), "measured_date"),
        (TODAY.date() + timedelta(days=1), Decimal(7), "measured_date"),
        (TODAY.date() - timedelta(days=1), Decimal("Infinity"), "value"),
    ):
        with pytest.raises(BadInput) as refused:
            actions.measure(indicator, value=value, measured_date=day, **cai)
        assert set(refused.value.fields) == {field}
    with pytest.raises(WrongMoment):
        actions.remove_indicator(indicator, **cai)


def test_a_wrong_measurement_is_taken_back_and_the_account_keeps_it(
    trail: TrailWorld, cai: Any
) -> None:
    indicator, wrong = trail["indicator"], trail["measurement"]
    actions.take_back_measurement(wrong, **cai)
    event = Event.objects.filter(verb="take_back_measurement").get()
    assert event.change["value"].startswith("8")
    actions.measure(indicator, value=Decimal(6), measured_date=TODAY.date(), **cai)
    assert [one.value for one in indicator.measurements.all()] == [Decimal(6)]
