"""How search is doing: what it goes by, how much it has read, how far it is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loype.search.analysis import ANALYSER_VERSION
from loype.search.embedding import embedder_state
from loype.search.indexing import lag
from loype.search.meaning import current_meaning
from loype.search.models import SearchEmbedder, SearchText, SearchVector


@dataclass(frozen=True)
class SearchState:
    """What an operator wants to know of search."""

    by_meaning: bool
    embedder: str
    problem: str
    analyser: str
    texts: int
    vectors: int
    waiting: int
    oldest: datetime | None
    embedders: tuple[str, ...]

    def as_facts(self) -> dict[str, Any]:
        """For a program."""
        return {
            "by_meaning": self.by_meaning,
            "embedder": self.embedder,
            "problem": self.problem,
            "analyser": self.analyser,
            "texts": self.texts,
            "vectors": self.vectors,
            "waiting": self.waiting,
            "oldest": self.oldest.isoformat() if self.oldest else None,
            "embedders": list(self.embedders),
        }

    def lines(self) -> list[str]:
        """For a person at a terminal."""
        told = [
            f"Search goes by {'meaning and words' if self.by_meaning else 'words alone'}.",
            f"Embedder: {self.embedder or 'none'}",
            f"Analyser: {self.analyser}",
            f"Texts: {self.texts:,}, vectors: {self.vectors:,}",
            f"Waiting to be read: {self.waiting:,}"
            + (f", the oldest since {self.oldest:%Y-%m-%d %H:%M}" if self.oldest else ""),
        ]
        told += [f"  vectors of {name} are kept" for name in self.embedders]
        return [*told, f"Problem: {self.problem}"] if self.problem else told


def search_state() -> SearchState:
    """Count; a second or so where there are a million texts."""
    embedder, meaning, behind = embedder_state(), current_meaning(), lag()
    problem = str(embedder.problem)
    if embedder.is_ready and meaning is None:
        problem = "There is no calibration for this embedder: run `loype search calibrate`."
    return SearchState(
        by_meaning=meaning is not None,
        embedder=embedder.name,
        problem=problem,
        analyser=ANALYSER_VERSION,
        texts=SearchText.objects.count(),
        vectors=SearchVector.objects.count(),
        waiting=behind.waiting,
        oldest=behind.oldest,
        embedders=tuple(SearchEmbedder.objects.order_by("pk").values_list("name", flat=True)),
    )
