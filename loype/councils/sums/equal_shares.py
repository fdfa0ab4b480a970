"""The method of equal shares: every voter speaks for the same part of the money.

Peters & Skowron, Proportionality and the limits of welfarism, EC 2020; Peters, Pierczyński &
Skowron, Proportional participatory budgeting with additive utilities, NeurIPS 2021.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from loype.councils.sums.arrays import exact
from loype.councils.sums.greedy import go_on
from loype.councils.sums.voting import Election, Outcome, Satisfaction, in_turn, satisfaction_of

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Floats

Completion = Literal["none", "greedy", "increments", "increments_greedy"]
SAME = 1e-9  # relative: prices closer than this are equal, and so much may be lacking


def equal_shares(
    election: Election,
    *,
    by: Satisfaction | None = None,
    completion: Completion = "none",
    step: float = 0.01,
    order: Sequence[int] | None = None,
) -> Outcome:
    """Choose by equal shares: those who support an idea pay for it, as evenly as they can.

    Each round takes the idea whose supporters pay least per satisfaction. ``completion`` says what
    becomes of what is left: nothing; "greedy" adds by satisfaction per krone; "increments" lets all
    speak for more (``step`` of their share), again and again, up to the last outcome that the
    budget bears. ``order``: which comes first of equally good ones (the cheapest, as they stand).
    """
    shared = _Shared(election, by=by, order=order)
    outcome = shared.run(1.0)
    if completion.startswith("increments"):
        outcome = _incremented(shared, outcome, step=step)
    if completion.endswith("greedy"):
        more = go_on(election, outcome.chosen, by=by, order=order)
        added = more.chosen[len(outcome.chosen) :]
        return replace(
            outcome,
            chosen=more.chosen,
            cost=more.cost,
            ties=outcome.ties + more.ties,
            completed=outcome.completed + added,
        )
    return outcome


def _incremented(shared: _Shared, outcome: Outcome, *, step: float) -> Outcome:
    """The last outcome within the budget when everybody speaks for ever more."""
    if not step > 0:
        raise ValueError("the step must be above 0")
    plain, times = outcome, 0
    while shared.could_add_to(outcome):
        times += 1
        further = shared.run(1 + times * step)
        if further.cost > exact(shared.election.budget):
            break
        outcome = further
    added = tuple(one for one in outcome.chosen if one not in plain.chosen)
    return replace(outcome, completed=added)


@dataclass(frozen=True)
class _Offer:
    """What an idea would cost its supporters: the price of one satisfaction, and who pays what."""

    price: float
    payments: Floats


class _Shared:
    """An election, prepared to be run with more or less money for each."""

    def __init__(
        self, election: Election, *, by: Satisfaction | None, order: Sequence[int] | None
    ) -> None:
        import numpy as np

        self.election = election
        satisfied = np.clip(satisfaction_of(election, by=by), 0, None)
        self.supporters = [np.flatnonzero(column) for column in satisfied.T]
        self.satisfied = [
            column[who] for column, who in zip(satisfied.T, self.supporters, strict=True)
        ]
        self.exact_costs = [exact(cost) for cost in election.costs]
        self.costs = [float(cost) for cost in self.exact_costs]
        self.voters = len(satisfied)
        given = election.shares if election.shares is not None else [1] * self.voters
        parts = np.array([float(share) for share in given])
        if (parts < 0).any() or (self.voters and not parts.sum() > 0):
            raise ValueError("shares must not be negative, nor all 0")
        self.shares = parts / parts.sum() * float(election.budget) if self.voters else parts
        self.place = in_turn(election, order)

    def could_add_to(self, outcome: Outcome) -> bool:
        """Whether something that somebody supports would still fit within the budget."""
        left = exact(self.election.budget) - outcome.cost
        return any(
            len(who) and self.shares[who].any() and cost <= left
            for one, (cost, who) in enumerate(zip(self.exact_costs, self.supporters, strict=True))
            if one not in outcome.chosen
        )

    def run(self, times: float) -> Outcome:
        """Choose with so many times the shares; prices only rise, so that few are asked anew."""
        import numpy as np

        money = self.shares * times
        paid = np.zeros((self.voters, len(self.costs)))
        waiting = [(0.0, self.place[one], one) for one in range(len(self.costs))]
        heapq.heapify(waiting)
        chosen: list[int] = []
        ties: list[tuple[int, ...]] = []
        while (found := self._cheapest(waiting, money)) is not None:
            idea, offer, equal = found
            who = self.supporters[idea]
            money[who] = np.clip(money[who] - offer.payments, 0, None)
            paid[who, idea] = offer.payments
            chosen.append(idea)
            if len(equal) > 1:
                ties.append(equal)
        cost = sum((self.exact_costs[one] for one in chosen), Decimal(0))
        return Outcome(tuple(chosen), cost, paid, tuple(ties), ())

    def _cheapest(
        self, waiting: list[tuple[float, int, int]], money: Floats
    ) -> tuple[int, _Offer, tuple[int, ...]] | None:
        """The idea with the lowest price, taken off those that wait, and its equals."""
        offers: dict[int, _Offer] = {}
        lowest = float("inf")
        while waiting and waiting[0][0] <= lowest * (1 + SAME):
            _, _, idea = heapq.heappop(waiting)
            offer = self._offer(idea, money)
            if offer is not None:
                offers[idea] = offer
                lowest = min(lowest, offer.price)
        equal = [one for one in offers if offers[one].price <= lowest * (1 + SAME)]
        if not equal:
            return None
        best = min(equal, key=lambda one: self.place[one])
        for one, offer in offers.items():
            if one != best:
                heapq.heappush(waiting, (offer.price, self.place[one], one))
        return best, offers[best], tuple(sorted(equal))

    def _offer(self, idea: int, money: Floats) -> _Offer | None:
        """The price at which the supporters can pay, those with too little giving all they have."""
        import numpy as np

        cost, who, satisfied = self.costs[idea], self.supporters[idea], self.satisfied[idea]
        held = money[who]
        if not len(who) or held.sum() < cost * (1 - SAME):
            return None
        most = held / satisfied  # the price at which each has nothing left
        turn = np.argsort(most, kind="stable")
        emptied = np.concatenate([[0.0], np.cumsum(held[turn])[:-1]])
        rest = np.cumsum(satisfied[turn][::-1])[::-1]
        prices = (cost - emptied) / rest
        bears = np.flatnonzero(prices <= most[turn])
        price = float(prices[bears[0]]) if len(bears) else float(most.max())
        return _Offer(max(price, 0.0), np.minimum(held, max(price, 0.0) * satisfied))
