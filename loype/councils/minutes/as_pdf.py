"""Minutes as PDF/A-2a with PDF/UA-1 tags.

Set by Typst, which refuses to write what does not keep both standards: tags, language, title,
embedded fonts, output intent. It needs nothing installed beside its own package.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from loype.councils.minutes.document import Block, Document
from loype.kernel.errors import Unavailable

SOURCE = Path(__file__).with_name("minutes.typ")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
MOST_TRIES = 20
# How the setter says that no typeface has a character (an emoji, a rare script).
_NOT_SET = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
# It writes quotes, and signs that no screen shows, as escapes: \" and \u{f0b7}.
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))", re.DOTALL)
REPLACEMENT = "?"
KNOWN_AS = {"\uf0b7": "•"}  # a word processor's bullet
BEYOND_EUROPE = 0x2E80
# What our typefaces have for certain: the letters of Europe's west and north, and punctuation.
_LATIN = frozenset(map(chr, (*range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC)))
# An accent has nothing to stand on where its letter was replaced.
_MARKS = "".join(filter(lambda one: unicodedata.category(one)[0] == "M", map(chr, range(0x3000))))
_MARKS_ALONE = re.compile(rf"(\?)[{_MARKS}]+")


def pdf(document: Document, *, at: datetime) -> bytes:
    """The document as one file; characters that no typeface has are set as a question mark."""
    told = _told(document)
    for _try in range(MOST_TRIES):
        words, problem = _set(told, at=at)
        if words is not None:
            return words
        told, before = _without(told, problem), told
        if told == before:
            break
    words, problem = _set(_only(told, _LATIN), at=at)
    if words is None:
        raise Unavailable(problem)
    return words


def _set(told: str, *, at: datetime) -> tuple[bytes | None, str]:
    import typst  # noqa: PLC0415  30 MB that only this needs

    try:
        made = typst.compile(
            SOURCE.read_bytes(),
            format="pdf",
            sys_inputs={"document": told},
            pdf_standards=[*STANDARDS],
            ignore_system_fonts=True,  # the same file on every machine
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as problem:
        return None, str(problem)
    return made, ""


def _without(told: str, problem: str) -> str:
    """The words without the characters that could not be set; raises where it is not that."""
    found = _NOT_SET.search(problem)
    if found is None:
        raise Unavailable(problem)
    missing = _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], found[1])
    kinds = {_kind(sign) for sign in missing if not sign.isascii()}
    return _only(told, {sign for sign in told if _kind(sign) not in kinds})


def _kind(sign: str) -> int | str:
    """A character with those that come with it: whoever writes one sign of a script beyond Europe,
    or one picture, writes many."""
    return sign if ord(sign) < BEYOND_EUROPE else ord(sign) >> 12


def _only(told: str, signs: Collection[str]) -> str:
    """The words with only these characters, and a question mark for every other."""
    return json.dumps(_replaced(json.loads(told), signs), ensure_ascii=False)


def _replaced(value: Any, signs: Collection[str]) -> Any:
    if isinstance(value, str):
        return _MARKS_ALONE.sub(r"\1", "".join(map(partial(_as, signs), value)))
    if isinstance(value, list):
        return [_replaced(one, signs) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, signs) for key, one in value.items()}
    return value


def _as(signs: Collection[str], sign: str) -> str:
    return sign if sign in signs or sign.isascii() else KNOWN_AS.get(sign, REPLACEMENT)


def _told(document: Document) -> str:
    facts = {
        "title": document.title,
        "author": document.author,
        "language": document.language,
        "page_words": document.page_words,
        "blocks": [_plain(block) for block in document.blocks],
    }
    return json.dumps(facts, ensure_ascii=False)


def _plain(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **asdict(block)}
