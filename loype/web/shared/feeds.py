"""Feeds that programs of others follow: RSS 2.0 and JSON Feed 1.1, written and answered alike.

Anybody on the way may keep a feed for a while, so it is gathered as nobody (`NOBODY`), whoever
asks, and its address says all that it depends on, its language too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape, linebreaks
from django.utils.http import http_date

MINUTES_KEPT = 5


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One thing that is told: `url` is where it stands for good, `html` its words with markup,
    `more` what only JSON carries, under names that begin with an underscore."""

    url: str
    title: str
    text: str
    html: str = ""
    published_at: datetime
    changed_at: datetime | None = None
    author: str
    language: str
    tags: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What stands in a feed; after `changed_at` nothing of it has changed."""

    title: str
    told: str
    language: str
    page_url: str
    url: str
    changed_at: datetime
    items: Sequence[FeedItem]


def answer_feed(request: HttpRequest, feed: Feed, *, form: str) -> HttpResponse:
    """The feed in one of its forms, or that nothing has changed since it was asked for."""
    if form not in FORMS:
        raise Http404
    write, media_type = FORMS[form]
    body = write(feed)
    changed = int(feed.changed_at.timestamp())
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Language"] = feed.language
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["ETag"] = etag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=MINUTES_KEPT * 60)
    answer: HttpResponse = (
        get_conditional_response(request, etag=etag, last_modified=changed, response=response)
        or response
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def spoken_language(*wanted: str) -> str:
    """The first of some languages that we speak, else the site's own."""
    known = dict(settings.LANGUAGES)
    return next((one for one in wanted if one in known), settings.LANGUAGE_CODE)


def absolute(path: str) -> str:
    """A whole address, as it works outside."""
    return f"{settings.SITE_ADDRESS}{path}"


def as_html(text: str) -> str:
    """Plain words with their paragraphs."""
    return str(linebreaks(escape(text)))


class _Rss(Rss201rev2Feed):
    """RSS 2.0 whose own date is that of its content, so that nothing changes by being asked."""

    empty_since: datetime

    def latest_post_date(self) -> datetime:
        """When the newest of it came; of an empty feed, when the last of it may have gone."""
        return super().latest_post_date() if self.items else self.empty_since


def _rss(feed: Feed) -> str:
    written = _Rss(
        title=feed.title, link=feed.page_url, description=feed.told, language=feed.language,
        feed_url=feed.url, ttl=MINUTES_KEPT,
    )  # fmt: skip
    written.empty_since = feed.changed_at
    for item in feed.items:
        written.add_item(
            title=item.title, link=item.url, description=item.html or as_html(item.text),
            unique_id=item.url, unique_id_is_permalink=True, pubdate=item.published_at,
            updateddate=item.changed_at, author_name=item.author, categories=list(item.tags),
        )  # fmt: skip
    return written.writeString("utf-8")


def _json(feed: Feed) -> str:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.told,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "language": feed.language,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _json_item(item: FeedItem) -> dict[str, Any]:
    return {
        "id": item.url,
        "url": item.url,
        "title": item.title,
        "content_html": item.html or as_html(item.text),
        "content_text": item.text,
        "date_published": _moment(item.published_at),
        "date_modified": _moment(item.changed_at or item.published_at),
        "authors": [{"name": item.author}],
        "language": item.language,
        "tags": list(item.tags),
        **item.more,
    }


def _moment(at: datetime) -> str:
    """A moment as RFC 3339 writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


FORMS = {
    "rss": (_rss, "application/rss+xml"),
    "json": (_json, "application/feed+json"),
}
