"""Real words to fill the tables with; the demo's own where the shared data are not at hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from loype.demo.reading import read_content
from loype.kernel.words import clean_line, text_from_html

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def texts(count: int) -> Iterator[tuple[str, str, str]]:
    """`count` triples of title, text and language, real ones first and then over again."""
    found = list(_petitions()) + list(_proposals()) + list(_demo())
    return islice(cycle(found), count)


def _petitions() -> Iterator[tuple[str, str, str]]:
    for file in sorted((SHARED / "uk-petitions").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if title := clean_line(row["Petition"] or "")[:200]:
                    yield title, f"{title}. {title} for everybody, everywhere.", "en"


def _proposals() -> Iterator[tuple[str, str, str]]:
    file = SHARED / "decide-madrid-2024" / "proposals.csv"
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            title, text = clean_line(row["title"])[:200], text_from_html(row["description"])
            if title and text:
                yield title, text[:5000], "es"


def _demo() -> Iterator[tuple[str, str, str]]:
    for row in read_content()["idea"]:
        yield row["title"], row["text"], row["language"]
