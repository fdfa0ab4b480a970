"""The page, the file and the API of who gives ideas."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from loype.api.trail import routes
from loype.web.trail import participation
from tests.cast import World
from tests.trail.test_participation import APRIL, Town, town

pytestmark = pytest.mark.requirement("ROR-19")
ClientOf = Callable[[str], Client]
__all__ = ["town"]  # the fixture


@pytest.fixture
def shown(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Fjordvik in April: one unit that gives, one with a few, one silent, one small."""
    for way_in in (participation, routes):
        monkeypatch.setattr(way_in, "now", lambda: APRIL)
    town.unit("Skole", employees=40, people=6)
    town.unit("Vei", employees=12, people=6)
    town.unit("Park", employees=31)
    town.unit("Legevakt", employees=3)
    town.give("Skole", 6)
    town.give("Vei", 2)
    return town


def test_it_shows_first_where_nobody_gives(shown: Town, client_of: ClientOf) -> None:
    answer = client_of("bo").get("/flow/givers/")
    page = answer.content.decode()
    silent = [one.name for one in answer.context["picture"].silent]
    assert silent == ["Park", "Legevakt, No particular unit"]
    assert "From 2 units nobody has handed in an idea." in page
    assert page.index("Nobody in twelve months") < page.index("By unit")
    assert "15.0" in page  # of a hundred in Skole


def test_it_never_shows_how_few(shown: Town, client_of: ClientOf) -> None:
    picture = client_of("bo").get("/flow/givers/").context["picture"]
    few = next(one for one in picture.units if one.name == "Vei")
    assert (few.givers, few.per_hundred, few.carried_on, few.days) == (
        "1\xa0to\xa04", "8.3\xa0to\xa033.3", "–", "–",
    )  # fmt: skip
    assert picture.givers == "7\xa0to\xa010"
    assert all(one.name != "Legevakt" for one in picture.units)


def test_it_gives_the_numbers_as_a_file(shown: Town, client_of: ClientOf) -> None:
    answer = client_of("bo").get("/flow/givers.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    by_name = {line[1]: line for line in lines}
    assert by_name["Skole"][2:5] == ["40", "6", "15.0"]
    assert by_name["Vei"][2:5] == ["12", "1\xa0to\xa04", "8.3\xa0to\xa033.3"]


def test_it_tells_programs_the_same(shown: Town, client_of: ClientOf) -> None:
    told = client_of("bo").get("/api/v1/participation").json()
    units = {tuple(one["names"]): one for one in told["units"]}
    assert units["Skole",]["givers"] == 6
    assert (units["Vei",]["givers"], units["Vei",]["per_hundred"]) == (None, None)
    assert (told["fewest_givers"], told["most_givers"]) == (7, 10)


def test_it_grows_by_no_statement(
    shown: Town, client_of: ClientOf, statements: Callable[[], object]
) -> None:
    client = client_of("bo")
    client.get("/flow/givers/")
    with statements() as few:  # type: ignore[attr-defined]
        client.get("/flow/givers/")
    for number in range(4):
        shown.unit(f"Avdeling {number}", employees=10, people=5)
        shown.give(f"Avdeling {number}", 5)
    with statements() as many:  # type: ignore[attr-defined]
        client.get("/flow/givers/")
    assert len(many) == len(few) <= 8


def test_it_says_when_there_is_nobody(world: World, client_of: ClientOf) -> None:
    page = client_of("olaf").get("/flow/givers/").content.decode()
    assert "Too few people are registered" in page


def test_it_lets_an_administrator_say_what_a_unit_is(world: World, client_of: ClientOf) -> None:
    assert world.unit is not None
    address = f"/organisation/units/{world.unit.pk}/"
    siv = client_of("siv")
    siv.post(address, {"name": world.unit.name, "kind": "it", "employees": "17"})
    world.unit.refresh_from_db()
    assert (world.unit.kind, world.unit.employees) == ("it", 17)
    assert 'value="17"' in siv.get(address).content.decode()


def test_it_lets_an_administrator_say_what_a_person_works_as(
    world: World, client_of: ClientOf
) -> None:
    ada = world.people["ada"]
    sent = {"unit": "", "job_title": "Leder", "position": "leader"}
    client_of("siv").post(f"/organisation/people/{ada.pk}/place/", sent)
    assert {one.position for one in ada.memberships.all()} == {"leader"}
