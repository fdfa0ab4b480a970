"""How alike search finds two sentences, for pairs that people have marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loype.kernel.clock import now
from loype.search.analysis import analyse
from loype.search.asking import asked as taken_apart
from loype.search.candidates import Candidate, Pool
from loype.search.embedding import EmbeddingUnavailable
from loype.search.evaluation.bare import bare_embedder
from loype.search.evaluation.baselines import BareModel, Letters, Words
from loype.search.evaluation.evaluating import OURS
from loype.search.evaluation.figures import spearman
from loype.search.evaluation.sets import Pairs
from loype.search.language import guess
from loype.search.meaning import current_meaning
from loype.search.ranking import rank


def agreement(marked: Pairs) -> dict[str, float]:
    """How far each method orders the pairs as people do (Spearman's rank correlation)."""
    scores = {OURS: _ours(marked), **_others(marked)}
    return {name: spearman(found, marked.alike) for name, found in scores.items()}


def _ours(marked: Pairs) -> list[float]:
    """The score that each second sentence gets for the first, as a candidate on its own."""
    import numpy as np

    meaning = current_meaning()
    sentences = list(dict.fromkeys(one for pair in marked.pairs for one in pair))
    if meaning is None:
        return [_score(*pair, language=marked.language) for pair in marked.pairs]
    languages = [guess(one) for one in sentences]
    vectors = meaning.of(sentences, languages=languages)
    crowding = dict(zip(sentences, meaning.calibration.crowding(vectors), strict=True))
    of = dict(zip(sentences, vectors, strict=True))
    found = []
    for one, other in marked.pairs:
        near = float(np.dot(of[one], of[other]))
        crowds = float(crowding[one]), float(crowding[other])
        pool = Pool(
            [_candidate(other, marked.language, cosine=near, crowding=crowds[1])],
            of[one],
            crowds[0],
            is_cut=False,
        )
        found.append(rank(taken_apart(one, is_own_text=True), pool)[0].score)
    return found


def _score(one: str, other: str, *, language: str) -> float:
    pool = Pool([_candidate(other, language)], None, 0.0, is_cut=False)
    return rank(taken_apart(one, is_own_text=True), pool)[0].score


def _candidate(
    text: str, language: str, *, cosine: float | None = None, crowding: float | None = None
) -> Candidate:
    return Candidate(
        text_id=0,
        kind="idea",
        thing_id=0,
        page_id=0,
        variant="",
        state="",
        title=text,
        body="",
        language=language,
        organisation_id=0,
        organisation="",
        happened_at=now(),
        is_in_use=False,
        keywords=(),
        concepts=(),
        cosine=cosine,
        crowding=crowding,
        tokens=frozenset(analyse(text, language=language)),
    )


def _others(marked: Pairs) -> Mapping[str, Sequence[float]]:
    seconds = [other for _, other in marked.pairs]
    languages = [marked.language] * len(seconds)
    found = {}
    for name, method in (
        ("bm25", Words(seconds, languages=languages)),
        ("char", Letters(seconds, languages=languages)),
    ):
        found[name] = [
            float(method.scores(one, language=marked.language)[place])
            for place, (one, _) in enumerate(marked.pairs)
        ]
    with bare_embedder() as embedder:
        if embedder is not None:
            try:
                bare = BareModel(seconds, embedder=embedder)
                firsts = embedder.embed([one for one, _ in marked.pairs])
            except EmbeddingUnavailable:
                return found
            found["raw"] = [float(one) for one in (firsts * bare.vectors).sum(axis=1)]
    return found
