"""The words and numbers of a text, as written but in small letters."""

from __future__ import annotations

import re
from unicodedata import normalize

LONGEST_WORD = 100  # longer ones are cut, alike in what is stored and what is looked for

# Letters and digits of any script, with marks that have no composed letter; no underscore.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens, joiners: pasted text


def surface(text: str) -> list[str]:
    """Every word and number in order, composed and in small letters; nothing left out."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain(text))]


def plain(text: str) -> str:
    """The text composed and in small letters, without what cannot be seen."""
    return normalize("NFC", normalize("NFC", _INVISIBLE.sub("", text)).casefold())
