"""Groups of things that are alike: average linkage, by numbers alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

Merge = tuple[float, int, int]


@dataclass(frozen=True, eq=False)
class _Chain:
    """The work of one run: who is alive, how alike the living are, how many each holds."""

    alike: NDArray[float32]
    sizes: NDArray[float32]

    def nearest(self, one: int, *, rather: int | None) -> int:
        """The living one that is most alike; among equals the one we came from, else the first."""
        row = self.alike[one]
        best = int(row.argmax())
        return rather if rather is not None and row[rather] >= row[best] else best

    def join(self, kept: int, gone: int) -> None:
        """Let one hold the other too: likeness to the rest is the mean over all it holds."""
        weight = self.sizes[kept] + self.sizes[gone]
        row = (self.alike[kept] * self.sizes[kept] + self.alike[gone] * self.sizes[gone]) / weight
        row[kept] = -2.0
        self.alike[kept], self.alike[:, kept] = row, row
        self.alike[gone], self.alike[:, gone] = -2.0, -2.0
        self.sizes[kept] = weight


def merges(alike: NDArray[float32]) -> list[Merge]:
    """How n things come together, most alike first: likeness and the two, by the smallest number
    that each holds. `alike` has shape (n, n), from -1 to 1.

    The chain of nearest neighbours (Murtagh 1983): each step costs one look along a row.
    """
    import numpy as np

    count = len(alike)
    work = np.array(alike, dtype=np.float32)
    np.fill_diagonal(work, -2.0)
    chain = _Chain(work, np.ones(count, dtype=np.float32))
    alive = list(range(count))[::-1]
    gone: set[int] = set()
    path: list[int] = []
    found: list[Merge] = []
    while len(found) < count - 1:
        while not path:
            start = alive.pop()
            if start not in gone:
                alive.append(start)
                path.append(start)
        here = path[-1]
        there = chain.nearest(here, rather=path[-2] if len(path) > 1 else None)
        if len(path) < 2 or there != path[-2]:
            path.append(there)
            continue
        del path[-2:]
        kept, lost = min(here, there), max(here, there)
        found.append((float(work[here, there]), kept, lost))
        chain.join(kept, lost)
        gone.add(lost)
    return sorted(found, key=lambda merge: (-merge[0], merge[1], merge[2]))


def groups(found: list[Merge], *, count: int, least: float) -> list[list[int]]:
    """The groups that stand when nothing less alike than `least` comes together, by their first."""
    first = list(range(count))

    def root(one: int) -> int:
        while first[one] != one:
            first[one] = first[first[one]]
            one = first[one]
        return one

    for likeness, one, other in found:
        if likeness < least:
            break
        kept, lost = sorted((root(one), root(other)))
        first[lost] = kept
    held: dict[int, list[int]] = {}
    for one in range(count):
        held.setdefault(root(one), []).append(one)
    return list(held.values())
