"""The language detector with its table laid out small: the same answers from a ninth of the memory.

py3langid reads a text byte by byte and looks up, in a table of 38,000 rows with 256 places each
(42 MB), what state each byte leads to. Nearly always that is the state that the last two bytes
alone lead to; so what the last two lead to is kept once, and of each row only what differs.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

AT_ONCE = 2_048  # rows of the large table that are looked through together


@dataclass(frozen=True, eq=False)
class Steps:
    """Where each byte leads: what differs in a row stands from `starts[row]` on."""

    row_of: array[int]  # by state
    last: bytes  # by row: the byte that leads there
    starts: array[int]  # by row, and where the last one ends
    letters: bytes
    states: array[int]
    usual: array[int]  # by the last byte times 256 and the byte
    feature_of: array[int]  # by state; below 0 where it says nothing of the language

    def features(self, text: bytes) -> Counter[int]:
        """How often a text shows each sign of a language, in the order they come."""
        row_of, last, starts, usual = self.row_of, self.last, self.starts, self.usual
        find, states, feature_of = self.letters.find, self.states, self.feature_of
        state, seen = 0, []
        for letter in text:
            row = row_of[state]
            at = find(letter, starts[row], starts[row + 1])
            state = states[at] if at >= 0 else usual[last[row] << 8 | letter]
            feature = feature_of[state]
            if feature >= 0:
                seen.append(feature)
        return Counter(seen)


def detector(languages: Sequence[str]) -> Any:
    """py3langid's detector for some of the languages it knows."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    class Detector(LanguageIdentifier):  # type: ignore[misc,unused-ignore]
        """The same, by the small table."""

        steps: Steps

        def _raw_score(self, text: bytes) -> Any:
            seen = self.steps.features(text)
            return self._sparse_score(seen, self.nb_ptc) if seen else super()._raw_score(b"")

    made = Detector.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(sorted(set(languages) & set(made.labels)))
    made.steps = _small(made)
    made._full_model = made.tk_nextmove = None  # the other languages, and the large table
    made.tk_row = made._rowbase = made.tk_output = None
    return made


def _small(large: Any) -> Steps:
    """The steps of a loaded detector, found some rows at a time."""
    import numpy as np

    table = np.asarray(large.tk_nextmove).reshape(-1, 256)
    row_of = np.asarray(large.tk_row)
    chunks = [slice(start, start + AT_ONCE) for start in range(0, len(table), AT_ONCE)]
    last = np.zeros(len(table), np.uint8)
    for chunk in chunks:
        last[row_of[table[chunk]]] = np.arange(256, dtype=np.uint8)
    usual = table[row_of[table[row_of[0]]]]
    counts, letters, states = [], [], []
    for chunk in chunks:
        differs = table[chunk] != usual[last[chunk]]
        counts.append(differs.sum(axis=1))
        letters.append(np.nonzero(differs)[1].astype(np.uint8))
        states.append(table[chunk][differs])
    return Steps(
        row_of=_packed(row_of),
        last=last.tobytes(),
        starts=_packed(np.cumsum([0, *np.concatenate(counts)])),
        letters=np.concatenate(letters).tobytes(),
        states=_packed(np.concatenate(states)),
        usual=_packed(usual.ravel()),
        feature_of=_packed(large.tk_output),
    )


def _packed(numbers: Any) -> array[int]:
    import numpy as np

    return array("i", np.asarray(numbers, dtype=np.int32).tobytes())
