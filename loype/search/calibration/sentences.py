"""Sentences that we wrote to learn from: the same need said by five people in five languages.

Each group holds five texts of one need ("same") and two of the same place or topic that are
another need ("near"). No two groups of a file are the same need; groups of
different files may be. Most say it in wholly other words, some the problem and some
the solution; those in `restated.jsonl` say it again, as one council's case text says another's.

The groups named in `held_out.txt` and the restated ones were not shown to the model when it was
taught. What likeness means is measured on the restated ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

RESTATED = "restated"
FOLDER = Path(__file__).parent / "sentences"
HELD_OUT = Path(__file__).parent / "held_out.txt"


@dataclass(frozen=True)
class Sentence:
    """One text of ours."""

    file: str
    group: str
    is_same: bool
    language: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """Title and text, as search reads a stored text."""
        return f"{self.title}. {self.text}"


@lru_cache(maxsize=1)
def sentences() -> tuple[Sentence, ...]:
    """All of them, in the order of the files."""
    return tuple(_read())


@lru_cache(maxsize=1)
def held_out() -> frozenset[str]:
    """The groups that nothing was taught with."""
    return frozenset(HELD_OUT.read_text(encoding="utf-8").split())


def _read() -> Iterator[Sentence]:
    for file in sorted(FOLDER.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Sentence(
                file=file.stem,
                group=row["group"],
                is_same=row["relation"] == "same",
                language=row["lang"],
                title=row["title"],
                text=row["text"],
            )
