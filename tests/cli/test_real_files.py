"""Real files of others, with the mappings kept in examples/; left out where they are not there."""

from __future__ import annotations

import csv

import pytest

from loype.history.verify import find_flaws
from loype.ideas.models import Idea
from loype.organisations.models import Organisation
from loype.spread.models import Solution
from tests.cli.conftest import PROJECT, Run, shared_data

EXAMPLES = PROJECT / "examples"
OUTSIDE = "udenforkommuneinddeling"


def _import(run: Run, what: str, file: object, mapping: str, *words: str) -> str:
    told = run("import", what, str(file), "--map", str(EXAMPLES / mapping), *words)
    assert told.exit_code in (0, 1), told.output
    return str(told.output)


@pytest.mark.requirement("EP-36")
def test_it_takes_a_citys_proposals_as_harmless_words(run: Run) -> None:
    file = shared_data("decide-madrid-2024", "proposals.csv")
    told = _import(run, "ideas", file, "decide-madrid.toml", "--organisation", "FJO")
    assert "2,738 read, 2,737 new, 0 already there, 1 refused" in told
    assert "1 refused: title: it holds the control character U+007F" in told
    scan = Idea.objects.get(external_id="37814")
    assert scan.text.startswith("Testing with YouTube URL that includes SSRF target: https://")
    # One giver wrote a tag as words, escaped: words it stays, for pages to escape again.
    tags = Idea.objects.filter(text__iregex="<(p|a|img|script|iframe)[ >]")
    assert {idea.external_id: idea.text for idea in tags} == {"36197": "<a onclick=alert(1)>"}
    assert {idea.source_licence for idea in Idea.objects.all()[:50]} == {
        "City of Madrid open data, reuse terms of the city"
    }
    again = _import(run, "ideas", file, "decide-madrid.toml", "--organisation", "FJO")
    assert "0 new, 2,737 already there, 1 refused" in again
    assert not list(find_flaws())


def test_it_takes_petition_titles(run: Run) -> None:
    file = shared_data("uk-petitions", "closed_2017-2019.csv")
    mapping = "uk-petitions-2017-2019.toml"
    told = _import(run, "ideas", file, mapping, "--organisation", "FJO")
    assert "4,013 read, 4,013 new, 0 already there, 0 refused" in told
    idea = Idea.objects.get(external_id="200000")
    assert idea.title == "Make British Sign Language part of the National Curriculum"
    assert idea.support_count == 35_203
    assert not Idea.objects.filter(title__contains="\n").exists()


@pytest.mark.requirement("EP-36")
def test_it_takes_cases_as_solutions_and_asks_about_names(run: Run) -> None:
    file = shared_data("pstw-public-sector-tech-watch", "pstw_2025-06.csv")
    told = _import(run, "solutions", file, "public-sector-tech-watch.toml")
    assert "1,826 read, 1,826 new, 0 already there, 0 refused" in told
    assert Solution.objects.filter(state="published", visibility="public").count() == 1_826
    incomplete = Solution.objects.filter(source_licence="") | Solution.objects.filter(source="")
    assert not incomplete.exists()
    commission = Organisation.objects.filter(name="European Commission", state="proposed")
    assert commission.get().solutions.count() > 40
    assert "merge proposed" in told


@pytest.mark.parametrize(
    ("file", "country", "columns"),
    [
        ("dk_kommuner_2021q1.csv", "dk", ("kode", "navn", "population")),
        ("no_kommuner_2025.csv", "no", ("kommunenummer", "navn_norsk_2025", "folketall")),
        ("se_kommuner.csv", "se", ("kommun_kod", "kommun", "folkmangd_2019_lau")),
    ],
)
@pytest.mark.requirement("EP-36")
def test_it_takes_the_registers_of_municipalities(
    run: Run, file: str, country: str, columns: tuple[str, str, str]
) -> None:
    path = shared_data("municipalities", file)
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row.get(OUTSIDE) != "TRUE"]
    code, name, people = columns
    expected = {(row[code], row[name], int(float(row[people]))) for row in rows}
    told = _import(run, "organisations", path, f"municipalities-{country}.toml")
    assert f"{len(rows)} new, 0 already there" in told
    made = Organisation.objects.filter(country=country).exclude(official_code="")
    assert set(made.values_list("official_code", "name", "inhabitants")) == expected
    assert all(len(one.official_code) == 4 and one.source for one in made)
    again = _import(run, "organisations", path, f"municipalities-{country}.toml")
    assert f"0 new, {len(rows)} already there" in again
