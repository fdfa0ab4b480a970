"""The file of an evaluation: a text a line, with the group of those that say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loype.search.language import LANGUAGES

RELATIONS = ("same", "near", "")


@dataclass(frozen=True)
class Entry:
    """One text, and what is known of it.

    `relation` is "same" for a member of its group, "near" for a text on the group's topic with
    another need, and empty for a text that stands alone.
    """

    id: str
    language: str
    title: str
    text: str
    group: str = ""
    relation: str = ""

    @property
    def full(self) -> str:
        """Title and text, as they are handed in."""
        return f"{self.title}\n{self.text}" if self.text else self.title


class BadLine(Exception):
    """A line that cannot be used, and why."""


def read_entries(lines: Iterable[str]) -> tuple[list[Entry], list[str]]:
    """The texts, and a sentence with its number for each line that cannot be used."""
    entries: dict[str, Entry] = {}
    bad: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            entry = _entry(line)
            if entry.id in entries:
                raise BadLine(f"the id {entry.id} was given before")
        except BadLine as why:
            bad.append(f"line {number}: {why}")
        else:
            entries[entry.id] = entry
    return list(entries.values()), bad


def read_file(path: Path) -> tuple[list[Entry], list[str]]:
    """The same from a file; letters that are no UTF-8 make their line a bad one."""
    with path.open(encoding="utf-8", errors="surrogateescape") as lines:
        return read_entries(lines)


def _entry(line: str) -> Entry:
    told = _object(line)
    entry = Entry(
        id=_words(told, "id", needed=True),
        language=_words(told, "lang", needed=True),
        title=_words(told, "title", needed=True),
        text=_words(told, "text"),
        group=_words(told, "group"),
        relation=_words(told, "relation"),
    )
    if entry.language not in LANGUAGES:
        raise BadLine(f"lang is {entry.language!r}, not one of {', '.join(LANGUAGES)}")
    if entry.relation not in RELATIONS:
        raise BadLine(f"relation is {entry.relation!r}, not same, near or null")
    if entry.relation and not entry.group:
        raise BadLine(f"relation is {entry.relation}, but there is no group")
    return entry


def _object(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line.lstrip("\ufeff"))
        line.encode()
    except UnicodeEncodeError:
        raise BadLine("it is not UTF-8") from None
    except ValueError as error:
        raise BadLine(f"it is no JSON ({error})") from None
    if not isinstance(told, dict):
        raise BadLine("it is no JSON object")
    return told


def _words(told: dict[str, Any], key: str, *, needed: bool = False) -> str:
    value = told.get(key)
    if value is None:
        value = ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BadLine(f"{key} is no text")
    value = value.replace("\x00", "").strip()
    if needed and not value:
        raise BadLine(f"{key} is missing")
    return value
