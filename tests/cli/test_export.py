"""`loype export`: all for the operator, for a person what they may see, safe in a spreadsheet."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from loype.cli.exporting.cells import safe_cell
from loype.cli.exporting.fields import KINDS
from loype.organisations.models import Organisation
from loype.trail.handovers import hand_in
from tests.cast import TODAY, World
from tests.cli.conftest import Run


@pytest.mark.parametrize("what", sorted(KINDS))
def test_every_field_of_the_model_has_a_decision(what: str) -> None:
    kind = KINDS[what]
    fields = {field.name for field in kind.model._meta.concrete_fields}
    assert fields - kind.decided == set(), "decide in loype/cli/exporting/fields.py"
    assert kind.decided - fields == set(), "no longer a field"
    names = [column.name for column in kind.columns]
    assert len(names) == len(set(names))


@pytest.fixture
def ideas(world: World) -> World:
    """An open idea, a hidden one, and one of another municipality that only it may read."""
    ada, dee = world.actor("ada"), world.actor("dee")
    hand_in(
        organisation=world.fjordvik, text="=HYPERLINK(1) opens", kind="idea", actor=ada, at=TODAY
    )
    hand_in(
        organisation=world.fjordvik, text="Nobody shall know", kind="need", anonymity="hidden",
        actor=ada, at=TODAY,
    )  # fmt: skip
    hand_in(
        organisation=world.organisations["elvestrand"],
        text="Ours",
        kind="wish",
        actor=dee,
        at=TODAY,
    )
    return world


def _titles(output: str) -> list[str]:
    return [row["title"] for row in csv.DictReader(output.splitlines())]


def test_the_operator_gets_all_of_an_organisation(run: Run, ideas: World) -> None:
    told = run("export", "ideas", "--organisation", "FJO")
    assert _titles(told.stdout) == ["'=HYPERLINK(1) opens", "Nobody shall know"]
    assert "2 ideas written" in told.stderr
    assert len(_titles(run("export", "ideas").stdout)) == 3


def test_a_person_gets_what_they_may_see(run: Run, ideas: World) -> None:
    dee = run("export", "ideas", "--as", "dee@example.test")
    assert _titles(dee.stdout) == ["Ours"]
    assert _titles(run("export", "ideas", "--as", "olaf@example.test").stdout) == []
    nobody = run("export", "ideas", "--as", "nobody@example.test")
    assert nobody.exit_code == 2
    assert nobody.stdout == ""


def test_a_hidden_giver_stays_hidden_for_everybody_else(run: Run, ideas: World) -> None:
    for words in ([], ["--as", "bo@example.test"]):
        rows = list(csv.DictReader(run("export", "ideas", *words).stdout.splitlines()))
        givers = {row["title"]: row["giver"] for row in rows}
        assert givers["Nobody shall know"] == "anonymous"
        assert givers["'=HYPERLINK(1) opens"] == "Ada"
    mine = csv.DictReader(run("export", "ideas", "--as", "ada@example.test").stdout.splitlines())
    assert {row["giver"] for row in mine} == {"Ada"}


def test_it_writes_json_lines_to_a_file(run: Run, ideas: World) -> None:
    told = run("export", "ideas", "--format", "jsonl", "--to", "ideas.jsonl")
    assert told.stdout == ""
    lines = Path("ideas.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    assert first["title"] == "=HYPERLINK(1) opens"
    assert first["organisation"] == "FJO"
    assert first["merged_into"] == ""
    assert first["submitted_at"] == TODAY.isoformat()


def test_what_was_exported_can_be_imported_elsewhere(run: Run, ideas: World) -> None:
    run("export", "ideas", "--organisation", "FJO", "--to", "out.csv")
    told = run("import", "ideas", "out.csv", "--organisation", "SKO", "--yes", "--source", "moved")
    assert told.exit_code == 0, told.output
    from loype.ideas.models import Idea

    titles = Idea.objects.filter(source="moved").order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["=HYPERLINK(1) opens", "Nobody shall know"]


@pytest.mark.parametrize("what", sorted(KINDS))
def test_every_kind_is_written_and_explained(run: Run, ideas: World, what: str) -> None:
    told = run("export", what)
    assert told.exit_code == 0
    header = next(csv.reader(told.stdout.splitlines()))
    assert header == [column.name for column in KINDS[what].columns]
    explained = run("export", what, "--fields").stdout
    assert all(name in explained for name in header)


def test_strangers_names_from_imports_are_not_public(run: Run, ideas: World) -> None:
    rows = csv.DictReader(run("export", "organisations").stdout.splitlines())
    assert len(list(rows)) == Organisation.objects.count()


def test_it_grows_by_no_statement_with_the_rows(
    run: Run, ideas: World, django_assert_max_num_queries: object
) -> None:
    from io import StringIO

    from loype.cli.exporting.writing import write_rows
    from loype.organisations.actor import HOUSE

    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert write_rows(KINDS["ideas"], StringIO(), form="csv", actor=HOUSE) == 3


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell("a=1") == "a=1"
    assert safe_cell(-1) == -1
