"""Ballots of several voters, and how satisfied a voter is with an idea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from loype.councils.sums.arrays import Amount

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Floats, Numbers

BallotKind = Literal["approval", "choose_1", "cumulative", "scoring", "ordinal"]
Satisfaction = Literal["cardinality", "cost", "points", "borda", "votes"]


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
    idea supported. Borda: as many points as the longest ballot has places, one less for each place.
    """
    raise NotImplementedError
