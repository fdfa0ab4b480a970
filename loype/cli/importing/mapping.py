"""Which column is which field: read from a mapping file, checked, and written down again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping as Pairs
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

from loype.cli.importing.fields import KINDS, Kind
from loype.cli.importing.problems import Impossible

_PLACE = re.compile(r"\{([^{}]+)\}")
IF_WRONG = ("refuse", "leave out", "mend")
_SORTS: dict[str, type] = {"parts": list, "date": list, "values": dict, "html": bool, "pad": int}
LONGEST = {"source": 60, "licence": 120}


@dataclass(frozen=True)
class Rule:
    """How one field is filled: from columns (put together), or with the same words every time."""

    parts: tuple[str, ...] = ()
    join: str = "\n"
    constant: str | None = None
    pattern: str = ""
    values: dict[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    html: bool = False
    date: tuple[str, ...] = ()
    decimal: str = ""
    pad: int = 0
    if_wrong: str = "refuse"
    orelse: Rule | None = None

    @property
    def columns(self) -> list[str]:
        """The columns it reads, and those it reads where these give nothing."""
        mine = [name for part in self.parts for name in _PLACE.findall(part)]
        return mine + (self.orelse.columns if self.orelse else [])

    def read(self, cells: Pairs[str, str]) -> str:
        """The words for one row; a part with an empty column in it is left out."""
        if self.constant is not None:
            return self.constant
        pieces = []
        for part in self.parts:
            found = {name: cells.get(name, "").strip() for name in _PLACE.findall(part)}
            if all(found.values()):
                pieces.append(_PLACE.sub(lambda place, found=found: found[place[1]], part))  # type: ignore[misc]
        return self.join.join(pieces)


@dataclass(frozen=True)
class SetAside:
    """Rows that are not meant to be imported, and why."""

    column: str
    values: frozenset[str]
    reason: str


@dataclass
class FieldMap:
    """Everything an import must know about a file."""

    kind: Kind
    rules: dict[str, Rule]
    source: str = ""
    licence: str = ""
    fetched: date | None = None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    aside: list[SetAside] = field(default_factory=list)

    def check_columns(self, columns: Iterable[str], *, where: str) -> None:
        """Stop where the mapping names a column that the file does not have."""
        there = set(columns)
        wanted = {name: key for key, rule in self.rules.items() for name in rule.columns}
        wanted |= {rule.column: "aside" for rule in self.aside}
        if missing := sorted(set(wanted) - there):
            raise Impossible(
                f"{where} has no column {', '.join(map(repr, missing))}. "
                f"It has: {', '.join(map(repr, sorted(there)))}."
            )

    def check_complete(self) -> None:
        """Stop where a field that every row needs is not mapped."""
        fields = self.kind.fields
        missing = [key for key, wanted in fields.items() if wanted.required]
        missing = [key for key in missing if key not in self.rules]
        if self.kind.title_from in self.rules:
            missing = [key for key in missing if key != "title"]
        if missing:
            raise Impossible(f"The mapping says nothing of {', '.join(missing)}.")
        if self.kind.has_provenance and not self.source:
            raise Impossible("Say where the file comes from: --source NAME, or source in the map.")
        for key, longest in LONGEST.items():
            if len(getattr(self, key)) > longest:
                raise Impossible(f"{key} is longer than {longest} signs.")


def load_map(path: Path, *, kind: str) -> FieldMap:
    """A mapping file as it was written, or one sentence about what is wrong with it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Impossible(f"{path.name} is not TOML: {problem}") from problem
    if (said := found.pop("kind", kind)) != kind:
        raise Impossible(f"{path.name} maps {said}, not {kind}.")
    file = found.pop("file", {})
    rules = found.pop("fields", {})
    aside = found.pop("aside", [])
    facts = {key: found.pop(key) for key in ("source", "licence", "fetched") if key in found}
    _refuse_unknown(found, "", path)
    _refuse_unknown(file.keys() - {"encoding", "delimiter", "sheet"}, "file.", path)
    if not isinstance(facts.get("fetched", date.min), date):
        raise Impossible(f"{path.name}: fetched is a day, such as fetched = 2026-11-21.")
    known = KINDS[kind]
    return FieldMap(
        known,
        {key: rule_from(key, said, kind=known, where=path.name) for key, said in rules.items()},
        aside=[_aside(one, path) for one in aside],
        **facts,
        **file,
    )


def _refuse_unknown(names: Iterable[str], above: str, path: Path) -> None:
    if unknown := sorted(names):
        raise Impossible(f"{path.name}: {above}{unknown[0]} is nothing a mapping can say.")


def rule_from(key: str, said: Any, *, kind: Kind, where: str) -> Rule:
    """A rule as the file says it: a column's name alone, a table, or a list of tables of which
    the first that gives something is used."""
    if isinstance(said, list) and said:
        rules = [rule_from(key, one, kind=kind, where=where) for one in said]
        return reduce(lambda after, rule: replace(rule, orelse=after), reversed(rules))
    if key not in kind.fields:
        raise Impossible(f"{where}: {kind.name} have no field {key}: {', '.join(kind.fields)}.")
    if isinstance(said, str):
        return Rule(parts=(f"{{{said}}}",))
    if not isinstance(said, dict):
        raise Impossible(f"{where}: fields.{key} is a column's name or a table.")
    facts: dict[str, Any] = dict(said)
    if column := facts.pop("column", ""):
        facts["parts"] = [f"{{{column}}}"]
    if isinstance(facts.get("date"), str):
        facts["date"] = [facts["date"]]
    allowed = Rule.__dataclass_fields__.keys() - {"orelse"}
    if unknown := sorted(facts.keys() - allowed):
        raise Impossible(f"{where}: fields.{key}.{unknown[0]} is nothing a mapping can say.")
    for name, value in facts.items():
        if not isinstance(value, _SORTS.get(name, str)):
            raise Impossible(f"{where}: fields.{key}.{name} is not the right sort of value.")
    facts |= {name: tuple(map(str, facts[name])) for name in ("parts", "date") if name in facts}
    rule = Rule(**facts)
    _check_rule(rule, f"{where}: fields.{key}")
    return rule


def _check_rule(rule: Rule, where: str) -> None:
    if (rule.constant is None) == (not rule.parts):
        raise Impossible(f"{where} needs either a column (or parts), or a constant.")
    if not all(isinstance(value, str) for value in rule.values.values()):
        raise Impossible(f"{where}.values gives words in quotation marks.")
    if rule.if_wrong not in IF_WRONG:
        raise Impossible(f"{where}.if_wrong is one of: {', '.join(IF_WRONG)}.")
    if rule.decimal not in ("", ",", "."):
        raise Impossible(f'{where}.decimal is "," or ".".')
    try:
        re.compile(rule.pattern)
    except re.error as problem:
        raise Impossible(f"{where}.pattern cannot be used: {problem}.") from problem


def _aside(said: Any, path: Path) -> SetAside:
    try:
        values = frozenset(str(value).strip() for value in said["values"])
        return SetAside(said["column"], values, said["reason"])
    except (KeyError, TypeError) as problem:
        raise Impossible(f"{path.name}: each [[aside]] has column, values and reason.") from problem


def written(mapping: FieldMap) -> str:
    """A mapping as a file that can be kept, changed and used again."""
    lines = [f'kind = "{mapping.kind.name}"']
    lines += [f"{key} = {_quoted(getattr(mapping, key))}" for key in ("source", "licence")]
    if mapping.fetched:
        lines.append(f"fetched = {mapping.fetched.isoformat()}")
    lines += ["", "[fields]"]
    lines += [f"{key} = {_rule_written(rule)}" for key, rule in mapping.rules.items()]
    return "\n".join(lines) + "\n"


def _rule_written(rule: Rule) -> str:
    if rule.constant is not None:
        return f"{{ constant = {_quoted(rule.constant)} }}"
    column = rule.columns[0]
    more = ", html = true" if rule.html else ""
    if rule.date:
        more += f", date = {_quoted(rule.date[0])}"
    return f"{{ column = {_quoted(column)}{more} }}" if more else _quoted(column)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
