"""A table as a file for spreadsheets, that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from django.http import HttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r")


def csv_table(lines: Iterable[Sequence[Any]], *, name: str) -> HttpResponse:
    """The lines as a file; the byte order mark lets spreadsheets read letters right."""
    written = StringIO("\ufeff", newline="")
    written.seek(0, 2)
    writer = csv.writer(written, delimiter=";")
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def harmless(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula; nothing stays empty."""
    if cell is None:
        return ""
    text = str(cell)
    is_number = isinstance(cell, int | float | Decimal)
    return f"'{text}" if text.startswith(RISKY) and not is_number else text
