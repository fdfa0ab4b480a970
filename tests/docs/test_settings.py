"""docs/operating.md has a line for every variable, and for no others."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MANUAL = PROJECT / "docs" / "operating.md"
NAME = re.compile(r"\b(?:LOYPE_[A-Z_]*[A-Z]|DATABASE_URL)\b")
ROW = re.compile(r"^\| `(LOYPE_[A-Z_]+|DATABASE_URL)` \| (.+) \| (.+) \|$", re.MULTILINE)


def read_by_the_code() -> set[str]:
    """The names in the settings and the commands."""
    files = [*(PROJECT / "loype/config").rglob("*.py"), *(PROJECT / "loype/cli").rglob("*.py")]
    return {name for file in files for name in NAME.findall(file.read_text(encoding="utf-8"))}


def in_the_table() -> list[str]:
    return [name for name, *_ in ROW.findall(MANUAL.read_text(encoding="utf-8"))]


def test_it_tells_every_variable() -> None:
    assert read_by_the_code() - set(in_the_table()) == set()


def test_it_tells_no_variable_that_nothing_reads() -> None:
    mentioned = set(NAME.findall(MANUAL.read_text(encoding="utf-8")))
    assert mentioned - read_by_the_code() == set()


def test_it_tells_each_once() -> None:
    names = in_the_table()
    assert len(names) > 25
    assert len(names) == len(set(names))
