"""A selection names the aim it serves; the year's selections are held against the weights."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from loype.councils.assessing.actions import drop_aim, estimate_case, name_aim
from loype.councils.assessing.direction import direction_of
from loype.councils.models import Case, CaseAim, Decision, DecisionAim
from loype.kernel.errors import BadInput, NotAllowed
from loype.strategy.models import PlanItem
from tests.cast import TODAY, World
from tests.councils.test_decide_case import decide, on_agenda
from tests.promises import without_promise
from tests.strategy.test_weigh_and_adopt import adopted, items_of, plan_of


@pytest.fixture
def aims(world: World) -> list[PlanItem]:
    """Two aims of Fjordvik, weighing three to one."""
    one, two = items_of(world, plan_of(world), "Bo hjemme lenger", "Færre skjema")
    adopted(world, {one: 75, two: 25})
    return [one, two]


def serves(world: World, case: Case, item: PlanItem, fit: int = 5) -> CaseAim:
    """Bo says what a case is good for."""
    return name_aim(
        case, item=item, fit=fit, reason="Sparer turer.", actor=world.actor("bo"), at=TODAY
    )


@pytest.mark.requirement("ROR-06")
def test_it_asks_for_an_aim_before_a_case_goes_on(world: World, aims: list[PlanItem]) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput) as refused:
        decide(world, case)
    assert "outcome" in refused.value.fields
    assert not Decision.objects.exists()
    serves(world, case, aims[0])
    assert decide(world, case).aims.get().item == aims[0]


@pytest.mark.requirement("ROR-06")
def test_it_holds_in_the_database_too(world: World, aims: list[PlanItem]) -> None:
    case, other = on_agenda(world), on_agenda(world, text="Noe annet.")
    serves(world, other, aims[0])
    made = decide(world, other)
    facts = {
        field.attname: getattr(made, field.attname)
        for field in Decision._meta.concrete_fields
        if field.name not in ("id", "number", "case")
    }
    with pytest.raises(DatabaseError, match="names the aim"), transaction.atomic():
        Decision.objects.create(number="X-1", case=case, **facts)


def test_it_asks_nothing_more_of_a_no(world: World, aims: list[PlanItem]) -> None:
    case = on_agenda(world)
    no = decide(world, case, outcome="park", form="", course="", scale="", responsible=None)
    assert not no.aims.exists()


def test_it_asks_nothing_where_nothing_is_weighed(world: World) -> None:
    assert not decide(world, on_agenda(world)).aims.exists()


@pytest.mark.requirement("ROR-06")
def test_it_keeps_aim_fit_and_reason_with_the_decision(world: World, aims: list[PlanItem]) -> None:
    case = on_agenda(world)
    estimate_case(case, cost=Decimal(1000), weeks=Decimal(8), actor=world.actor("bo"), at=TODAY)
    serves(world, case, aims[0], fit=3)
    aim = serves(world, case, aims[1], fit=1)
    decision = decide(world, case)
    drop_aim(aim, actor=world.actor("bo"), at=TODAY)  # later changes of the case change nothing
    kept = list(decision.aims.order_by("-fit"))
    assert [(one.item, one.fit, one.share, one.weeks) for one in kept] == [
        (aims[0], 3, Decimal("0.75"), 6),
        (aims[1], 1, Decimal("0.25"), 2),
    ]
    assert kept[0].reason == "Sparer turer."
    for change in (
        lambda: DecisionAim.objects.filter(pk=kept[0].pk).update(reason="Noe annet"),
        lambda: DecisionAim.objects.filter(pk=kept[0].pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.requirement("ROR-12")
def test_it_knows_only_aims_of_ones_own_plans(world: World, aims: list[PlanItem]) -> None:
    theirs = items_of(world, plan_of(world, by="mia"), "Havet", by="mia")[0]
    case = on_agenda(world)
    with pytest.raises(BadInput):
        serves(world, case, theirs)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseAim.objects.create(
            case=case, item=theirs, fit=5, reason="Fordi", said_at=TODAY,
            said_by=world.people["bo"],
        )  # fmt: skip
    for fit, reason, field in ((0, "Fordi", "fit"), (6, "Fordi", "fit"), (3, " ", "reason")):
        with pytest.raises(BadInput) as refused:
            name_aim(case, item=aims[0], fit=fit, reason=reason, actor=world.actor("bo"), at=TODAY)
        assert set(refused.value.fields) == {field}
    for name in ("ada", "cai", "mia"):
        with pytest.raises(NotAllowed):
            name_aim(case, item=aims[0], fit=3, reason="Fordi", actor=world.actor(name), at=TODAY)


@pytest.mark.requirement("ROR-06")
def test_it_holds_the_year_against_the_weights(world: World, aims: list[PlanItem]) -> None:
    work = ((aims[0], 6), (aims[1], 30), (aims[1], 12))
    for number, (item, weeks) in enumerate(work):
        case = on_agenda(world, text=f"Forslag {number}.")
        serves(world, case, item)
        estimate_case(
            case, cost=Decimal(1), weeks=Decimal(weeks), actor=world.actor("bo"), at=TODAY
        )
        decide(world, case)
    found = direction_of(world.fjordvik, year=TODAY.year)
    told = [(one.item, one.intended, one.effort, one.weeks, one.count) for one in found.lines]
    assert told == [
        (aims[0], Fraction(3, 4), Fraction(1, 8), 6, 1),
        (aims[1], Fraction(1, 4), Fraction(7, 8), 42, 2),
    ]
    assert found.lines[0].gap == Fraction(-5, 8)
    assert (found.selected, found.without_aim, found.without_estimate) == (3, 0, 0)
    assert found.by_weeks
    without = on_agenda(world, text="Uten anslag.")
    serves(world, without, aims[0])
    decide(world, without)
    by_count = direction_of(world.fjordvik, year=TODAY.year)
    assert [one.effort for one in by_count.lines] == [Fraction(1, 2), Fraction(1, 2)]
    assert not by_count.by_weeks
    assert direction_of(world.fjordvik, year=TODAY.year - 1).selected == 0


def test_it_counts_a_year_in_the_organisations_own_time(world: World, aims: list[PlanItem]) -> None:
    case = on_agenda(world)
    serves(world, case, aims[0])
    decision = decide(world, case)
    late = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)  # New Year's Day in Norway
    with without_promise("decision_stays", table="councils_decision"):
        Decision.objects.filter(pk=decision.pk).update(decided_at=late)
    assert direction_of(world.fjordvik, year=2026).selected == 1
    assert direction_of(world.fjordvik, year=2025).selected == 0
