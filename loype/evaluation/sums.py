"""The arithmetic of measurements; plain Python."""

from __future__ import annotations

from decimal import Decimal


def realised_share(*, baseline: Decimal, target: Decimal, measured: Decimal) -> Decimal | None:
    """How much of the way from baseline to target was gone, as a share (1 = the whole way).

    (measured - baseline) / (target - baseline), without unit; the same formula serves for
    "higher is better" and "lower is better", since both differences change sign together. More
    than 1 when the target was passed, negative when it got worse. None when baseline and target
    are equal, because then there is no way to go. Source: usual benefits-realisation practice.
    """
    way = target - baseline
    if way == 0:
        return None
    return (measured - baseline) / way
