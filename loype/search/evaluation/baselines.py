"""Simpler methods to stand beside: words (BM25), runs of letters, and the bare model.

They take the same texts and questions and none of our steps: no spelling alike across languages,
no parts of compounds, no concepts, no means of languages. Plain and small, so that nobody needs to
trust them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from loype.search.embedding import Embedder

SATURATION, LENGTHS = 1.2, 0.75  # k1 and b, as everywhere
SHORTEST, LONGEST = 3, 5
STEMMERS = {
    "da": "danish",
    "nb": "norwegian",
    "nn": "norwegian",
    "sv": "swedish",
    "en": "english",
}
WORD = re.compile(r"\w+")


class Postings:
    """For each term the texts that have it, with weights."""

    def __init__(self, rows: Sequence[dict[str, float]]) -> None:
        import numpy as np

        self.count = len(rows)
        lists: dict[str, tuple[list[int], list[float]]] = {}
        for place, row in enumerate(rows):
            for term, weight in row.items():
                texts, weights = lists.setdefault(term, ([], []))
                texts.append(place)
                weights.append(weight)
        self.lists = {
            term: (np.asarray(texts), np.asarray(weights, dtype=np.float32))
            for term, (texts, weights) in lists.items()
        }

    def scores(self, asked: dict[str, float]) -> NDArray[np.float32]:
        """For each text the sum of its weights times the question's."""
        import numpy as np

        total = np.zeros(self.count, dtype=np.float32)
        for term, weight in asked.items():
            if term in self.lists:
                texts, weights = self.lists[term]
                total[texts] += weight * weights
        return total


class Words:
    """BM25 over stems, each text stemmed in its own language."""

    def __init__(self, texts: Sequence[str], *, languages: Sequence[str]) -> None:
        self.stem = stemming()
        counts = [Counter(self.stem(*pair)) for pair in zip(texts, languages, strict=True)]
        lengths = [sum(one.values()) for one in counts]
        usual = sum(lengths) / max(len(lengths), 1) or 1.0
        having = Counter(term for one in counts for term in one)
        self.rarity = {
            term: log(1 + (len(texts) - number + 0.5) / (number + 0.5))
            for term, number in having.items()
        }
        self.postings = Postings(
            [
                {
                    term: self.rarity[term]
                    * number
                    * (SATURATION + 1)
                    / (number + SATURATION * (1 - LENGTHS + LENGTHS * length / usual))
                    for term, number in one.items()
                }
                for one, length in zip(counts, lengths, strict=True)
            ]
        )

    def scores(self, asked: str, *, language: str, itself: int = -1) -> NDArray[np.float32]:
        """BM25 of each text."""
        del itself
        return self.postings.scores(
            {term: float(number) for term, number in Counter(self.stem(asked, language)).items()}
        )


class Letters:
    """TF-IDF over three to five letters within the edges of words (char_wb), as cosine."""

    def __init__(self, texts: Sequence[str], *, languages: Sequence[str]) -> None:
        del languages  # letters are letters
        counts = [grams(text) for text in texts]
        having = Counter(gram for one in counts for gram in one)
        self.rarity = {
            gram: 1 + log((1 + len(texts)) / (1 + number)) for gram, number in having.items()
        }
        self.postings = Postings([self._weighed(one) for one in counts])

    def scores(self, asked: str, *, language: str, itself: int = -1) -> NDArray[np.float32]:
        """The cosine of each text."""
        del language, itself
        return self.postings.scores(self._weighed(grams(asked)))

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        weights = {
            gram: number * self.rarity[gram]
            for gram, number in counts.items()
            if gram in self.rarity
        }
        length = sum(weight**2 for weight in weights.values()) ** 0.5 or 1.0
        return {gram: weight / length for gram, weight in weights.items()}


class BareModel:
    """The model's own vectors, as cosine: no means of languages, no letters, nothing of ours."""

    def __init__(self, texts: Sequence[str], *, embedder: Embedder) -> None:
        self.embedder = embedder
        self.vectors = embedder.embed(list(texts))

    def scores(self, asked: str, *, language: str, itself: int = -1) -> NDArray[np.float32]:
        """The cosine of each text."""
        import numpy as np

        del language, itself
        return np.asarray(self.vectors @ self.embedder.embed([asked])[0], dtype=np.float32)


def grams(text: str) -> Counter[str]:
    """How often each run of three to five letters stands inside a word, its edges as blanks."""
    found: Counter[str] = Counter()
    for word in WORD.findall(text.lower()):
        edged = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            if size >= len(edged):
                found[edged] += 1
                break
            found.update(edged[start : start + size] for start in range(len(edged) - size + 1))
    return found


def stemming() -> Callable[[str, str], list[str]]:
    """What gives the stems of a text in a language."""
    import Stemmer

    stemmers = {language: Stemmer.Stemmer(name) for language, name in STEMMERS.items()}

    def stem(text: str, language: str) -> list[str]:
        words = WORD.findall(text.lower())
        return list(stemmers[language].stemWords(words)) if language in stemmers else words

    return stem
