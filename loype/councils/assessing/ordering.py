"""Orders that can be checked afterwards: by rule, or by lot from a seed that is told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")
ALL_PAIRS_UP_TO = 6
PAIRS_EACH = 3


def member_order(things: Sequence[Thing], *, rule: str, seed: int, person_id: int) -> list[Thing]:
    """The order in which a member gets the things; the same seed and member, the same order."""
    found = list(things)
    if rule == "random":
        Random(f"{seed}-{person_id}").shuffle(found)  # noqa: S311  fair, not secret
    return found


def pairs_to_compare(
    things: Sequence[Thing], *, seed: int, person_id: int
) -> list[tuple[Thing, Thing]]:
    """Which pairs a member is asked about: all of a few, else about three for each thing.

    The pairs of one member tie all things together: rings of growing stride through a shuffled
    order, of which the first touches everything.
    """
    lot = Random(f"{seed}-{person_id}")  # noqa: S311
    mixed = list(things)
    lot.shuffle(mixed)
    if len(mixed) <= ALL_PAIRS_UP_TO:
        pairs = list(combinations(mixed, 2))
    else:
        count = len(mixed)
        pairs = [
            (mixed[place], mixed[(place + stride) % count])
            for stride in range(1, PAIRS_EACH + 1)
            for place in range(count)
        ]
    lot.shuffle(pairs)
    return [pair if lot.random() < 0.5 else (pair[1], pair[0]) for pair in pairs]


def moved(order: Sequence[Thing], moves: Sequence[tuple[Thing, int]]) -> list[Thing]:
    """An order after manual moves, one after the other: (what, to which place, 1 is first)."""
    found = list(order)
    for thing, place in moves:
        found.remove(thing)
        found.insert(place - 1, thing)
    return found
