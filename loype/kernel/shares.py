"""Splitting an amount so that the parts always add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def split_amount(
    amount: Decimal, *, weights: Sequence[Decimal | int], step: Decimal = CENT
) -> list[Decimal]:
    """The amount in parts of whole steps (øre, cents) by weight; what is left over by rounding
    down goes, a step each, to the largest remainders (Hamilton's method), the first among equals.

    Raises ValueError when the amount is no whole number of steps or is negative, or when there is
    no weight above zero or one below.
    """
    whole = sum(map(Fraction, weights), start=Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, and one must be above zero")
    if amount < 0 or amount % step:
        raise ValueError("the amount must be a whole number of steps, and not negative")
    steps = int(amount / step)
    exact = [Fraction(weight) * steps / whole for weight in weights]
    parts = [int(one) for one in exact]
    left = steps - sum(parts)
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[:left]:
        parts[place] += 1
    return [part * step for part in parts]
