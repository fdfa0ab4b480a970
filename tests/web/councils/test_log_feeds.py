"""The public log as feeds: the same for whoever follows it, kept on the way and asked cheaply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_http_date

from loype.councils.models import Decision, LoggedDecision
from loype.organisations.actor import NOBODY, Actor
from tests.cast import World
from tests.councils.openness.test_public_log import SECRET, locked, withheld
from tests.trail_world import go_on, idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("NET-08")]
SignIn = Callable[[str], Client]
SITE = "https://loype.example.test"
FORMS = ("json", "rss")


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_ADDRESS = SITE


@pytest.fixture
def decision(world: World) -> Decision:
    """A decision about a public idea, in approved minutes, with signs that mean something."""
    idea = idea_of(world, text="Ro & hvile <nå>.", visibility="public")
    return locked(go_on(world, idea, reasons=SECRET).decision)


def address(form: str) -> str:
    return reverse(f"decision_feed_{form}")


def entry_of(decision: Decision) -> str:
    return f"{SITE}{reverse('decision_log_entry', args=[decision.pk])}"


def test_a_feed_reader_understands_the_rss(decision: Decision) -> None:
    answer = Client().get(address("rss"))
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.link == f"{SITE}{reverse('decision_log')}"
    (entry,) = found.entries
    assert entry.link == entry.id == entry_of(decision)
    assert "<nå>" not in entry.summary
    assert entry.author == "Fjordvik kommune"


def test_the_json_feed_says_what_its_form_asks_for(decision: Decision) -> None:
    answer = Client().get(address("json"))
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    (item,) = answer.json()["items"]
    assert item["id"] == item["url"] == entry_of(decision)
    assert item["content_text"] == SECRET
    assert (item["language"], item["_decision"]["number"]) == ("nb", decision.number)


@pytest.mark.parametrize(
    ("query", "spoken"),
    [
        ({}, "en"),
        ({"organisation": "fjordvik"}, "nb"),
        ({"organisation": "fjordvik", "language": "da"}, "da"),
        ({"language": "tlh"}, "en"),
        ({"organisation": "99999"}, "en"),
    ],
)
def test_its_address_says_its_language_whoever_reads(
    world: World, decision: Decision, query: dict[str, str], spoken: str
) -> None:
    asked = dict(query)
    if asked.get("organisation") == "fjordvik":
        asked["organisation"] = str(world.fjordvik.pk)
    answer = Client().get(address("json"), asked, headers={"Accept-Language": "sv"})
    told = answer.json()
    assert (told["language"], answer.headers["Content-Language"]) == (spoken, spoken)
    again = Client().get(told["feed_url"].removeprefix(SITE), headers={"Accept-Language": "nn"})
    assert again.content == answer.content


def test_the_log_leads_to_the_feed_in_the_readers_language(
    world: World, decision: Decision
) -> None:
    chosen = {"organisation": world.fjordvik.pk, "access": "open"}
    page = Client().get(reverse("decision_log"), chosen, headers={"Accept-Language": "da"})
    place = f"{address('rss')}?organisation={world.fjordvik.pk}&amp;access=open&amp;language=da"
    assert page.content.decode().count(f'href="{place}"') == 2


@pytest.mark.parametrize("form", FORMS)
def test_it_is_kept_and_asked_again_cheaply(world: World, decision: Decision, form: str) -> None:
    client, place = Client(), address(form)
    first = client.get(place)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    parse_http_date(first.headers["Last-Modified"])
    for known in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        same = client.get(place, headers=known)
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["ETag"] == first.headers["ETag"]
        assert same.headers["Access-Control-Allow-Origin"] == "*"

    head = client.head(place)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Last-Modified", "Cache-Control")} == {
        name: first.headers[name] for name in ("ETag", "Last-Modified", "Cache-Control")
    }
    assert client.post(place).status_code == 405


@pytest.mark.parametrize("form", FORMS)
def test_what_is_withheld_later_leaves_it_at_once(
    world: World, decision: Decision, form: str
) -> None:
    client, place = Client(), address(form)
    first = client.get(place)
    assert SECRET in first.content.decode()
    withheld(world, decision)
    later = client.get(place, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert SECRET not in later.content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_who_is_signed_in_gets_nothing_more(
    world: World,
    decision: Decision,
    client_of: SignIn,
    statements: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    withheld(world, decision)
    readers: list[Actor] = []
    shown = type(LoggedDecision.objects.all()).visible_to

    def watched(rows: Any, actor: Actor) -> Any:
        readers.append(actor)
        return shown(rows, actor)

    monkeypatch.setattr(type(LoggedDecision.objects.all()), "visible_to", watched)
    alone = Client().get(address(form))
    for name in ("ada", "bo", "siv", "mia"):
        type(world.people[name]).objects.filter(pk=world.people[name].pk).update(language="da")
        client = client_of(name)
        with statements() as counted:
            answer = client.get(address(form))
        assert answer.content == alone.content
        assert answer.headers["ETag"] == alone.headers["ETag"]
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        assert not [one for one in counted if "session" in one["sql"]]
        assert len(counted) <= 2
    assert set(readers) == {NOBODY}
    assert SECRET not in alone.content.decode()
