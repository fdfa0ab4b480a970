"""The words that the texts are put together from, read by the product's own analyser.

Petition titles of the shared data and the sentences that we wrote. A tenth of our sentences is kept
back: those are what is asked for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loype.kernel.words import clean_line
from loype.search.analysis import analyse
from loype.search.calibration.sentences import sentences

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
KEPT_BACK = 10  # each tenth of our sentences
MEASURED_PETITIONS = 5_000  # so many get a real vector; the others only lend their words


@dataclass(frozen=True)
class Piece:
    """A title and a text in a language, with their tokens; one of the two may be empty."""

    language: str
    title: str
    text: str
    title_tokens: tuple[str, ...]
    text_tokens: tuple[str, ...]

    @property
    def whole(self) -> str:
        """As search reads it."""
        return f"{self.title}. {self.text}" if self.text else self.title


def pieces() -> list[Piece]:
    """What texts are made of; each of these gets a real vector."""
    own = [one for number, one in enumerate(sentences()) if number % KEPT_BACK]
    petitions = list(_petitions())
    step = max(1, len(petitions) // MEASURED_PETITIONS)
    return [
        *(_piece(one.language, one.title, one.text) for one in own),
        *(_piece("en", title, "") for title in petitions[::step]),
    ]


def lent() -> list[Piece]:
    """Further English words for bodies, without vectors."""
    return [_piece("en", title, "") for title in _petitions()]


def questions() -> list[tuple[str, str]]:
    """What is asked for: pairs of a title and its text, none of them in the tables."""
    return [(one.title, one.text) for one in sentences()[::KEPT_BACK]]


def _piece(language: str, title: str, text: str) -> Piece:
    return Piece(
        language,
        title,
        text,
        tuple(analyse(title, language=language)),
        tuple(analyse(text, language=language)),
    )


def _petitions() -> Iterator[str]:
    for file in sorted((SHARED / "uk-petitions").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if title := clean_line(row["Petition"] or "")[:200]:
                    yield title
