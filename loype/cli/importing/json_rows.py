"""JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from loype.cli.importing.rows import Row

FIRST_LINES = 200


def json_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Each line as cells; a field within a field is named with a dot between."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(number, line)


def first_columns(lines: Iterable[str]) -> list[str]:
    """The names found in the first lines, in the order they come."""
    names: dict[str, None] = {}
    for row in islice(json_rows(lines), FIRST_LINES):
        names |= dict.fromkeys(row.cells)
    return list(names)


def _row(number: int, line: str) -> Row:
    try:
        found = json.loads(line)
    except ValueError as error:
        return Row(number, problem=f"the line is not JSON ({error})")
    except RecursionError:
        return Row(number, problem="the line is not usable JSON (too many levels)")
    if not isinstance(found, dict):
        return Row(number, problem="the line is JSON, but not an object with names")
    return Row(number, dict(_cells(found)))


def _cells(found: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            yield from _cells(value, f"{name}.")
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return str(value)
