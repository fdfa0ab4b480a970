"""Feeds of public news: sound RSS 2.0 and JSON Feed 1.1, kept well, holding nothing hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_http_date

from loype.ideas.actions import change_visibility
from loype.news.actions import NewsWords, correct_news, withdraw_news
from loype.news.models import NewsItem
from tests.cast import TODAY, World
from tests.news.telling import activity_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]
ClientOf = Callable[[str], Client]
SITE = "https://loype.example.test"


@pytest.fixture(autouse=True)
def _known_address(settings: Any) -> None:
    settings.SITE_ADDRESS = SITE


@pytest.fixture
def published(world: World) -> NewsItem:
    """One public item, with signs in it that mean something to XML and HTML."""
    words = NewsWords(headline="Låser & nøkler <nå>", text="Første ledd.\n\nAndre <b>ledd</b>.")
    return told(world, activity_of(world), words=words)


def address(world: World, form: str) -> str:
    """Fjordvik's feed."""
    return reverse("organisation_feed", args=[world.fjordvik.pk, form])


def rss(world: World) -> Any:
    """Fjordvik's feed as a feed reader understands it."""
    answer = Client().get(address(world, "rss"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(world: World, form: str = "rss") -> list[str]:
    """What stands in Fjordvik's feed."""
    if form == "rss":
        return [entry.title for entry in rss(world).entries]
    return [one["title"] for one in Client().get(address(world, "json")).json()["items"]]


def test_a_feed_reader_understands_the_rss(world: World, published: NewsItem) -> None:
    found = rss(world)
    assert found.version == "rss20"
    assert found.feed.language == "nb"
    assert found.feed.link == f"{SITE}{reverse('organisation_news', args=[world.fjordvik.pk])}"
    (own,) = [link.href for link in found.feed.links if link.rel == "self"]
    assert own == f"{SITE}{address(world, 'rss')}"
    (entry,) = found.entries
    assert unescape(entry.title) == "Låser & nøkler <nå>"
    assert entry.link == entry.id == f"{SITE}{reverse('news_page', args=[published.pk])}"
    assert "<p>Første ledd.</p>" in entry.summary
    assert "<b>" not in entry.summary
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == TODAY


def test_the_json_feed_says_what_its_form_asks_for(world: World, published: NewsItem) -> None:
    answer = Client().get(address(world, "json"))
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    found = json.loads(answer.content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"]
    assert found["feed_url"] == f"{SITE}{address(world, 'json')}"
    assert found["home_page_url"].startswith(SITE)
    (item,) = found["items"]
    assert item["id"] == item["url"] == f"{SITE}{reverse('news_page', args=[published.pk])}"
    assert item["title"] == "Låser & nøkler <nå>"
    assert "&lt;b&gt;" in item["content_html"]
    assert item["authors"] == [{"name": "Fjordvik kommune"}]
    assert datetime.fromisoformat(item["date_published"]) == TODAY
    assert item["language"] == "nb"


@pytest.mark.parametrize("form", ["rss", "json"])
def test_only_public_news_is_fed_whoever_asks(world: World, client_of: ClientOf, form: str) -> None:
    shown = told(world, activity_of(world, text="Åpent for alle i byen."))
    told(world, activity_of(world, text="Bare for oss her inne."), visibility="organisation")
    told(world, activity_of(world, text="Bare for samarbeidet vårt."), visibility="federation")
    for client in (Client(), client_of("siv")):
        body = client.get(address(world, form)).content.decode()
        assert body.count("/news/") >= 1
        assert "Åpent for alle" in body
        assert "Bare for" not in body
    assert titles(world, form) == [shown.headline]


@pytest.mark.parametrize("form", ["rss", "json"])
def test_what_is_withdrawn_or_narrowed_leaves_the_feed(world: World, form: str) -> None:
    first = told(world, activity_of(world, text="Noe som blir trukket."))
    other = activity_of(world, text="Noe som blir smalere.")
    told(world, other)
    assert len(titles(world, form)) == 2
    withdraw_news(first, reason="Feil.", actor=world.actor("siv"), at=TODAY)
    assert len(titles(world, form)) == 1
    change_visibility(other.idea, visibility="federation", actor=world.actor("bo"), at=TODAY)
    assert titles(world, form) == []


def test_a_correction_shows_in_both(world: World, published: NewsItem) -> None:
    better = NewsWords(headline="Nye låser", text="Elleve dører.")
    siv = world.actor("siv")
    correct_news(published, words=better, note="Det er elleve.", actor=siv, at=TODAY)
    (entry,) = rss(world).entries
    assert entry.title == "Nye låser"
    assert "Det er elleve." in entry.summary
    (item,) = Client().get(address(world, "json")).json()["items"]
    assert "Det er elleve." in item["content_html"]


def test_the_federations_feed_holds_its_members_news(world: World, published: NewsItem) -> None:
    assert world.federation is not None
    place = reverse("federation_feed", args=[world.federation.pk, "rss"])
    found = feedparser.parse(Client().get(place).content)
    assert [entry.link for entry in found.entries] == [
        f"{SITE}{reverse('news_page', args=[published.pk])}"
    ]
    nobody = reverse("federation_feed", args=[world.federation.pk + 1, "rss"])
    assert Client().get(nobody).status_code == 404


@pytest.mark.parametrize("form", ["rss", "json"])
def test_it_is_kept_and_asked_again_cheaply(world: World, published: NewsItem, form: str) -> None:
    client, place = Client(), address(world, form)
    first = client.get(place)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    parse_http_date(first.headers["Last-Modified"])

    same = client.get(place, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(place, headers=since).status_code == 304

    later = TODAY.replace(hour=15)
    withdraw_news(published, reason="Feil.", actor=world.actor("siv"), at=later)
    assert client.get(place, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    # A reader that keeps only the day must not go on showing what was taken back.
    assert client.get(place, headers=since).status_code == 200


def test_an_empty_feed_is_a_sound_feed_and_stays_the_same(world: World) -> None:
    assert rss(world).entries == []
    tags = {Client().get(address(world, "rss")).headers["ETag"] for _again in range(2)}
    assert len(tags) == 1


def test_it_needs_no_session_and_few_statements(
    world: World, client_of: ClientOf, statements: Callable[[], Any]
) -> None:
    for number in range(4):
        told(world, activity_of(world, text=f"Nyhet nummer {number}."))
    siv = client_of("siv")
    with statements() as counted:
        siv.get(address(world, "rss"))
    assert len([one for one in counted if "session" in one["sql"]]) == 0
    assert len(counted) <= 4
