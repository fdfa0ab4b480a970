"""Draws of weights and scores, and the order of the ideas in each draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from loype.councils.sums.arrays import Floats, Numbers

    Orders: TypeAlias = npt.NDArray[np.uint16]  # (ideas, draws): which idea has which rank
    Random: TypeAlias = np.random.Generator
    Block: TypeAlias = Callable[[Floats], Floats]  # weights (some draws, criteria) -> values

Disagreement = Literal["views", "cells", "none"]
BLOCK_CELLS = 2_000_000  # 16 MB for a table of values
NEAR_CELLS = 32_768  # 256 kB: what is worked on again and again stays near the processor

# A sorting key holds the value (31 bits), a lot for equal values (16) and the idea (13).
VALUE_STEPS, LOT_BITS, IDEA_BITS = 2**31 - 1, 16, 13


def draw_weights(
    weights: Numbers | None,
    *,
    criteria: int,
    concentration: float | None,
    draws: int,
    random: Random,
) -> tuple[Floats, Floats]:
    """The middle weights (criteria,) of sum 1, and those of each draw (draws, criteria)."""
    import numpy as np

    if weights is None:
        middle = np.full(criteria, 1 / criteria)
        concentration = float(criteria) if concentration is None else concentration
    else:
        middle = np.asarray(weights, dtype=np.float64)
        if middle.shape != (criteria,) or (middle < 0).any() or not middle.sum() > 0:
            raise ValueError("weights must be one for each criterion, none negative, not all 0")
        middle = middle / middle.sum()
    if concentration is None or math.isinf(concentration):
        return middle, np.tile(middle, (draws, 1))
    if not concentration > 0:
        raise ValueError("the concentration must be above 0")
    drawn = np.zeros((draws, criteria))
    counted = middle > 0  # what weighs nothing keeps weighing nothing
    drawn[:, counted] = random.dirichlet(concentration * middle[counted], size=draws)
    return middle, drawn


def draw_orders(
    scores: Floats, *, weights: Floats, disagreement: Disagreement, random: Random
) -> Orders:
    """The ideas from best to worst in each draw, (ideas, draws)."""
    import numpy as np

    ways = {"views": _by_views, "cells": _by_cells, "none": _by_means}
    lowest, highest = float(np.nanmin(scores)), float(np.nanmax(scores))
    # On a scale from 0 to 1, so that keys are as fine as they can be.
    scaled = (scores - lowest) / ((highest - lowest) or 1.0)
    values = ways[disagreement](scaled, random)
    ideas, draws = len(scores), len(weights)
    size = max(1, BLOCK_CELLS // ideas)
    orders = np.empty((ideas, draws), dtype=np.uint16)
    for start in range(0, draws, size):
        block = values(weights[start : start + size])
        for few in near(block):
            orders[:, start + few.start : start + few.stop] = _order(block[few], random).T
    return orders


def near(table: Floats) -> Iterator[slice]:
    """The rows of a table, a few at a time."""
    rows, across = table.shape
    step = max(1, NEAR_CELLS // across)
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def _order(values: Floats, random: Random) -> Orders:
    """The ideas of each row, best first; equal ones by lot.

    One sort of whole numbers that carry the idea with them: three times as quick as `argsort`.
    """
    import numpy as np

    keys = np.rint((1 - values) * VALUE_STEPS).astype(np.int64)
    np.clip(keys, 0, VALUE_STEPS, out=keys)
    keys <<= LOT_BITS
    keys |= random.integers(0, 2**LOT_BITS, size=keys.shape, dtype=np.uint16)
    keys <<= IDEA_BITS
    keys |= np.arange(values.shape[1])
    keys.sort(axis=1)
    orders: Orders = (keys & (2**IDEA_BITS - 1)).astype(np.uint16)
    return orders


def _by_means(scores: Floats, random: Random) -> Block:
    """Values by the mean of the members."""
    import numpy as np

    means = np.nanmean(scores, axis=2).T
    return lambda weights: weights @ means


def _by_views(scores: Floats, random: Random) -> Block:
    """Values by the scores of one member for each idea, who assessed it.

    Their scores are copied together, and each draw is then one small product: one large product of
    all members' scores is slower, and worst where other work waits for the processor.
    """
    import numpy as np

    means = np.nanmean(scores, axis=2, keepdims=True)
    has_said = ~np.isnan(scores).all(axis=1)
    filled = np.where(np.isnan(scores), means, scores)
    first = np.argsort(~has_said, axis=1, kind="stable")  # who assessed the idea, first
    heard = np.take_along_axis(filled, first[:, None, :], axis=2)
    ideas, criteria, members = scores.shape
    said = np.ascontiguousarray(heard.transpose(0, 2, 1)).reshape(ideas * members, criteria)
    starts = np.arange(ideas) * members
    voices = has_said.sum(axis=1)

    def block(weights: Floats) -> Floats:
        values = np.empty((len(weights), ideas))
        for few in near(values):
            chosen = starts + _picks(random, few.stop - few.start, voices)
            values[few] = np.matmul(said.take(chosen, axis=0), weights[few, :, None])[:, :, 0]
        return values

    return block


def _by_cells(scores: Floats, random: Random) -> Block:
    """Values by the score of one member for each idea and criterion, who gave one."""
    import numpy as np

    ideas, criteria, members = scores.shape
    has_said = ~np.isnan(scores)
    first = np.argsort(~has_said, axis=2, kind="stable")
    heard = np.take_along_axis(scores, first, axis=2)
    voices, starts = has_said.sum(axis=2), np.arange(ideas) * members
    flat = heard.transpose(1, 0, 2).reshape(criteria, ideas * members)

    def block(weights: Floats) -> Floats:
        values = np.zeros((len(weights), ideas))
        for few in near(values):
            for one in range(criteria):
                chosen = starts + _picks(random, few.stop - few.start, voices[:, one])
                values[few] += weights[few, one, None] * flat[one].take(chosen)
        return values

    return block


def _picks(random: Random, draws: int, voices: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each draw and idea one of its voices, all alike likely (to one in 65,536)."""
    import numpy as np

    lots = random.integers(0, 2**16, size=(draws, len(voices)), dtype=np.uint16)
    return (lots * voices) >> 16
