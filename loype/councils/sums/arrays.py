"""What arrays and amounts are called in the sums."""

from __future__ import annotations

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
