"""Puts what comes into question in order, and says how alike it is in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, log1p
from typing import TYPE_CHECKING, Any

from loype.search.analysis import surface
from loype.search.analysis.frequency import shares
from loype.search.analysis.words import plain
from loype.search.asking import Asked
from loype.search.candidates import Candidate, Pool
from loype.search.explanation import Reason, reason_for
from loype.search.found import FoundText
from loype.search.labels import Band
from loype.search.meaning import current_meaning
from loype.search.scoring import character_cosine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHED_SIGNS = 400  # of a candidate's text are compared letter by letter
LETTERED = 60  # of the best by all else are compared so: it takes longer than all else together
BANDS = (Band.SAME.value, Band.SIMILAR.value, Band.RELATED.value)
RAREST = 0.0005  # the share of texts that is taken for a token nobody has counted

# How words alone are weighed: fitted by `loype search calibrate` on sentences of ours, as the
# weights that come with an embedder; kept here because they belong to no embedder.
BY_WORDS: Mapping[str, float] = {
    "characters": 0.6,
    "overlap": 1.0,
    "telling": 0.0,  # words that nobody has would count against those that all have
    "exact": 0.5,
    "bias": -5.5,
    "by_characters": 5.0,
    "by_overlap": 6.0,
    "same": 0.9,
    "similar": 0.5,
    "related": 0.12,
}


@dataclass(frozen=True)
class Hit(FoundText):
    """Something that was found. `probability` is that it is the same need as was asked for."""

    probability: float = 0.0
    score: float = 0.0
    band: str = ""
    reason: Reason = field(default_factory=Reason)

    @classmethod
    def of(cls, found: Candidate, **judged: Any) -> Hit:
        """A candidate with what was judged of it; what it is about goes with its keywords."""
        keywords = tuple(dict.fromkeys((*found.keywords, *found.concepts)))
        return cls(**{**found.as_found(), "keywords": keywords}, **judged)


@dataclass(frozen=True)
class Ranked:
    """A candidate with its place; not yet explained."""

    candidate: Candidate
    score: float
    probability: float
    band: str


def rank(question: Asked, pool: Pool) -> list[Ranked]:
    """The candidates, best first; among equals the newest."""
    found = pool.candidates
    if not found:
        return []
    weights = _weights() if pool.vector is not None else BY_WORDS
    features = Features.of(question, pool, weights=weights)
    ranked = []
    for place, candidate in enumerate(found):
        known = candidate.cosine is not None and pool.vector is not None
        used = weights if known else BY_WORDS
        score, probability = features.judged(place, weights=used, by_meaning=known)
        ranked.append(Ranked(candidate, score, probability, band(probability, weights=used)))
    return sorted(ranked, key=_best_first)


def explained(question: Asked, ranked: Sequence[Ranked], *, reader_language: str) -> list[Hit]:
    """Hits with their reasons: only for those that are shown, since reasons take time."""
    return [_hit(question, one, reader_language=reader_language) for one in ranked]


def band(probability: float, *, weights: Mapping[str, float]) -> str:
    """How alike, in one of three words; empty where it is only near by chance."""
    for name in BANDS:
        if probability >= weights[name]:
            return name
    return ""


@dataclass(frozen=True, eq=False)
class Features:
    """What a likeness is judged by, one number a candidate in each: all from 0 to about 1.

    `overlap` says the same of a pair whatever else was found, and is judged by; `telling` weighs
    what sets a candidate apart from the others, and orders them.
    """

    cosine: NDArray[np.float32]
    crowding: NDArray[np.float32]
    characters: NDArray[np.float32]
    overlap: NDArray[np.float32]
    telling: NDArray[np.float32]
    exact: NDArray[np.float32]

    @classmethod
    def of(cls, question: Asked, pool: Pool, *, weights: Mapping[str, float]) -> Features:
        """Measure every candidate against the question."""
        import numpy as np

        found = pool.candidates
        overlap, telling = _shared_tokens(question, found)
        cosine = np.array([one.cosine or 0.0 for one in found], dtype=np.float32)
        so_far = cosine + weights["overlap"] * overlap + weights["telling"] * telling
        crowding = [(pool.crowding + (one.crowding or 0.0)) / 2 for one in found]
        return cls(
            cosine=cosine,
            crowding=np.array(crowding, dtype=np.float32),
            characters=_characters(question, found, best_first=np.argsort(-so_far)),
            overlap=overlap,
            telling=telling,
            exact=_exactness(question, found),
        )

    def judged(
        self, place: int, *, weights: Mapping[str, float], by_meaning: bool
    ) -> tuple[float, float]:
        """The score of a candidate and the probability that it is the same need."""
        letters, shared = float(self.characters[place]), float(self.overlap[place])
        lifted = weights["exact"] * float(self.exact[place])
        score = weights["characters"] * letters + weights["overlap"] * shared + lifted
        score += weights["telling"] * float(self.telling[place])
        sum_ = weights["bias"] + weights["by_characters"] * letters + weights["by_overlap"] * shared
        if by_meaning:
            near, crowd = float(self.cosine[place]), float(self.crowding[place])
            score += near
            sum_ += weights["by_cosine"] * near + weights["by_crowding"] * crowd
        return score, 1 / (1 + exp(-max(-30.0, min(30.0, sum_))))


def rarity(token: str) -> float:
    """How much it tells that two texts share a token."""
    return log(1 / (shares().get(token, 0.0) + RAREST)) / log(1 / RAREST)


def _shared_tokens(
    question: Asked, found: Sequence[Candidate]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The share of the question's tokens that a candidate has too, the rare ones counting more.

    Once as they are rare in the language, once times how rare they are among what was found
    (the inverse document frequency of Robertson and Spärck Jones): what all have tells nothing.
    """
    import numpy as np

    rare = {token: rarity(token) for token in question.tokens}
    shared = [rare.keys() & one.tokens for one in found]
    counts = Counter(token for tokens in shared for token in tokens)
    telling = {
        token: worth * log1p((len(found) - counts[token] + 0.5) / (counts[token] + 0.5))
        for token, worth in rare.items()
    }
    return tuple(  # type: ignore[return-value]
        np.array([sum(worth[token] for token in tokens) for tokens in shared], dtype=np.float32)
        / (sum(worth.values()) or 1.0)
        for worth in (rare, telling)
    )


def _characters(
    question: Asked, found: Sequence[Candidate], *, best_first: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How alike the letters are: of the best so far, and of all that only words can speak for."""
    import numpy as np

    bare = [place for place, one in enumerate(found) if one.cosine is None]
    compared = sorted({*map(int, best_first[:LETTERED]), *bare})
    texts = [f"{found[place].title} {found[place].body}"[:WEIGHED_SIGNS] for place in compared]
    alike = np.zeros(len(found), dtype=np.float32)
    alike[compared] = character_cosine(question.text[:WEIGHED_SIGNS], texts)
    return alike


def _exactness(question: Asked, found: Sequence[Candidate]) -> NDArray[np.float32]:
    """The share of a short question's rare words, numbers and names that a candidate has too."""
    import numpy as np

    if not question.exact:
        return np.zeros(len(found), dtype=np.float32)
    counts = [_held(question.exact, plain(f"{one.title} {one.body}")) for one in found]
    return np.asarray(np.array(counts) / len(question.exact), dtype=np.float32)


def _held(exact: frozenset[str], text: str) -> int:
    """How many of the words stand in a text; taking it apart is spared where none can."""
    if not any(word in text for word in exact):
        return 0
    return len(exact.intersection(surface(text)))


def _weights() -> Mapping[str, float]:
    meaning = current_meaning()
    return meaning.calibration.weights if meaning else BY_WORDS


def _best_first(one: Ranked) -> tuple[float, float, int]:
    return -one.score, -one.candidate.happened_at.timestamp(), -one.candidate.text_id


def _hit(question: Asked, one: Ranked, *, reader_language: str) -> Hit:
    return Hit.of(
        one.candidate,
        probability=one.probability,
        score=one.score,
        band=one.band,
        reason=reason_for(question, one.candidate, reader_language=reader_language),
    )
