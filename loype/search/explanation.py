"""Why something was found, in words: what both texts speak of, and in which language it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from loype.keywords import LANGUAGES, MARK, concepts, label
from loype.search.analysis import analyse, surface
from loype.search.analysis.frequency import is_common
from loype.search.asking import Asked
from loype.search.language import guess, most_likely
from loype.search.languages import in_which_language

if TYPE_CHECKING:
    from loype.search.candidates import Candidate
    from loype.search.ranking import Hit

MOST_TOLD = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Reason:
    """What a hit and a question have in common.

    `words` are the hit's own words as written, each once however it is bent; `forms` all of them,
    to be marked in its text; `concepts` codes of `loype.keywords`.
    """

    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    is_other_language: bool = False


def reason_for(question: Asked, found: Candidate, *, reader_language: str = "") -> Reason:
    """What both speak of."""
    asked = set(question.tokens) | set(question.words)
    told = {token.removeprefix(MARK) for token in asked if token.startswith(MARK)}
    language = found.language or most_likely(guess(found.body))
    words: dict[frozenset[str], list[str]] = {}
    for written in dict.fromkeys(_WORD.findall(f"{found.title} {found.body}")):
        if met := _met(written, asked=asked, language=language):
            words.setdefault(met, []).append(written)
    return Reason(
        words=tuple(forms[0] for forms in words.values()),
        forms=tuple(form for forms in words.values() for form in forms),
        concepts=tuple(code for code in found.concepts if code in told),
        is_other_language=bool(reader_language) and language != reader_language,
    )


def told(hit: Hit, *, reader_language: str) -> str:
    """Why it was found, in one line: "both: night staff, fall sensors; written in Swedish"."""
    parts = []
    if shared := _shared(hit.reason, language=reader_language):
        parts.append(_("both: %(words)s") % {"words": ", ".join(shared)})
    elif hit.band:
        parts.append(_("says much the same in other words"))
    if hit.reason.is_other_language:
        parts.append(in_which_language(hit.language))
    return "; ".join(part for part in parts if part)


def marked(text: str, words: Collection[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words."""
    looked_for = {word.casefold() for word in words}
    pieces: list[tuple[str, bool]] = []
    for piece in re.split(r"(\w+)", text):
        is_word = piece.casefold() in looked_for
        if pieces and pieces[-1][1] == is_word:
            pieces[-1] = (pieces[-1][0] + piece, is_word)
        elif piece:
            pieces.append((piece, is_word))
    return pieces


def _met(written: str, *, asked: Collection[str], language: str) -> frozenset[str]:
    """The asked tokens that a word meets; none for a word that everybody uses."""
    word = written.casefold()
    if is_common(word):
        return frozenset()
    tokens = {*analyse(written, language=language), word} if surface(written) else {word}
    return frozenset(token for token in tokens if token in asked and not is_common(token))


def _shared(reason: Reason, *, language: str) -> list[str]:
    """Concepts in the reader's language first, then words as they stand there."""
    spoken = language if language in LANGUAGES else "en"
    labels = [label(code, language=spoken) for code in reason.concepts if code in concepts()]
    plain = {one.casefold() for one in labels}
    words = [word for word in reason.words if word.casefold() not in plain]
    return (labels + words)[:MOST_TOLD]
