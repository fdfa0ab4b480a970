"""What a group of texts is called: its own typical words, as they were written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from loype.keywords import READS
from loype.search.analysis import analyse
from loype.search.analysis.frequency import is_common
from loype.search.analysis.stop_words import STOP_WORDS

MOST_WORDS = 3
MOST_CANDIDATES = 30
IN_TITLE = 2.0  # a word of a title tells so much more
READ_SIGNS = 600  # of each text
SHORTEST = 4  # letters of a typical word
SAME_BEGINNING = 5  # letters after which two words are taken for forms of one

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EVERYWHERE = frozenset().union(*STOP_WORDS.values())


@dataclass(frozen=True)
class Written:
    """One text, as far as names are taken from it; `tokens` are those it is found by."""

    language: str
    title: str
    body: str
    tokens: frozenset[str]

    @cached_property
    def words(self) -> dict[str, str]:
        """Each telling word in small letters, as it was first written; the title first."""
        found: dict[str, str] = {}
        for written in _WORD.findall(f"{self.title} {self.body[:READ_SIGNS]}"):
            word = written.casefold()
            if len(word) >= SHORTEST and word not in _EVERYWHERE and not is_common(word):
                found.setdefault(word, written)
        return found

    @cached_property
    def titled(self) -> frozenset[str]:
        """The words of the title, which say more."""
        return frozenset(word.casefold() for word in _WORD.findall(self.title))


@dataclass(frozen=True)
class Name:
    """Typical words and the language they are in."""

    words: tuple[str, ...]
    language: str


def names_of(
    groups: Sequence[Sequence[Written]], *, among: Sequence[Written], reader_language: str
) -> list[Name]:
    """For each group the words that many of its texts hold and few others, in the reader's language
    (or one they read) where any of its texts is written in it.

    Texts in other languages count too: what a word is found by is the same in several of them.
    """
    spread = Counter(token for text in among for token in text.tokens)
    return [_name(group, spread, whole=len(among), reader=reader_language) for group in groups]


def _name(group: Sequence[Written], spread: Mapping[str, int], *, whole: int, reader: str) -> Name:
    language = _language(group, reader=reader)
    texts = [text for text in group if text.language == language]
    held = Counter(token for text in group for token in text.tokens)
    titled = frozenset().union(*(text.titled for text in texts))
    worth = {
        word: _worth(word, held, spread, whole=whole, language=language)
        * (IN_TITLE if word in titled else 1.0)
        for word in _candidates(texts)
    }
    chosen: list[str] = []
    for word in sorted(worth, key=lambda one: (-worth[one], -len(one), one)):
        if not any(_same(word, other) for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST_WORDS:
            break
    return Name(tuple(_written(word, texts) for word in chosen), language)


def _candidates(texts: Sequence[Written]) -> list[str]:
    """The words that come into question: in many of the texts, or in their titles."""
    held: Counter[str] = Counter()
    for text in texts:
        held.update({word: 3 if word in text.titled else 1 for word in text.words})
    return sorted(held, key=lambda word: (-held[word], word))[:MOST_CANDIDATES]


def _worth(
    word: str, held: Mapping[str, int], spread: Mapping[str, int], *, whole: int, language: str
) -> float:
    """How many texts of the group a word's tokens are in, and how few others."""
    found = (
        (held[token] ** 2 / spread[token]) * log(1 + whole / spread[token])
        for token in analyse(word, language=language)
        if spread.get(token)
    )
    return max(found, default=0.0)


def _language(group: Sequence[Written], *, reader: str) -> str:
    spoken = Counter(text.language for text in group)
    for wanted in READS.get(reader, (reader,)):
        if wanted in spoken:
            return wanted
    return min(spoken, key=lambda code: (-spoken[code], code))


def _same(word: str, other: str) -> bool:
    length = min(SAME_BEGINNING, len(word), len(other))
    return word[:length] == other[:length]


def _written(word: str, texts: Sequence[Written]) -> str:
    """As most texts write it; among equals in small letters."""
    forms = Counter(text.words[word] for text in texts if word in text.words)
    return min(forms, key=lambda form: (-forms[form], form != word, form))
