"""The register of the federation, and saying what is told in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loype.organisations.models import SharingPolicy
from tests.cast import World
from tests.trail_world import TrailWorld, idea_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


def read(client: Client, address: str = "/federation/") -> str:
    """The page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("ROR-08")
def test_members_read_what_the_others_share(world: World, client_of: ClientOf) -> None:
    idea_of(world, text="Felles opplæring", visibility="federation")
    idea_of(world, text="Vår indre sak")
    dee = client_of("dee")
    said = read(dee)
    assert "Felles opplæring" in said
    assert "Vår indre sak" not in said
    assert "Vår indre sak" in read(client_of("ada"))
    assert "works alone" in read(client_of("olaf"))


@pytest.mark.requirement("ROR-08")
def test_an_administrator_lets_the_others_know_of_more(world: World, client_of: ClientOf) -> None:
    idea_of(world, text="Vår indre sak")
    siv = client_of("siv")
    assert "What others see" in read(siv, "/federation/sharing/")
    sent: dict[str, Any] = {"kind": "idea", "tells_internal": "on", "fields_told": ["title"]}
    assert siv.post("/federation/sharing/", sent).status_code == 302
    policy = SharingPolicy.objects.get()
    assert (policy.organisation, policy.fields) == (world.fjordvik, ["title"])
    said = read(client_of("dee"))
    assert "Vår indre sak" in said
    assert "told in short" in said
    assert not re.search(r'href="/ideas/\d+/"', said)


def test_it_asks_for_at_least_one_fact(client_of: ClientOf) -> None:
    answer = client_of("siv").post("/federation/sharing/", {"kind": "idea"})
    assert answer.status_code == 422
    assert "Choose at least one." in answer.content.decode()
    assert not SharingPolicy.objects.exists()


def test_who_does_not_administer_only_reads_it(client_of: ClientOf) -> None:
    said = read(client_of("ada"), "/federation/sharing/")
    assert "Only what is shared." in said
    assert 'name="fields_told"' not in said


def test_the_list_is_narrowed_and_leads_to_older(trail: TrailWorld, client_of: ClientOf) -> None:
    world = trail.world
    for number in range(30):
        idea_of(world, text=f"Behov {number:02}", visibility="federation")
    ada = client_of("ada")
    first = read(ada, "/federation/?kind=idea")
    older = re.search(r'href="(\?[^"]*after=[^"]+)"', first)
    assert older is not None
    rest = read(ada, "/federation/" + older.group(1).replace("&amp;", "&"))
    shown = re.findall(r"Behov \d\d", first) + re.findall(r"Behov \d\d", rest)
    assert len(shown) == len(set(shown)) == 30
    there = world.organisations["elvestrand"].pk
    assert "Behov" not in read(ada, f"/federation/?organisation={there}")


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=WzEsMiwzXQ", "?kind=x&organisation=0", "?state=y"]
)
def test_nonsense_in_the_address_is_left_out(
    trail: TrailWorld, client_of: ClientOf, query: str
) -> None:
    assert "Felles" in read(client_of("ada"), f"/federation/{query}")


def test_it_needs_no_more_statements_for_more_rows(
    trail: TrailWorld, client_of: ClientOf, statements: Callable[[], Any]
) -> None:
    ada = client_of("ada")
    read(ada)
    with statements() as few:
        read(ada)
    for number in range(12):
        idea_of(trail.world, text=f"Enda et {number}", visibility="federation")
    with statements() as many:
        read(ada)
    assert len(many) == len(few) <= 8
