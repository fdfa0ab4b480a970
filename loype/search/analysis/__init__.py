"""What a text is found by: stems, parts of compounds, rare words whole, and concepts.

`analyse` runs once for a stored text and once for what somebody looks for; PostgreSQL only ever
compares finished tokens. Tokens of another `ANALYSER_VERSION` must be made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from loype.keywords import FILE as CONCEPTS, concepts_in
from loype.search.analysis.compounds import FOLDER, is_known_anywhere, parts_of
from loype.search.analysis.forms import fold, form, stem
from loype.search.analysis.stop_words import STOP_WORDS
from loype.search.analysis.words import surface

__all__ = ["ANALYSER_VERSION", "analyse", "atoms_of", "surface"]

RULES_VERSION = "2"  # raise it with every change of the rules; lists and concepts count themselves

LONGEST_SHORT = 3


def _version() -> str:
    files = [*sorted(FOLDER.glob("*.txt")), CONCEPTS]
    return (
        f"{RULES_VERSION}.{sha256(b''.join(file.read_bytes() for file in files)).hexdigest()[:8]}"
    )


ANALYSER_VERSION = _version()


def analyse(text: str, *, language: str) -> list[str]:
    """The tokens of a text in order, with repetition; concepts, which begin with §, come last.

    A word gives its stem in the common spelling, and its parts if it is a compound. A word on
    none of our lists, so names, numbers and rare words, also gives itself whole, alike whichever
    language somebody took the text for.
    """
    words = surface(text)
    told = telling(words, language=language)
    tokens = [token for word in told for token in _tokens(word, language)]
    return tokens + concepts_in(told, language=language, atoms=atoms_of)


def telling(words: Sequence[str], *, language: str) -> list[str]:
    """The words that say what a text is about; all of them, if it has only common ones."""
    common = STOP_WORDS.get(language, frozenset())
    return [word for word in words if word not in common] or list(words)


@lru_cache(maxsize=20_000)
def atoms_of(word: str, language: str) -> tuple[str, ...]:
    """The parts of a compound, or the one form of any other word; nothing for a common word."""
    if word in STOP_WORDS.get(language, ()):
        return ()
    if parts := parts_of(word, language=language):
        return parts
    common = form(word, language=language)
    # Spelt alike, short words meet by chance: "vække" and "vej" are both "veg".
    return (common if len(common) > LONGEST_SHORT else stem(word, language=language),)


@lru_cache(maxsize=20_000)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    found = [form(word, language=language), *parts_of(word, language=language)]
    if not is_known_anywhere(word):
        found.append(fold(word))
    return tuple(dict.fromkeys(found))
