"""`loype import organisations`: official registers, told what changed and changed with care."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from loype.history.models import Event
from loype.organisations.models import Organisation
from loype.organisations.naming import normalised_name, short_name_for
from tests.cli.conftest import Run, report_of

MAP = """
kind = "organisations"
source = "register"
[fields]
official_code = { column = "code", pad = 4 }
name = "name"
inhabitants = "people"
country = { constant = "no" }
language = { column = "form", values = { "Nynorsk" = "nn" }, otherwise = "nb" }
[[aside]]
column = "name"
values = ["Outside"]
reason = "it is no municipality"
"""
ROWS = "code;name;people;form\n0301;Ålvik;1 200;Bokmål\n302;Øyby;300;Nynorsk\n0303;Ålvik;5;\n"


@pytest.fixture
def register(run: Run, write: Callable[..., str]) -> Callable[[str], object]:
    """Imports a register's content."""
    mapping = write("register.toml", MAP)

    def take(content: str, *words: str) -> object:
        path = write("register.csv", content)
        return run("import", "organisations", path, "--map", mapping, *words)

    return take


def _made() -> list[Organisation]:
    return list(Organisation.objects.filter(source="register").order_by("official_code"))


def test_it_founds_each_with_code_people_and_language(register: Callable[..., object]) -> None:
    told = register(ROWS + "0304;Outside;1;\n")
    assert told.exit_code == 0, told.output  # type: ignore[attr-defined]
    assert "3 new, 0 already there, 1 set aside" in told.output  # type: ignore[attr-defined]
    found = [(o.official_code, o.name, o.inhabitants, o.language, o.kind) for o in _made()]
    assert found == [
        ("0301", "Ålvik", 1200, "nb", "municipality"),
        ("0302", "Øyby", 300, "nn", "municipality"),
        ("0303", "Ålvik", 5, "nb", "municipality"),
    ]
    assert [o.short_name for o in _made()] == ["ALV", "OYB", "ALVI"]
    assert {o.state for o in _made()} == {"active"}


def test_a_second_run_changes_nothing(register: Callable[..., object]) -> None:
    register(ROWS)
    before = list(Organisation.objects.order_by("pk").values()), Event.objects.count()
    told = register(ROWS)
    assert "0 new, 3 already there, 0 refused" in told.output  # type: ignore[attr-defined]
    assert (list(Organisation.objects.order_by("pk").values()), Event.objects.count()) == before


def test_it_brings_people_up_to_date_and_tells_of_names_and_vanished_codes(
    register: Callable[..., object],
) -> None:
    register(ROWS)
    told = register("code;name;people;form\n0301;Ålvik;1300;Bokmål\n0302;Storøyby;300;Nynorsk\n")
    assert told.exit_code == 0  # type: ignore[attr-defined]
    assert "2 already there, 1 changed" in told.output  # type: ignore[attr-defined]
    assert [(o.name, o.inhabitants) for o in _made()] == [
        ("Ålvik", 1300),
        ("Øyby", 300),
        ("Ålvik", 5),
    ]
    outcomes = {line["outcome"]: line["value"] for line in report_of(Path("register-report.csv"))}
    assert outcomes == {
        "renamed, left as it is": "Øyby → Storøyby",
        "vanished, left as it is": "0303 Ålvik",
    }


def test_it_guesses_a_register_by_its_header(run: Run, write: Callable[..., str]) -> None:
    path = write("kommuner.csv", "kode,navn,folketal\n0101,Strandby,900\n")
    told = run("import", "organisations", path, "--country", "dk", "--yes", "--language", "da")
    assert told.exit_code == 0, told.output
    made = Organisation.objects.get(official_code="0101")
    assert (made.country, made.kind, made.language) == ("dk", "municipality", "da")


def test_one_may_be_founded_with_a_short_name_of_ones_own(
    run: Run, write: Callable[..., str]
) -> None:
    path = write(
        "one.csv", "name;short_name;kind;country\nBy;BYX;state_agency;se\nTo;FJO;other;se\n"
    )
    told = run("import", "organisations", path, "--yes")
    assert told.exit_code == 1
    assert Organisation.objects.get(short_name="BYX").kind == "state_agency"
    assert report_of(Path("one-report.csv"))[0]["reason"].startswith("another organisation has")
    assert "0 new, 1 already there" in run("import", "organisations", path, "--yes").output


@pytest.mark.parametrize(
    ("name", "taken", "short"),
    [
        ("Østre Æby", set(), "OST"),
        ("Åd", set(), "AD"),
        ("Åd", {"AD"}, "AD2"),
        ("Ministry of Small Affairs", set(), "MSA"),
        ("Ministry of Small Affairs", {"MSA"}, "MIN"),
        ("Δήμος", set(), "ORG"),
        ("Δήμος", {"ORG"}, "ORG2"),
    ],
)
def test_short_names_are_made_from_the_name(name: str, taken: set[str], short: str) -> None:
    assert short_name_for(name, taken=taken) == short


def test_short_names_never_run_out() -> None:
    taken: set[str] = set()
    for _ in range(500):
        short = short_name_for("Nordby", taken=taken)
        assert len(short) <= 12
        taken.add(short)
    assert len(taken) == 500


def test_names_are_compared_without_capitals_and_signs() -> None:
    assert normalised_name(" Ministry  of Justice\u00a0(NO). ") == normalised_name(
        "ministry of justice, no"
    )
    assert normalised_name("Nordøy") != normalised_name("Nordoy")
