"""What a long word is put together of: "innovationsråd" is about innovation and about a council.

The cheapest way through the word wins, by dynamic programme over our own list of words that
compounds are made of (`parts/<language>.txt`). One piece at an end may be unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from loype.search.analysis.forms import form, stem

FOLDER = Path(__file__).with_name("parts")
LISTS = {"da": ("da",), "nb": ("nb",), "nn": ("nb", "nn"), "sv": ("sv",)}
SHORTEST_COMPOUND = 6
LONGEST_COMPOUND = 60
SHORTEST_UNKNOWN = 3
LONGEST_PART = 18

# Costs of one step; only their order matters. Few and long pieces are better than many short ones.
LINKS = (("", 0.0), ("s", 0.15), ("e", 0.3), ("n", 0.5), ("en", 0.5), ("er", 0.5))
UNKNOWN_COST, UNKNOWN_LETTER = 2.0, 0.2
SHORTEST_BESIDE_UNKNOWN = 3  # two letters beside something unknown are mostly chance

_MERE_ENDING = re.compile(r"(?:is)?er(?:ing|e|a|ad|t)?\w{0,3}")  # of "digitalisering": no word
_SWEDISH_JOINTS = ("", "o", "u", "e")  # skola: skolgård; kyrka: kyrkogård; gata: gatubelysning


@dataclass(frozen=True)
class Vocabulary:
    """The words that compounds of one language are made of, and the form each one stands for."""

    inside: dict[str, str] = field(default_factory=dict)
    at_end: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Way:
    """A way from the beginning of the word to some letter."""

    cost: float
    parts: tuple[str, ...] = ()
    known: int = 0
    ends_known: bool = True


@lru_cache(maxsize=20_000)
def parts_of(word: str, *, language: str) -> tuple[str, ...]:
    """The forms of the words that a word is put together of; none where it is one word."""
    if language not in LISTS or not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND:
        return ()
    if is_part(word, language=language):
        return ()
    way = _cheapest(word, language=language)
    return way.parts if way and way.known and len(way.parts) > 1 else ()


def is_part(word: str, *, language: str) -> bool:
    """Whether a word, bent or not, is itself on the list of what compounds are made of."""
    return language in LISTS and _at_end(word, language=language) is not None


@lru_cache(maxsize=20_000)
def is_known_anywhere(word: str) -> bool:
    """Whether a word is on the list of any language; names and rare words are on none."""
    return any(is_part(word, language=language) for language in LISTS)


def _cheapest(word: str, *, language: str) -> _Way | None:
    ways: list[_Way | None] = [_Way(0.0)] + [None] * len(word)
    for at in range(len(word) - 1):
        here = ways[at]
        if here is None:
            continue
        for end, part, cost, known in _steps(word, at=at, after=here, language=language):
            best = ways[end]
            if best is None or here.cost + cost < best.cost:
                ways[end] = _Way(here.cost + cost, (*here.parts, part), here.known + known, known)
    return ways[-1]


def _steps(word: str, *, at: int, after: _Way, language: str) -> list[tuple[int, str, float, bool]]:
    """Where one can get from a letter: (letter behind the step, part, cost, known)."""
    steps = _known_steps(word, at=at, language=language)
    if not at:
        return steps + _unknown_beginnings(word, language=language)
    rest = word[at:]
    found = _at_end(rest, language=language)
    if found is not None:
        steps.append((len(word), found, 1 + 1 / len(rest), True))
    elif after.ends_known and at >= SHORTEST_BESIDE_UNKNOWN:
        unknown = form(rest, language=language)
        if len(unknown) >= SHORTEST_UNKNOWN and not _MERE_ENDING.fullmatch(rest):
            steps.append((len(word), unknown, _unknown_cost(rest), False))
    return steps


def _unknown_cost(piece: str) -> float:
    return UNKNOWN_COST + UNKNOWN_LETTER * len(piece)


def _known_steps(word: str, *, at: int, language: str) -> list[tuple[int, str, float, bool]]:
    inside = _vocabulary(language).inside
    steps = []
    shortest = 3 if at else 2  # "by" and "is" begin words, and end them, but hide in the middle
    for end in range(at + shortest, min(len(word) - 1, at + LONGEST_PART)):
        part = inside.get(word[at:end])
        if part is None:
            continue
        for link, cost in LINKS:
            behind = end + len(link)
            if behind < len(word) and word.startswith(link, end):
                steps.append((behind, part, 1 + 1 / (end - at) + cost, True))
    return steps


def _unknown_beginnings(word: str, *, language: str) -> list[tuple[int, str, float, bool]]:
    steps = []
    for end in range(SHORTEST_UNKNOWN, len(word) - SHORTEST_BESIDE_UNKNOWN + 1):
        if _at_end(word[end:], language=language) is not None:
            beginning = word[:end].removesuffix("s") if end > SHORTEST_UNKNOWN else word[:end]
            steps.append((end, form(beginning, language=language), _unknown_cost(beginning), False))
    return steps


@lru_cache(maxsize=20_000)
def _at_end(rest: str, *, language: str) -> str | None:
    at_end = _vocabulary(language).at_end
    stemmed = stem(rest, language=language)
    if stemmed[-2:-1] == stemmed[-1] and stemmed not in at_end:
        stemmed = stemmed[:-1]  # ungdommer: ungdom
    return at_end.get(rest) or (at_end.get(stemmed) if len(stemmed) > 2 else None)


@lru_cache(maxsize=len(LISTS))
def _vocabulary(language: str) -> Vocabulary:
    vocabulary = Vocabulary()
    for word in listed(language):
        stands_for = form(word, language=language)
        for inside in _inside_forms(word, language=language):
            vocabulary.inside.setdefault(inside, stands_for)
        for end in {word, stem(word, language=language)}:
            vocabulary.at_end.setdefault(end, stands_for)
    return vocabulary


def listed(language: str) -> list[str]:
    """The words of our lists for a language; Nynorsk has Bokmål's and its own."""
    return [
        word
        for name in LISTS[language]
        for word in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()
    ]


def _inside_forms(word: str, *, language: str) -> list[str]:
    forms = [word]
    if len(stem(word, language=language)) > 2:
        forms.append(stem(word, language=language))
    if language == "sv" and word.endswith("a") and len(word) > 3:
        forms += [word[:-1] + joint for joint in _SWEDISH_JOINTS]
    if language == "sv" and word.endswith("are"):
        forms.append(word[:-1])
    return forms
