"""Controlled keywords: what a text is about, said alike in every language.

A concept has a code and, in each language, the words people say for it. The first word of a
language is its label. The words are in `concepts.toml`, which says how to add one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("concepts.toml")
LANGUAGES = ("da", "nb", "nn", "sv", "en")
MARK = "§"  # begins a concept's token, so that none is taken for a word

# Danish and Norwegian read each other, and short texts are taken for one another.
READS = {
    "da": ("da", "nb", "nn"),
    "nb": ("nb", "nn", "da"),
    "nn": ("nn", "nb", "da"),
    "sv": ("sv",),
    "en": ("en",),
}

# The pieces a word is compared by, given the word and its language; none for a word to pass over.
Atoms = Callable[[str, str], Sequence[str]]
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def as_written(word: str, language: str) -> tuple[str, ...]:
    """A word compared by itself alone, in small letters."""
    return (word.casefold(),)


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Every concept by its code, with the words for it by language."""
    with FILE.open("rb") as file:
        return {
            code: {language: tuple(words) for language, words in said.items()}
            for code, said in tomllib.load(file).items()
        }


def label(code: str, *, language: str) -> str:
    """What a concept is called in a language."""
    return concepts()[code][language][0]


def concepts_in(words: Sequence[str], *, language: str, atoms: Atoms = as_written) -> list[str]:
    """The concepts that words speak of, as tokens such as "§dementia", in order.

    `words` are in small letters. `atoms` tells what a word is compared by; search gives stems and
    the parts of compounds, so that a concept is found inside them too.
    """
    pieces = [piece for word in words for piece in atoms(word, language)]
    phrases = _phrases(language, atoms)
    found = []
    for at, piece in enumerate(pieces):
        for phrase, code in phrases.get(piece, ()):
            if tuple(pieces[at : at + len(phrase)]) == phrase:
                found.append(MARK + code)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=16)
def _phrases(language: str, atoms: Atoms) -> Phrases:
    """The phrases a language understands, in pieces, by their first piece."""
    phrases: Phrases = {}
    for code, said in concepts().items():
        for phrase in (phrase for one in READS.get(language, ()) for phrase in said.get(one, ())):
            pieces = tuple(piece for word in _words(phrase) for piece in atoms(word, language))
            known = phrases.setdefault(pieces[0], []) if pieces else []
            if (pieces, code) not in known:
                known.append((pieces, code))
    return phrases


def _words(phrase: str) -> list[str]:
    return re.findall(r"[^\W_]+", phrase.casefold())
