"""A row against the mapping: what the thing gets, or everything that is wrong with the row."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from loype.cli.importing.mapping import FieldMap, Rule
from loype.cli.importing.problems import Remark, Wrong, shortened
from loype.cli.importing.rows import Row
from loype.cli.importing.values import value_of


@dataclass
class Checked:
    """What became of a row: the values of its fields, or why it is refused."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing speaks against taking the row over."""
        return all(remark.outcome in ("left out", "mended") for remark in self.remarks)


def check_row(row: Row, mapping: FieldMap, *, zone: ZoneInfo) -> Checked:
    """Fill every mapped field; each value that cannot be used becomes a remark."""
    checked = Checked(row.number)
    if row.problem:
        begin = " | ".join(row.cells.values())
        checked.remarks.append(_remark(row, "(the whole row)", begin, row.problem))
        return checked
    if _is_aside(row, mapping, checked):
        return checked
    cells = {name: _unescaped(cell) for name, cell in row.cells.items()}
    for key, rule in mapping.rules.items():
        _fill(checked, row, key, rule, cells, mapping, zone)
    if checked.is_good and "external_id" in mapping.kind.fields:
        checked.values["external_id"] = checked.values.get("external_id") or words_mark(row.cells)
    return checked


def _fill(
    checked: Checked,
    row: Row,
    key: str,
    rule: Rule,
    cells: dict[str, str],
    mapping: FieldMap,
    zone: ZoneInfo,
) -> None:
    wanted = mapping.kind.fields[key]
    if key == mapping.kind.title_from and "title" not in mapping.rules:
        wanted = replace(wanted, required=True)
    try:
        checked.values[key] = value_of(rule, wanted, cells, zone=zone)
    except Wrong as wrong:
        column, value, outcome = _place(rule, key), rule.read(cells), "refused"
        if rule.if_wrong == "mend" and wrong.mended is not None:
            outcome = "mended"
            checked.values[key] = _mended(wrong.mended, rule, key, mapping, zone)
            if checked.values[key] is None:
                outcome = "refused"
        elif rule.if_wrong != "refuse" and not wanted.required:
            outcome = "left out"
            checked.values[key] = wanted.otherwise
        checked.remarks.append(_remark(row, column, value, wrong.reason, outcome))


def _mended(words: str, rule: Rule, key: str, mapping: FieldMap, zone: ZoneInfo) -> Any:
    """The value after one more look: mended words may be too long as well."""
    once = replace(rule, constant=words, parts=(), pattern="")
    try:
        return value_of(once, mapping.kind.fields[key], {}, zone=zone)
    except Wrong as wrong:
        return wrong.mended


def _is_aside(row: Row, mapping: FieldMap, checked: Checked) -> bool:
    for rule in mapping.aside:
        value = row.cells.get(rule.column, "").strip()
        if value in rule.values:
            checked.remarks.append(_remark(row, rule.column, value, rule.reason, "set aside"))
            return True
    return False


def _place(rule: Rule, key: str) -> str:
    return " + ".join(dict.fromkeys(rule.columns)) or f"({key})"


def _remark(row: Row, column: str, value: str, reason: str, outcome: str = "refused") -> Remark:
    return Remark(
        row=row.number, column=column, value=shortened(value), reason=reason, outcome=outcome
    )


def _unescaped(cell: str) -> str:
    """Our own exports put ' before a cell that a spreadsheet would calculate."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def words_mark(cells: dict[str, str]) -> str:
    """A mark for a row without an id of its own: the same words always give the same mark."""
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(cells):
        words = " ".join(unicodedata.normalize("NFC", cells[name]).split())
        if words:
            digest.update(f"{name}\x1f{words}\x1e".encode("utf-8", "surrogatepass"))
    return f"words-{digest.hexdigest()}"
