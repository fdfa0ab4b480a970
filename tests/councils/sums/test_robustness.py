"""How sure a ranking is agrees with counting out every possibility."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from loype.councils.sums import Acceptability, smaa, weights_of_members

DRAWS = 40_000
NEAR = 0.012  # five standard errors of a share of one half

pytestmark = pytest.mark.requirement("ROR-22")
Shares = Sequence[Sequence[float]]


def exact_ranks(values: Sequence[float]) -> np.ndarray:
    """The chance of each rank for fixed values, equal ones in order by lot."""
    table = np.zeros((len(values), len(values)))
    for idea, value in enumerate(values):
        better = sum(other > value + 1e-9 for other in values)
        equal = sum(abs(other - value) <= 1e-9 for other in values)
        table[idea, better : better + equal] = 1 / equal
    return table


def heard(scores: np.ndarray) -> Iterator[np.ndarray]:
    """Every way to hear one member about each idea, (ideas, criteria) each."""
    ideas, _, members = scores.shape
    for who in itertools.product(range(members), repeat=ideas):
        yield np.stack([scores[idea, :, member] for idea, member in enumerate(who)])


def over_all_weights(table: np.ndarray) -> np.ndarray:
    """The exact chance of each rank when the weight of the first of two criteria is anything."""
    first, second = table[:, 0], table[:, 1]
    cuts = {0.0, 1.0}
    for one, other in itertools.combinations(range(len(table)), 2):
        slope = (first[one] - second[one]) - (first[other] - second[other])
        if slope and 0 < (cut := (second[other] - second[one]) / slope) < 1:
            cuts.add(cut)
    edges = sorted(cuts)
    return sum(
        (high - low) * exact_ranks(table @ np.array([(low + high) / 2, 1 - (low + high) / 2]))
        for low, high in itertools.pairwise(edges)
    )


def near(found: Acceptability, ranks: np.ndarray, *, places: int) -> None:
    assert np.abs(found.ranks - ranks).max() < NEAR
    assert np.abs(found.kept - ranks[:, :places].sum(axis=1)).max() < NEAR
    assert np.abs(found.expected_rank - ranks @ np.arange(1, len(ranks) + 1)).max() < 4 * NEAR


SCORES = np.array(
    [
        [[5, 4, 2], [2, 2, 1]],
        [[3, 3, 3], [3, 4, 3]],
        [[1, 2, 4], [5, 4, 4]],
        [[4, 4, 1], [1, 3, 2]],
    ],
    dtype=float,
)  # ideas × criteria × members, with ties


def test_it_agrees_with_every_choice_of_members_under_fixed_weights() -> None:
    weights = np.array([0.6, 0.4])
    ways = [exact_ranks(table @ weights) for table in heard(SCORES)]
    found = smaa(SCORES, weights=[3, 2], places=2, draws=DRAWS, seed=7)
    near(found, sum(ways) / len(ways), places=2)


def test_it_agrees_with_every_choice_of_members_and_all_weights() -> None:
    ways = [over_all_weights(table) for table in heard(SCORES)]
    near(smaa(SCORES, places=1, draws=DRAWS), sum(ways) / len(ways), places=1)


def test_it_agrees_with_every_choice_of_single_scores() -> None:
    scores, weights = SCORES[:3, :, :2], np.array([0.5, 0.5])
    ideas, criteria, members = scores.shape
    ways = []
    for who in itertools.product(range(members), repeat=ideas * criteria):
        picked = np.array(who).reshape(ideas, criteria, 1)
        ways.append(exact_ranks(np.take_along_axis(scores, picked, axis=2)[:, :, 0] @ weights))
    found = smaa(scores, weights=weights, disagreement="cells", places=1, draws=DRAWS)
    near(found, sum(ways) / len(ways), places=1)


def test_it_agrees_with_all_weights_on_the_means() -> None:
    found = smaa(SCORES, disagreement="none", places=2, draws=DRAWS)
    near(found, over_all_weights(SCORES.mean(axis=2)), places=2)


def test_it_agrees_with_buying_in_turn_under_a_budget() -> None:
    costs, budget, weights = [30, 50, 20, 40], 70, np.array([0.6, 0.4])
    wanted = np.zeros(4)
    ways = list(heard(SCORES + np.arange(4)[:, None, None] / 100))  # without ties
    for table in ways:
        left = budget
        for idea in np.argsort(-(table @ weights)):
            if costs[idea] <= left:
                left -= costs[idea]
                wanted[idea] += 1 / len(ways)
    found = smaa(
        SCORES + np.arange(4)[:, None, None] / 100,
        weights=weights, costs=costs, budget=budget, draws=DRAWS,
    )  # fmt: skip
    assert np.abs(found.kept - wanted).max() < NEAR


def test_it_counts_money_to_the_smallest_coin() -> None:
    scores = [[[3.0]], [[2.0]], [[1.0]]]
    found = smaa(scores, costs=[0.1, 0.2, 0.01], budget=0.3, draws=100)
    assert found.kept.tolist() == [1, 1, 0]


def test_it_weighs_as_the_area_of_a_triangle_says() -> None:
    # The first wins where its criterion weighs more than a half: a quarter of all weights.
    scores = np.array([[1, 0, 0], [0.5, 0.5, 0.5]])[:, :, None]
    found = smaa(scores, places=1, draws=DRAWS)
    assert found.kept[0] == pytest.approx(0.25, abs=NEAR)
    # Where a half of it is cut off evenly, the middle of the corner triangle.
    assert found.central_weights[0] == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=NEAR)


def test_it_draws_around_the_given_weights() -> None:
    # Around (¾, ¼) with concentration 4 the first weight is Beta(3, 1): above ½ in 1 - ½³.
    scores = np.array([[1.0, 0.0], [0.0, 1.0]])[:, :, None]
    around = smaa(scores, weights=[3, 1], concentration=4, places=1, draws=DRAWS)
    assert around.kept[0] == pytest.approx(0.875, abs=NEAR)
    assert smaa(scores, weights=[3, 1], places=1, draws=100).kept.tolist() == [1, 0]
    far = smaa(scores, weights=[3, 1], concentration=math.inf, places=1, draws=100)
    assert far.kept.tolist() == [1, 0]


def test_it_puts_equals_in_order_by_lot() -> None:
    found = smaa(np.full((4, 3, 2), 2.5), places=1, draws=DRAWS)
    assert found.kept == pytest.approx([0.25] * 4, abs=NEAR)
    # Sums of tenths that are equal but for rounding are equal, too.
    table = np.array([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]])[:, :, None]
    even = smaa(table, weights=[1, 1, 1], places=1, draws=DRAWS)
    assert even.kept == pytest.approx([0.5, 0.5], abs=NEAR)


def test_it_hears_only_who_assessed() -> None:
    silent = np.full((4, 2, 2), np.nan)
    weights = [0.6, 0.4]
    with_silence = np.concatenate([silent[:, :, :1], SCORES, silent[:, :, 1:]], axis=2)
    found = smaa(with_silence, weights=weights, places=2, draws=DRAWS)
    ways = [exact_ranks(table @ np.array(weights)) for table in heard(SCORES)]
    near(found, sum(ways) / len(ways), places=2)


def test_it_lets_others_speak_where_a_member_left_a_criterion_out() -> None:
    scores = np.array([[[4.0, 2.0], [1.0, np.nan]], [[3.0, 3.0], [1.0, 1.0]]])
    found = smaa(scores, weights=[1, 1], places=1, draws=DRAWS)
    assert found.kept[0] == pytest.approx(0.5, abs=NEAR)
    assert found.values == pytest.approx([2.0, 2.0])


def test_it_says_the_same_again_for_the_same_seed() -> None:
    first, again = (smaa(SCORES, places=2, draws=500, seed=3) for _ in range(2))
    other = smaa(SCORES, places=2, draws=500, seed=4)
    assert (first.ranks == again.ranks).all()
    assert (first.ranks != other.ranks).any()


def test_it_tells_between_which_ranks_an_idea_lies() -> None:
    ranks = np.array([[0.90, 0.08, 0.02], [0.04, 0.86, 0.10], [0.04, 0.08, 0.88]])
    found = Acceptability(
        kept=ranks[:, 0], ranks=ranks, expected_rank=ranks @ [1, 2, 3], values=ranks[:, 0],
        central_weights=ranks, error=ranks[:, 0], draws=100, seed=0,
    )  # fmt: skip
    low, high = found.rank_between(0.9)
    assert (low.tolist(), high.tolist()) == ([1, 2, 2], [2, 3, 3])


@given(
    scores=st.integers(1, 6).flatmap(
        lambda ideas: st.lists(
            st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=2),
            min_size=ideas,
            max_size=ideas,
        )
    ),
    way=st.sampled_from(["views", "cells", "none"]),
    seed=st.integers(0, 1000),
)
@settings(max_examples=40, deadline=None)
def test_it_gives_each_rank_to_one_idea_in_each_draw(scores: Shares, way: str, seed: int) -> None:
    places = max(1, len(scores) // 2)
    found = smaa(scores, disagreement=way, places=places, draws=64, seed=seed)  # type: ignore[arg-type]
    assert found.ranks.sum(axis=0) == pytest.approx(1)
    assert found.ranks.sum(axis=1) == pytest.approx(1)
    assert found.kept.sum() == pytest.approx(places)
    # Who is better in every way, by whoever is heard, always stands before.
    table = np.array(scores)
    for one, other in itertools.permutations(range(len(scores)), 2):
        if (table[one].min(axis=1) > table[other].max(axis=1)).all():
            assert found.expected_rank[one] < found.expected_rank[other]


@pytest.mark.parametrize(
    ("scores", "more"),
    [
        ([[1, 2], [3, 4]], {"places": 1}),
        (np.full((2, 2, 2), np.nan), {"places": 1}),
        (SCORES, {}),
        (SCORES, {"places": 1, "costs": [1] * 4, "budget": 2}),
        (SCORES, {"costs": [1] * 3, "budget": 2}),
        (SCORES, {"places": 1, "weights": [1, -1]}),
        (SCORES, {"places": 1, "weights": [0, 0]}),
        (SCORES, {"places": 1, "concentration": 0}),
        (np.ones((5001, 1, 1)), {"places": 1}),
    ],
)
def test_it_refuses_what_it_cannot_rank(scores: object, more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        smaa(scores, **more)  # type: ignore[arg-type]


def test_it_finds_how_much_members_agree_about_weights() -> None:
    drawn = np.random.default_rng(5).dirichlet([6, 3, 1], size=4000)
    mean, concentration = weights_of_members(drawn * 100)
    assert mean == pytest.approx([0.6, 0.3, 0.1], abs=0.01)
    assert concentration == pytest.approx(10, rel=0.08)


def test_it_is_sure_of_weights_that_nobody_disputes() -> None:
    mean, concentration = weights_of_members([[2, 2], [5, 5], [math.nan, 1]])
    assert mean.tolist() == [0.5, 0.5]
    assert concentration == math.inf


def test_it_loads_numbers_only_when_asked_for_sums() -> None:
    heavy = "{'numpy', 'scipy'} & {*sys.modules}"
    program = f"import sys, loype.councils.sums; raise SystemExit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
