"""`loype federation`: the register of works, and what councils run together."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.cli.conftest import Run
from tests.councils.together import agreed, answer, joint_of, run_together
from tests.trail_world import idea_of

pytestmark = pytest.mark.requirement("ROR-15")


def test_it_lists_what_members_have_in_the_works(world: World, run: Run) -> None:
    run_together(world)
    idea_of(world, text="Noe som blir her hos oss.", visibility="organisation")
    told = run("federation", "works", "--format", "json")
    assert told.exit_code == 0, told.output
    titles = {(one["kind"], one["title"]) for one in json.loads(told.stdout)}
    assert ("activity", "Felles nattpatrulje med nabokommunene") in titles
    mine = run("federation", "works", "--format", "json", "--as", "dee@example.test")
    seen = {one["title"] for one in json.loads(mine.stdout)}
    assert seen == {"Felles nattpatrulje med nabokommunene"}
    assert "Noe som blir her hos oss" in told.stdout
    outside = run("federation", "works", "--format", "json", "--as", "olaf@example.test")
    assert json.loads(outside.stdout) == []
    narrowed = run("federation", "works", "--kind", "decision", "--organisation", "ELV")
    assert "Nothing to show." in narrowed.output
    unknown = run("federation", "works", "--federation", "Nowhere")
    assert unknown.exit_code == 2
    assert "Name one of the federations: Fjordlaget." in unknown.output


def test_a_table_is_in_words_and_what_programs_read_in_codes(world: World, run: Run) -> None:
    start_running(run_together(world), actor=world.actor("cai"), at=TODAY + timedelta(days=30))
    line = _line(run("federation", "works", "--kind", "activity").stdout)
    assert {"Activity", "experiment", "running"} <= set(line)
    line = _line(run("federation", "works", "--kind", "activity", "--language", "nb").stdout)
    assert {"Aktivitet", "eksperiment", "pågår"} <= set(line)
    decided = _line(run("federation", "works", "--kind", "decision", "--language", "nb").stdout)
    assert {"Beslutning", "gå videre"} <= set(decided)
    words = ("federation", "works", "--kind", "decision", "--language", "nb", "--format")
    [row] = json.loads(run(*words, "json").stdout)
    assert (row["kind"], row["state"]) == ("decision", "go_on")
    [row] = csv.DictReader(io.StringIO(run(*words, "csv").stdout))
    assert (row["kind"], row["state"]) == ("decision", "go_on")
    joint = _line(run("federation", "joint", "--language", "nb").stdout)
    assert "interkommunalt (bør)" in joint


def _line(table: str) -> list[str]:
    """The cells of the only row of a table."""
    [line] = table.splitlines()[2:]
    return re.split(r"  +", line)


def test_it_lists_and_shows_joint_cases_with_answers_and_shares(world: World, run: Run) -> None:
    waiting = run_together(world)
    answer(world, waiting, "elvestrand", "later")
    number = str(joint_of(waiting).pk)
    listed = run("federation", "joint", "--organisation", "SKO", "--format", "csv")
    [row] = csv.DictReader(io.StringIO(listed.stdout))
    assert (row["id"], row["yes"], row["later"], row["no_answer"]) == (number, "0", "1", "1")
    shown = run("federation", "show", number)
    assert "Elvestrand kommune" in shown.output
    assert "no answer yet" in shown.output
    assert "No terms are proposed." in shown.output
    assert run("federation", "joint", "--as", "olaf@example.test").stdout == "Nothing to show.\n"
    assert run("federation", "show", number, "--as", "olaf@example.test").exit_code == 2


def test_it_shows_who_pays_what(world: World, run: Run) -> None:
    number = str(joint_of(agreed(world)).pk)
    shown = run("federation", "show", number, "--shares", "--format", "json")
    shares = {one["organisation"]: one["share"] for one in json.loads(shown.stdout)}
    assert shares == {
        "Fjordvik kommune": "33333.34", "Elvestrand kommune": "33333.33",
        "Skogbygda kommune": "33333.33",
    }  # fmt: skip
    assert "Fjordvik kommune leads, 100000.00 NOK" in shown.stderr
    listed = run("federation", "joint")
    assert "agreed" in listed.output
    assert "100000.00" in listed.output
