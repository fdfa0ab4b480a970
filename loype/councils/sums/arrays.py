"""What arrays and amounts are called in the sums."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]
    Counts: TypeAlias = npt.NDArray[np.int64]
    Flags: TypeAlias = npt.NDArray[np.bool_]
    Numbers: TypeAlias = npt.ArrayLike

Amount: TypeAlias = int | float | Decimal


def exact(amount: Amount) -> Decimal:
    """The amount as it is written: 0.1 is a tenth, not the nearest binary number."""
    return amount if isinstance(amount, Decimal) else Decimal(str(amount))


def whole(amounts: Iterable[Amount]) -> tuple[list[int], Decimal]:
    """The amounts counted in the largest unit that makes all of them whole, and that unit."""
    given = [exact(amount) for amount in amounts]
    finest = min((_exponent(amount) for amount in given), default=0)
    unit = Decimal(1).scaleb(min(finest, 0))
    return [int(amount / unit) for amount in given], unit


def _exponent(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("an amount must be a number")
    return exponent
