"""`loype strategy`: a plan from a file and back, every row named that cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loype.history.models import Event
from loype.strategy.actions import adopt_period, retire_plan_item
from loype.strategy.models import ItemWeight, Period, Plan, PlanItem
from tests.cast import TODAY, World
from tests.cli.conftest import Run

Write = Callable[..., str]
pytestmark = pytest.mark.requirement("EP-07")
HEAD = "number;title;text;points;involvement;involvement_words\n"
GOOD = (
    HEAD + "1;Bo hjemme lenger;Flere eldre klarer seg selv.;60;involved;I styringsgruppa.\n"
    "2;Enklere søknader;;40;not_involved;Gjelder ikke arbeidet deres.\n"
    "3;'=Lavere utslipp;;;involved;På møtet i mai.\n"
)
INTO = ("--organisation", "FJO", "--title", "Kommuneplanen")


def test_it_takes_a_plan_in_with_weights_and_writes_it_out_again(
    world: World, run: Run, write: Write, tmp_path: Path
) -> None:
    file = write("plan.csv", GOOD)
    made = run(
        "strategy", "import", file, *INTO, "--new-period", "2026–2029", "--from", "2026-01-01"
    )
    assert made.exit_code == 0, made.output
    assert "Kommuneplanen: 3 new aims, 0 changed, 0 as they were, 2 with points." in made.output
    plan, period = Plan.objects.get(), Period.objects.get()
    assert (plan.from_date, period.from_date, period.state) == (
        date(2026, 1, 1), date(2026, 1, 1), "draft",
    )  # fmt: skip
    assert dict(ItemWeight.objects.values_list("item__number", "points")) == {"1": 60, "2": 40}
    assert PlanItem.objects.filter(title="=Lavere utslipp").exists()
    number, weighed = str(plan.pk), str(period.pk)
    shown = ("--plan", number, "--period", weighed, "--format", "csv", "--to", "out.csv")
    assert run("strategy", "export", "FJO", *shown).exit_code == 0
    again = run(
        "strategy", "import", str(tmp_path / "out.csv"), "--organisation", "FJO", "--plan", number,
        "--period", weighed,
    )  # fmt: skip
    assert "0 new aims, 0 changed, 3 as they were" in again.output
    assert Event.objects.filter(verb="weigh_items").count() == 1
    adopt_period(period, actor=world.actor("siv"), at=TODAY)
    told = run("strategy", "show", "FJO", "--on", "2026-06-01", "--format", "json")
    shares = {one["number"]: one["share"] for one in json.loads(told.stdout)}
    assert shares == {"1": 0.6, "2": 0.4, "3": None}
    assert "Kommuneplanen" in run("strategy", "plans", "FJO").output
    assert run("strategy", "plans", "FJO", "--as", "olaf@example.test").stdout.startswith("Nothing")


def test_it_names_every_row_that_cannot_be_used_and_takes_nothing(
    world: World, run: Run, write: Write
) -> None:
    file = write(
        "plan.csv",
        HEAD + "1;;;;;\n1;To ganger;;;;\n2;For mye;;101;;\n3;Uten ord;;5;involved;\n"
        "4;Feil ord;;5;perhaps;Ja\n5;For mange;;5;;;mer\n6;God;;5;;\n",
    )
    told = run("strategy", "import", file, *INTO)
    assert told.exit_code == 1
    for words in (
        "row 2, title: say what the plan aims at",
        "row 3, number: stands in row 2, too (1)",
        "row 4, points: give a whole number from 0 to 100 (101)",
        "row 5, involvement_words: say how they are involved",
        "row 6, involvement: choose one of involved, not_involved (perhaps)",
        "row 7, title: the row has 7 cells, the header has 6",
        "Nothing was taken in: 6 to mend in plan.csv.",
    ):
        assert words in told.stderr
    assert not Plan.objects.exists()
    # What the verb itself refuses is named by its row, too.
    adopted = run(
        "strategy", "import", write("b.csv", "title\nEt mål\n"), *INTO, "--decision", "PS 1"
    )
    assert "row 2, involvement: The plan is adopted, so say it of each aim." in adopted.stderr
    assert not Plan.objects.exists()


def test_a_dry_run_changes_nothing(world: World, run: Run, write: Write) -> None:
    told = run("strategy", "import", write("plan.csv", GOOD), *INTO, "--dry-run")
    assert told.exit_code == 0
    assert "It would be: Kommuneplanen: 3 new aims" in told.output
    assert not Plan.objects.exists()
    assert not Event.objects.filter(verb="write_plan").exists()


def test_it_asks_for_what_is_missing_and_refuses_strangers(
    world: World, run: Run, write: Write
) -> None:
    file = write("plan.csv", GOOD)
    assert run("strategy", "import", file, "--organisation", "FJO").exit_code == 2
    odd = run("strategy", "import", write("odd.csv", "title;colour\nEt mål;blå\n"), *INTO)
    assert "has columns that a plan does not: colour." in odd.output
    refused = run("strategy", "import", file, *INTO, "--as", "ada@example.test")
    assert refused.exit_code == 1
    assert "writes plans" in refused.output
    assert not Plan.objects.exists()


def test_it_says_which_options_it_cannot_use(world: World, run: Run, write: Write) -> None:
    file = write("plan.csv", GOOD)
    both = run("strategy", "import", file, *INTO, "--period", "1", "--new-period", "2026")
    assert both.exit_code == 2
    assert "not both" in both.output
    run("strategy", "import", file, *INTO)
    there = ("--organisation", "FJO", "--plan", str(Plan.objects.get().pk))
    refused = run("strategy", "import", file, *there, "--decision", "PS 1", "--kind", "theme_plan")
    assert refused.exit_code == 2
    assert "Only a new plan takes --kind, --decision" in refused.output
    assert run("strategy", "import", file, *there).exit_code == 0


def test_points_of_an_aim_that_was_given_up_are_left_behind(
    world: World, run: Run, write: Write
) -> None:
    file = write("plan.csv", GOOD)
    run("strategy", "import", file, *INTO, "--new-period", "2026–2029")
    plan, period = Plan.objects.get(), Period.objects.get()
    gone = PlanItem.objects.get(number="1")
    retire_plan_item(gone, reason="Gjort.", actor=world.actor("siv"), at=TODAY)
    two = write("two.csv", "number;title;points\n2;Enklere søknader;30\n")
    told = run(
        "strategy", "import", two, "--organisation", "FJO", "--plan", str(plan.pk),
        "--period", str(period.pk),
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert dict(ItemWeight.objects.values_list("item__number", "points")) == {"2": 30}
