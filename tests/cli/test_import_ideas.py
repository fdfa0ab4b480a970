"""`loype import ideas` as an operator meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from loype.councils.models import Case
from loype.history.models import Event
from loype.history.verify import find_flaws
from loype.ideas.models import Idea
from tests.cli.conftest import Run, report_of

MAP = """
kind = "ideas"
source = "old box"
licence = "CC0"
fetched = 2026-02-01

[fields]
external_id = "No"
title = "Title"
text = { column = "Text", html = true }
submitted_at = { column = "Day", date = "%d.%m.%Y" }
support_count = "Votes"
kind = { column = "Sort", values = { "Problem" = "need" }, otherwise = "idea" }
language = { constant = "nb" }
source_address = { parts = ["https://old.test/{No}"] }
"""
ROWS = """No;Title;Text;Day;Votes;Sort
0017;Skap  på\u00a0hjul;<p>Vi går <b>langt</b>.</p><script>x()</script>;02.01.2026;1 200;Problem
18;Kort kø;;03.01.2026;;Idé
"""


@pytest.fixture
def files(write: Callable[..., str]) -> tuple[str, str]:
    """A small file and its mapping."""
    return write("box.csv", ROWS), write("box.toml", MAP)


@pytest.mark.requirement("EP-36")
def test_it_takes_ideas_over_with_where_they_come_from(run: Run, files: tuple[str, str]) -> None:
    told = run("import", "ideas", files[0], "--map", files[1], "--organisation", "FJO")
    assert told.exit_code == 0, told.output
    assert "2 read, 2 new, 0 already there, 0 refused" in told.output
    idea = Idea.objects.get(external_id="0017")
    assert (idea.title, idea.text) == ("Skap på hjul", "Vi går langt.")
    assert (idea.kind, idea.language, idea.support_count) == ("need", "nb", 1200)
    assert idea.submitted_at == datetime(2026, 1, 1, 23, tzinfo=UTC)
    assert (idea.source, idea.source_licence) == ("old box", "CC0")
    assert (idea.source_address, idea.fetched_date) == ("https://old.test/0017", date(2026, 2, 1))
    assert idea.giver is None
    assert idea.case_number is not None
    # The council here owes an answer from the day it got the idea, not from the day it was written.
    assert Case.objects.get(idea=idea).waiting_since == idea.created_at
    event = Event.objects.get(thing_kind="idea", thing_id=idea.pk)
    assert event.change == {"source": "old box", "external_id": "0017"}
    assert Idea.objects.get(external_id="18").text == "Kort kø"
    assert not list(find_flaws())


def _everything() -> list[dict[str, Any]]:
    return [*Idea.objects.order_by("pk").values(), *Event.objects.order_by("pk").values()]


def test_a_second_run_changes_nothing(run: Run, files: tuple[str, str]) -> None:
    words = ["import", "ideas", files[0], "--map", files[1], "--organisation", "fjo"]
    run(*words)
    before = _everything()
    told = run(*words)
    assert told.exit_code == 0
    assert "0 new, 2 already there" in told.output
    assert _everything() == before


def test_the_same_id_from_elsewhere_is_another_idea(run: Run, files: tuple[str, str]) -> None:
    words = ["import", "ideas", files[0], "--map", files[1]]
    run(*words, "--organisation", "FJO")
    assert "2 new" in run(*words, "--organisation", "ELV").output
    assert "2 new" in run(*words, "--organisation", "FJO", "--source", "new box").output
    assert Idea.objects.count() == 6


def test_a_dry_run_counts_and_changes_nothing(run: Run, files: tuple[str, str]) -> None:
    before = _everything()
    told = run("import", "ideas", files[0], "--map", files[1], "--organisation", "FJO", "--dry-run")
    assert told.exit_code == 0
    assert "2 would be new" in told.output
    assert _everything() == before


def test_every_refused_row_is_explained_and_good_ones_are_kept(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    rows = [
        "No;Title;Text;Day;Votes;Sort",
        "1;Good;;02.01.2026;1;x",
        "2;;;02.01.2026;1;x",
        f"3;{'long ' * 60};;02.01.2026;1;x",
        "4;Bell\x07;;02.01.2026;1;x",
        "5;Nul\x00;;02.01.2026;1;x",
        "6;Day;;31.02.2026;1;x",
        "1;Again;;02.01.2026;1;x",
        "8;Short",
        "9;Votes;;02.01.2026;many;x",
        "10;Tomorrow's;;02.01.2150;1;x",
        "=11;Formula;;31.13.2026;1;x",
        "12;Good too;;02.01.2026;1;x",
    ]
    path, mapping = write("bad.csv", "\n".join(rows)), write("bad.toml", MAP)
    told = run(
        "import", "ideas", path, "--map", mapping, "--organisation", "FJO", "--report", "told.csv"
    )
    assert told.exit_code == 1
    assert "12 read, 2 new, 0 already there, 10 refused" in told.output
    assert list(Idea.objects.order_by("pk").values_list("title", flat=True)) == ["Good", "Good too"]
    report = {line["row"]: (line["column"], line["reason"]) for line in report_of(Path("told.csv"))}
    assert report == {
        "3": ("Title", "it is empty"),
        "4": ("Title", "it is longer than 200 signs"),
        "5": ("Title", "it holds the control character U+0007"),
        "6": ("Title", "it holds the control character U+0000 (NUL)"),
        "7": ("Day", "it is not a day of the calendar written as dd.mm.yyyy"),
        "8": ("(the whole row)", "its id stands in an earlier row too"),
        "9": ("(the whole row)", "the row has 2 cells, the header has 6"),
        "10": ("Votes", "it is not a number"),
        "11": ("(the whole row)", "its date lies in the future"),
        "12": ("Day", "it is not a day of the calendar written as dd.mm.yyyy"),
    }


def test_nothing_done_is_told_by_its_exit_code(
    run: Run, files: tuple[str, str], write: Callable[..., str]
) -> None:
    words = ["import", "ideas", files[0], "--organisation"]
    told = run(*words, "XXX", "--map", files[1])
    assert told.exit_code == 2
    assert "No organisation has the short name 'XXX'" in told.output
    wrong = write("wrong.toml", MAP.replace('"Votes"', '"Stemmer"'))
    told = run(*words, "FJO", "--map", wrong)
    assert told.exit_code == 2
    assert "has no column 'Stemmer'. It has: 'Day'" in told.output
    all_bad = write("all.csv", "No;Title;Text;Day;Votes;Sort\n1;;;;;\n")
    told = run("import", "ideas", all_bad, "--organisation", "FJO", "--map", files[1])
    assert told.exit_code == 2
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("titel = 1", "titel is nothing a mapping can say"),
        ("[fields]\ntitel = 'x'", "ideas have no field titel"),
        ("[fields]\ntitle = { colum = 'x' }", "fields.title.colum is nothing a mapping can say"),
        ("[fields]\ntitle = {}", "needs either a column"),
        ("[fields]\ntitle = { column = 'x', html = 'yes' }", "not the right sort"),
        ("[fields]\ntitle = { column = 'x', pattern = '(' }", "pattern cannot be used"),
        ("[fields]\ntitle = { column = 'x', if_wrong = 'cry' }", "if_wrong is one of"),
        ("kind = 'solutions'", "maps solutions, not ideas"),
        ("kind = ", "is not TOML"),
        (
            "[fields]\nlanguage = { constant = 'nb' }\ntext = 'Text'",
            "Say where the file comes from",
        ),
        ("source = 'x'\n[fields]\ntext = 'Text'", "says nothing of language"),
    ],
)
def test_a_wrong_mapping_is_named(
    run: Run, files: tuple[str, str], write: Callable[..., str], wrong: str, words: str
) -> None:
    mapping = write("wrong.toml", wrong)
    told = run("import", "ideas", files[0], "--organisation", "FJO", "--map", mapping)
    assert told.exit_code == 2
    assert words in told.output


def test_without_a_mapping_it_shows_its_guess_and_waits(
    run: Run, write: Callable[..., str], tmp_path: Path
) -> None:
    path = write(
        "forslag.csv",
        "Saksnummer;Overskrift;Beskrivelse;Innsendt;Stemmer;Farge\n"
        "1;Sykkelrom;<p>Tørt</p>;31.01.2026;4;blå\n2;Lys;Mørkt;01.02.2026;3;rød\n",
    )
    told = run("import", "ideas", path, "--organisation", "FJO", "--save-map", "kept.toml")
    assert told.exit_code == 2
    assert "Nothing was done. Go on with --yes" in told.output
    assert "submitted_at     Innsendt" in told.output
    assert "not used: Farge" in told.output
    assert not Idea.objects.exists()
    told = run("import", "ideas", path, "--organisation", "FJO", "--yes")
    assert told.exit_code == 0, told.output
    idea = Idea.objects.get(external_id="1")
    assert (idea.title, idea.text, idea.support_count) == ("Sykkelrom", "Tørt", 4)
    assert (idea.source, idea.language, idea.kind) == ("forslag", "nb", "idea")
    told = run("import", "ideas", path, "--organisation", "FJO", "--map", "kept.toml")
    assert "0 new, 2 already there" in told.output


def test_it_reads_json_lines_without_ids_twice_without_doubling(
    run: Run, write: Callable[..., str]
) -> None:
    lines = [{"title": f"Idea {n}", "text": "More"} for n in range(3)] + [
        {"title": "Idea 0", "text": "More"}
    ]
    path = write("ideas.jsonl", "\n".join(json.dumps(line) for line in lines))
    words = ["import", "ideas", path, "--organisation", "FJO", "--yes"]
    told = run(*words)
    assert told.exit_code == 1
    assert "3 new, 0 already there, 1 refused" in told.output
    assert "0 new, 3 already there, 1 refused" in run(*words).output
    assert Idea.objects.count() == 3


def test_an_undated_idea_is_dated_by_the_day_the_file_was_fetched(
    run: Run, write: Callable[..., str]
) -> None:
    path = write("ideas.csv", "title,text\nOne,More\n")
    run("import", "ideas", path, "--organisation", "FJO", "--yes", "--fetched", "2026-02-01")
    idea = Idea.objects.get()
    assert idea.submitted_at == datetime(2026, 1, 31, 23, tzinfo=UTC)
    assert idea.fetched_date == date(2026, 2, 1)


def test_what_only_the_database_refuses_costs_one_row(
    run: Run, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from loype.cli.importing import ideas as target

    real = target.IdeaTarget.item

    def too_long(self: Any, checked: Any) -> Any:
        item = real(self, checked)
        if item.external_id == "18":
            object.__setattr__(item.thing, "digital_element", "much too long")
        return item

    monkeypatch.setattr(target.IdeaTarget, "item", too_long)
    told = run("import", "ideas", files[0], "--map", files[1], "--organisation", "FJO")
    assert told.exit_code == 1
    assert "1 new, 0 already there, 1 refused" in told.output
    assert "it cannot be kept: value too long" in report_of(Path("box-report.csv"))[0]["reason"]
    assert Idea.objects.get().external_id == "0017"
