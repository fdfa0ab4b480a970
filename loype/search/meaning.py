"""From words to comparable vectors: the embedder in use together with its calibration."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.search.analysis import surface
from loype.search.calibration.reading import Calibration, calibration_of
from loype.search.embedding import Embedder, EmbeddingUnavailable, current_embedder
from loype.search.embedding.outside import OutsideEmbedder

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

Shares = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Meaning:
    """What turns texts into vectors that can be compared across languages."""

    embedder: Embedder
    calibration: Calibration

    @property
    def is_outside(self) -> bool:
        """Whether texts leave this machine to be understood."""
        return isinstance(self.embedder, OutsideEmbedder)

    @property
    def name(self) -> str:
        """Of vectors that may be compared with each other; another calibration, another name."""
        return f"{self.embedder.id[:53]}+{self.calibration.name}"

    def of(self, texts: Sequence[str], *, languages: Sequence[Shares]) -> NDArray[float32]:
        """Unit vectors of shape (n, 256). Raises `EmbeddingUnavailable`."""
        raw = self.embedder.embed(texts)
        words = [len(surface(text)) for text in texts]
        return self.calibration.comparable(raw, languages=languages, words=words)


@lru_cache(maxsize=4)
def _meaning(embedder: Any, calibration: Calibration) -> Meaning:
    """One for each pair, so that what is kept of questions is found again."""
    return Meaning(embedder, calibration)


def current_meaning() -> Meaning | None:
    """The meaning in use; none where search goes by words alone."""
    embedder: Any = current_embedder()
    if embedder is None:
        return None
    calibration = calibration_of(embedder.id)
    return _meaning(embedder, calibration) if calibration else None


def asked_vector(text: str, *, languages: Shares) -> NDArray[float32] | None:
    """The vector of what somebody asks for, or none where there is no working embedder now."""
    meaning = current_meaning()
    if meaning is None:
        return None
    try:
        return _of_question(meaning, text, tuple(sorted(languages.items())))
    except EmbeddingUnavailable as problem:
        logger.warning("Search goes by words alone: %s", problem)
        return None


@lru_cache(maxsize=256)
def _of_question(
    meaning: Any, text: str, languages: tuple[tuple[str, float], ...]
) -> NDArray[float32]:
    vector: NDArray[float32] = meaning.of([text], languages=[dict(languages)])[0]
    return vector


def may_be_understood(actor: Actor) -> bool:
    """Whether what this person types may be given to the embedder.

    Always to one of our own; to one elsewhere only if the organisation the person acts in let its
    texts leave this machine.
    """
    meaning = current_meaning()
    if meaning is None or not meaning.is_outside or actor.is_house:
        return meaning is not None
    own = Organisation.objects.filter(pk=actor.organisation_id or 0, sends_text_outside=True)
    return own.exists()
