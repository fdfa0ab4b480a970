"""What is measured: each sum as it is used, and the same in the simple way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from loype.councils.sums import (
    Election,
    Options,
    bradley_terry,
    equal_shares,
    explain,
    select,
    smaa,
)

IDEAS, CRITERIA, MEMBERS, DRAWS, PLACES = 2_000, 8, 7, 10_000, 50
SEED = 20261


@dataclass(frozen=True)
class Case:
    """One sum and the simple way to the same answer."""

    what: str
    ours: Callable[[], Any]
    simple: Callable[[], Any]
    simple_words: str
    most_seconds: float | None = None
    most_mb: float | None = None


def scores() -> np.ndarray:
    """Marks from 1 to 5 by seven members, one of twenty missing."""
    random = np.random.default_rng(SEED)
    said = random.integers(1, 6, (IDEAS, CRITERIA, MEMBERS)).astype(float)
    said[random.random(said.shape) < 0.05] = np.nan
    return said


def costs() -> list[int]:
    """Between 10,000 and half a million each."""
    return (np.random.default_rng(SEED).integers(10, 500, IDEAS) * 1000).tolist()


def simple_smaa() -> np.ndarray:
    """One draw after the other: weights, one member for each idea, a sort."""
    random, said = np.random.default_rng(SEED), scores()
    filled = np.where(np.isnan(said), np.nanmean(said, axis=2, keepdims=True), said)
    every, ranks = np.arange(IDEAS), np.zeros((IDEAS, IDEAS))
    for _ in range(DRAWS):
        weights = random.dirichlet(np.ones(CRITERIA))
        values = filled[every, :, random.integers(0, MEMBERS, IDEAS)] @ weights
        ranks[np.argsort(-values), every] += 1
    return ranks / DRAWS


def comparisons() -> np.ndarray:
    """Two hundred ideas, each compared with twenty others."""
    random, ideas = np.random.default_rng(SEED), 200
    strengths, wins = random.lognormal(0, 1, ideas), np.zeros((ideas, ideas))
    for one in range(ideas):
        for other in random.choice(ideas, 20, replace=False):
            first_wins = random.random() < strengths[one] / (strengths[one] + strengths[other])
            wins[(one, other) if first_wins else (other, one)] += one != other
    return wins


def simple_pairs() -> list[float]:
    """The same steps in plain Python."""
    wins, prior = comparisons().tolist(), 0.1
    count = len(wins)
    strengths = [1.0] * count
    met = [
        [(other, wins[one][other] + wins[other][one]) for other in range(count)
         if wins[one][other] + wins[other][one]]
        for one in range(count)
    ]  # fmt: skip
    won = [sum(row) + prior for row in wins]
    for _ in range(10_000):
        risen = [
            won[one]
            / (
                sum(times / (strengths[one] + strengths[other]) for other, times in met[one])
                + 2 * prior / (strengths[one] + 1)
            )
            for one in range(count)
        ]
        moved = max(abs(new / old - 1) for new, old in zip(risen, strengths, strict=True))
        strengths = risen
        if moved < 1e-10:
            break
    return strengths


def options(count: int) -> Options:
    """Ideas of which about a third can be paid, in thousands."""
    random = np.random.default_rng(SEED)
    prices = random.integers(10, 500, count)
    return Options(
        values=random.integers(1, 1000, count).tolist(),
        costs=(prices * 1000).tolist(),
        budget=int(prices.sum()) // 3 * 1000,
    )


def simple_select() -> float:
    """Dynamic programming over thousands of money, which knows nothing but one budget."""
    asked = options(300)
    best = np.zeros(int(asked.budget) // 1000 + 1)
    for value, cost in zip(asked.values, asked.costs, strict=True):
        price = int(cost) // 1000
        best[price:] = np.maximum(best[price:], best[:-price] + value)
    return float(best[-1])


def simple_explain() -> int:
    """Solve all anew with each idea forced in; tells nothing of the money it would take."""
    asked = options(30)
    chosen = select(asked).chosen
    others = set(range(30)) - set(chosen)
    return sum(
        select(Options(values=asked.values, costs=asked.costs, budget=asked.budget,
                       required=[one])).value > 0
        for one in others
    )  # fmt: skip


def election() -> Election:
    """Two thousand voters over fifty ideas, five or so supported by each."""
    random = np.random.default_rng(SEED)
    prices = (random.integers(10, 200, 50) * 1000).tolist()
    ballots = (random.random((2_000, 50)) < random.uniform(0.02, 0.2, 50)).astype(float)
    return Election(costs=prices, budget=1_200_000, ballots=ballots)


def simple_shares() -> list[int]:
    """The method as its authors write it, in exact fractions."""
    asked = election()
    table, chosen = np.asarray(asked.ballots), list[int]()
    money = [Fraction(int(asked.budget), len(table))] * len(table)
    who = [np.flatnonzero(column).tolist() for column in table.T]
    while True:
        prices = {}
        for idea, cost in enumerate(asked.costs):
            if idea not in chosen and sum(money[one] for one in who[idea]) >= cost:
                prices[idea] = _price(sorted(money[one] for one in who[idea]), int(cost))
        if not prices:
            return chosen
        idea = min(prices, key=lambda one: (prices[one], asked.costs[one], one))
        for one in who[idea]:
            money[one] -= min(money[one], prices[idea] * int(asked.costs[idea]))
        chosen.append(idea)


def _price(held: list[Fraction], cost: int) -> Fraction:
    """What each krone of it costs its supporters, by the money they hold."""
    left = Fraction(cost)
    for place, most in enumerate(held):
        each = left / (len(held) - place)
        if each <= most:
            return each / cost
        left -= most
    return held[-1] / cost


def cases() -> list[Case]:
    """Everything that is measured."""
    said, money, wins, asked = scores(), costs(), comparisons(), election()
    few, many = options(30), options(300)
    proposal = select(few)
    return [
        Case("how sure: 10,000 draws, 2,000 ideas × 8 criteria × 7 members, 50 places",
             lambda: smaa(said, places=PLACES), simple_smaa, "draw by draw with numpy", 2.0, 500),
        Case("… each single score drawn by itself",
             lambda: smaa(said, places=PLACES, disagreement="cells"), simple_smaa,
             "draw by draw with numpy", None, 500),
        Case("… the selected set under a budget",
             lambda: smaa(said, costs=money, budget=20_000_000), simple_smaa,
             "draw by draw with numpy, without a budget", 2.0, 500),
        Case("pairwise: 200 ideas, 4,000 comparisons",
             lambda: bradley_terry(wins), simple_pairs, "the same steps in plain Python"),
        Case("best set of 300 under a budget", lambda: select(many), simple_select,
             "dynamic programming, one budget only"),
        Case("what fell out of 30, and the money for each",
             lambda: explain(few, proposal), simple_explain, "each forced in, without the money"),
        Case("equal shares: 2,000 voters, 50 ideas", lambda: equal_shares(asked), simple_shares,
             "in exact fractions"),
    ]  # fmt: skip
