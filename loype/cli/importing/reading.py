"""Any CSV, JSON lines or Excel file as a stream of rows of text."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loype.cli.importing.csv_rows import csv_rows, sniff_delimiter
from loype.cli.importing.problems import Impossible
from loype.cli.importing.rows import Row

FIRST_BYTES = 65_536
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITER_WORDS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "upright strokes"}


@dataclass
class Table:
    """An opened file: its columns, and its rows once."""

    columns: list[str]
    rows: Iterator[Row]
    told: str
    size: int
    position: Callable[[], int]
    has_fixed_columns: bool = True


@contextmanager
def open_table(
    path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = ""
) -> Iterator[Table]:
    """Open a file by the ending of its name."""
    openers = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl}
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from loype.cli.importing.excel import open_excel

        with open_excel(path, sheet=sheet) as (columns, rows, told, size, position):
            yield Table(columns, rows, told, size, position)
        return
    if ending not in openers:
        raise Impossible(f"{path.name}: only .csv, .jsonl and .xlsx files can be imported.")
    with path.open("rb") as raw:
        chosen = encoding or sniff_encoding(path)
        try:
            # Undecodable bytes are kept as marks, so that the row that holds them can be named.
            text = io.TextIOWrapper(raw, chosen, errors="surrogateescape", newline="")
        except LookupError as problem:
            raise Impossible(f"There is no encoding called {chosen!r}.") from problem
        yield openers[ending](path, raw, text, chosen, delimiter)


def sniff_encoding(path: Path) -> str:
    """The encoding by the mark at the beginning, else UTF-8 if all of it is, else Windows' own."""
    with path.open("rb") as raw:
        beginning = raw.read(3)
    for mark, name in _MARKS.items():
        if beginning.startswith(mark):
            return name
    try:
        with path.open(encoding="utf-8", newline="") as text:
            while text.read(FIRST_BYTES):
                pass
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _csv(
    path: Path, raw: io.BufferedReader, text: io.TextIOWrapper, encoding: str, delimiter: str
) -> Table:
    beginning = text.read(FIRST_BYTES)
    text.seek(0)
    chosen = delimiter or (sniff_delimiter(beginning) if path.suffix != ".tsv" else "\t")
    records = csv_rows(text, delimiter=chosen)
    header = next((cells for _, cells, problem in records if any(cells) and not problem), [])
    if not header:
        raise Impossible(f"{path.name} is empty: its first row should name the columns.")
    columns = column_names(header)
    told = f"{_DELIMITER_WORDS.get(chosen, repr(chosen))} between columns, {encoding}"
    return Table(columns, _fitted(columns, records), told, path.stat().st_size, raw.tell)


def _fitted(columns: list[str], records: Iterator[tuple[int, list[str], str]]) -> Iterator[Row]:
    """Cells by column; a row with too many or too few cells is named, an empty one passed over."""
    for number, cells, problem in records:
        if problem:
            yield Row(number, dict(zip(columns, cells, strict=False)), problem=problem)
        elif any(cell.strip() for cell in cells):
            extra = [cell for cell in cells[len(columns) :] if cell.strip()]
            told = ""
            if extra or len(cells) < len(columns):
                told = f"the row has {len(cells)} cells, the header has {len(columns)}"
            yield Row(number, dict(zip(columns, cells, strict=False)), problem=told)


def _jsonl(
    path: Path, raw: io.BufferedReader, text: io.TextIOWrapper, encoding: str, delimiter: str
) -> Table:
    from loype.cli.importing.json_rows import first_columns, json_rows

    columns = first_columns(text)
    text.seek(0)
    if not columns:
        raise Impossible(f"{path.name}: none of its first lines is a JSON object.")
    told = f"one JSON object a line, {encoding}"
    return Table(columns, json_rows(text), told, path.stat().st_size, raw.tell, False)


def column_names(header: list[str]) -> list[str]:
    """The header as names: blanks trimmed, empty and repeated ones told apart."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        plain = tidy_name(cell) or f"column {place}"
        name, number = plain, 2
        while name in names:
            name, number = f"{plain} ({number})", number + 1
        names.append(name)
    return names


def tidy_name(cell: str) -> str:
    """A column's name without marks and doubled blanks, no-break ones too."""
    return " ".join(unicodedata.normalize("NFC", cell).replace("\ufeff", "").split())
