"""What fell out of a proposed set, why, and what it would cost to bring it in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loype.councils.sums.selecting import Options, Proposal

Because = Literal["budget", "limit", "need", "exclusion", "value"]


@dataclass(frozen=True)
class FellOut:
    """One idea that is not in the proposed set."""

    idea: int
    because: Because  # the first thing that would have to give way
    limit: str | None  # the limit's name where `because` is "limit"
    brings: tuple[int, ...]  # what it needs that is not in the set either
    displaces: tuple[int, ...] | None  # what leaves if it must be in; None: it cannot be in
    value_lost: float | None  # by that exchange
    extra_budget: Decimal | None  # least more money at which a best set holds it; None: no sum does


def explain(
    options: Options, proposal: Proposal, *, which: Collection[int] | None = None
) -> tuple[FellOut, ...]:
    """Why each idea (or each of ``which``) is not in the set, in the order of their value."""
    raise NotImplementedError
