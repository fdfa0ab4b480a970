"""How groups of people are counted so that nobody in a small one can be recognised.

Two rules. Groups of fewer than five people never stand alone: they are put together, by their size
only, so that how they are put together tells nothing of what they did. And a number from one to
four is told as "a few", and the whole as what the rows say: from so many to so many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True)
class Group:
    """Some people, and how many of them gave something."""

    key: int | str | None
    people: int
    givers: int
    area: int | str | None = None


@dataclass(frozen=True)
class Row:
    """One group that may stand alone, or several together."""

    groups: tuple[Group, ...]

    @property
    def people(self) -> int:
        """How many they are."""
        return sum(group.people for group in self.groups)

    @property
    def givers(self) -> int:
        """How many gave; not to be shown where there are few."""
        return sum(group.givers for group in self.groups)

    @property
    def is_few(self) -> bool:
        """Whether the number stays hidden."""
        return 0 < self.givers < FEWEST


def rows_of(groups: Iterable[Group]) -> list[Row]:
    """The groups as rows of five people or more; small ones together, first within their area.

    Only sizes decide. When all of them are fewer than five people there is no row.
    """
    everything = list(groups)
    rows: list[Row] = []
    left: list[Group] = []
    for area in dict.fromkeys(group.area for group in everything):
        here = [group for group in everything if group.area == area]
        alone = [Row((group,)) for group in here if group.people >= FEWEST]
        small = [group for group in here if group.people < FEWEST]
        together = _with_left(list(alone), small) if small and area is not None else []
        rows += together or alone
        left += [] if together else small
    return _with_left(rows, left) if left else rows


def _may_stand(groups: Sequence[Group]) -> bool:
    return len(groups) > 1 and sum(group.people for group in groups) >= FEWEST


def _with_left(rows: list[Row], left: list[Group]) -> list[Row]:
    """What is left over goes together, with the smallest rows if it must."""
    while not _may_stand(left):
        if not rows:
            return []
        smallest = min(rows, key=lambda row: row.people)
        rows.remove(smallest)
        left += smallest.groups
    return [*rows, Row(tuple(left))]


def possible_wholes(rows: Sequence[Row]) -> range:
    """The sums that somebody who reads the rows cannot rule out; one where nothing is hidden."""
    shown = sum(row.givers for row in rows if not row.is_few)
    hidden = sum(row.is_few for row in rows)
    return range(shown + hidden, shown + (FEWEST - 1) * hidden + 1)


def may_stand_beside(second: Sequence[Row], first: Sequence[Row]) -> bool:
    """Whether another division of the same people may be shown beside the first.

    Each narrows down what the whole can be. Where both leave the same single number, what either
    hides must stay open: one hidden number is found by subtraction, and so are several that all are
    1 or all are 4. What decides is what the reader sees anyway, so the decision tells nothing.
    """
    wholes = set(possible_wholes(first)) & set(possible_wholes(second))
    if len(wholes) > 1:
        return True
    return not any(row.is_few for row in (*first, *second))
