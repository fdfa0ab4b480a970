"""Minutes as PDF/A-2a with PDF/UA-1 tags.

Set by Typst, which refuses to write what does not keep both standards: tags, language, title,
embedded fonts, output intent. It needs nothing installed beside its own package.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from loype.councils.minutes.document import Block, Document
from loype.kernel.errors import Unavailable

SOURCE = Path(__file__).with_name("minutes.typ")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
MOST_TRIES = 40
# How the setter says that no typeface has a character (an emoji, a rare script).
_NOT_SET = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
REPLACEMENT = "?"


def pdf(document: Document, *, at: datetime) -> bytes:
    """The document as one file; characters that no typeface has are set as a question mark."""
    told = _told(document)
    for _try in range(MOST_TRIES):
        words, problem = _set(told, at=at)
        if words is not None:
            return words
        told = _without(told, problem)
    raise Unavailable("The PDF could not be set.")


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
    missing = json.loads(f'"{found[1]}"') if "\\" in found[1] else found[1]
    left = _replaced(json.loads(told), {sign for sign in missing if not sign.isascii()})
    changed = json.dumps(left, ensure_ascii=False)
    if changed == told:
        raise Unavailable(problem)
    return changed


def _replaced(value: Any, signs: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(REPLACEMENT if sign in signs else sign for sign in value)
    if isinstance(value, list):
        return [_replaced(one, signs) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, signs) for key, one in value.items()}
    return value


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
