"""Words from a cell into what a field keeps; whatever cannot be used is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from loype.cli.importing.fields import Field
from loype.cli.importing.mapping import Rule
from loype.cli.importing.problems import Wrong
from loype.kernel.words import clean_line, clean_text, text_from_html

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SAID_DATES = {"%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%H": "hh", "%M": "mm", "%S": "ss"}
YES = frozenset(["1", "true", "yes", "y", "ja", "j", "x", "sant", "sand", "si", "sí", "oui"])
NO = frozenset(["0", "false", "no", "n", "nei", "nej", "usant", "falsk", "non"])


def value_of(rule: Rule, wanted: Field, cells: dict[str, str], *, zone: ZoneInfo) -> Any:
    """What the field gets from a row; Wrong where it cannot be used."""
    words = _chosen(rule, _picked(rule, _without_control(rule.read(cells))))
    if not words.strip():
        if rule.orelse is not None:
            return value_of(rule.orelse, wanted, cells, zone=zone)
        if wanted.required:
            raise Wrong("it is empty")
        return wanted.otherwise
    return _SORTS[wanted.sort](words, rule, wanted, zone)


def _without_control(words: str) -> str:
    found = _CONTROL.search(words)
    if found is None:
        return words
    code = ord(found[0])
    mended = _CONTROL.sub("", words)
    if 0xD800 <= code <= 0xDFFF:
        raise Wrong("it holds bytes that are no letters in this encoding", mended=mended)
    name = " (NUL)" if code == 0 else ""
    raise Wrong(f"it holds the control character U+{code:04X}{name}", mended=mended)


def _picked(rule: Rule, words: str) -> str:
    if not rule.pattern or not words.strip():
        return words
    found = re.search(rule.pattern, words)
    if found is None:
        raise Wrong(f"it does not fit the pattern {rule.pattern}")
    return (found[1] if found.re.groups else found[0]) or ""


def _chosen(rule: Rule, words: str) -> str:
    """The value that the mapping gives for these words, whatever their capitals and blanks."""
    if not rule.values and rule.otherwise is None:
        return words
    plain = clean_line(words).casefold()
    for said, value in rule.values.items():
        if clean_line(said).casefold() == plain:
            return value
    return words if rule.otherwise is None else rule.otherwise


def _line(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> str:
    line = clean_line(text_from_html(words) if rule.html else words)
    if rule.pad:
        line = line.zfill(rule.pad)
    if not line and wanted.required:
        raise Wrong("it is empty")
    if len(line) > wanted.longest:
        raise Wrong(
            f"it is longer than {wanted.longest} signs",
            mended=f"{line[: wanted.longest - 1].rstrip()}…",
        )
    return line


def _text(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> str:
    text = text_from_html(words) if rule.html else clean_text(words)
    if not text and wanted.required:
        raise Wrong("it is empty")
    if len(text) > wanted.longest:
        raise Wrong(
            f"it is longer than {wanted.longest:,} signs", mended=f"{text[: wanted.longest - 1]}…"
        )
    return text


def _choice(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> str:
    plain = clean_line(words)
    for choice in wanted.choices:
        if choice == plain.casefold():
            return choice
    raise Wrong(f"it is none of: {', '.join(wanted.choices)}")


def _country(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> str:
    plain = clean_line(words).lower()
    if not re.fullmatch(r"[a-z]{2}", plain):
        raise Wrong("it is not a country's two letters; give the names in values")
    return plain


def _moment(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> datetime:
    plain = clean_line(words)
    moment = _by_formats(plain, rule.date) or _by_standard(plain)
    if moment is None:
        raise Wrong(_why_no_date(rule.date))
    if not 1800 <= moment.year <= 2200:
        raise Wrong("it lies outside the years 1800 to 2200")
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.astimezone(UTC)


def _by_formats(plain: str, formats: tuple[str, ...]) -> datetime | None:
    for pattern in formats:
        try:
            return datetime.strptime(plain, pattern)  # noqa: DTZ007  the zone is added after
        except ValueError:
            continue
    return None


def _by_standard(plain: str) -> datetime | None:
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return None


def _why_no_date(formats: tuple[str, ...]) -> str:
    said = " or ".join(formats) or "yyyy-mm-dd"
    for sign, word in _SAID_DATES.items():
        said = said.replace(sign, word)
    return f"it is not a day of the calendar written as {said}"


def _whole(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> int:
    number = number_of(words, decimal=rule.decimal)
    if number != number.to_integral_value() or not 0 <= number <= 2_000_000_000:
        raise Wrong("it is not a whole number from 0 to 2,000,000,000")
    return int(number)


def number_of(words: str, *, decimal: str = "") -> Decimal:
    """A number as people write it: blanks between thousands, comma or point before decimals.

    Where only one comma or point stands before exactly three digits it could be either, and is
    refused unless `decimal` says which sign is the decimal one.
    """
    plain = re.sub(r"[\s'’]", "", words)
    signs = [sign for sign in plain if sign in ",."]
    if not decimal and len(signs) == 1 and re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", plain):
        raise Wrong("it could mean thousands or decimals; say decimal in the mapping")
    mark = decimal or (signs[-1] if len(set(signs)) == 2 or len(signs) == 1 else "")
    plain = "".join(
        "." if sign == mark else sign for sign in plain if sign == mark or sign not in ",."
    )
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Wrong("it is not a number") from None
    if not number.is_finite():
        raise Wrong("it is not a number")
    return number


def _yes_no(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> bool:
    plain = clean_line(words).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    raise Wrong("it is neither yes nor no; give the words in values")


def _address(words: str, rule: Rule, wanted: Field, zone: ZoneInfo) -> str:
    """One web address; it is kept as text and never opened."""
    plain = words.strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        raise Wrong("it is not a web address") from None
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", plain):
        raise Wrong("it is not one web address beginning with http:// or https://")
    if len(plain) > wanted.longest:
        raise Wrong(f"it is longer than {wanted.longest} signs")
    return plain


_SORTS: dict[str, Callable[[str, Rule, Field, ZoneInfo], Any]] = {
    "line": _line,
    "text": _text,
    "choice": _choice,
    "country": _country,
    "moment": _moment,
    "whole": _whole,
    "yes_no": _yes_no,
    "address": _address,
}
