"""The simple way: most supported first, as long as the money lasts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from loype.councils.sums.arrays import exact
from loype.councils.sums.voting import Election, Outcome, Satisfaction, in_turn, satisfaction_of


def greedy(
    election: Election,
    *,
    by: Satisfaction | None = None,
    per_cost: bool = True,
    skip: bool = True,
    least: float = 0,
    order: Sequence[int] | None = None,
) -> Outcome:
    """Choose by total satisfaction (per krone with ``per_cost``) as long as the money lasts.

    ``skip``: what does not fit is passed over; else it ends there. ``least``: what satisfies less
    in total is not chosen, and never what satisfies nobody. ``order``: which comes first of equally
    good ones (the cheapest, then as they stand).
    """
    return go_on(election, (), by=by, per_cost=per_cost, skip=skip, least=least, order=order)


def go_on(
    election: Election,
    chosen: Collection[int],
    *,
    by: Satisfaction | None = None,
    per_cost: bool = True,
    skip: bool = True,
    least: float = 0,
    order: Sequence[int] | None = None,
) -> Outcome:
    """Add to what is chosen already, as long as the money lasts."""
    totals = [Fraction(float(total)) for total in satisfaction_of(election, by=by).sum(axis=0)]
    costs = [exact(cost) for cost in election.costs]
    merits = [
        _per_cost(total, Fraction(cost)) if per_cost else total
        for total, cost in zip(totals, costs, strict=True)
    ]
    place = in_turn(election, order)
    can_come = [one for one, total in enumerate(totals) if total > 0 and total >= least]
    waiting = sorted(set(can_come) - set(chosen), key=lambda one: (-merits[one], place[one]))
    left = exact(election.budget) - sum(costs[one] for one in chosen)
    added: list[int] = []
    for one in waiting:
        if costs[one] <= left:
            added.append(one)
            left -= costs[one]
        elif not skip:
            break
    return Outcome(
        chosen=(*chosen, *added),
        cost=exact(election.budget) - left,
        paid=None,
        ties=_ties(waiting, merits, added),
        completed=tuple(added) if chosen else (),
    )


def _per_cost(total: Fraction, cost: Fraction) -> Fraction:
    """Satisfaction per krone; what costs nothing comes before all that costs something."""
    return total / cost if cost else total * 10**30


def _ties(
    waiting: Sequence[int], merits: Sequence[Fraction], added: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """Equally good ones of which some were chosen and others not."""
    groups: dict[Fraction, list[int]] = {}
    for one in waiting:
        groups.setdefault(merits[one], []).append(one)
    return tuple(
        tuple(group) for group in groups.values() if 0 < len(set(group) & set(added)) < len(group)
    )
