"""Numbers as people type them, with comma or point, and blanks between thousands."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(([.]\d{3})+(,\d+)?|(,\d{3})+(\.\d+)?)")
_UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
LONGEST = 40


class NotANumber(ValueError):
    """The text is not a number."""


class UnclearNumber(NotANumber):
    """The mark may stand before decimals or between thousands, as in 1.234."""


def read_number(text: str) -> Decimal:
    """The number a text means: "3,5", "1 234,5", "-0.25", "1.234,50".

    "1.234" is one thousand for some and a little more than one for others, so it raises
    UnclearNumber instead of guessing; anything else that is no number raises NotANumber.
    """
    plain = re.sub(r"\s", "", text).replace("\u2212", "-").replace("'", "")
    if len(plain) > LONGEST or not plain.isascii():
        raise NotANumber(text)
    if _UNCLEAR.fullmatch(plain):
        raise UnclearNumber(text)
    if _NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    if not _GROUPED.fullmatch(plain):
        raise NotANumber(text)
    decimals = max(plain.rfind(","), plain.rfind("."))
    if plain.count(plain[decimals]) > 1:  # only thousands are marked, as in 1.234.567
        return Decimal(re.sub(r"[.,]", "", plain))
    whole, rest = plain[:decimals], plain[decimals + 1 :]
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


def written_number(number: Decimal) -> str:
    """A number as short as it can be said: no empty decimals, never with an exponent."""
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
