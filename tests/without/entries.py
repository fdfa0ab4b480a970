"""What is known of the rules: where each stands, how it is taken away, which tests must fail."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "rules"
IDS = Path(__file__).parent / "ids.toml"

KEPT_BY = ("verb", "database")
"""Whether a function refuses (or reads, or counts) it, or the database itself."""


@dataclass(frozen=True)
class Cut:
    """A text of a file and what stands there once the rule is gone."""

    file: str
    text: str
    instead: str

    def times_in(self, tree: Path) -> int:
        """How often the text stands in the file; it must be once."""
        path = tree / self.file
        return path.read_text("utf-8").count(self.text) if path.is_file() else 0

    def made_in(self, before: str) -> str:
        """The file's text without the rule."""
        return before.replace(self.text, self.instead)


@dataclass(frozen=True)
class Rule:
    """A rule that a requirement asks for, and the tests that fail when it is taken away."""

    requirement: str
    name: str
    words: str
    kept_by: str
    cuts: tuple[Cut, ...]
    tests: tuple[str, ...]

    @property
    def needs_new_database(self) -> bool:
        """Whether the rule is put into the database when that is made."""
        return self.kept_by == "database"

    def is_asked_for(self, asked: Sequence[str]) -> bool:
        """Whether somebody asked for this rule, by its id or name; all are, where none is named."""
        return not asked or self.requirement in asked or self.name in asked


def read_rules(folder: Path = FOLDER) -> list[Rule]:
    """Every rule of the files in the folder, by id as the files have them."""
    rules = []
    for path in sorted(folder.glob("*.toml")):
        rules += [_rule(row) for row in tomllib.loads(path.read_text("utf-8"))["rule"]]
    return sorted(rules, key=lambda one: one.requirement)


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        requirement=row["id"],
        name=row["name"],
        words=row["rule"],
        kept_by=row["kept_by"],
        cuts=tuple(
            Cut(one["file"], _lines(one["text"]), _lines(one["instead"])) for one in row["cut"]
        ),
        tests=tuple(row["tests"]),
    )


def _lines(text: str) -> str:
    """A text as it stands in the file; the last line break belongs to the way it is written."""
    return text.removesuffix("\n")


def required_ids(file: Path = IDS) -> dict[str, list[str]]:
    """The ids that must have a rule here, by the work that brought them."""
    return tomllib.loads(file.read_text("utf-8"))


def tests_of(rules: Iterable[Rule]) -> list[str]:
    """All tests of some rules, each once."""
    return list(dict.fromkeys(test for rule in rules for test in rule.tests))


def in_groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Which rules are taken away at a time: those that the database keeps together, for making one
    takes long, but never two of a requirement or with a test in common; every other alone."""
    groups: list[list[Rule]] = []
    alone = [[rule] for rule in rules if not rule.needs_new_database]
    for rule in rules:
        if not rule.needs_new_database:
            continue
        fitting = (group for group in groups if all(_may_go_with(rule, one) for one in group))
        group = next(fitting, None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return groups + alone


def _may_go_with(one: Rule, other: Rule) -> bool:
    mine = {test.partition("[")[0] for test in one.tests}
    theirs = {test.partition("[")[0] for test in other.tests}
    return one.requirement != other.requirement and mine.isdisjoint(theirs)
