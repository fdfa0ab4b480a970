"""The list: whose ideas, which of them, page by page, and away as a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.models import Idea
from loype.trail.handovers import hand_in
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

SignIn = Callable[[str], Client]
LIST = "/ideas/"


def titles(client: Client, **choices: str) -> list[str]:
    page = client.get(LIST, choices).content.decode()
    return re.findall(r'<p class="row__title"><a href="/ideas/\d+/" lang="\w+">([^<]*)</a>', page)


def table(client: Client, **choices: str) -> list[dict[str, str]]:
    response = client.get(reverse("idea_export"), choices)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def ideas(world: World) -> World:
    """One idea of each visibility in Fjordvik, one shared by Elvestrand, one public from afar."""
    idea_of(world, text="Bare for oss")
    idea_of(world, text="Delt med naboene", visibility="federation", by="siv")
    idea_of(world, text="For alle", visibility="public", kind="need")
    idea_of(world, text="Fra Elvestrand", visibility="federation", by="dee")
    idea_of(world, text="Hemmelig i Elvestrand", by="dee")
    idea_of(world, text="Fra Sundkøbing", visibility="public", by="olaf", kind="wish")
    return world


@pytest.mark.parametrize(
    ("name", "scope", "expected"),
    [
        ("ada", "organisation", {"Bare for oss", "Delt med naboene", "For alle"}),
        ("ada", "", {"Bare for oss", "Delt med naboene", "For alle"}),
        ("ada", "federation", {"Bare for oss", "Delt med naboene", "For alle", "Fra Elvestrand"}),
        ("ada", "public", {"For alle", "Fra Sundkøbing"}),
        ("ada", "mine", {"Bare for oss", "For alle"}),
        ("dee", "federation", {"Delt med naboene", "For alle", "Fra Elvestrand",
                               "Hemmelig i Elvestrand"}),
        ("olaf", "organisation", {"Fra Sundkøbing"}),
        ("olaf", "federation", {"Fra Sundkøbing"}),
        ("eve", "", {"For alle", "Fra Sundkøbing"}),
        ("eve", "organisation", {"For alle", "Fra Sundkøbing"}),
        ("eve", "mine", {"For alle", "Fra Sundkøbing"}),
    ],
)  # fmt: skip
def test_it_lists_by_scope_what_one_may_read(
    name: str, scope: str, expected: set[str], ideas: World, client_of: SignIn
) -> None:
    choices = {"scope": scope} if scope else {}
    assert set(titles(client_of(name), **choices)) == expected
    assert {row["Title"] for row in table(client_of(name), **choices)} == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"kind": "need"}, {"For alle"}),
        ({"state": "submitted"}, {"Bare for oss", "Delt med naboene", "For alle"}),
        ({"state": "rejected"}, set()),
        ({"language": "nb", "q": "naboer"}, {"Delt med naboene"}),
        ({"language": "da"}, set()),
        ({"scope": "federation", "q": "naboene elvestrand"},
         {"Delt med naboene", "Fra Elvestrand"}),
        ({"q": "FJO-2026-0001"}, {"Bare for oss"}),
        ({"kind": "nonsense", "unit": "1e9", "state": "' or 1=1", "language": "xx"},
         {"Bare for oss", "Delt med naboene", "For alle"}),
        ({"q": "finnes ikke noe sted"}, set()),
        ({"scope": "public", "kind": "wish"}, {"Fra Sundkøbing"}),
    ],
)  # fmt: skip
def test_it_filters_and_searches(
    choices: dict[str, str], expected: set[str], ideas: World, client_of: SignIn
) -> None:
    assert set(titles(client_of("ada"), **choices)) == expected
    assert {row["Title"] for row in table(client_of("ada"), **choices)} == expected


def test_it_filters_by_unit(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Fra hjemmetjenesten", unit=world.unit)
    idea_of(world, text="Fra et annet sted")
    assert titles(client_of("ada"), unit=str(world.unit.pk)) == ["Fra hjemmetjenesten"]


def test_it_keeps_the_choices_from_page_to_page(world: World, client_of: SignIn) -> None:
    for number in range(30):
        hand_in(
            organisation=world.fjordvik, text=f"Nummer {number:02}", kind="need",
            actor=world.actor("ada"), at=TODAY + timedelta(minutes=number),
        )  # fmt: skip
    idea_of(world, text="En idé blant behovene")
    client = client_of("ada")
    page = client.get(LIST, {"kind": "need"}).content.decode()
    assert titles(client, kind="need")[0] == "Nummer 29"
    older = re.search(r'href="(\?[^"]*after=[^"]+)"', page)[1].replace("&amp;", "&")
    assert "kind=need" in older
    rest = client.get(LIST + older).content.decode()
    assert "Nummer 04" in rest
    assert "Nummer 05" not in rest
    assert "En idé blant" not in rest


def test_it_gives_htmx_the_list_alone(ideas: World, client_of: SignIn) -> None:
    part = client_of("ada").get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Bare for oss" in part


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({}, "No ideas in your organisation yet"),
        ({"scope": "mine"}, "You have not handed in anything yet"),
        ({"scope": "public"}, "No ideas are shared here yet"),
        ({"q": "x1y2"}, "No idea fits these choices"),
    ],
)
def test_an_empty_list_teaches(
    choices: dict[str, str], words: str, world: World, client_of: SignIn
) -> None:
    assert words in client_of("ada").get(LIST, choices).content.decode()


def test_ones_own_list_holds_drafts_too(trail: TrailWorld, client_of: SignIn) -> None:
    assert trail["draft"].title in titles(client_of("ada"), scope="mine")
    assert titles(client_of("ada"), scope="mine", state="draft") == [trail["draft"].title]


def test_a_formula_in_a_title_is_text_in_the_table(world: World, client_of: SignIn) -> None:
    idea_of(world, text='=HYPERLINK("http://example.test";"klikk")')
    row = table(client_of("ada"))[0]
    assert row["Title"].startswith("'=HYPERLINK")
    assert row["Text"].startswith("'=HYPERLINK")


def test_the_table_is_sent_as_a_file(ideas: World, client_of: SignIn) -> None:
    response = client_of("ada").get(reverse("idea_export"))
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = table(client_of("ada"), scope="mine")
    assert [row["Case number"] for row in rows] == list(
        Idea.objects.filter(giver=ideas.people["ada"]).order_by("-pk")
        .values_list("case_number", flat=True)
    )  # fmt: skip
