"""Hits and facets as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loype.search.explanation import marked, told
from loype.search.finding import Filters, Found
from loype.search.ranking import Hit
from loype.web.search.asking import Question
from loype.web.search.words import (
    FACETS,
    LANGUAGES,
    PAGES,
    choice_words,
    kind_words,
    state_words,
)
from loype.web.shared.context import address
from loype.web.shared.excerpts import excerpt

MOST_SHOWN = 6  # values of a facet before "more"
MOST_VALUES = 40
ENDS = ".!?:;…"

Pieces = list[tuple[str, bool]]
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Row:
    """One hit."""

    hit: Hit
    url: str
    title: Pieces
    excerpt: Pieces
    kind: str
    state: str
    language: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Value:
    """One choice of a facet: what it is called, how many it leaves, and the way there or back."""

    label: str
    count: int | None
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A way to narrow the answer."""

    label: Any
    values: list[Value]
    more: list[Value]


def rows_of(found: Found, *, language: str) -> list[Row]:
    """The hits of a page for somebody who reads this language."""
    return [_row(hit, language=language) for hit in found.hits]


def _row(hit: Hit, *, language: str) -> Row:
    words = hit.reason.forms
    url = address(PAGES[hit.kind], hit.page_id)
    # The reason says the language already where there is one.
    foreign = hit.language != language and not hit.reason.is_other_language
    return Row(
        hit=hit,
        url=f"{url}#comment-{hit.thing_id}" if hit.kind == "comment" else url,
        title=marked(hit.title, words),
        excerpt=marked(excerpt(_one_line(hit.body), title=hit.title, words=words), words),
        kind=kind_words(hit.kind, hit.variant),
        state=state_words(hit.kind, hit.state),
        language=str(LANGUAGES.get(hit.language, "")) if foreign else "",
        reason=told(hit, reader_language=language),
        at=hit.happened_at,
    )


def _one_line(text: str) -> str:
    """Lines after one another; where a line ends without a stop, a dot keeps it from the next."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return " ".join(f"{line}{'' if line[-1] in ENDS else ' ·'}" for line in lines).removesuffix(
        " ·"
    )


def facets_of(found: Found, question: Question, *, names: Names, language: str) -> list[Facet]:
    """The ways to narrow an answer, each value with how many it leaves."""
    shown = [
        _facet(facet, found, question, names=names, language=language)
        for facet in FACETS
        if facet != "variant" or question.filters.kinds == {"idea"}
    ]
    return [facet for facet in shown if len(facet.values) > 1 or _is_used(facet)]


def _is_used(facet: Facet) -> bool:
    return any(value.is_chosen for value in facet.values)


def _facet(facet: str, found: Found, question: Question, *, names: Names, language: str) -> Facet:
    chosen = question.narrowed.get(facet, [])
    counts: dict[str, int | None] = dict(found.facets.get(facet, [])[:MOST_VALUES])
    if facet == "federation":
        counts = dict.fromkeys(names["federation"])
    counted = [*((one, 0) for one in chosen if one not in counts), *counts.items()]
    counted.sort(key=lambda pair: pair[0] not in chosen)
    values = [
        Value(label, count, question.turned(facet, value), value in chosen)
        for value, count in counted
        if (label := choice_words(facet, value, names=names, language=language))
    ]
    if facet == "year":
        values.sort(key=lambda value: (not value.is_chosen, -int(value.label)))
    return Facet(FACETS[facet], values[:MOST_SHOWN], values[MOST_SHOWN:])


def chips_of(question: Question, *, names: Names, language: str) -> list[Value]:
    """What was chosen, each with the address without it."""
    return [
        Value(label, None, question.turned(facet, value), True)
        for facet in FACETS
        for value in question.narrowed.get(facet, [])
        if (label := choice_words(facet, value, names=names, language=language))
    ]


def popular_keywords(found: Found, *, language: str, most: int = 10) -> list[Value]:
    """What most texts are about."""
    everything = Question(asked="", filters=Filters())
    return [
        Value(
            choice_words("keyword", code, names={}, language=language), count,
            everything.turned("keyword", code), False,
        )
        for code, count in found.facets.get("keyword", [])[:most]
    ]  # fmt: skip
