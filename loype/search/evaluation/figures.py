"""What rankings are worth: how often, and how far up, the texts that were looked for stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 10
NOT_FOUND = 10**9
"""The place of a text that was not found at all."""


@dataclass(frozen=True)
class Figures:
    """The usual figures over many questions, as shares from 0 to 1."""

    questions: int
    hit_at_1: float
    hit_at_5: float
    hit_at_10: float
    recall_at_10: float
    mrr: float

    def as_json(self) -> dict[str, float]:
        """Under the names that everybody uses."""
        return {
            "hit@1": round(self.hit_at_1, 4),
            "hit@5": round(self.hit_at_5, 4),
            "hit@10": round(self.hit_at_10, 4),
            "recall@10": round(self.recall_at_10, 4),
            "mrr": round(self.mrr, 4),
        }


def figures(answers: Sequence[Sequence[int]]) -> Figures:
    """The figures over the places of what was wanted, question by question."""
    count = max(len(answers), 1)

    def hit(most: int) -> float:
        return sum(min(one) <= most for one in answers) / count

    within = sum(sum(place <= LOOKED_AT for place in one) / len(one) for one in answers)
    reciprocal = sum(1 / min(one) for one in answers if min(one) < NOT_FOUND)
    return Figures(
        questions=len(answers),
        hit_at_1=hit(1),
        hit_at_5=hit(5),
        hit_at_10=hit(LOOKED_AT),
        recall_at_10=within / count,
        mrr=reciprocal / count,
    )


def spearman(left: Sequence[float], right: Sequence[float]) -> float:
    """How alike two lists of numbers order the same things, from -1 to 1."""
    import numpy as np

    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def _ranks(numbers: Sequence[float]) -> Sequence[float]:
    """The rank of each number; equal ones share the middle of theirs."""
    import numpy as np

    values = np.asarray(numbers, dtype=np.float64)
    _, places_of, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middles = ends - (counts - 1) / 2
    return list(middles[places_of])
