"""The rules that can be taken away (`python -m tests.without`) stand where the entries say."""

from __future__ import annotations

from collections import Counter

import pytest

from loype.cli.requirements import marked_tests
from tests.without.entries import KEPT_BY, PROJECT, Rule, read_rules, required_ids

RULES = read_rules()
SHOWN = {(one.place, one.requirement) for one in marked_tests(PROJECT / "tests")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_its_text_stands_once_in_its_file(rule: Rule) -> None:
    assert rule.cuts
    for cut in rule.cuts:
        assert cut.text.strip()
        assert cut.text != cut.instead
        assert cut.times_in(PROJECT) == 1, f"{cut.file} has this {cut.times_in(PROJECT)} times"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_its_tests_are_marked_with_its_requirement(rule: Rule) -> None:
    assert rule.tests
    for test in rule.tests:
        assert (test.partition("[")[0], rule.requirement) in SHOWN


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_the_database_keeps_is_put_there_by_a_migration(rule: Rule) -> None:
    assert rule.kept_by in KEPT_BY
    in_database = [
        (cut.file.endswith("sql.py") and "month_sql" not in cut.file) or "/migrations/" in cut.file
        for cut in rule.cuts
    ]
    assert any(in_database) == rule.needs_new_database


def test_every_name_is_given_once() -> None:
    assert [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1] == []


@pytest.mark.parametrize("work", sorted(required_ids()))
def test_every_requirement_has_a_rule(work: str) -> None:
    there = {rule.requirement for rule in RULES}
    assert [one for one in required_ids()[work] if one not in there] == []
