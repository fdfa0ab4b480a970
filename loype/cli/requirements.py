"""`loype requirements`: which tests show that a requirement is met, and how they went last."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard
from xml.etree import ElementTree

import click

PROJECT = Path(__file__).resolve().parents[2]
KEPT = PROJECT / "docs" / "requirements-kept.txt"
RESULTS = PROJECT / "test-results" / "junit.xml"


@dataclass(frozen=True)
class Shown:
    """A test that is marked with a requirement."""

    requirement: str
    file: str
    name: str

    @property
    def place(self) -> str:
        """The test as pytest is told to run it."""
        return f"{self.file}::{self.name}"


@click.command(name="requirements")
@click.option(
    "--results",
    type=click.Path(dir_okay=False, path_type=Path),
    default=RESULTS,
    help="What `pytest --junitxml=FILE` wrote [test-results/junit.xml].",
)
def command(*, results: Path) -> None:
    """List the requirements, the tests that show them, and how these went last.

    Exit code 1 where a requirement has no test or one of its tests failed.
    """
    if not KEPT.exists():
        raise click.UsageError("This is an installed copy without its tests; look in the project.")
    shown = list(marked_tests(PROJECT / "tests"))
    went = last_results(results)
    click.echo(
        f"Results: {results}" if went else "No results are kept: run the tests with --junitxml."
    )
    bad = 0
    for requirement in kept_requirements():
        mine = [test for test in shown if test.requirement == requirement]
        click.echo(requirement + ("" if mine else "  NO TEST"))
        bad += not mine
        for test in mine:
            result = went.get((test.file, test.name), "not run")
            bad += result == "failed"
            click.echo(f"  {result:<8} {test.place}")
    sys.exit(1 if bad else 0)


def kept_requirements(file: Path = KEPT) -> list[str]:
    """The ids that are kept so far, one a line; # begins a remark."""
    lines = (line.split("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def marked_tests(folder: Path) -> Iterator[Shown]:
    """Every test with `@pytest.mark.requirement("…")`, read from the source without running it."""
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        file = path.relative_to(folder.parent).as_posix()
        of_module = _of_module(tree)
        for name, ids in _in_body(tree.body, of_module, ""):
            for requirement in ids:
                yield Shown(requirement, file, name)


def _in_body(
    body: list[ast.stmt], outer: tuple[str, ...], above: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            ids = outer + _ids(node.decorator_list)
            yield from _in_body(node.body, ids, f"{above}{node.name}::")
        elif _is_test(node):
            yield above + node.name, tuple(dict.fromkeys(outer + _ids(node.decorator_list)))


def _is_test(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return node.name.startswith("test_")


def _of_module(tree: ast.Module) -> tuple[str, ...]:
    """The marks that a file sets for all of its tests with `pytestmark`."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            value = node.value
            return _ids(value.elts if isinstance(value, ast.List | ast.Tuple) else [value])
    return ()


def _ids(marks: list[ast.expr]) -> tuple[str, ...]:
    found: list[str] = []
    for mark in marks:
        if not isinstance(mark, ast.Call) or not isinstance(mark.func, ast.Attribute):
            continue
        if mark.func.attr == "requirement":
            words = (word.value for word in mark.args if isinstance(word, ast.Constant))
            found += [word for word in words if isinstance(word, str)]
    return tuple(found)


def last_results(file: Path) -> dict[tuple[str, str], str]:
    """How each test went in a JUnit file; one failing example makes the whole test failed."""
    if not file.exists():
        return {}
    went: dict[tuple[str, str], str] = {}
    # Our own tests wrote this file: nothing in it comes from outside.
    for case in ElementTree.parse(file).iter("testcase"):  # noqa: S314
        path, name = _place_of(case.get("classname", ""), case.get("name", ""))
        result = _result_of(case)
        if went.get((path, name)) != "failed":
            went[path, name] = result
    return went


def _place_of(classname: str, name: str) -> tuple[str, str]:
    """The file and test that pytest's dotted words mean; the part in brackets is an example."""
    words = classname.split(".")
    inside = [word for word in words if word[:1].isupper()]
    path = "/".join(word for word in words if word not in inside) + ".py"
    return path, "::".join([*inside, name.split("[")[0]])


def _result_of(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "left out" if case.find("skipped") is not None else "passed"
