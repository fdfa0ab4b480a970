"""An activity exists only by a decision, and runs only when that decision allows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from loype.councils.actions import answer_joint_invitation
from loype.councils.models import Decision, JointInvitation
from loype.kernel.errors import NotAllowed, WrongMoment
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running, what_start_waits_for
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of


@pytest.mark.requirement("ROR-24")
def test_it_exists_only_by_a_decision(world: World) -> None:
    activity = go_on(world, idea_of(world, text="Prøve digitale låser på ti dører."))
    assert activity.decision.outcome == "go_on"
    assert activity.decision.number
    assert (activity.state, activity.owner) == ("planned", world.people["cai"])
    facts = {
        field.attname: getattr(activity, field.attname)
        for field in Activity._meta.concrete_fields
        if field.name not in ("id", "decision")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(**facts, decision_id=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(**facts, decision=activity.decision)
    with pytest.raises(IntegrityError), transaction.atomic():
        name_a_decision_that_is_not(activity)


def name_a_decision_that_is_not(activity: Activity) -> None:
    """Write past the verbs that another decision established it."""
    nothing = Decision.objects.latest("pk").pk + 1000
    Activity.objects.filter(pk=activity.pk).update(decision_id=nothing)
    connection.check_constraints()


@pytest.mark.requirement("ROR-24")
def test_it_never_runs_without_a_start(world: World) -> None:
    activity = go_on(world, idea_of(world, text="Prøve digitale låser på ti dører."))
    with pytest.raises(IntegrityError, match="activity_running_has_start"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(state="running")
    with pytest.raises(NotAllowed):
        start_running(activity, actor=world.actor("ada"), at=TODAY)
    activity = start_running(activity, actor=world.actor("cai"), at=TODAY)
    assert (activity.state, activity.started_at) == ("running", TODAY)
    with pytest.raises(WrongMoment):
        start_running(activity, actor=world.actor("cai"), at=TODAY)


def test_it_waits_for_the_answers_its_course_asks_for(world: World) -> None:
    answer_by = TODAY.date() + timedelta(days=20)
    should = go_on(
        world,
        idea_of(world, text="Felles nattpatrulje.", visibility="federation"),
        course="inter_municipal_should",
        answer_by=answer_by,
    )
    cai = world.actor("cai")
    with pytest.raises(WrongMoment, match="answer by"):
        start_running(should, actor=cai, at=TODAY)
    after = TODAY + timedelta(days=21)
    assert start_running(should, actor=cai, at=after).state == "running"


def test_it_shall_be_run_together_only_after_a_yes(world: World) -> None:
    shall = go_on(
        world,
        idea_of(world, text="Felles vaktordning.", visibility="federation"),
        course="inter_municipal_shall",
        answer_by=TODAY.date() + timedelta(days=20),
    )
    cai, late = world.actor("cai"), TODAY + timedelta(days=60)
    with pytest.raises(WrongMoment, match="another council says yes"):
        start_running(shall, actor=cai, at=late)
    invitation = JointInvitation.objects.get(
        decision=shall.decision, organisation=world.organisations["elvestrand"]
    )
    answer_joint_invitation(
        invitation, answer="yes", reasons="Vi blir med.", actor=world.actor("mia"), at=TODAY
    )
    assert start_running(shall, actor=cai, at=TODAY).state == "running"


@pytest.mark.parametrize(
    ("course", "answers", "day", "waits"),
    [
        ("own_pilot", [], date(2026, 3, 2), False),
        ("local_only", [""], date(2026, 3, 2), False),
        ("inter_municipal_should", ["", "yes"], date(2026, 3, 22), True),
        ("inter_municipal_should", ["", "yes"], date(2026, 3, 23), False),
        ("inter_municipal_should", ["no", "later"], date(2026, 3, 2), False),
        ("inter_municipal_shall", ["no", "later"], date(2026, 3, 23), True),
        ("inter_municipal_shall", ["no", "yes"], date(2026, 3, 2), False),
        ("inter_municipal_shall", [], date(2026, 3, 2), True),
    ],
)
def test_it_says_what_the_start_waits_for(
    course: str, answers: list[str], day: date, waits: bool
) -> None:
    decision = Decision(answer_by=date(2026, 3, 22))
    activity = Activity(course=course, current_decision=decision)
    assert bool(what_start_waits_for(activity, answers=answers, day=day)) is waits
