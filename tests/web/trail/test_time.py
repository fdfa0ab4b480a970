"""The flow pages draw what was counted, show months as reported, and tell nobody of a few."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.test import Client

from loype.trail.models import MonthlyFigures
from loype.trail.monthly import report_month
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

FEBRUARY = date(2026, 2, 1)
MARCH = date(2026, 3, 1)


def decided(world: World, count: int) -> None:
    for number in range(count):
        go_on(world, idea_of(world, text=f"Går videre {number}"))


@pytest.mark.requirement("EP-21")
def test_it_draws_three_pictures_each_with_its_table(
    world: World, client_of: Callable[[str], Client]
) -> None:
    decided(world, 5)
    idea_of(world, text="Venter")
    page = client_of("ada").get("/flow/time/?period=all").content.decode()
    assert page.count("<figure") == page.count("The numbers as a table") == 3
    assert "1 that waits has passed what was promised" in page
    assert "100 % of the first decisions came within 20 working days" in page
    assert "style=" not in page.split("<main")[1]


def test_it_says_so_where_nothing_was_counted(client_of: Callable[[str], Client]) -> None:
    page = client_of("ada").get("/flow/time/").content.decode()
    assert "Nothing waits for a decision." in page
    assert "Nothing has been handed in yet." in page
    assert "<figure" not in page


@pytest.mark.requirement("EP-21")
def test_it_shows_a_month_as_it_was_reported(
    world: World, client_of: Callable[[str], Client]
) -> None:
    decided(world, 2)
    row = report_month(world.fjordvik, month=MARCH, at=TODAY + timedelta(days=31))
    decided(world, 1)
    ada = client_of("ada")
    listed = ada.get("/flow/months/").content.decode()
    assert "March 2026" in listed
    page = ada.get("/flow/months/2026-03/")
    assert page.context["picture"].figures == row.figures
    assert page.context["picture"].volume[0].cells == (2,)
    reached = [row.cells[0] for row in page.context["picture"].conversion]
    assert reached == sorted(reached, reverse=True)
    assert reached[:2] == [2, 2]
    for wrong in ("2026-02", "2026-13", "soon"):
        assert ada.get(f"/flow/months/{wrong}/").status_code == 404


def test_it_gives_the_reasons_to_those_who_may_read_them(
    world: World, client_of: Callable[[str], Client]
) -> None:
    from loype.councils.actions import DecisionWords, put_on_agenda
    from loype.councils.models import Case
    from loype.trail.handovers import council_to_portfolio

    idea = idea_of(world, text="Noe bare rådet bør vite", visibility="confidential", by="cai")
    case, bo = Case.objects.get(idea=idea), world.actor("bo")
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    words = DecisionWords(outcome="reject", reasons="Det går ikke nå.")
    council_to_portfolio(case, words=words, meeting=world.meeting, actor=bo, at=TODAY)
    report_month(world.fjordvik, month=MARCH, at=TODAY + timedelta(days=31))
    for name, reads in (("bo", True), ("ada", False)):
        page = client_of(name).get("/flow/months/2026-03/").content.decode()
        assert "Decided: reject" in page
        assert ("Det går ikke nå." in page) is reads


@pytest.mark.requirement("ROR-11")
def test_everybody_reads_the_median_of_those_with_enough(
    world: World, client_of: Callable[[str], Client]
) -> None:
    decided(world, 4)
    report_month(world.fjordvik, month=MARCH, at=TODAY + timedelta(days=31))
    eve = client_of("eve")
    page = eve.get("/flow/public/").content.decode()
    assert "Fjordvik" not in page
    assert "1 organisation decided fewer than five" in page
    decided(world, 1)
    report_month(world.fjordvik, month=date(2026, 4, 1), at=TODAY + timedelta(days=61))
    page = eve.get("/flow/public/").content.decode()
    assert "Fjordvik kommune" in page
    assert "100 %" in page


@pytest.mark.parametrize("figure", ["cumulative", "lead-times", "ageing", "months"])
def test_every_picture_is_a_table_too(
    world: World, client_of: Callable[[str], Client], figure: str
) -> None:
    decided(world, 5)
    idea_of(world, text="=venter")
    report_month(world.fjordvik, month=MARCH, at=TODAY + timedelta(days=31))
    answer = client_of("ada").get(f"/flow/export/{figure}/?period=all")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_months_file_holds_every_number(
    world: World, client_of: Callable[[str], Client]
) -> None:
    decided(world, 2)
    report_month(world.fjordvik, month=MARCH, at=TODAY + timedelta(days=31))
    text = client_of("ada").get("/flow/export/months/").content.decode("utf-8-sig")
    assert "2026-03;2026-04-02;1;volume;handed_in;2" in text.splitlines()
    assert MonthlyFigures.objects.count() == 1
    assert client_of("ada").get("/flow/export/anything/").status_code == 404
