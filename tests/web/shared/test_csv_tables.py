"""Tables to take away: no formula in them, whole or line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from loype.web.shared.csv_tables import csv_stream, csv_table


def read(content: bytes, *, delimiter: str = ";") -> list[list[str]]:
    """What a spreadsheet makes of it."""
    text = content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+47 12", "'+47 12"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("vanlig", "vanlig"), (7, "7"), ("", ""),
        (-5, "-5"), (Decimal("-2.50"), "-2.50"), (None, ""),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell: Any, expected: str) -> None:
    whole = csv_table([[cell, "etter"]], name="tall.csv")
    assert read(whole.content) == [[expected, "etter"]]


def test_a_long_table_is_sent_line_by_line() -> None:
    asked = []

    def lines() -> Iterator[list[Any]]:
        for number in range(3):
            asked.append(number)
            yield [number, "=1"]

    response = csv_stream(lines(), name="lang.csv", delimiter=",")
    parts: Any = iter(response)
    next(parts), next(parts)
    assert asked == [0]
    rest = b"".join(parts)
    assert rest == b"1,'=1\r\n2,'=1\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="lang.csv"'
