"""A ranking from pairwise comparisons: the Bradley-Terry model.

Hunter, MM algorithms for generalized Bradley-Terry models, Annals of Statistics 32 (2004) 384-406.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Flags, Floats, Numbers

Connection = Literal["one", "ordered", "apart"]
Groups = tuple[tuple[int, ...], ...]


class NotComparable(ValueError):
    """The comparisons do not say how all of them stand to each other."""

    def __init__(self, groups: Groups, connection: Connection) -> None:
        super().__init__(f"{len(groups)} groups that the comparisons do not tie together")
        self.groups, self.connection = groups, connection


class NotSettled(ArithmeticError):
    """The strengths still moved after the most rounds allowed."""


@dataclass(frozen=True)
class Strengths:
    """How strong each idea is; i is preferred to j with the odds strength i to strength j."""

    strengths: Floats  # (ideas,) geometric mean 1
    order: tuple[int, ...]  # best first
    groups: Groups  # tied together by wins both ways; "ordered": best first
    connection: Connection  # "one" group; "ordered": a group never lost to the next; "apart"
    iterations: int

    def preferred(self, first: int, second: int) -> float:
        """How likely the first is preferred to the second."""
        return float(self.strengths[first] / (self.strengths[first] + self.strengths[second]))


def bradley_terry(
    wins: Numbers, *, prior: float = 0.1, tolerance: float = 1e-10, most_iterations: int = 200
) -> Strengths:
    """Strengths from ``wins`` (ideas, ideas): how often i was preferred to j; a tie is ½ and ½.

    ``prior`` is that many wins and as many losses of each idea against an imagined average one; it
    keeps strengths finite where one never lost. With ``prior=0`` it is the maximum likelihood,
    which exists only where wins tie all together both ways: else ``NotComparable`` with the groups.
    With a prior there is always an answer; ``connection`` and ``groups`` say how far the
    comparisons bear it ("apart": between some groups nobody compared enough to tell).
    """
    import numpy as np

    table = np.array(wins, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not table.size:
        raise ValueError("wins must be a square table")
    if not np.isfinite(table).all() or (table < 0).any() or prior < 0:
        raise ValueError("wins and prior must not be negative")
    np.fill_diagonal(table, 0)
    groups, connection = connected(table > 0)
    if prior == 0 and connection != "one":
        raise NotComparable(groups, connection)
    strengths, iterations = _climb(
        table, prior=prior, tolerance=tolerance, most_iterations=most_iterations
    )
    strengths = strengths / np.exp(np.log(strengths).mean())
    order = tuple(int(one) for one in np.argsort(-strengths, kind="stable"))
    return Strengths(strengths, order, groups, connection, iterations)


def _climb(
    table: Floats, *, prior: float, tolerance: float, most_iterations: int
) -> tuple[Floats, int]:
    """Newton's steps on the logarithms of the strengths, halved until what was seen is no less
    likely, until nothing moves. Where members agree, Hunter's own steps need tens of thousands."""
    import numpy as np

    met, won = table + table.T, table.sum(axis=1) + prior
    place = np.zeros(len(table))
    if len(table) == 1:
        return np.exp(place), 0
    likely = _likely(table, place, prior=prior)
    for step in range(1, most_iterations + 1):
        move = _newton(met, won, place, prior=prior)
        while (further := _likely(table, place + move, prior=prior)) < likely - abs(likely) * 1e-13:
            move = move / 2
        place, likely = place + move, further
        if float(np.abs(move).max()) < tolerance:
            return np.exp(place), step
    raise NotSettled(f"still moving after {most_iterations} rounds")


def _likely(table: Floats, place: Floats, *, prior: float) -> float:
    """The logarithm of how likely the comparisons are, with what the prior adds."""
    import numpy as np

    seen = table * -np.logaddexp(0, place - place[:, None])
    imagined = place - 2 * np.logaddexp(0, place)
    return float(seen.sum() + prior * imagined.sum())


def _newton(met: Floats, won: Floats, place: Floats, *, prior: float) -> Floats:
    """How far each is to move: the slope over the curvature."""
    import numpy as np

    preferred = np.exp(-np.logaddexp(0, place - place[:, None]))
    against_average = np.exp(-np.logaddexp(0, -place))
    slope = won - (met * preferred).sum(axis=1) - 2 * prior * against_average
    bend = met * preferred * preferred.T
    curve = np.diag(bend.sum(axis=1) + 2 * prior * against_average * (1 - against_average)) - bend
    # Without a prior only their relations are known: their mean stays where it is.
    curve += 0 if prior else np.full_like(curve, 1 / len(place))
    move: Floats = np.linalg.solve(curve, slope)
    return move


def connected(beats: Flags) -> tuple[Groups, Connection]:
    """Which are tied together by wins both ways, and how these groups stand to each other."""
    import numpy as np

    count = len(beats)
    reaches = np.eye(count, dtype=np.float32) + beats
    for _ in range(max(1, count.bit_length())):
        reaches = np.minimum(reaches @ reaches, 1).astype(np.float32)
    leads = reaches > 0
    both = leads & leads.T
    heads = both.argmax(axis=1)
    found = [tuple(int(one) for one in np.flatnonzero(heads == head)) for head in np.unique(heads)]
    if len(found) == 1:
        return tuple(found), "one"
    if (leads | leads.T).all():
        # The first group leads to all others, the next to all but one, and so on.
        found.sort(key=lambda group: -int(leads[group[0]].sum()))
        return tuple(found), "ordered"
    return tuple(found), "apart"
