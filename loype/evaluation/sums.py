"""The arithmetic of measurements; plain Python."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


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


class Reach(StrEnum):
    """How far a measured value has come, said at a glance."""

    NOT_MEASURED = "not_measured"
    WORSE = "worse"
    ON_THE_WAY = "on_the_way"
    REACHED = "reached"


def reach_of(
    *, baseline: Decimal, target: Decimal, measured: Decimal | None, lower_is_better: bool
) -> Reach:
    """Whether a measured value is worse than the baseline, on the way, or at the target.

    All three are in the indicator's own unit. Where baseline and target are equal the aim is to
    keep what there is: as good or better is "reached", anything else "worse".
    """
    if measured is None:
        return Reach.NOT_MEASURED
    sign = -1 if lower_is_better else 1
    if sign * (measured - target) >= 0:
        return Reach.REACHED
    return Reach.WORSE if sign * (measured - baseline) < 0 else Reach.ON_THE_WAY
