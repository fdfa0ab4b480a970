"""Notices: new ones first and marked in words, opened once, all marked at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.notices.models import Notice
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld

SignIn = Callable[[str], Client]


def told(world: World, name: str, *, title: str, number: int, **more: object) -> Notice:
    facts = {"subject": "responsible_appointed", "thing_kind": "idea", "thing_id": 1, **more}
    return Notice.objects.create(
        person=world.people[name], event_id=number, facts={"title": title}, made_at=TODAY, **facts
    )


def headlines(client: Client, query: str = "") -> list[str]:
    page = client.get(reverse("notice_list") + query).content.decode()
    return re.findall(r'<p class="row__title"><a[^>]*>“(\w+)”', page.replace("&#x27;", "'"))


def test_new_ones_come_first_and_are_marked_in_words(world: World, client_of: SignIn) -> None:
    told(world, "ada", title="Første", number=1)
    told(world, "ada", title="Andre", number=2, read_at=TODAY)
    told(world, "ada", title="Tredje", number=3)
    told(world, "bo", title="Annens", number=4)
    client = client_of("ada")
    assert headlines(client) == ["Tredje", "Første", "Andre"]
    page = client.get(reverse("notice_list")).content.decode()
    assert page.count("New</span>") == 2


def test_a_long_list_goes_on_in_the_same_order(world: World, client_of: SignIn) -> None:
    for number in range(30):
        told(world, "ada", title=f"N{number:02}", number=number,
             read_at=TODAY if number % 2 else None)  # fmt: skip
    client = client_of("ada")
    page = client.get(reverse("notice_list")).content.decode()
    older = re.search(r'href="(\?after=[^"]+)"', page)[1]
    seen = headlines(client) + headlines(client, older)
    assert seen == [f"N{n:02}" for n in range(28, -1, -2)] + [f"N{n:02}" for n in range(29, 0, -2)]


def test_opening_marks_it_read_and_leads_to_the_thing(trail: TrailWorld, client_of: SignIn) -> None:
    notice, client = trail["notice"], client_of("ada")
    response = client.get(reverse("notice_open", args=[notice.pk]))
    assert response["Location"] == reverse("idea_page", args=[trail["idea"].pk])
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("name", ["bo", "olaf"])
def test_nobody_opens_anothers_notice(name: str, trail: TrailWorld, client_of: SignIn) -> None:
    address = reverse("notice_open", args=[trail["notice"].pk])
    assert client_of(name).get(address).status_code == 404
    trail["notice"].refresh_from_db()
    assert trail["notice"].read_at is None


def test_a_thing_without_a_page_leads_back_to_the_list(world: World, client_of: SignIn) -> None:
    notice = told(world, "ada", title="Rar", number=1, thing_kind="unheard_of")
    response = client_of("ada").get(reverse("notice_open", args=[notice.pk]))
    assert response["Location"] == reverse("notice_list")


def test_all_are_marked_read_at_once(world: World, client_of: SignIn) -> None:
    told(world, "ada", title="Min", number=1)
    other = told(world, "bo", title="Annens", number=2)
    client = client_of("ada")
    page = client.get(reverse("notice_list")).content.decode()
    assert "Mark all as read" in page
    client.post(reverse("notice_read_all"))
    assert not Notice.objects.filter(person=world.people["ada"], read_at=None).exists()
    other.refresh_from_db()
    assert other.read_at is None
    assert "Mark all as read" not in client.get(reverse("notice_list")).content.decode()


def test_an_empty_list_teaches(world: World, client_of: SignIn) -> None:
    page = client_of("olaf").get(reverse("notice_list")).content.decode()
    assert "Here you hear what happens to your ideas" in page
