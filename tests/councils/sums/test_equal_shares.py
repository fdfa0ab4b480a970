"""Equal shares, beside the same in exact fractions; and what it is for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from loype.councils.sums import Election, equal_shares, greedy, satisfaction_of

pytestmark = pytest.mark.requirement("ROR-22")


def by_fractions(
    satisfied: list[list[int]], costs: list[int], money: list[Fraction]
) -> tuple[list[int], bool]:
    """The method as its authors write it, slowly; and whether there ever was a tie."""
    money, chosen, tied = list(money), list[int](), False
    while True:
        prices = {
            idea: price
            for idea in range(len(costs))
            if idea not in chosen
            and (price := _price(satisfied, idea, costs[idea], money)) is not None
        }
        if not prices:
            return chosen, tied
        lowest = min(prices.values())
        equal = [idea for idea, price in prices.items() if price == lowest]
        tied |= len(equal) > 1
        idea = min(equal, key=lambda one: (costs[one], one))
        for voter, row in enumerate(satisfied):
            money[voter] -= min(money[voter], lowest * row[idea])
        chosen.append(idea)


def _price(
    satisfied: list[list[int]], idea: int, cost: int, money: list[Fraction]
) -> Fraction | None:
    """The price of one satisfaction at which the supporters raise the cost."""
    who = [(money[voter], row[idea]) for voter, row in enumerate(satisfied) if row[idea]]
    if not who or sum(held for held, _ in who) < cost:
        return None
    who.sort(key=lambda one: one[0] / one[1])
    left, weight = Fraction(cost), sum(share for _, share in who)
    for held, share in who:
        if left / weight * share <= held:
            return left / weight
        left, weight = left - held, weight - share
    return who[-1][0] / who[-1][1]


def cases(most: int) -> st.SearchStrategy[tuple[list[list[int]], list[int], int]]:
    return st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
        lambda size: st.tuples(
            st.lists(
                st.lists(st.integers(0, most), min_size=size[1], max_size=size[1]),
                min_size=size[0],
                max_size=size[0],
            ),
            st.lists(st.integers(1, 30), min_size=size[1], max_size=size[1]),
            st.integers(1, 90),
        )
    )


@given(case=cases(9))
@settings(max_examples=200, deadline=None)
def test_it_agrees_with_exact_fractions(case: tuple[list[list[int]], list[int], int]) -> None:
    ballots, costs, budget = case
    wanted, tied = by_fractions(ballots, costs, [Fraction(budget, len(ballots))] * len(ballots))
    asked = Election(costs=costs, budget=budget, ballots=ballots, kind="scoring")
    found = equal_shares(asked)
    assert list(found.chosen) == wanted
    assert bool(found.ties) == tied


@given(case=cases(1), unequal=st.lists(st.integers(1, 9), min_size=6, max_size=6))
@settings(max_examples=100, deadline=None)
def test_it_respects_given_shares(
    case: tuple[list[list[int]], list[int], int], unequal: list[int]
) -> None:
    ballots, costs, budget = case
    shares = unequal[: len(ballots)]
    satisfied = [[cost * said for cost, said in zip(costs, row, strict=True)] for row in ballots]
    money = [Fraction(budget * share, sum(shares)) for share in shares]
    wanted, _ = by_fractions(satisfied, costs, money)
    asked = Election(costs=costs, budget=budget, ballots=ballots, shares=shares)
    found = equal_shares(asked)
    assert list(found.chosen) == wanted
    assert found.paid is not None
    assert (found.paid.sum(axis=1) <= np.array([float(one) for one in money]) + 1e-6).all()
    assert found.paid.sum(axis=0)[list(found.chosen)] == pytest.approx(
        [costs[one] for one in found.chosen]
    )


@given(case=cases(1))
@settings(max_examples=80, deadline=None)
def test_it_never_spends_more_than_there_is(
    case: tuple[list[list[int]], list[int], int],
) -> None:
    ballots, costs, budget = case
    assume(any(any(row) for row in ballots))
    asked = Election(costs=costs, budget=budget, ballots=ballots)
    plain = equal_shares(asked)
    for way in ("greedy", "increments", "increments_greedy"):
        found = equal_shares(asked, completion=way)  # type: ignore[arg-type]
        assert found.cost == sum(costs[one] for one in found.chosen) <= budget
        assert len(set(found.chosen)) == len(found.chosen)
        if way.endswith("greedy"):
            fits = [one for one, cost in enumerate(costs) if cost <= budget - found.cost]
            supported = [one for one in fits if any(row[one] for row in ballots)]
            assert set(supported) <= set(found.chosen)
        if way == "greedy":
            assert found.chosen[: len(plain.chosen)] == plain.chosen
            assert found.completed == found.chosen[len(plain.chosen) :]


def test_it_adds_by_increments_the_last_that_the_budget_bears() -> None:
    # Three want the first and one wants the second; each speaks for 25. With a third more the
    # first is bought; the second would then need a hundred for its only supporter.
    ballots = [[1, 0], [1, 0], [1, 0], [0, 1]]
    asked = Election(costs=[90, 40], budget=100, ballots=ballots)
    assert equal_shares(asked).chosen == ()
    found = equal_shares(asked, completion="increments", step=0.1)
    assert (found.chosen, found.completed, found.cost) == ((0,), (0,), Decimal(90))


def test_it_gives_a_small_municipality_its_part() -> None:
    # Three large ones agree on five ideas; two small ones want the sixth.
    ballots = [[1, 1, 1, 1, 1, 0]] * 3 + [[0, 0, 0, 0, 0, 1]] * 2
    asked = Election(costs=[20] * 6, budget=100, ballots=ballots)
    assert 5 not in greedy(asked).chosen
    shared = equal_shares(asked)
    assert shared.chosen.count(5) == 1
    assert len(shared.chosen) == 4  # sixty for the three, and the sixth
    assert shared.paid is not None
    assert shared.paid[:, 5].tolist() == [0, 0, 0, 10, 10]


def test_it_says_where_the_order_decided() -> None:
    asked = Election(costs=[10, 10], budget=10, ballots=[[1, 1]], kind="approval")
    assert equal_shares(asked).ties == ((0, 1),)
    assert equal_shares(asked, order=[1, 0]).chosen == (1,)
    assert greedy(asked, order=[1, 0]).chosen == (1,)
    assert greedy(asked).ties == ((0, 1),)


def test_it_stops_or_passes_over_what_does_not_fit() -> None:
    asked = Election(costs=[6, 9, 3], budget=10, ballots=[[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    assert greedy(asked, by="votes", per_cost=False).chosen == (0, 2)
    assert greedy(asked, by="votes", per_cost=False, skip=False).chosen == (0,)
    assert greedy(asked, by="votes", per_cost=False, least=2).chosen == (0,)


def test_it_takes_what_costs_nothing() -> None:
    asked = Election(costs=[0, 5, 0], budget=5, ballots=[[1, 1, 0]])
    assert greedy(asked, by="votes").chosen == (0, 1)
    assert equal_shares(asked, by="cardinality").chosen == (0, 1)


def test_it_counts_negative_points_against_an_idea_only_when_adding_up() -> None:
    asked = Election(costs=[5, 5], budget=5, ballots=[[3, 2], [-2, 0]], kind="scoring")
    assert greedy(asked).chosen == (1,)
    assert equal_shares(asked).chosen == ()  # the first voter's 2.50 do not buy either
    with pytest.raises(ValueError, match="negative"):
        greedy(Election(costs=[5], budget=5, ballots=[[-1]]))


def test_it_takes_one_choice_from_each() -> None:
    asked = Election(costs=[4, 4], budget=8, ballots=[[1, 0], [0, 1]], kind="choose_1")
    assert equal_shares(asked).chosen == (0, 1)
    with pytest.raises(ValueError, match="may choose one"):
        greedy(Election(costs=[1, 1], budget=1, ballots=[[1, 1]], kind="choose_1"))


def test_it_counts_places() -> None:
    asked = Election(costs=[1, 1, 1], budget=1, ballots=[[1, 2, 3], [0, 1, 0]], kind="ordinal")
    assert satisfaction_of(asked).tolist() == [[3, 2, 1], [0, 1, 0]]
    assert satisfaction_of(asked, by="borda_from_0").tolist() == [[2, 1, 0], [0, 0, 0]]
    with pytest.raises(ValueError, match="places"):
        satisfaction_of(asked, by="points")


@pytest.mark.parametrize(
    "more",
    [
        {"ballots": [[1]]},
        {"shares": [1]},
        {"shares": [-1, 2]},
        {"shares": [0, 0]},
        {"costs": [-1, 1]},
        {"budget": -1},
    ],
)
def test_it_refuses_what_is_no_election(more: dict[str, object]) -> None:
    asked = {"costs": [1, 1], "budget": 5, "ballots": [[1, 0], [0, 1]], **more}
    with pytest.raises(ValueError, match=r"\w"):
        equal_shares(Election(**asked))  # type: ignore[arg-type]
