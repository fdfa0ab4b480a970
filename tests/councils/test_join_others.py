"""A council closes its own case by joining what another council runs on the same need."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from loype.councils.actions import end_same_need, tell_of_same_need
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import Case, Decision, JointInvitation
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput
from loype.portfolio.models import Activity
from loype.trail.clocks.reading import read_clocks
from tests.cast import TODAY, World
from tests.councils.joining import (
    asked_to_join,
    decide_in_elvestrand,
    join,
    need_of_fjordvik,
)
from tests.councils.test_decide_case import meeting_of
from tests.councils.together import agree, propose
from tests.trail_world import go_on, idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ROR-08")]


def refused(world: World, invitation: JointInvitation | None, ours: Any) -> str:
    """What is said beside the field."""
    with pytest.raises(BadInput) as problem, transaction.atomic():
        join(world, ours, invitation)
    return str(problem.value.fields["joins"])


def test_it_closes_the_case_and_the_idea_goes_on_there(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    decision = join(world, ours, invitation)
    ours.refresh_from_db()
    case = Case.objects.get(idea=ours)
    assert (decision.outcome, decision.joins) == ("join", invitation)
    assert (case.state, ours.state) == ("decided", "going_on")
    assert not Activity.objects.filter(idea=ours).exists()  # what is run together is one activity
    change = Event.objects.get(verb="decide_case", thing_id=decision.pk).change
    assert (change["joins"], change["lead"]) == (invitation.pk, "Elvestrand kommune")


@pytest.mark.requirement("ROR-11")
def test_it_is_a_first_decision_for_the_clocks(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    waiting = Case.objects.get(idea=ours)
    assert waiting.pk in {one.id for one in read_clocks(world.fjordvik.pk, at=TODAY).cases}
    join(world, ours, invitation)
    assert Case.objects.get(idea=ours).first_decided_at == TODAY
    assert waiting.pk not in {one.id for one in read_clocks(world.fjordvik.pk, at=TODAY).cases}


@pytest.mark.parametrize(
    ("answer", "words"), [("", "Answer yes"), ("no", "Answer yes"), ("later", "Answer yes")]
)
def test_it_refuses_before_ones_own_yes(world: World, answer: str, words: str) -> None:
    ours = need_of_fjordvik(world)
    assert words in refused(world, asked_to_join(world, ours, answer=answer), ours)


def test_it_refuses_another_councils_invitation(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    others = JointInvitation.objects.filter(decision=invitation.decision_id)
    not_ours = others.exclude(organisation=world.fjordvik).first()
    assert "your own council" in refused(world, not_ours, ours)
    assert "your own council" in refused(world, None, ours)


def test_it_refuses_another_need_until_it_is_said_to_be_the_same(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    theirs = invitation.decision.case.idea
    end_same_need(ours, theirs, at=TODAY)
    assert "the same need" in refused(world, invitation, ours)
    tell_of_same_need(ours, theirs, at=TODAY)
    assert join(world, ours, invitation).outcome == "join"


def test_it_refuses_what_was_decided_anew_since(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    decide_in_elvestrand(world, invitation.decision.case.idea, outcome="park")
    assert "decided anew" in refused(world, invitation, ours)


def test_it_joins_what_the_others_do_not_show_any_more(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    theirs = Idea.objects.filter(pk=invitation.decision.case.idea_id)
    theirs.update(visibility="organisation")
    assert join(world, ours, invitation).outcome == "join"
    assert Case.objects.get(idea=ours).needs_elsewhere.get().seen_by == world.people["bo"]


def test_it_ends_what_was_begun_alone(world: World) -> None:
    ours = need_of_fjordvik(world)
    alone = go_on(world, ours)
    invitation = asked_to_join(world, ours)
    join(world, ours, invitation)
    alone.refresh_from_db()
    assert alone.state == "stopped"


def test_it_names_who_leads_by_the_terms_that_hold(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    joint = invitation.decision.joint_case
    agree(world, propose(world, joint, by="elvestrand"), "fjordvik")  # Fjordvik leads
    decision = join(world, ours, invitation)
    event = Event.objects.get(verb="decide_case", thing_id=decision.pk)
    assert event.change["lead"] == "Fjordvik kommune"


def test_the_minutes_say_whom_one_joins(world: World) -> None:
    ours = need_of_fjordvik(world)
    join(world, ours, asked_to_join(world, ours))
    minutes = page(read_minutes(meeting_of(world), language="en"))
    assert "what is run together, led by Elvestrand kommune" in minutes


@pytest.mark.parametrize("change", ["answer", "organisation", "need", "in_force"])
def test_the_database_refuses_it_as_well(world: World, change: str) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours, answer="" if change == "answer" else "yes")
    theirs = invitation.decision.case.idea
    if change == "organisation":
        others = JointInvitation.objects.filter(decision=invitation.decision_id)
        invitation = others.exclude(organisation=world.fjordvik).get()
        others.filter(pk=invitation.pk).update(
            answer="yes", reasons="Ja.", answered_at=TODAY, answered_by=world.people["gro"]
        )
    if change == "need":
        end_same_need(ours, theirs, at=TODAY)
    if change == "in_force":
        decide_in_elvestrand(world, theirs, outcome="park")
    case = Case.objects.get(idea=ours)
    case.needs_elsewhere.update(seen_at=TODAY, seen_by=world.people["bo"])
    wanted = pytest.raises(IntegrityError, match="what one's own council said yes to")
    with wanted, transaction.atomic():
        _write(world, case, outcome="join", joins=invitation)


@pytest.mark.parametrize("outcome", ["join", "park"])
def test_the_database_holds_outcome_and_invitation_together(world: World, outcome: str) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    case = Case.objects.get(idea=ours)
    case.needs_elsewhere.update(seen_at=TODAY, seen_by=world.people["bo"])
    joins = invitation if outcome == "park" else None
    wanted = pytest.raises(IntegrityError, match="decision_to_join_says_what")
    with wanted, transaction.atomic():
        _write(world, case, outcome=outcome, joins=joins)


def _write(world: World, case: Case, **facts: Any) -> Decision:
    """Past the verb, and past what the database asks of meetings."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE councils_decision DISABLE TRIGGER decision_on_agenda")
    return Decision.objects.create(
        number="FJO-V-1", case=case, organisation=case.organisation, decided_by=world.people["bo"],
        decided_at=TODAY, reasons="Forbi verbet.", **facts,
    )  # fmt: skip


def test_another_case_of_ours_is_joined_as_well(world: World) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    second = idea_of(world, text="Alarmen er stille når den er tom.", visibility="federation")
    tell_of_same_need(second, invitation.decision.case.idea, at=TODAY)
    join(world, ours, invitation)
    join(world, second, invitation)
    assert invitation.joined_by.count() == 2
