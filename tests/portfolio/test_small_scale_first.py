"""Full scale needs a finished, evaluated small-scale trial, or a numbered exemption."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.bodies.actions import call_meeting, plan_meeting
from loype.evaluation.actions import conclude_evaluation, plan_evaluation
from loype.kernel.errors import BadInput, WrongMoment
from loype.portfolio.actions import finish_activity
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World, everybody_comes
from tests.trail_world import go_on, idea_of

pytestmark = pytest.mark.requirement("S17-28")


@pytest.fixture
def small(world: World) -> Activity:
    """A small-scale trial that runs."""
    activity = go_on(world, idea_of(world, text="Prøve digitale låser på ti dører."))
    return start_running(activity, actor=world.actor("cai"), at=TODAY)


def finish_and_evaluate(world: World, activity: Activity, *, conclude: bool) -> None:
    cai = world.actor("cai")
    finish_activity(activity, result="Det virket.", actor=cai, at=TODAY)
    evaluation = plan_evaluation(
        activity, question="Virker det?", depth="light", values=["quality"], actor=cai, at=TODAY
    )
    if conclude:
        conclude_evaluation(
            evaluation, verdict="worked", conclusion="Ja.", unexpected_findings="Ingen, Cai så.",
            actor=cai, at=TODAY,
        )  # fmt: skip


def next_meeting(world: World) -> None:
    """A later meeting, since a case is once on an agenda."""
    bo = world.actor("bo")
    assert world.council is not None
    meeting = plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=30), actor=bo, at=TODAY, place="Rådhuset"
    )
    called = call_meeting(meeting, actor=bo, at=TODAY)
    world.meeting = everybody_comes(called, actor=bo, at=TODAY)


def test_it_refuses_full_scale_without_trial_or_exemption(world: World) -> None:
    idea = idea_of(world, text="Digitale låser i hele kommunen.")
    with pytest.raises(BadInput) as refused:
        go_on(world, idea, scale="full")
    assert set(refused.value.fields) == {"scale"}
    assert not Activity.objects.filter(idea=idea).exists()


def test_it_takes_a_numbered_exemption_with_its_reason(world: World) -> None:
    idea = idea_of(world, text="Digitale låser i hele kommunen.")
    activity = go_on(world, idea, scale="full", exemption_reason="Loven krever det fra 1. juli.")
    assert activity.trial is None
    assert activity.exemption_number == activity.decision.exemption_number != ""


def test_it_goes_to_full_scale_after_an_evaluated_trial(world: World, small: Activity) -> None:
    finish_and_evaluate(world, small, conclude=True)
    next_meeting(world)
    large = go_on(world, small.idea, scale="full")
    assert (large.trial_id, large.exemption_number) == (small.pk, "")


def test_it_waits_while_the_trial_is_not_evaluated(world: World, small: Activity) -> None:
    finish_and_evaluate(world, small, conclude=False)
    next_meeting(world)
    with pytest.raises(BadInput):
        go_on(world, small.idea, scale="full")


def test_it_waits_while_the_trial_runs(world: World, small: Activity) -> None:
    next_meeting(world)
    with pytest.raises(WrongMoment):
        go_on(world, small.idea, scale="full", exemption_reason="Vi har dårlig tid.")


def facts_of(activity: Activity, **other: Any) -> dict[str, Any]:
    """The columns of another activity, for writing past the verbs."""
    facts = {
        field.attname: getattr(activity, field.attname)
        for field in Activity._meta.concrete_fields
        if field.name != "id"
    }
    return facts | other


def test_the_database_refuses_full_scale_without_either(world: World, small: Activity) -> None:
    for state in ("planned", "running"):
        with (
            pytest.raises(IntegrityError, match="full_scale_needs_trial_or_exemption"),
            transaction.atomic(),
        ):
            Activity.objects.filter(pk=small.pk).update(scale="full", state=state)


@pytest.mark.parametrize("case", ["running", "not concluded", "stopped", "full itself"])
def test_the_database_refuses_a_trial_that_proves_nothing(
    world: World, small: Activity, case: str
) -> None:
    other = go_on(world, idea_of(world, text="Noe annet."))
    if case == "not concluded":
        finish_and_evaluate(world, small, conclude=False)
    elif case == "stopped":
        finish_and_evaluate(world, small, conclude=True)
        Activity.objects.filter(pk=small.pk).update(state="stopped")
    elif case == "full itself":
        finish_and_evaluate(world, small, conclude=True)
        Activity.objects.filter(pk=small.pk).update(scale="full", exemption_number="F-1")
    with (
        pytest.raises(IntegrityError, match="concluded evaluation"),
        transaction.atomic(),
    ):
        Activity.objects.filter(pk=other.pk).update(scale="full", trial=small)


def test_the_database_takes_a_trial_that_proves_something(world: World, small: Activity) -> None:
    other = go_on(world, idea_of(world, text="Noe annet."))
    finish_and_evaluate(world, small, conclude=True)
    assert Activity.objects.filter(pk=other.pk).update(scale="full", trial=small) == 1


def test_an_activity_is_not_its_own_trial(world: World, small: Activity) -> None:
    finish_and_evaluate(world, small, conclude=True)
    with (
        pytest.raises(IntegrityError, match="activity_is_not_its_own_trial"),
        transaction.atomic(),
    ):
        Activity.objects.filter(pk=small.pk).update(trial=small)
