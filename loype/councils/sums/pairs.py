"""A ranking from pairwise comparisons: the Bradley-Terry model.

Hunter, MM algorithms for generalized Bradley-Terry models, Annals of Statistics 32 (2004) 384-406.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Floats, Numbers

Connection = Literal["one", "ordered", "apart"]


class NotComparable(ValueError):
    """The comparisons do not say how all of them stand to each other."""

    def __init__(self, groups: tuple[tuple[int, ...], ...], connection: Connection) -> None:
        super().__init__(f"{len(groups)} groups that the comparisons do not tie together")
        self.groups, self.connection = groups, connection


@dataclass(frozen=True)
class Strengths:
    """How strong each idea is; i is preferred to j with the odds strength i to strength j."""

    strengths: Floats  # (ideas,) geometric mean 1
    order: tuple[int, ...]  # best first
    groups: tuple[tuple[int, ...], ...]  # tied together by wins both ways; "ordered": best first
    connection: Connection  # "one" group; "ordered": a group never lost to the next; "apart"
    iterations: int

    def preferred(self, first: int, second: int) -> float:
        """How likely the first is preferred to the second."""
        return float(self.strengths[first] / (self.strengths[first] + self.strengths[second]))


def bradley_terry(
    wins: Numbers, *, prior: float = 0.1, tolerance: float = 1e-10, most_iterations: int = 10_000
) -> Strengths:
    """Strengths from ``wins`` (ideas, ideas): how often i was preferred to j; a tie is ½ and ½.

    ``prior`` is that many wins and as many losses of each idea against an imagined average one; it
    keeps strengths finite where one never lost. With ``prior=0`` it is the maximum likelihood,
    which exists only where wins tie all together both ways: else ``NotComparable`` with the groups.
    With a prior there is always an answer; ``connection`` and ``groups`` say how far the
    comparisons bear it ("apart": between these groups nobody compared enough to tell).
    """
    raise NotImplementedError
