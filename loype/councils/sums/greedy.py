"""The simple way: most supported first, as long as the money lasts."""

from __future__ import annotations

from collections.abc import Sequence

from loype.councils.sums.voting import Election, Outcome, Satisfaction


def greedy(
    election: Election,
    *,
    by: Satisfaction | None = None,
    per_cost: bool = True,
    skip: bool = True,
    order: Sequence[int] | None = None,
) -> Outcome:
    """Choose by total satisfaction (per krone with ``per_cost``) as long as the money lasts.

    ``skip``: what does not fit is passed over; else it ends there. ``order``: which comes first of
    equally good ones (the cheapest, then as they stand).
    """
    raise NotImplementedError
