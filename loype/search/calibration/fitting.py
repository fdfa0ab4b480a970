"""Fits a calibration for an embedder, from sentences of ours and nobody's own texts.

1. The mean raw vector of each language, for titles and for whole texts: what is left after taking
   it away is what a text is about, not the language it is in.
2. A head: differences between texts of the same need are noise and are damped (linear
   discriminant analysis with a shrunk within-class scatter, Fisher 1936; Ledoit & Wolf 2004 for
   why one shrinks), then 256 principal components are kept.
3. A logistic curve over cosine, crowding and shared tokens, on needs that are said again and that
   the model was not taught with, against each text's nearest wrong neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from loype.search.analysis import analyse, surface
from loype.search.calibration.reading import Calibration
from loype.search.calibration.sentences import RESTATED, Sentence, sentences
from loype.search.embedding import Embedder
from loype.search.language import LANGUAGES
from loype.search.ranking import rarity

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

SHRINKAGE = 3.0  # of the within-class scatter towards the identity, in units of its mean
KEPT = 256
HARDEST = 12  # wrong neighbours of each text that likeness is learnt against, and
RANDOM = 40  # others, which stand for all the rest
PLACES = ("by_cosine", "by_overlap", "by_crowding", "bias")
BATCH = 64
EVERY = 5  # of our sentences stands in the background

SCORE: Mapping[str, float] = {
    "characters": 0.15,
    "overlap": 0.0,
    "telling": 0.4,
    "by_characters": 0.0,  # our true pairs never share a language: it would count against letters
    "exact": 0.05,
    "same": 0.95,
    "similar": 0.5,
    "related": 0.001,
    "short_words": 6.0,
    "long_words": 20.0,
}
"""How ranking weighs what it knows. Chosen on the held-out sentences, see `docs/search.md`."""


def fit(embedder: Embedder, *, say: Callable[[str], None] = lambda _line: None) -> Calibration:
    """The calibration of an embedder. Raises `EmbeddingUnavailable`.

    Takes about two minutes a core: some 5,000 short texts are embedded.
    """
    import numpy as np

    ours = sentences()
    say(f"Embedding {len(ours)} sentences and their titles.")
    whole = _embedded(embedder, [one.whole for one in ours])
    titles = _embedded(embedder, [one.title for one in ours])
    calibration = Calibration(
        name="",
        short_means=_means(titles, ours),
        long_means=_means(whole, ours),
        head=np.eye(whole.shape[1], dtype=np.float32),
        background=np.zeros((1, whole.shape[1]), dtype=np.float32),
        weights=dict(SCORE),
    )
    left = _comparable(calibration, whole, ours)
    calibration = _with(calibration, head=fit_head(left, ours))
    vectors = _comparable(calibration, whole, ours)
    taught = [place for place, one in enumerate(ours) if one.file != RESTATED]
    calibration = _with(calibration, background=vectors[taught][::EVERY])
    say("Measuring likeness on needs that are said again.")
    likeness = fit_likeness(vectors, ours, crowding=calibration.crowding(vectors))
    return _with(calibration, weights={**SCORE, **likeness})


def fit_head(left: NDArray[float32], ours: Sequence[Sentence]) -> NDArray[float32]:
    """The head, shape (d, at most 256), from centred vectors of shape (n, d)."""
    import numpy as np

    groups = np.array([one.group if one.is_same and one.file != RESTATED else "" for one in ours])
    within = np.concatenate(
        [left[groups == one] - left[groups == one].mean(axis=0) for one in set(groups) - {""}]
    )
    scatter = within.T @ within / len(within)
    size = scatter.shape[0]
    shrunk = scatter + SHRINKAGE * np.trace(scatter) / size * np.eye(size)
    values, axes = np.linalg.eigh(shrunk)
    whiten = axes @ np.diag(values**-0.5) @ axes.T
    turned = left @ whiten
    _, _, components = np.linalg.svd(turned - turned.mean(axis=0), full_matrices=False)
    return np.asarray(whiten @ components[:KEPT].T, dtype=np.float32)


def fit_likeness(
    vectors: NDArray[float32], ours: Sequence[Sentence], *, crowding: NDArray[float32]
) -> dict[str, float]:
    """The logistic curve's weights by name, fitted on the restated needs."""
    import numpy as np

    weights = logistic(*pairs_of(vectors, ours, crowding=crowding))
    return dict(zip(PLACES, map(float, np.asarray(weights)), strict=True))


def pairs_of(
    vectors: NDArray[float32], ours: Sequence[Sentence], *, crowding: NDArray[float32]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Features (n, 3), labels (n,) and weights (n,) of pairs of restated texts.

    All true pairs, each text's nearest wrong neighbours, and some of the other wrong ones, which
    stand for the rest of them.
    """
    import numpy as np

    draw = np.random.default_rng(1)
    found: list[tuple[int, int, bool, float]] = []
    for place in (place for place, one in enumerate(ours) if one.file == RESTATED):
        one = ours[place]
        order = [
            int(other)
            for other in np.argsort(-(vectors @ vectors[place]))
            if other != place and ours[other].file == one.file
        ]
        true = {other for other in order if _are_same(one, ours[other])}
        wrong = [other for other in order if other not in true]
        rest = draw.choice(wrong[HARDEST:], RANDOM, replace=False)
        found += [(place, other, True, 1.0) for other in true]
        found += [(place, other, False, 1.0) for other in wrong[:HARDEST]]
        stands_for = (len(wrong) - HARDEST) / RANDOM
        found += [(place, int(other), False, stands_for) for other in rest]
    labels = np.array([is_true for _, _, is_true, _ in found], dtype=np.float64)
    weights = np.array([weight for *_, weight in found], dtype=np.float64)
    pairs = [(place, other) for place, other, *_ in found]
    return _features(vectors, ours, pairs, crowding=crowding), labels, weights


def logistic(
    features: NDArray[Any], labels: NDArray[Any], counts: NDArray[Any], *, ridge: float = 0.02
) -> NDArray[Any]:
    """Weights of a logistic regression, the bias last, by Newton's method (shape (k + 1,)).

    `counts` (n,) says how many pairs each row stands for.
    """
    import numpy as np

    known = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(known.shape[1])
    damping = np.diag([ridge] * features.shape[1] + [0.0])
    for _ in range(100):
        likely = 1 / (1 + np.exp(-np.clip(known @ weights, -30, 30)))
        slope = known.T @ (counts * (likely - labels)) + damping @ weights
        bend = (known * (counts * likely * (1 - likely))[:, None]).T @ known + damping
        step = np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _are_same(one: Sentence, other: Sentence) -> bool:
    return one.is_same and other.is_same and one.group == other.group


def token_shares(least: float = 0.004) -> dict[str, float]:
    """The share of our sentences that hold each token or bare word, the common ones only."""
    counts: dict[str, int] = {}
    ours = sentences()
    for one in ours:
        held = {*analyse(one.whole, language=one.language), *surface(one.whole)}
        for token in held:
            counts[token] = counts.get(token, 0) + 1
    shares = {token: count / len(ours) for token, count in counts.items()}
    return {token: share for token, share in sorted(shares.items()) if share >= least}


def _features(
    vectors: NDArray[float32],
    ours: Sequence[Sentence],
    found: Sequence[tuple[int, int]],
    *,
    crowding: NDArray[float32],
) -> NDArray[Any]:
    import numpy as np

    tokens = [frozenset(analyse(one.whole, language=one.language)) for one in ours]
    by_question: dict[int, list[int]] = {}
    for place, other in found:
        by_question.setdefault(place, []).append(other)
    rows = []
    for place, others in by_question.items():
        worth = {token: rarity(token) for token in tokens[place]}
        whole = sum(worth.values()) or 1.0
        for other in others:
            shared = sum(worth[token] for token in worth.keys() & tokens[other]) / whole
            crowd = float(crowding[place] + crowding[other]) / 2
            rows.append((float(vectors[place] @ vectors[other]), shared, crowd))
    return np.array(rows)


def _embedded(embedder: Embedder, texts: Sequence[str]) -> NDArray[float32]:
    import numpy as np

    parts = [embedder.embed(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return np.concatenate(parts)


def _means(raw: NDArray[float32], ours: Sequence[Sentence]) -> NDArray[float32]:
    import numpy as np

    spoken = np.array([one.language for one in ours])
    return np.stack([raw[spoken == language].mean(axis=0) for language in LANGUAGES])


def _comparable(
    calibration: Calibration, raw: NDArray[float32], ours: Sequence[Sentence]
) -> NDArray[float32]:
    return calibration.comparable(
        raw,
        languages=[{one.language: 1.0} for one in ours],
        words=[len(surface(one.whole)) for one in ours],
    )


def _with(calibration: Calibration, **changes: Any) -> Calibration:
    from dataclasses import replace

    return replace(calibration, **changes)
