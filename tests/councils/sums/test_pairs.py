"""Strengths from pairwise comparisons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import minimize

from loype.councils.sums import NotComparable, bradley_terry

pytestmark = pytest.mark.requirement("ROR-22")


def likeliest(wins: np.ndarray, prior: float) -> np.ndarray:
    """The same by a general search for the maximum, as logarithms with mean 0."""

    def surprise(logs: np.ndarray) -> float:
        pairs = wins * np.logaddexp(0, logs - logs[:, None])
        average = prior * (np.logaddexp(0, logs) + np.logaddexp(0, -logs))
        return float(pairs.sum() + average.sum())

    found = minimize(surprise, np.zeros(len(wins)), method="BFGS", options={"gtol": 1e-9}).x
    return np.asarray(found - found.mean())


def test_it_gives_the_odds_of_two() -> None:
    found = bradley_terry([[0, 6], [2, 0]], prior=0)
    assert found.strengths[0] / found.strengths[1] == pytest.approx(3)
    assert found.preferred(0, 1) == pytest.approx(0.75)
    assert (found.order, found.connection, found.groups) == ((0, 1), "one", ((0, 1),))


@given(
    table=st.integers(2, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 6), min_size=n, max_size=n), min_size=n, max_size=n
        )
    ),
    prior=st.sampled_from([0.1, 0.5, 2.0]),
)
@settings(max_examples=40, deadline=None)
def test_it_agrees_with_a_general_search(table: list[list[int]], prior: float) -> None:
    wins = np.array(table, dtype=float)
    np.fill_diagonal(wins, 0)
    found = np.log(bradley_terry(wins, prior=prior).strengths)
    assert found == pytest.approx(likeliest(wins, prior), abs=1e-4)


def test_it_agrees_with_a_general_search_without_a_prior() -> None:
    wins = np.array([[0, 3, 1, 0], [1, 0, 4, 2], [2, 1, 0, 3], [1, 0, 1, 0]], dtype=float)
    found = np.log(bradley_terry(wins, prior=0).strengths)
    assert found == pytest.approx(likeliest(wins, 0), abs=1e-4)


def test_it_finds_the_strengths_that_made_the_wins() -> None:
    strengths = np.array([8.0, 4.0, 2.0, 1.0, 0.5])
    wins = 1000 * strengths[:, None] / (strengths[:, None] + strengths)
    found = bradley_terry(wins, prior=0)
    expected = strengths / np.exp(np.log(strengths).mean())
    assert found.strengths == pytest.approx(expected, rel=1e-6)


def test_it_says_which_never_lost_to_the_rest() -> None:
    wins = np.zeros((4, 4))
    wins[0, 1] = wins[1, 0] = wins[2, 3] = wins[3, 2] = 2
    wins[2, 0] = 5  # the first two never won against the others
    with pytest.raises(NotComparable) as refused:
        bradley_terry(wins, prior=0)
    assert refused.value.groups == ((2, 3), (0, 1))
    assert refused.value.connection == "ordered"
    held = bradley_terry(wins)
    assert held.order[:2] == (2, 3)
    assert np.isfinite(held.strengths).all()


def test_it_says_which_were_never_compared() -> None:
    wins = np.zeros((5, 5))
    wins[0, 1] = wins[1, 0] = wins[2, 3] = wins[3, 2] = 1
    found = bradley_terry(wins)
    assert found.connection == "apart"
    assert sorted(found.groups) == [(0, 1), (2, 3), (4,)]
    assert found.strengths == pytest.approx(1)
    with pytest.raises(NotComparable):
        bradley_terry(wins, prior=0)


def test_it_follows_a_long_chain() -> None:
    # Each is compared with its neighbour alone, and wins three times of four.
    ideas = 30
    wins = np.zeros((ideas, ideas))
    for one in range(ideas - 1):
        wins[one, one + 1], wins[one + 1, one] = 3, 1
    found = bradley_terry(wins, prior=0)
    assert found.order == tuple(range(ideas))
    assert found.strengths[:-1] / found.strengths[1:] == pytest.approx(3, rel=1e-4)


def test_it_has_an_answer_without_comparisons() -> None:
    assert bradley_terry(np.zeros((3, 3))).strengths == pytest.approx(1)
    assert bradley_terry([[0]]).order == (0,)


@pytest.mark.parametrize("wins", [[], [[0, 1]], [[0, -1], [1, 0]], [[0, float("nan")], [1, 0]]])
def test_it_refuses_what_is_no_table_of_wins(wins: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="wins"):
        bradley_terry(wins)


def test_it_settles_in_few_rounds_where_all_agree() -> None:
    """A ring of comparisons with the same order in all: Hunter's own steps need 20,000."""
    count = 60
    wins = np.zeros((count, count))
    for stride in (1, 2, 3):
        for one in range(count):
            other = (one + stride) % count
            wins[min(one, other), max(one, other)] += 3
    found = bradley_terry(wins)
    assert found.order == tuple(range(count))
    assert found.iterations < 50
    against = (wins + wins.T) * (found.strengths / (found.strengths[:, None] + found.strengths)).T
    lost_to_average = found.strengths / (found.strengths + 1)
    slope = wins.sum(axis=1) + 0.1 - against.sum(axis=1) - 2 * 0.1 * lost_to_average
    assert np.abs(slope).max() < 1e-6
