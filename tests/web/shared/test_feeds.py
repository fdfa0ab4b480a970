"""The one writer of feeds: its dates are those of its content, its words are never markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from django.http import Http404
from django.test import RequestFactory

from loype.web.shared.feeds import Feed, FeedItem, answer_feed
from tests.cast import TODAY

ITEM = FeedItem(
    url="https://loype.example.test/1", title="Låser & <nøkler>", text="Én.\n\n<b>To</b>.",
    published_at=TODAY, author="Fjordvik kommune", language="nb", more={"_number": 7},
)  # fmt: skip
FEED = Feed(
    title="Nytt", told="Alt nytt.", language="nb", page_url="https://loype.example.test/",
    url="https://loype.example.test/feed", changed_at=TODAY, items=[ITEM],
)  # fmt: skip
REQUEST = RequestFactory().get("/")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("form", ["rss", "json"])
def test_it_stays_the_same_while_what_it_tells_does(form: str) -> None:
    first = answer_feed(REQUEST, FEED, form=form)
    later = answer_feed(REQUEST, replace(FEED, changed_at=TODAY + HOUR), form=form)
    assert later.headers["ETag"] == first.headers["ETag"]
    assert later.headers["Last-Modified"] != first.headers["Last-Modified"]
    other = answer_feed(REQUEST, replace(FEED, items=[replace(ITEM, title="Nå")]), form=form)
    assert other.headers["ETag"] != first.headers["ETag"]


def test_words_are_never_markup() -> None:
    found = feedparser.parse(answer_feed(REQUEST, FEED, form="rss").content)
    assert not found.bozo
    assert found.entries[0].summary == "<p>Én.</p>\n\n<p>&lt;b&gt;To&lt;/b&gt;.</p>"
    assert b"&lt;b&gt;To" in answer_feed(REQUEST, FEED, form="json").content


def test_an_empty_feed_is_dated_by_what_happened_last() -> None:
    empty = replace(FEED, items=[], changed_at=TODAY - HOUR)
    found = feedparser.parse(answer_feed(REQUEST, empty, form="rss").content)
    assert not found.bozo
    assert found.feed.updated == "Mon, 02 Mar 2026 08:00:00 +0000"


def test_it_comes_in_no_other_form() -> None:
    with pytest.raises(Http404):
        answer_feed(REQUEST, FEED, form="atom")
