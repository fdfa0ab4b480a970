"""Ballots of several voters, and how satisfied a voter is with an idea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from loype.councils.sums.arrays import Amount, exact

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Floats, Numbers

BallotKind = Literal["approval", "choose_1", "cumulative", "scoring", "ordinal"]
Satisfaction = Literal["cardinality", "cost", "points", "borda", "borda_from_0", "votes"]
USUAL: dict[BallotKind, Satisfaction] = {
    "approval": "cost",
    "choose_1": "cost",
    "cumulative": "points",
    "scoring": "points",
    "ordinal": "borda",
}


@dataclass(frozen=True, kw_only=True)
class Election:
    """Who voted for what, what each idea costs, and how much there is.

    ``ballots`` (voters, ideas), 0 where a voter said nothing: approval and choose_1: 1; cumulative
    and scoring: points (negative ones count as none in equal shares); ordinal: place, 1 is best.
    """

    costs: Sequence[Amount]  # (ideas,)
    budget: Amount
    ballots: Numbers
    kind: BallotKind = "approval"
    shares: Sequence[Amount] | None = None  # (voters,) part of the budget each speaks for; equal


@dataclass(frozen=True)
class Outcome:
    """What was chosen, in the order it was chosen."""

    chosen: tuple[int, ...]
    cost: Decimal
    paid: Floats | None  # (voters, ideas) who paid what, with equal shares
    ties: tuple[tuple[int, ...], ...]  # equally good ones between which the order decided
    completed: tuple[int, ...]  # of the chosen, those the completion added


def satisfaction_of(election: Election, *, by: Satisfaction | None = None) -> Floats:
    """How satisfied each voter is with each idea (voters, ideas).

    ``by`` defaults to "cost" for approval and choose_1 (the money spent on what one supports),
    "points" for cumulative and scoring, "borda" for ordinal. "cardinality" and "votes": 1 for each
    idea supported. "borda": the last place on a ballot counts 1, the one before 2 and so on, so
    that who ranks few gives few points; "borda_from_0": one less, as many as it comes before.
    """
    import numpy as np

    ballots = checked_ballots(election)
    wanted = by or USUAL[election.kind]
    supports: Floats = (ballots > 0).astype(np.float64)
    if wanted in ("cardinality", "votes"):
        return supports
    if wanted == "cost":
        supports *= np.array([float(cost) for cost in election.costs])
        return supports
    if wanted in ("borda", "borda_from_0"):
        if election.kind != "ordinal":
            raise ValueError("only ordinal ballots have places")
        ranked = supports.sum(axis=1, keepdims=True)
        supports *= ranked - ballots + (wanted == "borda")
        return supports
    if election.kind == "ordinal":
        raise ValueError("ordinal ballots have places, no points")
    return ballots


def checked_ballots(election: Election) -> Floats:
    """The ballots as an array, or a plain word about what is wrong."""
    import numpy as np

    ballots = np.asarray(election.ballots, dtype=np.float64)
    if ballots.ndim != 2 or ballots.shape[1] != len(election.costs):
        raise ValueError("ballots must be voters × ideas")
    if election.kind == "choose_1" and ((ballots != 0).sum(axis=1) > 1).any():
        raise ValueError("each voter may choose one")
    if election.kind != "scoring" and (ballots < 0).any():
        raise ValueError("only points of a scoring may be negative")
    if election.shares is not None and len(election.shares) != len(ballots):
        raise ValueError("each voter needs a share")
    if any(exact(cost) < 0 for cost in election.costs) or exact(election.budget) < 0:
        raise ValueError("costs and budget must not be negative")
    return ballots


def in_turn(election: Election, order: Sequence[int] | None) -> list[int]:
    """Which comes first of equally good ones (places, by idea): the cheapest, as they stand."""
    count = range(len(election.costs))
    first = order or sorted(count, key=lambda one: (exact(election.costs[one]), one))
    if sorted(first) != list(count):
        raise ValueError("the order must name each idea once")
    return [place for _, place in sorted(zip(first, count, strict=True))]
