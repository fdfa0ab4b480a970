"""Weighing aims: points in a draft, adopted once, kept as they were."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    adopt_period,
    change_plan,
    change_plan_item,
    draft_period,
    retire_plan_item,
    weigh_items,
    write_plan,
)
from loype.strategy.models import ItemWeight, Period, Plan, PlanItem
from loype.strategy.sums import Weighed, intended_shares, whole_percents
from tests.cast import TODAY, World

FIRST = date(2026, 1, 1)


def plan_of(world: World, *, by: str = "siv", **more: object) -> Plan:
    """A plan of the organisation somebody keeps plans for."""
    actor = world.actor(by)
    organisation = next(o for o in world.organisations.values() if o.pk == actor.organisation_id)
    words = PlanWords(title="Kommuneplanen", from_date=FIRST, **more)  # type: ignore[arg-type]
    return write_plan(organisation, words=words, actor=actor, at=TODAY)


def items_of(world: World, plan: Plan, *titles: str, by: str = "siv") -> list[PlanItem]:
    """Aims of a plan."""
    return [
        add_plan_item(
            plan,
            words=ItemWords(
                title=title, involvement="not_involved", involvement_words="Gjelder ingen ansatte."
            ),
            actor=world.actor(by),
            at=TODAY,
        )
        for title in titles
    ]


def adopted(
    world: World, points: dict[PlanItem, int], *, by: str = "siv", from_date: date = FIRST
) -> Period:
    """A period in which the aims weigh so much."""
    actor = world.actor(by)
    organisation = next(iter(points)).plan.organisation
    period = draft_period(
        organisation, name="2026–2029", from_date=from_date, actor=actor, at=TODAY
    )
    told = {item.pk: value for item, value in points.items()}
    weigh_items(period, points=told, actor=actor, at=TODAY)
    return adopt_period(period, actor=actor, at=TODAY, decision_reference="PS 12/26")


@pytest.mark.requirement("ROR-12")
def test_it_lets_weights_hold_from_the_first_day(world: World) -> None:
    one, two = items_of(world, plan_of(world), "Bo hjemme lenger", "Færre skjema")
    period = adopted(world, {one: 30, two: 10})
    weights = ItemWeight.objects.in_force(world.fjordvik.pk, day=TODAY.date())
    assert [(weight.item, weight.points) for weight in weights] == [(one, 30), (two, 10)]
    assert not ItemWeight.objects.in_force(world.fjordvik.pk, day=date(2025, 12, 31)).exists()
    event = Event.objects.get(verb="adopt_period")
    assert event.thing_id == period.pk
    assert event.change["points"] == {str(one.pk): 30, str(two.pk): 10}


def test_it_keeps_adopted_weights_in_verb_and_database(world: World) -> None:
    one, two = items_of(world, plan_of(world), "Bo hjemme lenger", "Færre skjema")
    period = adopted(world, {one: 30})
    with pytest.raises(WrongMoment):
        weigh_items(period, points={two.pk: 5}, actor=world.actor("siv"), at=TODAY)
    for change in (
        lambda: ItemWeight.objects.filter(period=period).update(points=99),
        lambda: ItemWeight.objects.filter(period=period).delete(),
        lambda: ItemWeight.objects.create(period=period, item=two, points=1),
        lambda: Period.objects.filter(pk=period.pk).update(from_date=date(2025, 1, 1)),
        lambda: Period.objects.filter(pk=period.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_it_adopts_no_weight_of_an_aim_that_was_given_up(world: World) -> None:
    siv = world.actor("siv")
    kept, gone = items_of(world, plan_of(world), "Bo hjemme", "Lavere utslipp")
    period = draft_period(world.fjordvik, name="2026", from_date=FIRST, actor=siv, at=TODAY)
    weigh_items(period, points={kept.pk: 60, gone.pk: 40}, actor=siv, at=TODAY)
    retire_plan_item(gone, reason="Gjort.", actor=siv, at=TODAY)
    with pytest.raises(BadInput, match="Lavere utslipp"):
        adopt_period(period, actor=siv, at=TODAY)
    weigh_items(period, points={kept.pk: 60}, actor=siv, at=TODAY)
    assert adopt_period(period, actor=siv, at=TODAY).state == "adopted"


def test_it_ends_the_period_before(world: World) -> None:
    one, _two = items_of(world, plan_of(world), "Bo hjemme lenger", "Færre skjema")
    before = adopted(world, {one: 30})
    adopted(world, {one: 50}, from_date=date(2026, 7, 1))
    before.refresh_from_db()
    assert before.to_date == date(2026, 6, 30)
    with pytest.raises(BadInput) as refused:
        adopted(world, {one: 10}, from_date=date(2026, 2, 1))
    assert "from_date" in refused.value.fields


def test_it_refuses_aims_of_others(world: World) -> None:
    theirs = items_of(world, plan_of(world, by="mia"), "Havet", by="mia")[0]
    period = draft_period(
        world.fjordvik, name="Nå", from_date=FIRST, actor=world.actor("siv"), at=TODAY
    )
    with pytest.raises(BadInput):
        weigh_items(period, points={theirs.pk: 5}, actor=world.actor("siv"), at=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemWeight.objects.create(period=period, item=theirs, points=5)


def test_it_lets_only_those_who_keep_plans_write(world: World) -> None:
    plan = plan_of(world)
    for name in ("ada", "cai", "fia", "mia", "eve"):
        with pytest.raises(NotAllowed):
            items_of(world, plan, "Noe", by=name)
    item = items_of(world, plan, "Bo hjemme lenger")[0]
    period = draft_period(
        world.fjordvik, name="Nå", from_date=FIRST, actor=world.actor("siv"), at=TODAY
    )
    with pytest.raises(BadInput):
        adopt_period(period, actor=world.actor("siv"), at=TODAY)
    weigh_items(period, points={item.pk: 5}, actor=world.actor("siv"), at=TODAY)
    with pytest.raises(NotAllowed):
        adopt_period(period, actor=world.actor("ada"), at=TODAY)


def test_it_refuses_what_somebody_changed_meanwhile(world: World) -> None:
    plan, siv = plan_of(world), world.actor("siv")
    item = items_of(world, plan, "Bo hjemme lenger")[0]
    words = PlanWords(title="Samfunnsplanen", from_date=FIRST)
    assert change_plan(plan, words=words, actor=siv, at=TODAY, version=1).title == "Samfunnsplanen"
    with pytest.raises(Stale):
        change_plan(plan, words=words, actor=siv, at=TODAY, version=1)
    change_plan_item(item, words=ItemWords(title="Bo trygt"), actor=siv, at=TODAY, version=1)
    with pytest.raises(Stale):
        change_plan_item(item, words=ItemWords(title="Nei"), actor=siv, at=TODAY, version=1)
    retire_plan_item(item, reason="Nådd", actor=siv, at=TODAY)
    with pytest.raises(WrongMoment):
        retire_plan_item(item, reason="Igjen", actor=siv, at=TODAY)


def test_it_shows_plans_as_wide_as_they_are_shared(world: World) -> None:
    plan = plan_of(world)
    item = items_of(world, plan, "Bo hjemme lenger")[0]
    adopted(world, {item: 30})
    assert item in PlanItem.objects.visible_to(world.actor("ada"))
    assert item not in PlanItem.objects.visible_to(world.actor("dee"))
    Plan.objects.filter(pk=plan.pk).update(visibility="federation")
    assert item in PlanItem.objects.visible_to(world.actor("dee"))
    assert not Period.objects.visible_to(world.actor("dee")).exists()
    assert not ItemWeight.objects.visible_to(world.actor("dee")).exists()
    assert ItemWeight.objects.visible_to(world.actor("fia")).exists()
    assert not PlanItem.objects.visible_to(world.actor("olaf")).exists()


def test_it_counts_intended_shares_by_days() -> None:
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    half = [
        Weighed(from_date=date(2025, 1, 1), to_date=date(2026, 3, 14), points={1: 3, 2: 1}),
        Weighed(from_date=date(2026, 3, 15), to_date=None, points={2: 5}),
    ]
    shares = intended_shares(half, **year)
    assert shares == {1: Fraction(73 * 3, 365 * 4), 2: Fraction(73 + 292 * 4, 365 * 4)}
    assert intended_shares([], **year) == {}


def test_it_makes_percents_that_add_up() -> None:
    thirds = {key: Fraction(1, 3) for key in "abc"}
    assert sorted(whole_percents(thirds).values()) == [33, 33, 34]
    assert whole_percents({}) == {}
