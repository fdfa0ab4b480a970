"""Notices: new ones first and marked in words, opened once, all marked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.actions import change_visibility
from loype.notices.actions import tell_about
from loype.notices.doors import DOORS
from loype.notices.models import Notice
from loype.notices.weekly import tell_of_the_week
from loype.web.notices.places import place_of
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld

# What has no page of its own: the notice says all there is to say.
TOLD_HERE = {"comment", "contact_request", "evaluation", "round"}

SignIn = Callable[[str], Client]


def told(world: World, name: str, *, title: str, number: int, **more: object) -> Notice:
    about = {"thing_kind": "organisation", "thing_id": world.fjordvik.pk}
    facts = {"subject": "responsible_appointed", **about, **more}
    facts.setdefault("facts", {"title": title})
    return Notice.objects.create(person=world.people[name], event_id=number, made_at=TODAY, **facts)


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


def test_a_thing_without_a_page_is_told_where_the_link_leads(
    trail: TrailWorld, client_of: SignIn
) -> None:
    notice = told(
        trail.world, "ada", title="Rar", number=9,
        thing_kind="comment", thing_id=trail["comment"].pk,
    )  # fmt: skip
    response = client_of("ada").get(reverse("notice_open", args=[notice.pk]))
    assert response.status_code == 200
    assert "“Rar” is taken up" in response.content.decode()


@pytest.mark.parametrize("kind", sorted(DOORS))
def test_every_thing_that_may_be_told_of_has_a_page_or_tells_itself(kind: str) -> None:
    place = place_of(Notice(thing_kind=kind, thing_id=7))

    assert place or kind in TOLD_HERE


@pytest.mark.requirement("EP-22")
def test_what_may_not_be_read_any_more_is_neither_listed_nor_opened(
    trail: TrailWorld, client_of: SignIn
) -> None:
    """The idea was shared with the federation when Dee was told; then it was not any more."""
    world, idea = trail.world, trail["federation_idea"]
    notice = told(world, "dee", title="Felles", number=7, thing_kind="idea", thing_id=idea.pk)
    dee = client_of("dee")
    assert headlines(dee) == ["Felles"]

    change_visibility(idea, visibility="organisation", actor=world.actor("siv"), at=TODAY)
    shown = dee.get(reverse("notice_list"))
    assert "Felles" not in shown.content.decode()
    assert dee.get(reverse("notice_open", args=[notice.pk])).status_code == 404
    listed = dee.get("/api/v1/notices")
    assert listed.json()["items"] == []


def test_what_a_search_found_is_left_out_where_it_was_narrowed(
    trail: TrailWorld, client_of: SignIn
) -> None:
    world = trail.world
    named = [
        {"title": thing.title, "kind": "idea", "id": thing.pk, "organisation": "Fjordvik"}
        for thing in (trail["public_idea"], trail["federation_idea"])
    ]
    told(
        world, "dee", title="vikarer", number=8, subject="found_new",
        facts={"title": "vikarer", "count": 2, "found": named},
    )  # fmt: skip
    idea = trail["federation_idea"]
    change_visibility(idea, visibility="organisation", actor=world.actor("siv"), at=TODAY)

    page = client_of("dee").get(reverse("notice_list")).content.decode()
    assert trail["public_idea"].title in page
    assert idea.title not in page
    assert "“vikarer”: 1." in page


def test_the_list_is_narrowed_by_kind_and_to_what_is_new(world: World, client_of: SignIn) -> None:
    told(world, "ada", title="Møte", number=1, kind="waits")
    told(world, "ada", title="Idé", number=2, kind="mine")
    told(world, "ada", title="Lest", number=3, kind="mine", read_at=TODAY)
    client = client_of("ada")

    assert headlines(client, "?kind=waits") == ["Møte"]
    assert headlines(client, "?kind=mine&new=yes") == ["Idé"]
    assert headlines(client, "?kind=nonsense") == ["Idé", "Møte", "Lest"]
    empty = client.get(reverse("notice_list") + "?kind=reuse").content.decode()
    assert "Show everything" in empty


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


@pytest.mark.requirement("EP-22")
def test_the_week_of_a_federation_leaves_out_what_is_not_shared_any_more(
    trail: TrailWorld, client_of: SignIn
) -> None:
    world, idea = trail.world, trail["federation_idea"]
    event = tell_of_the_week(world.federation, at=TODAY + timedelta(days=7))  # type: ignore[arg-type]
    assert event is not None
    tell_about(event.pk, at=event.at)
    his = Notice.objects.get(person=world.people["mia"], subject="federation_week")
    assert idea.title in str(his.facts)
    mia = client_of("mia")
    assert idea.title in mia.get(reverse("notice_list")).content.decode()

    change_visibility(idea, visibility="confidential", actor=world.actor("siv"), at=TODAY)
    page = mia.get(reverse("notice_list")).content.decode()
    assert idea.title not in page
    assert "Fjordlaget" in page
