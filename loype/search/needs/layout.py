"""Where groups lie on a plane, so that what is alike lies near and nothing lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

ROUNDS = 200
NEARLY = 0.01  # so little may lie on one another


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
    if not boxes:
        return [], 0.0
    wide = [min(box.width, width) + gap for box in boxes]
    high = [box.height + gap for box in boxes]
    area = sum(a * b for a, b in zip(wide, high, strict=True))
    height = max(area / width * 1.25, *high)
    x = _spread(points[:, 0].tolist(), room=[(w / 2, width - w / 2) for w in wide])
    y = _spread(points[:, 1].tolist(), room=[(h / 2, height - h / 2) for h in high])
    for _ in range(ROUNDS):
        if not _push(x, y, wide=wide, high=high, width=width):
            break
    _settle(x, y, wide=wide, high=high)
    top = min(b - h / 2 for b, h in zip(y, high, strict=True))
    bottom = max(b + h / 2 for b, h in zip(y, high, strict=True))
    return [Place(a, b - top) for a, b in zip(x, y, strict=True)], bottom - top


def _spread(values: Sequence[float], *, room: Sequence[tuple[float, float]]) -> list[float]:
    """Ranks and values half and half, from edge to edge: few far-off groups crowd nobody else."""
    count = len(values)
    if count == 1:
        return [sum(room[0]) / 2]
    low, span = min(values), (max(values) - min(values)) or 1.0
    ranks = {place: rank for rank, place in enumerate(sorted(range(count), key=values.__getitem__))}
    shares = [(ranks[one] / (count - 1) + (values[one] - low) / span) / 2 for one in range(count)]
    return [
        least + share * max(most - least, 0.0)
        for share, (least, most) in zip(shares, room, strict=True)
    ]


def _push(
    x: list[float], y: list[float], *, wide: list[float], high: list[float], width: float
) -> bool:
    """One round: each two that cover each other part along the shorter way; whether any did."""
    moved = False
    for one, other in combinations(range(len(x)), 2):
        over_x = (wide[one] + wide[other]) / 2 - abs(x[one] - x[other])
        over_y = (high[one] + high[other]) / 2 - abs(y[one] - y[other])
        if over_x <= NEARLY or over_y <= NEARLY:
            continue
        moved = True
        along, over = (x, over_x) if over_x < over_y else (y, over_y)
        step = over / 2 if along[one] > along[other] else -over / 2
        along[one] += step
        along[other] -= step
    for one, room in enumerate(wide):
        x[one] = min(max(x[one], room / 2), max(width - room / 2, room / 2))
    return moved


def _settle(x: list[float], y: list[float], *, wide: list[float], high: list[float]) -> None:
    """What still covers another goes straight down until it does not, from above to below."""
    done: list[int] = []
    for one in sorted(range(len(x)), key=lambda place: (y[place], x[place])):
        for other in sorted(done, key=lambda before: y[before] - high[before] / 2):
            beside = abs(x[one] - x[other]) >= (wide[one] + wide[other]) / 2 - NEARLY
            need = (high[one] + high[other]) / 2
            if not beside and abs(y[one] - y[other]) < need:
                y[one] = y[other] + need
        done.append(one)
