"""Our own search as one of the methods that are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loype.kernel.clock import now
from loype.organisations.actor import HOUSE
from loype.search.asking import asked as taken_apart
from loype.search.candidates import gather
from loype.search.evaluation.reading import Entry
from loype.search.evaluation.throwaway import fill, throw_away_schema
from loype.search.ranking import Ranked, rank

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 500
"""So many texts are ranked; what stands behind them counts as not found."""


@dataclass(frozen=True)
class Engine:
    """Search over texts that are in the throw-away schema."""

    count: int

    def answer(self, asked: str, *, itself: int = -1) -> list[Ranked]:
        """What search finds, best first, nothing cut off; the language it has to guess."""
        question = taken_apart(asked, is_own_text=True)
        pool = gather(
            question,
            actor=HOUSE,
            only_comparable=True,
            exclude=("idea", itself) if itself >= 0 else None,
            most=min(self.count, MOST),
        )
        return rank(question, pool)

    def scores(self, asked: str, *, language: str, itself: int = -1) -> NDArray[np.float32]:
        """A number for each text, falling with its place."""
        import numpy as np

        del language
        scores = np.full(self.count, -np.inf, dtype=np.float32)
        for place, found in enumerate(self.answer(asked, itself=itself)):
            scores[found.candidate.thing_id] = -place
        return scores


@contextmanager
def engine_over(texts: Sequence[Entry]) -> Iterator[Engine]:
    """Search over these texts and nothing else, for as long as it is asked."""
    with throw_away_schema():
        fill(texts, at=now())
        yield Engine(len(texts))
