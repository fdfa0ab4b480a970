"""Names of organisations as they are compared, and the short names made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

LONGEST_SHORT_NAME = 12
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ß": "ss"}
)
_SMALL_WORDS = frozenset(
    """
    a af an and da das de del den der des det di do dos e el en et for fra i il in kommun kommune
    la le les los of og på the to und van von y
    """.split()  # noqa: SIM905  a list of fifty quoted words cannot be read
)


def normalised_name(name: str) -> str:
    """The name without capitals, signs and doubled blanks: equal ones are the same name."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def short_name_for(name: str, *, taken: Container[str]) -> str:
    """A short name of capital letters that nobody has yet, made from the name."""
    for candidate in _short_names(name):
        if candidate not in taken:
            return candidate
    raise AssertionError("numbers never end")


def _short_names(name: str) -> Iterator[str]:
    words = _words(name) or ["ORG"]
    if len(words) > 2:
        yield "".join(word[0] for word in words)[:6]
    longest = len(words[0]) if len(words) == 1 else 4
    for length in range(min(3, longest), min(longest, 8) + 1):
        yield words[0][:length]
    stem = "".join(word[0] for word in words)[:6] if len(words) > 2 else words[0][:3]
    number = 2
    while True:
        yield f"{stem}{number}"[:LONGEST_SHORT_NAME]
        number += 1


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    return [word.upper() for word in telling]
