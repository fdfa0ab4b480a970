"""`python -m tests.without [ID or name …]`: take each rule away and see that its tests fail.

Works in a copy of the working tree, which is never touched itself. Exit code 1 where a test stays
green without its rule, fails with it, or cannot run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.without.entries import PROJECT, Rule, in_groups, read_rules, tests_of
from tests.without.trying import Copy, Went, copied

RED, GREEN, BROKEN, NOT_GREEN = "red", "STILL GREEN", "BROKEN", "NOT GREEN BEFORE"


def main(asked: Sequence[str]) -> int:
    """Try the rules that were asked for and print what the tests of each said."""
    rules = [rule for rule in read_rules() if rule.is_asked_for(asked)]
    unknown = [one for one in asked if not any(rule.is_asked_for([one]) for rule in rules)]
    moved = [
        f"{rule.name}: {cut.file} has its text {times} times"
        for rule in rules
        for cut in rule.cuts
        if (times := cut.times_in(PROJECT)) != 1
    ]
    if unknown or moved or not rules:
        print(*(f"There is no rule {one}." for one in unknown), *moved, sep="\n")
        return 1
    with copied() as copy:
        with_rules = copy.run(tests_of(rules), anew=True)
        bad = sum(_missed(group, copy, with_rules) for group in in_groups(rules))
    print(f"{len(rules)} rules taken away, {len(rules) - bad} found missing by their tests.")
    return 1 if bad else 0


def _missed(group: Sequence[Rule], copy: Copy, with_rules: dict[str, Went]) -> int:
    """Take some rules away, print what their tests said, and give how many were not missed."""
    with copy.without(group):
        if group[0].needs_new_database:
            after = copy.run(tests_of(group), database="_new", anew=True)
        else:
            after = copy.run(tests_of(group))
    return sum(_told(rule, with_rules, after) != RED for rule in group)


def _told(rule: Rule, with_rules: dict[str, Went], after: dict[str, Went]) -> str:
    """Print how one rule fared, and give it in a word."""
    result, why = _result(rule, with_rules, after)
    print(f"{rule.requirement:<8} {rule.kept_by:<8} {rule.name:<42} {result}")
    print(f"         {rule.words}", *(f"           {line}" for line in why), sep="\n", flush=True)
    return result


def _result(
    rule: Rule, with_rules: dict[str, Went], after: dict[str, Went]
) -> tuple[str, list[str]]:
    before = {test: with_rules[test] for test in rule.tests if with_rules[test].result != "passed"}
    if before:
        return NOT_GREEN, _lines(before)
    found = {test: after[test] for test in rule.tests}
    if any(went.result == "broken" for went in found.values()):
        return BROKEN, _lines(found)
    is_red = all(went.result == "failed" for went in found.values())
    return (RED if is_red else GREEN), _lines(found)


def _lines(went: dict[str, Went]) -> list[str]:
    return [
        f"{one.result}: {test.rpartition('/')[2]} {one.why[:150]}".rstrip()
        for test, one in went.items()
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
