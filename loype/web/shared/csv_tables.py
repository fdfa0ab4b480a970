"""A table as a file for spreadsheets, that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from loype.kernel.cells import safe_cell

MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"
"""Lets spreadsheets see that the file is UTF-8, and read letters right."""

Line = Sequence[Any]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def csv_table(lines: Iterable[Line], *, name: str, delimiter: str = ";") -> HttpResponse:
    """The lines as a file; many spreadsheets here split at semicolons."""
    written = "".join(_written(lines, delimiter=delimiter))
    return _as_file(HttpResponse(written, content_type=MEDIA_TYPE), name=name)


def csv_stream(lines: Iterable[Line], *, name: str, delimiter: str = ";") -> StreamingHttpResponse:
    """The same of a table that may be long, sent line by line as it is read."""
    written = _written(lines, delimiter=delimiter)
    return _as_file(StreamingHttpResponse(written, content_type=MEDIA_TYPE), name=name)


def _as_file(response: Answer, *, name: str) -> Answer:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class _Echo:
    """Hands each written line back, so that it can be sent at once."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _written(lines: Iterable[Line], *, delimiter: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield MARK
    for line in lines:
        yield writer.writerow([harmless(cell) for cell in line])


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; nothing stays empty, a number a number."""
    if cell is None:
        return ""
    return cell if isinstance(cell, int | float | Decimal) else safe_cell(str(cell))
