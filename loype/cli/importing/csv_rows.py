"""CSV as it is found in the wild."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

LONGEST_CELL = 1_000_000
DELIMITERS = (",", ";", "\t", "|")


def sniff_delimiter(beginning: str) -> str:
    """The sign that splits the first lines into the most columns, the same number in each."""
    csv.field_size_limit(LONGEST_CELL)
    return max(DELIMITERS, key=lambda sign: _evenness(beginning, sign))


def _evenness(beginning: str, delimiter: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(beginning.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return 0, 0
    rows = [row for row in rows[:200] if row]
    if len(rows) > 1:
        rows = rows[:-1]  # the last one may be cut in the middle
    width = len(rows[0]) if rows else 0
    same = sum(len(row) == width for row in rows)
    return (same, width) if width > 1 else (0, 0)


class _Lines:
    """Hands lines to the reader and remembers those of the record at hand."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.source = iter(lines)
        self.back: deque[str] = deque()
        self.used: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.back.popleft() if self.back else next(self.source)
        self.used.append(line)
        return line

    def give_back(self) -> str:
        """Put back all lines of the record but the first, which is given."""
        first, *rest = self.used
        self.back.extendleft(reversed(rest))
        return first


def csv_rows(lines: Iterable[str], *, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Each record with its number and what is wrong with it.

    A quotation mark that is never closed swallows the lines after it: when a record over several
    lines does not fit the header, its first line is refused and the others are read again.
    """
    csv.field_size_limit(LONGEST_CELL)
    feeder = _Lines(lines)
    reader = csv.reader(feeder, delimiter=delimiter, strict=True)
    width = number = 0
    while True:
        feeder.used = []
        problem, cells = "", []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _words_of(error)
        number += 1
        width = width or len(cells)
        misfit = len(cells) < width or any(cells[width:])
        if len(feeder.used) > 1 and (problem or misfit):
            cells = next(csv.reader([feeder.give_back()], delimiter=delimiter), [])
            problem = problem or "a quotation mark in the row is not closed"
            reader = csv.reader(feeder, delimiter=delimiter, strict=True)
        yield number, cells, problem


def _words_of(error: csv.Error) -> str:
    told = str(error)
    if "field larger" in told:
        return f"a cell is longer than {LONGEST_CELL:,} signs, or a quotation mark is not closed"
    if "unexpected end" in told:
        return "a quotation mark in the row is not closed"
    if "expected after" in told:
        return "a quotation mark stands in the middle of a cell"
    return f"the row cannot be read ({told})"
