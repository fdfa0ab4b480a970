"""Excel workbooks, read row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from loype.cli.importing.problems import Impossible
from loype.cli.importing.rows import Row

Opened = tuple[list[str], Iterator[Row], str, int, Callable[[], int]]


@contextmanager
def open_excel(path: Path, *, sheet: str = "") -> Iterator[Opened]:
    """The columns and rows of one sheet: the named one, else the first."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise Impossible(f"{path.name} is not an Excel workbook that can be read.") from problem
    try:
        if sheet and sheet not in book.sheetnames:
            raise Impossible(f"{path.name} has no sheet {sheet!r}: {', '.join(book.sheetnames)}.")
        chosen = book[sheet] if sheet else book.worksheets[0]
        yield _opened(path, chosen)
    finally:
        book.close()


def _opened(path: Path, sheet: Any) -> Opened:
    from loype.cli.importing.reading import column_names

    records = enumerate(sheet.iter_rows(), start=1)
    header = next((cells for _, row in records if any(cells := [_text(c) for c in row])), [])
    while header and not header[-1].strip():
        header.pop()
    if not header:
        raise Impossible(f"{path.name} is empty: its first row should name the columns.")
    columns, place = column_names(header), [1]
    rows = _rows(columns, records, place)
    return columns, rows, f"sheet {sheet.title!r}", sheet.max_row or 0, lambda: place[0]


def _rows(
    columns: list[str], records: Iterator[tuple[int, tuple[Any, ...]]], place: list[int]
) -> Iterator[Row]:
    for number, row in records:
        place[0] = number
        cells = [_text(cell) for cell in row]
        if not any(cell.strip() for cell in cells):
            continue
        extra = [cell for cell in cells[len(columns) :] if cell.strip()]
        problem = f"cells to the right of the {len(columns)} named columns" if extra else ""
        filled = cells + [""] * (len(columns) - len(cells))
        yield Row(number, dict(zip(columns, filled, strict=False)), problem=problem)


def _text(cell: Any) -> str:
    """A cell as it is shown: codes keep the zeros that their format gives them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch(r"0+", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)
