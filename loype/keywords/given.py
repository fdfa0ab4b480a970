"""Keywords as people give them: a known concept by any of its words, or words of their own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

from loype.kernel.words import clean_line
from loype.keywords import LANGUAGES, concepts, label

MOST_KEYWORDS = 20
LONGEST_KEYWORD = 80


def as_kept(words: Iterable[str]) -> list[str]:
    """Each keyword once; a word for a known concept, in whichever language, becomes its code."""
    kept: dict[str, str] = {}
    for line in map(clean_line, words):
        if line:
            keyword = _codes().get(line.casefold(), line)
            kept.setdefault(keyword.casefold(), keyword)
    return list(kept.values())


def keyword_problem(kept: list[str]) -> dict[str, str]:
    """What is wrong with keywords, by field; nothing where they can be used."""
    if len(kept) > MOST_KEYWORDS:
        return {"keywords": _("Choose at most %(most)s keywords.") % {"most": MOST_KEYWORDS}}
    if any(len(keyword) > LONGEST_KEYWORD for keyword in kept):
        words = _("A keyword has at most %(most)s signs; put commas between several.")
        return {"keywords": words % {"most": LONGEST_KEYWORD}}
    return {}


def label_of(keyword: str, *, language: str) -> str:
    """A keyword as a reader sees it: a concept by its label, other words as they were given."""
    if keyword not in concepts():
        return keyword
    return label(keyword, language=language if language in LANGUAGES else "en")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The code behind every word, in small letters; a label counts before other words."""
    codes: dict[str, str] = {}
    for code, said in concepts().items():
        for word in (code, *(words[0] for words in said.values())):
            codes.setdefault(word.casefold(), code)
    for code, said in concepts().items():
        for words in said.values():
            for word in words:
                codes.setdefault(word.casefold(), code)
    return codes
