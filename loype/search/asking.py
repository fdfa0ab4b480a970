"""What somebody asks for, taken apart once: tokens, language, quoted phrases, telling words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from loype.kernel.words import clean_text
from loype.search.analysis import analyse, surface
from loype.search.analysis.compounds import is_known_anywhere
from loype.search.analysis.frequency import is_common, rarest_first, shares
from loype.search.language import LANGUAGES, guess, most_likely

LONGEST = 4_000  # signs; what follows adds nothing to what a text is about
MOST_TOKENS = 12
SHORT = 5  # words: a search box, not a text

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{2,200})[\"“”„«»]")


@dataclass(frozen=True)
class Asked:
    """A question to search, in whatever language."""

    text: str
    phrases: tuple[str, ...]
    languages: Mapping[str, float]
    by_meaning: bool = True

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The finished tokens of the question."""
        return tuple(dict.fromkeys(analyse(self.text, language=most_likely(self.languages))))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The tokens that few texts hold, rarest first: those that candidates are looked up by."""
        return tuple(rarest_first(token for token in self.tokens if not is_common(token)))[
            :MOST_TOKENS
        ]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The bare words, as texts that wait for the worker are found by."""
        return tuple(dict.fromkeys(surface(self.text)))

    @cached_property
    def exact(self) -> frozenset[str]:
        """Words of a short question that must not be lost: names, numbers, codes, rare words."""
        if len(self.words) > SHORT:
            return frozenset()
        return frozenset(word for word in self.words if _is_rare(word))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.words


def asked(
    text: str, *, language: str = "", by_meaning: bool = True, is_own_text: bool = False
) -> Asked:
    """Take a question apart. `language` is that of the author or of the screen.

    What somebody quotes in a text of their own need not stand in what is found.
    """
    cleaned = clean_text(text)[:LONGEST]
    prior = {language: 1.0} if language in LANGUAGES else None
    return Asked(
        text=cleaned,
        phrases=() if is_own_text else _phrases(cleaned),
        languages=guess(cleaned, prior=prior),
        by_meaning=by_meaning,
    )


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in _QUOTED.findall(text))


def _is_rare(word: str) -> bool:
    """Numbers, codes and names: words that neither our lists nor our sentences know."""
    if any(sign.isdigit() for sign in word):
        return True
    return not is_known_anywhere(word) and word not in shares()
