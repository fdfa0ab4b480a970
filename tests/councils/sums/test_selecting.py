"""The best set under a budget is the best set, whichever way it is found."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from loype.councils.sums import FellOut, Impossible, Limit, Options, explain, select
from tests.cli.conftest import shared_data

pytestmark = pytest.mark.requirement("EP-07")


@st.composite
def options(draw: st.DrawFn) -> Options:
    """Up to seven ideas with everything that can be asked of a set."""
    count = draw(st.integers(1, 7))
    idea = st.integers(0, count - 1)
    amounts = st.lists(st.integers(0, 12), min_size=count, max_size=count)
    return Options(
        values=draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)),
        costs=draw(amounts),
        budget=draw(st.integers(0, 40)),
        limits=[
            Limit(name=name, uses=draw(amounts), ceiling=draw(st.integers(0, 40)))
            for name in draw(st.sampled_from([[], ["months"], ["months", "people"]]))
        ],
        required=draw(st.frozensets(idea, max_size=2)),
        needs=draw(st.frozensets(st.tuples(idea, idea), max_size=3)),
        exclusions=draw(st.lists(st.frozensets(idea, min_size=2, max_size=3), max_size=2))
        if count > 1
        else [],
    )


def total(amounts: object, chosen: tuple[int, ...]) -> int:
    return sum(amounts[one] for one in chosen)  # type: ignore[index]


def sets(asked: Options) -> Iterator[tuple[int, ...]]:
    """Every set that meets all conditions but the budget."""
    for size in range(len(asked.values) + 1):
        for chosen in itertools.combinations(range(len(asked.values)), size):
            held = set(chosen)
            if (
                set(asked.required) <= held
                and all(other in held for one, other in asked.needs if one in held)
                and all(len(held & set(group)) <= 1 for group in asked.exclusions)
                and all(total(one.uses, chosen) <= one.ceiling for one in asked.limits)
            ):
                yield chosen


@given(asked=options())
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_and_cheapest_of_all_sets(asked: Options) -> None:
    fitting = [one for one in sets(asked) if total(asked.costs, one) <= int(asked.budget)]
    if not fitting:
        with pytest.raises(Impossible):
            select(asked)
        return
    best = max((total(asked.values, one), -total(asked.costs, one)) for one in fitting)
    found = select(asked)
    assert found.chosen in fitting
    assert (found.value, -found.cost) == best
    assert found.used == tuple(total(one.uses, found.chosen) for one in asked.limits)


def test_it_takes_nothing_where_nothing_is_worth_anything() -> None:
    found = select(Options(values=[0, 0], costs=[1, 2], budget=5))
    assert (found.chosen, found.cost) == ((), 0)


def least_without_loss(asked: Options, idea: int) -> int | None:
    """By trying every set: the least more money to have the idea in and lose no value."""
    known = list(sets(asked))
    fitting = [one for one in known if total(asked.costs, one) <= int(asked.budget)]
    highest = max(total(asked.values, one) for one in fitting)
    enough = [one for one in known if idea in one and total(asked.values, one) >= highest]
    costs = [total(asked.costs, one) for one in enough]
    return max(0, min(costs) - int(asked.budget)) if costs else None


def least_until_chosen(asked: Options, idea: int) -> int | None:
    """By trying every sum: the least more money at which a best set holds the idea."""
    known = list(sets(asked))
    for budget in sorted({int(asked.budget), *(total(asked.costs, one) for one in known)}):
        if budget < int(asked.budget):
            continue
        fitting = [one for one in known if total(asked.costs, one) <= budget]
        highest = max(total(asked.values, one) for one in fitting)
        if any(idea in one and total(asked.values, one) == highest for one in fitting):
            return budget - int(asked.budget)
    return None


@given(asked=options())
@settings(max_examples=100, deadline=None)
def test_it_tells_what_it_would_cost_to_bring_each_in(asked: Options) -> None:
    fitting = [one for one in sets(asked) if total(asked.costs, one) <= int(asked.budget)]
    if not fitting:
        return
    found = select(asked)
    told = explain(asked, found, until_chosen=True)
    assert sorted(one.idea for one in told) == sorted(
        set(range(len(asked.values))) - set(found.chosen)
    )
    for one in told:
        assert one.extra_budget == least_without_loss(asked, one.idea)
        assert one.chosen_with == least_until_chosen(asked, one.idea)
        with_it = [chosen for chosen in fitting if one.idea in chosen]
        if not with_it:
            assert one.displaces is one.value_lost is None
        else:
            highest = max(total(asked.values, chosen) for chosen in with_it)
            assert one.value_lost == found.value - highest
            assert set(one.displaces or ()) <= set(found.chosen)


def one_fell_out(asked: Options, idea: int) -> FellOut:
    (told,) = explain(asked, select(asked), which=[idea])
    return told


def test_it_says_that_the_money_ran_out() -> None:
    asked = Options(values=[5, 4, 3], costs=["3.50", "2.25", "2.30"], budget="6.00")  # type: ignore[list-item, arg-type]
    told = one_fell_out(_decimals(asked), 2)
    assert (told.because, told.displaces, told.value_lost) == ("budget", (1,), 1.0)
    # With all three, or with the first and this one, which is worth less than now.
    assert told.extra_budget == Decimal("2.05")


def _decimals(asked: Options) -> Options:
    return Options(
        values=asked.values,
        costs=[Decimal(cost) for cost in asked.costs],
        budget=Decimal(asked.budget),
    )


def test_it_says_that_what_it_needs_is_too_dear() -> None:
    told = one_fell_out(Options(values=[9, 4, 0], costs=[5, 2, 4], budget=8, needs=[(1, 2)]), 1)
    assert (told.because, told.brings, told.displaces) == ("need", (2,), (0,))
    assert (told.value_lost, told.extra_budget) == (5.0, Decimal(3))


def test_it_says_that_another_excludes_it() -> None:
    told = one_fell_out(Options(values=[3, 2], costs=[1, 1], budget=9, exclusions=[{0, 1}]), 1)
    assert (told.because, told.displaces, told.value_lost) == ("exclusion", (0,), 1.0)
    assert told.extra_budget is None


def test_it_names_the_ceiling_that_is_reached() -> None:
    months = Limit(name="person-months", uses=[3, 2], ceiling=4)
    told = one_fell_out(Options(values=[3, 2], costs=[1, 1], budget=9, limits=[months]), 1)
    assert (told.because, told.limit, told.extra_budget) == ("limit", "person-months", None)


def test_it_says_that_it_is_worth_nothing() -> None:
    told = one_fell_out(Options(values=[3, 0], costs=[1, 1], budget=9), 1)
    assert (told.because, told.displaces, told.extra_budget) == ("value", (), Decimal(0))


def test_it_says_why_nothing_can_be_proposed() -> None:
    with pytest.raises(Impossible) as dear:
        select(Options(values=[1, 1], costs=[5, 6], budget=10, required=[0], needs=[(0, 1)]))
    assert (dear.value.because, dear.value.ideas, dear.value.missing) == ("budget", (0, 1), 1)
    with pytest.raises(Impossible) as clash:
        select(Options(values=[1, 1], costs=[1, 1], budget=9, required=[0, 1], exclusions=[{0, 1}]))
    assert (clash.value.because, clash.value.ideas) == ("exclusion", (0, 1))
    hours = Limit(name="hours", uses=["7.5"], ceiling=6)  # type: ignore[list-item]
    with pytest.raises(Impossible) as busy:
        select(Options(values=[1], costs=[1], budget=9, required=[0], limits=[hours]))
    assert (busy.value.because, busy.value.limit) == ("limit", "hours")
    assert busy.value.missing == Decimal("1.5")


def test_it_is_exact_to_the_smallest_coin_in_billions() -> None:
    # One øre too much: the solver's own tolerance would let it through.
    costs = [Decimal("5000000000.01"), Decimal("5000000000.00"), Decimal("4999999999.99")]
    found = select(Options(values=[3, 2, 1.5], costs=costs, budget=Decimal("10000000000.00")))
    assert found.chosen == (0, 2)
    assert found.cost == Decimal("10000000000.00")


@pytest.mark.parametrize(
    "asked",
    [
        Options(values=[1, 2], costs=[1], budget=1),
        Options(values=[1], costs=[-1], budget=1),
        Options(values=[math.nan], costs=[1], budget=1),
        Options(values=[math.inf], costs=[1], budget=1),
    ],
)
def test_it_refuses_what_is_no_choice(asked: Options) -> None:
    with pytest.raises(ValueError, match="values, costs and uses"):
        select(asked)


def test_it_proposes_nothing_of_nothing() -> None:
    assert select(Options(values=[], costs=[], budget=5)).chosen == ()


KNAPSACKS = [f"f{number}_l-d_kp_{size}" for number, size in enumerate(
    ["10_269", "20_878", "4_20", "4_11", "15_375", "10_60", "7_50", "23_10000", "5_80", "20_879"],
    start=1,
)]  # fmt: skip


@pytest.mark.parametrize("name", KNAPSACKS)
def test_it_reaches_the_known_optimum_of_a_knapsack(name: str) -> None:
    lines = shared_data("knapsack", f"low-dimensional__{name}").read_text().split("\n")
    optimum = float(shared_data("knapsack", f"low-dimensional-optimum__{name}").read_text())
    count, capacity = lines[0].split()
    rows = [line.split() for line in lines[1 : int(count) + 1]]
    found = select(
        Options(
            values=[float(value) for value, _ in rows],
            costs=[Decimal(weight) for _, weight in rows],
            budget=Decimal(capacity),
        )
    )
    assert found.value == pytest.approx(optimum, abs=1e-3)
    assert found.cost <= Decimal(capacity)


def many_limits(path: Path) -> Iterator[tuple[Options, float]]:
    """The problems of the OR-Library's file, each with its optimum."""
    numbers = iter(path.read_text().split())
    for _ in range(int(next(numbers))):
        count, rows, optimum = int(next(numbers)), int(next(numbers)), float(next(numbers))
        values = [float(next(numbers)) for _ in range(count)]
        uses = [[Decimal(next(numbers)) for _ in range(count)] for _ in range(rows)]
        ceilings = [Decimal(next(numbers)) for _ in range(rows)]
        limits = [
            Limit(name=str(number), uses=row, ceiling=ceiling)
            for number, (row, ceiling) in enumerate(zip(uses[1:], ceilings[1:], strict=True))
        ]
        yield (
            Options(values=values, costs=uses[0], budget=ceilings[0], limits=limits),
            optimum,
        )


def test_it_reaches_the_known_optima_with_many_ceilings() -> None:
    problems = list(many_limits(shared_data("knapsack", "mknap1.txt")))
    assert len(problems) == 7
    for asked, optimum in problems:
        assert select(asked).value == pytest.approx(optimum, abs=1e-6)
