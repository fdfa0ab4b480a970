"""The set of highest value under a budget and other ceilings, exactly (HiGHS through SciPy)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loype.councils.sums.arrays import Amount


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A ceiling beside the budget, such as person-months of one unit."""

    name: str
    uses: Sequence[Amount]  # (ideas,)
    ceiling: Amount


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be chosen, and under which conditions."""

    values: Sequence[float]  # (ideas,) not negative
    costs: Sequence[Amount]  # (ideas,) not negative
    budget: Amount
    limits: Sequence[Limit] = ()
    required: Collection[int] = ()  # must be in
    needs: Collection[tuple[int, int]] = ()  # (i, j): i only together with j
    exclusions: Collection[Collection[int]] = ()  # at most one of each


@dataclass(frozen=True)
class Proposal:
    """The set of highest value, and of these the cheapest."""

    chosen: tuple[int, ...]
    value: float
    cost: Decimal
    used: tuple[Decimal, ...]  # of each limit


class Impossible(ValueError):
    """No set meets the conditions: what must be in does not go together or does not fit.

    ``because`` is "budget", "exclusion" or the name of the limit; ``ideas`` are those that must be
    in (with what they need); ``missing`` is how much of the budget or limit is lacking.
    """

    def __init__(
        self, because: str, *, ideas: tuple[int, ...], missing: Decimal = Decimal(0)
    ) -> None:
        super().__init__(f"{because}: {len(ideas)} that must be in, {missing} too little")
        self.because, self.ideas, self.missing = because, ideas, missing


def select(options: Options) -> Proposal:
    """The set of highest value; of equal ones, the cheapest. ``Impossible`` when there is none."""
    raise NotImplementedError
