"""`loype rounds`: rounds, ranked lists, and how sure each place is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from loype.councils.assessing.actions import move_in_ranking
from tests.cast import TODAY, World
from tests.cli.conftest import Run
from tests.trail_world import TrailWorld

pytestmark = pytest.mark.requirement("ROR-12")


def test_it_lists_rounds_with_how_many_have_handed_in(trail: TrailWorld, run: Run) -> None:
    told = run("rounds", "list", "--organisation", "FJO", "--format", "json")
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = {one["name"]: one for one in json.loads(told.stdout)}
    assert (found["handed_round"]["cases"], found["handed_round"]["handed_in"]) == (2, 1)
    assert (found["round"]["handed_in"], found["round"]["state"]) == (0, "open")
    assert run("rounds", "list", "--as", "dee@example.test").stdout == "Nothing to show.\n"
    listed = run("rounds", "rankings")
    assert "closed_round" in listed.output


def test_it_shows_a_ranked_list_with_its_robustness_and_moves(
    world: World, trail: TrailWorld, run: Run, tmp_path: Path
) -> None:
    ranking, last = trail["ranking"], trail["ranked_case"]
    move_in_ranking(last, to_place=1, reason="Haster mest.", actor=world.actor("bo"), at=TODAY)
    shown = run("rounds", "ranking", str(ranking.pk))
    assert shown.exit_code == 0, shown.output
    assert "100 draws, seed 1" in shown.stderr
    assert "Haster mest." in shown.stdout
    made = run("rounds", "ranking", str(ranking.pk), "--format", "csv", "--to", "list.csv")
    assert "2 rows written to list.csv" in made.stderr
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["place"], first["place_by_sums"], first["selected"]) == ("1", "2", "yes")
    assert (second["place"], second["selected"]) == ("2", "no")
    assert 0 <= float(first["stays_in"]) <= 1
    assert first["error"]
    told = json.loads(run("rounds", "ranking", str(ranking.pk), "--format", "json").stdout)
    assert {one["case"] for one in told} == {first["case"], second["case"]}
    assert run("rounds", "ranking", str(ranking.pk), "--as", "dee@example.test").exit_code == 2
    assert run("rounds", "ranking", "999999").exit_code == 2
