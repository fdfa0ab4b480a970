"""Rows to CSV or JSON lines, one at a time: a large export needs no more memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.db import transaction

from loype.cli.exporting.cells import safe_cell
from loype.cli.exporting.fields import ExportKind
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation

CHUNK = 500


def write_rows(
    kind: ExportKind,
    file: IO[str],
    *,
    form: str,
    actor: Actor,
    organisation: Organisation | None = None,
) -> int:
    """Write everything the actor may see; gives how many rows were written."""
    write = _csv if form == "csv" else _jsonl
    # One transaction: the file shows the database as it was at one moment.
    with transaction.atomic():
        return write(kind, file, _values(kind, actor, organisation))


def _values(
    kind: ExportKind, actor: Actor, organisation: Organisation | None
) -> Iterator[list[Any]]:
    for row in kind.rows(actor, organisation=organisation).iterator(chunk_size=CHUNK):
        yield [column.read(row, actor) for column in kind.columns]


def _csv(kind: ExportKind, file: IO[str], rows: Iterator[list[Any]]) -> int:
    writer = csv.writer(file)
    writer.writerow([column.name for column in kind.columns])
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007  the last count is the answer
        writer.writerow([safe_cell(_written(value)) for value in row])
    return count


def _jsonl(kind: ExportKind, file: IO[str], rows: Iterator[list[Any]]) -> int:
    names = [column.name for column in kind.columns]
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007  the last count is the answer
        said = {name: _kept(value) for name, value in zip(names, row, strict=True)}
        file.write(json.dumps(said, ensure_ascii=False) + "\n")
    return count


def _written(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _kept(value)


def _kept(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
