"""The method of equal shares: every voter speaks for the same part of the money.

Peters & Skowron, Proportionality and the limits of welfarism, EC 2020; Peters, Pierczyński &
Skowron, Proportional participatory budgeting with additive utilities, NeurIPS 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from loype.councils.sums.arrays import Amount
from loype.councils.sums.voting import Election, Outcome, Satisfaction

Completion = Literal["none", "greedy", "increments", "increments_greedy"]


def equal_shares(
    election: Election,
    *,
    by: Satisfaction | None = None,
    completion: Completion = "none",
    increment: Amount = 1,
    order: Sequence[int] | None = None,
) -> Outcome:
    """Choose by equal shares: those who support an idea pay for it, as evenly as they can.

    Each round takes the idea whose supporters pay least per satisfaction. ``completion`` says what
    becomes of what is left: nothing; "greedy" adds by satisfaction per krone; "increments" gives
    everybody ``increment`` more, again and again, up to the last outcome that the budget bears.
    """
    raise NotImplementedError
