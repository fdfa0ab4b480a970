"""Councils agree on who leads, who pays what and how one leaves."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.actions import DecisionWords, answer_joint_invitation, decline_joint_terms
from loype.councils.models import Case, JointCase, JointInvitation, JointShare, JointTerms
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.portfolio.actions import (
    hand_over_activity,
    pause_activity,
    remove_participant,
    resume_activity,
)
from loype.portfolio.models import Activity, Participant
from loype.trail.handovers import council_to_portfolio, start_running
from loype.trail.together import carry_out_exits, leave_what_runs_together
from tests.cast import TODAY, World
from tests.councils.together import (
    ANSWER_BY,
    agree,
    agreed,
    answer,
    joint_of,
    propose,
    run_together,
    shares_of,
    with_inhabitants,
)

pytestmark = pytest.mark.django_db


def leave(world: World, activity: Activity, place: str, *, days: int = 90, by: str = "") -> Any:
    """A council says that it leaves."""
    deciders = {"fjordvik": "bo", "elvestrand": "mia", "skogbygda": "gro"}
    return leave_what_runs_together(
        joint_of(activity), organisation=world.organisations[place],
        leaving_date=TODAY.date() + timedelta(days=days), reason="Vi får ny løsning.",
        actor=world.actor(by or deciders[place]), at=TODAY,
    )  # fmt: skip


@pytest.mark.requirement("ROR-15")
def test_it_asks_the_other_councils_by_a_day_and_shows_what_they_say(world: World) -> None:
    activity = run_together(world)
    joint = joint_of(activity)
    assert (joint.state, joint.answer_by, joint.federation) == (
        "asking", ANSWER_BY, world.federation,
    )  # fmt: skip
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "later")
    lead = JointInvitation.objects.visible_to(world.actor("bo"))
    said = {one.organisation_id: one.answer for one in lead}
    places = world.organisations
    assert said == {places["elvestrand"].pk: "yes", places["skogbygda"].pk: "later"}


@pytest.mark.requirement("ROR-15")
def test_it_splits_the_cost_by_each_key_to_the_last_oere(world: World) -> None:
    activity = run_together(world)
    joint = joint_of(activity)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "yes")
    equal = propose(world, joint, amount=Decimal("100.00"))
    assert sorted(shares_of(equal).values()) == [
        Decimal("33.33"), Decimal("33.33"), Decimal("33.34"),
    ]  # fmt: skip
    with_inhabitants(world, fjordvik=3000, elvestrand=1500, skogbygda=500)
    people = propose(world, joint, cost_key="inhabitants", amount=Decimal("1000.01"))
    assert shares_of(people) == {
        "fjordvik": Decimal("600.01"), "elvestrand": Decimal("300.00"),
        "skogbygda": Decimal("100.00"),
    }  # fmt: skip
    places = world.organisations
    users = {places["fjordvik"].pk: 1, places["elvestrand"].pk: 0, places["skogbygda"].pk: 3}
    used = propose(world, joint, cost_key="users", amount=Decimal("10.00"), users=users)
    assert shares_of(used) == {
        "fjordvik": Decimal("2.50"), "elvestrand": Decimal("0.00"), "skogbygda": Decimal("7.50"),
    }  # fmt: skip
    assert JointTerms.objects.proposed().get() == used


@pytest.mark.requirement("ROR-15")
def test_the_terms_hold_when_the_last_one_agrees(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "yes")
    terms = propose(world, joint_of(activity))
    agree(world, terms, "elvestrand")
    assert joint_of(activity).state == "asking"
    assert not Participant.objects.filter(is_owner=True).exists()
    terms = agree(world, terms, "skogbygda")
    assert terms.agreed_at == TODAY
    assert joint_of(activity).state == "agreed"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"lead_id": None}, "lead"),
        ({"cost_key": "by_feeling"}, "cost_key"),
        ({"cost_key": "inhabitants"}, "cost_key"),
        ({"cost_key": "users"}, "users"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": None}, "amount"),
        ({"exit_terms": "  "}, "exit_terms"),
        ({"exit_days": None}, "exit_days"),
        ({"currency": "kroner"}, "currency"),
    ],
)
def test_it_refuses_terms_that_cannot_be_kept(
    world: World, facts: dict[str, Any], field: str
) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    with pytest.raises(BadInput) as problem:
        propose(world, joint_of(activity), **facts)
    assert list(problem.value.fields) == [field]


@pytest.mark.requirement("ROR-15")
def test_only_one_who_takes_part_leads(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    with pytest.raises(BadInput):
        propose(world, joint_of(activity), lead_id=world.organisations["skogbygda"].pk)
    terms = propose(world, joint_of(activity), lead_id=world.organisations["elvestrand"].pk)
    agree(world, terms, "elvestrand")
    owner = Participant.objects.get(activity=activity, is_owner=True)
    assert (owner.organisation, owner.is_lead) == (world.organisations["elvestrand"], True)


def test_it_needs_a_yes_before_there_are_terms(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "later")
    with pytest.raises(WrongMoment):
        propose(world, joint_of(activity))
    answer(world, activity, "elvestrand", "yes")
    with pytest.raises(WrongMoment):
        propose(world, joint_of(activity), by="skogbygda")
    propose(world, joint_of(activity), by="elvestrand")


def test_nobody_agrees_for_another(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    terms = propose(world, joint_of(activity))
    from loype.councils.actions import agree_to_joint_terms

    for name in ("bo", "gro", "fia", "dee"):
        with pytest.raises(NotAllowed):
            agree_to_joint_terms(
                terms, organisation=world.organisations["elvestrand"], actor=world.actor(name),
                at=TODAY,
            )  # fmt: skip


def test_a_no_ends_the_proposal_and_says_why(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    terms = propose(world, joint_of(activity))
    with pytest.raises(BadInput):
        decline_joint_terms(
            terms, organisation=world.organisations["elvestrand"], reason=" ",
            actor=world.actor("mia"), at=TODAY,
        )  # fmt: skip
    declined = decline_joint_terms(
        terms, organisation=world.organisations["elvestrand"], reason="For dyrt.",
        actor=world.actor("mia"), at=TODAY,
    )  # fmt: skip
    assert declined.decline_reason == "For dyrt."
    with pytest.raises(WrongMoment):
        agree(world, terms, "elvestrand")
    agree(world, propose(world, joint_of(activity), amount=Decimal(50)), "elvestrand")
    assert joint_of(activity).state == "agreed"


@pytest.mark.requirement("ROR-15")
def test_what_was_agreed_is_frozen(world: World) -> None:
    activity = agreed(world)
    terms = JointTerms.objects.in_force().get(joint_case=joint_of(activity))
    changes: list[Any] = [
        lambda: JointTerms.objects.filter(pk=terms.pk).update(amount=1),
        lambda: JointTerms.objects.filter(pk=terms.pk).update(exit_days=0),
        lambda: JointTerms.objects.filter(pk=terms.pk).update(agreed_at=None),
        lambda: JointShare.objects.filter(terms=terms).update(amount=1),
        JointShare.objects.filter(terms=terms)[0].delete,
        lambda: JointShare.objects.create(
            terms=terms, organisation=world.organisations["fjordlaget"], weight=1, amount=0
        ),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


@pytest.mark.requirement("ROR-15")
def test_the_database_agrees_to_nothing_that_does_not_add_up(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    terms = propose(world, joint_of(activity))
    with pytest.raises(IntegrityError, match="add up"), transaction.atomic():
        JointTerms.objects.filter(pk=terms.pk).update(agreed_at=TODAY)
    JointShare.objects.filter(terms=terms).update(
        agreed_at=TODAY, agreed_by=world.people["mia"], amount=1
    )
    with pytest.raises(IntegrityError, match="add up"), transaction.atomic():
        JointTerms.objects.filter(pk=terms.pk).update(agreed_at=TODAY)


@pytest.mark.requirement("ROR-15")
def test_everybody_who_agreed_owns_the_activity(world: World) -> None:
    activity = agreed(world)
    owners = {one.organisation_id: one.share for one in activity.participants.all()}
    assert owners == {
        world.organisations["elvestrand"].pk: Decimal("33333.33"),
        world.organisations["skogbygda"].pk: Decimal("33333.33"),
    }
    for place in ("fjordvik", "elvestrand", "skogbygda"):
        own = Activity.objects.in_portfolio_of(world.organisations[place].pk)
        assert activity in own, place
    for name in ("dee", "gro", "mia"):
        assert activity in Activity.objects.visible_to(world.actor(name)), name
    assert activity not in Activity.objects.visible_to(world.actor("olaf"))


def test_a_co_owner_is_not_put_out_and_may_lead(world: World) -> None:
    activity = agreed(world)
    owner = activity.participants.filter(organisation=world.organisations["elvestrand"]).get()
    with pytest.raises(WrongMoment):
        remove_participant(owner, actor=world.actor("cai"), at=TODAY)
    hand_over_activity(activity, person=world.people["dee"], actor=world.actor("cai"), at=TODAY)
    with pytest.raises(BadInput):
        hand_over_activity(
            activity, person=world.people["olaf"], actor=world.actor("dee"), at=TODAY
        )


@pytest.mark.requirement("ROR-15")
def test_one_leaves_by_the_agreed_terms_only(world: World) -> None:
    activity = agreed(world)
    with pytest.raises(BadInput) as problem:
        leave(world, activity, "elvestrand", days=89)
    assert list(problem.value.fields) == ["leaving_date"]
    with pytest.raises(WrongMoment):
        leave(world, activity, "fjordvik")
    share = leave(world, activity, "elvestrand")
    mine = activity.participants.filter(organisation=share.organisation)
    assert mine.get().left_date is None
    last_day = TODAY + timedelta(days=90)
    assert carry_out_exits(at=last_day - timedelta(days=1)) == 0
    assert carry_out_exits(at=last_day) == 1
    assert carry_out_exits(at=last_day) == 0
    assert mine.get().left_date == last_day.date()
    assert activity not in Activity.objects.in_portfolio_of(share.organisation_id)
    with pytest.raises(WrongMoment):
        leave(world, activity, "elvestrand", days=200)


def test_the_lead_does_not_leave(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    lead = world.organisations["elvestrand"].pk
    agree(world, propose(world, joint_of(activity), lead_id=lead), "elvestrand")
    with pytest.raises(WrongMoment, match="leads"):
        leave(world, activity, "elvestrand")


@pytest.mark.requirement("ROR-15")
def test_shall_does_not_run_alone(world: World) -> None:
    activity = run_together(world, course="inter_municipal_shall")
    late = TODAY + timedelta(days=60)
    with pytest.raises(WrongMoment):
        start_running(activity, actor=world.actor("cai"), at=late)
    answer(world, activity, "elvestrand", "yes")
    agree(world, propose(world, joint_of(activity), exit_days=0), "elvestrand")
    running = start_running(activity, actor=world.actor("cai"), at=TODAY)
    leave(world, running, "elvestrand", days=0)
    running.refresh_from_db()
    assert running.state == "paused"
    with pytest.raises(WrongMoment):
        resume_activity(running, actor=world.actor("cai"), at=TODAY)


@pytest.mark.requirement("ROR-15")
def test_should_goes_on_alone(world: World) -> None:
    activity = run_together(world)
    with pytest.raises(WrongMoment):
        start_running(activity, actor=world.actor("cai"), at=TODAY)
    after = TODAY + timedelta(days=21)
    running = start_running(activity, actor=world.actor("cai"), at=after)
    pause_activity(running, reason="Ferie", actor=world.actor("cai"), at=after)
    resume_activity(running, actor=world.actor("cai"), at=after)


def test_later_terms_take_the_place_of_the_agreed_ones(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    agree(world, propose(world, joint_of(activity)), "elvestrand")
    answer(world, activity, "skogbygda", "yes")
    terms = propose(world, joint_of(activity), amount=Decimal(90))
    agree(world, terms, "elvestrand")
    assert JointTerms.objects.in_force().get().number == 1
    agree(world, terms, "skogbygda")
    assert JointTerms.objects.in_force().get().number == 2
    shares = dict(activity.participants.values_list("organisation__short_name", "share"))
    assert shares == {"ELV": Decimal(30), "SKO": Decimal(30)}


def test_a_later_decision_ends_what_was_agreed(world: World) -> None:
    activity = agreed(world)
    case = Case.objects.get(idea=activity.idea_id)
    words = DecisionWords(
        outcome="go_on", form="experiment", course="own_pilot", scale="small",
        reasons="Vi gjør det selv.", responsible=world.people["cai"],
    )  # fmt: skip
    council_to_portfolio(
        case, words=words, actor=world.actor("bo"), at=TODAY, meeting=world.meeting
    )
    assert JointCase.objects.get().state == "ended"
    assert not JointTerms.objects.in_force().exists()
    assert not activity.participants.filter(left_date=None).exists()
    asked = JointInvitation.objects.filter(answer="yes").first()
    assert asked is not None
    with pytest.raises(WrongMoment):
        answer_joint_invitation(
            asked, answer="no", reasons="Likevel ikke.", actor=world.actor("mia"), at=TODAY
        )


def test_it_tells_the_others_of_terms(world: World) -> None:
    agreed(world)
    for verb, people in (
        ("propose_joint_terms", {"Mia", "Gro", "Siv", "Fia"}),
        ("settle_joint_terms", {"Bo", "Mia", "Siv", "Fia"}),
    ):
        event = Event.objects.get(verb=verb)
        tell_about(event.pk, at=TODAY)
        told = Notice.objects.filter(event_id=event.pk).values_list("person__name", flat=True)
        assert set(told) == people, verb


def test_who_was_not_asked_sees_nothing_of_it(world: World) -> None:
    joint = joint_of(agreed(world))
    seen = {
        name
        for name in ("ada", "bo", "cai", "dee", "fia", "gro", "mia", "olaf", "eve")
        if JointCase.objects.visible_to(world.actor(name)).filter(pk=joint.pk).exists()
    }
    assert seen == {"bo", "cai", "fia", "gro", "mia"}
