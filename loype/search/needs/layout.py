"""Where groups lie on a plane, so that what is alike lies near and nothing lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

ROUNDS = 400


@dataclass(frozen=True)
class Box:
    """What one group needs: its width and height."""

    width: float
    height: float


@dataclass(frozen=True)
class Place:
    """The middle of a group's box."""

    x: float
    y: float


def flat(centres: Sequence[Numbers]) -> Numbers:
    """Groups in two dimensions, shape (k, 2): the two directions in which they differ most.

    Principal components by singular values; the sign of each is such that its largest number is
    positive, so that the same groups always lie alike.
    """
    import numpy as np

    if len(centres) < 2:
        return np.zeros((len(centres), 2))
    middles = np.stack(list(centres))
    around = middles - middles.mean(axis=0)
    left, strength, _ = np.linalg.svd(around.astype(np.float64), full_matrices=False)
    points = np.zeros((len(centres), 2))
    for axis in range(min(2, left.shape[1])):
        column = left[:, axis] * strength[axis]
        points[:, axis] = column if column[np.abs(column).argmax()] >= 0 else -column
    return points


def placed(
    points: Numbers, boxes: Sequence[Box], *, width: float, gap: float = 8.0
) -> tuple[list[Place], float]:
    """The places of boxes on a sheet of a width, and how high the sheet must be.

    Boxes begin where their points lie and push one another away until none covers another; the
    sheet is as wide as it may be and grows downwards. The same points always give the same sheet.
    """
    import numpy as np

    if not boxes:
        return [], 0.0
    wide = np.array([min(box.width, width) for box in boxes]) + gap
    high = np.array([box.height for box in boxes]) + gap
    height = max(float((wide * high).sum()) / width * 1.25, float(high.max()))
    x = _spread(points[:, 0], low=wide / 2, most=width - wide / 2)
    y = _spread(points[:, 1], low=high / 2, most=height - high / 2)
    for _ in range(ROUNDS):
        if not _push(x, y, wide=wide, high=high, width=width):
            break
    _settle(x, y, wide=wide, high=high)
    top, bottom = float((y - high / 2).min()), float((y + high / 2).max())
    return [Place(float(a), float(b - top)) for a, b in zip(x, y, strict=True)], bottom - top


def _spread(values: Numbers, *, low: Numbers, most: Numbers) -> Numbers:
    """Ranks and values half and half, from edge to edge: few far-off groups crowd nobody else."""
    import numpy as np

    count = len(values)
    if count == 1:
        return np.asarray((low + most) / 2, dtype=np.float64)
    ranks = np.empty(count)
    ranks[np.argsort(values, kind="stable")] = np.linspace(0, 1, count)
    span = float(values.max() - values.min()) or 1.0
    share = (ranks + (values - values.min()) / span) / 2
    return np.asarray(low + share * np.maximum(most - low, 0), dtype=np.float64)


def _push(
    x: Numbers,
    y: Numbers,
    *,
    wide: Numbers,
    high: Numbers,
    width: float,
) -> bool:
    """One round: each two that cover each other part along the shorter way; whether any did."""
    import numpy as np

    moved = False
    for one in range(len(x)):
        for other in range(one + 1, len(x)):
            over_x = (wide[one] + wide[other]) / 2 - abs(x[one] - x[other])
            over_y = (high[one] + high[other]) / 2 - abs(y[one] - y[other])
            if over_x <= 0.01 or over_y <= 0.01:
                continue
            moved = True
            along, over = (x, over_x) if over_x < over_y else (y, over_y)
            step = over / 2 if along[one] > along[other] else -over / 2
            along[one] += step
            along[other] -= step
    np.clip(x, wide / 2, np.maximum(width - wide / 2, wide / 2), out=x)
    return moved


def _settle(x: Numbers, y: Numbers, *, wide: Numbers, high: Numbers) -> None:
    """What still covers another goes straight down until it does not, from above to below."""
    import numpy as np

    done: list[int] = []
    for one in np.lexsort((x, y)):
        for other in sorted(done, key=lambda before: y[before] - high[before] / 2):
            beside = abs(x[one] - x[other]) >= (wide[one] + wide[other]) / 2 - 0.01
            need = (high[one] + high[other]) / 2
            if not beside and abs(y[one] - y[other]) < need:
                y[one] = y[other] + need
        done.append(int(one))
