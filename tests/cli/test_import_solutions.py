"""`loype import solutions`: organisations by name, used where certain, else proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loype.history.models import Event
from loype.organisations.actions import answer_merge_proposal, found_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import MergeProposal, Organisation
from loype.spread.models import Solution
from tests.cast import BEGINNING, TODAY, World
from tests.cli.conftest import Run, report_of

MAP = """
kind = "solutions"
source = "catalogue"
licence = "CC BY 4.0"
fetched = 2026-02-01

[fields]
external_id = "id"
title = "name"
summary = "what"
organisation = "who"
organisation_country = { column = "country", values = { "Norway" = "no", "Sweden" = "se" } }
organisation_kind = { column = "sort", values = { "Local" = "municipality" }, otherwise = "other" }
language = { constant = "en" }
published_at = { column = "day", date = "%m/%d/%Y" }
source_address = { column = "url", if_wrong = "leave out" }
conditions = { parts = ["Stage: {stage}", "Began: {began}"] }
"""
HEAD = "id,name,what,who,country,sort,day,url,stage,began\n"
ROWS = HEAD + (
    "A-1,Door,Opens doors,FJORDVIK  Kommune.,Norway,Local,3/9/2025,https://a.test,Pilot,2024\n"
    "A-2,Lamp,Lights up,Fjordvik kommun,Norway,Local,3/9/2025,nowhere,Pilot,\n"
    "A-3,Lamp,Lights up,Fjordvik kommun,Norway,Local,3/9/2025,,,\n"
    "A-4,Lamp,Lights up,Fjordvik kommune,Sweden,Local,3/9/2025,,,\n"
)


@pytest.fixture
def words(write: Callable[..., str]) -> list[str]:
    """The command on the small file."""
    return ["import", "solutions", write("cat.csv", ROWS), "--map", write("cat.toml", MAP)]


@pytest.mark.requirement("EP-36")
def test_it_publishes_them_with_where_they_come_from(
    run: Run, world: World, words: list[str]
) -> None:
    told = run(*words)
    assert told.exit_code == 0, told.output
    assert "4 read, 4 new, 0 already there, 0 refused" in told.output
    solution = Solution.objects.get(external_id="A-1")
    assert solution.organisation == world.fjordvik
    assert (solution.state, solution.visibility) == ("published", "public")
    assert (solution.source, solution.source_licence) == ("catalogue", "CC BY 4.0")
    assert (solution.source_address, solution.fetched_date) == ("https://a.test", date(2026, 2, 1))
    assert solution.conditions == "Stage: Pilot\nBegan: 2024"
    assert Event.objects.get(thing_kind="solution", thing_id=solution.pk).change == {
        "source": "catalogue", "external_id": "A-1"
    }  # fmt: skip
    assert Solution.objects.get(external_id="A-2").source_address == ""


def test_it_proposes_unknown_organisations_and_asks_about_similar_ones(
    run: Run, world: World, words: list[str]
) -> None:
    run(*words)
    proposed = Organisation.objects.filter(state="proposed").order_by("pk")
    assert [(one.name, one.country, one.source) for one in proposed] == [
        ("Fjordvik kommun", "no", "catalogue"),
        ("Fjordvik kommune", "se", "catalogue"),
    ]
    assert (
        len({one.short_name for one in Organisation.objects.all()}) == Organisation.objects.count()
    )
    (question,) = MergeProposal.objects.all()
    assert (question.found, question.candidate) == (proposed[0], world.fjordvik)
    assert question.likeness > 0.5
    assert question.answer == ""
    two = Solution.objects.filter(external_id__in=["A-2", "A-3"])
    assert {solution.organisation for solution in two} == {proposed[0]}
    outcomes = [line["outcome"] for line in report_of(Path("cat-report.csv"))]
    assert sorted(outcomes) == ["left out", "merge proposed", "proposed", "proposed"]


def test_a_second_run_changes_nothing(run: Run, words: list[str]) -> None:
    run(*words)
    before = Organisation.objects.count(), MergeProposal.objects.count(), Event.objects.count()
    told = run(*words)
    assert "0 new, 4 already there" in told.output
    after = Organisation.objects.count(), MergeProposal.objects.count(), Event.objects.count()
    assert after == before
    assert Solution.objects.count() == 4


def test_an_answered_question_holds_for_later_imports(
    run: Run, world: World, words: list[str], write: Callable[..., str]
) -> None:
    run(*words)
    answer_merge_proposal(MergeProposal.objects.get(), same=True, actor=HOUSE, at=TODAY)
    more = HEAD + "A-9,Bell,Rings,Fjordvik kommun,Norway,Local,3/9/2025,,,\n"
    assert run("import", "solutions", write("more.csv", more), *words[3:]).exit_code == 0
    assert Solution.objects.get(external_id="A-9").organisation == world.fjordvik


def test_it_does_not_choose_between_two_of_the_same_name(
    run: Run, world: World, words: list[str]
) -> None:
    twin = found_organisation(
        name="Fjordvik Kommune", short_name="TWIN", kind="municipality", country="no",
        actor=HOUSE, at=BEGINNING,
    )  # fmt: skip
    run(*words)
    solution = Solution.objects.get(external_id="A-1")
    assert solution.organisation.state == "proposed"
    asked = MergeProposal.objects.filter(found=solution.organisation)
    assert {question.candidate_id for question in asked} >= {twin.pk, world.fjordvik.pk}


def test_a_dry_run_proposes_nothing(run: Run, words: list[str]) -> None:
    assert "4 would be new" in run(*words, "--dry-run").output
    assert not Organisation.objects.filter(state="proposed").exists()


def test_it_asks_about_a_known_name_within_a_longer_one_of_the_same_kind(
    run: Run, world: World, words: list[str], write: Callable[..., str]
) -> None:
    known = found_organisation(
        name="Havnes",
        short_name="HVN",
        kind="municipality",
        country="no",
        actor=HOUSE,
        at=BEGINNING,
    )
    rows = HEAD + (
        "B-1,Bell,Rings,The City and Municipality of Havnes,Norway,Local,3/9/2025,,,\n"
        "B-2,Bell,Rings,Havnes Fishing School and Museum,Norway,Other,3/9/2025,,,\n"
    )
    run("import", "solutions", write("more.csv", rows), *words[3:])
    (question,) = MergeProposal.objects.all()
    assert (question.found.name, question.candidate) == (
        "The City and Municipality of Havnes",
        known,
    )
