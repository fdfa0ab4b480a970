"""Public news as RSS 2.0 and JSON Feed 1.1, for programs that nobody is signed in with.

A feed never asks who reads: it holds what is public at this moment and nothing else, so that it
may be kept by anybody on the way. It is the same for all readers, in its sender's own language.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks
from django.utils.http import http_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.news.models import NewsItem
from loype.news.reading import changed_at
from loype.organisations.actor import NOBODY
from loype.web.news.senders import Sender, federation_sender, organisation_sender

MOST_ITEMS = 30
MINUTES_KEPT = 5


@require_safe
def organisation_feed(request: HttpRequest, organisation_id: int, form: str) -> HttpResponse:
    """An organisation's public news."""
    return _fed(request, organisation_sender(organisation_id, actor=NOBODY), form=form)


@require_safe
def federation_feed(request: HttpRequest, federation_id: int, form: str) -> HttpResponse:
    """The public news of all members of a federation."""
    sender = federation_sender(federation_id, actor=NOBODY, day=localdate(now()))
    return _fed(request, sender, form=form)


@dataclass(frozen=True)
class Feed:
    """What stands in a feed, before it is written in one form or another."""

    title: str
    told: str
    language: str
    page_url: str
    url: str
    changed_at: datetime
    items: list[Any]


def _fed(request: HttpRequest, sender: Sender, *, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    write, media_type = FORMS[form]
    spoken = sender.language if sender.language in dict(settings.LANGUAGES) else "en"
    with translation.override(spoken):
        feed = _gathered(sender, form=form, language=spoken)
        body = write(feed)
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Language"] = spoken
    response.headers["Last-Modified"] = http_date(feed.changed_at.timestamp())
    response.headers["ETag"] = etag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MINUTES_KEPT * 60)
    answer = get_conditional_response(
        request, etag=etag, last_modified=int(feed.changed_at.timestamp()), response=response
    )
    return answer or response


def _gathered(sender: Sender, *, form: str, language: str) -> Feed:
    rows = NewsItem.objects.visible_to(NOBODY).published().with_words()
    rows = rows.filter(organisation__in=sender.organisation_ids, visibility="public")
    key = f"{sender.kind}_id"
    return Feed(
        title=_("News from %(name)s") % {"name": sender.name},
        told=_("What becomes of ideas, what is tried out, and what works."),
        language=language,
        page_url=absolute(reverse(f"{sender.kind}_news", kwargs={key: sender.id})),
        url=absolute(reverse(f"{sender.kind}_feed", kwargs={key: sender.id, "form": form})),
        changed_at=changed_at(sender.organisation_ids),
        items=list(rows.newest_first()[:MOST_ITEMS]),
    )


def absolute(path: str) -> str:
    """A whole address, as it works outside."""
    return f"{settings.SITE_ADDRESS}{path}"


def item_address(item: NewsItem) -> str:
    """Where an item is read."""
    return absolute(reverse("news_page", args=[item.pk]))


def item_html(item: Any) -> str:
    """The words of an item as they stand now, with what was corrected under them."""
    markup = linebreaks(escape(item.now_text))
    if item.corrected_at is None:
        return str(markup)
    day = date_format(localdate(item.corrected_at), pgettext("a date", "j F Y"))
    said = _("Corrected %(day)s: %(note)s") % {"day": day, "note": item.correction}
    return f"{markup}\n<p><em>{escape(said)}</em></p>"


class _Rss(Rss201rev2Feed):
    """RSS 2.0 whose own date is that of its content, so that nothing changes by being asked."""

    changed_at: datetime

    def latest_post_date(self) -> datetime:
        """When anything in it may have changed last."""
        return self.changed_at


def _rss(feed: Feed) -> str:
    written = _Rss(
        title=feed.title, link=feed.page_url, description=feed.told, language=feed.language,
        feed_url=feed.url, ttl=MINUTES_KEPT,
    )  # fmt: skip
    written.changed_at = feed.changed_at
    for item in feed.items:
        url = item_address(item)
        written.add_item(
            title=item.now_headline, link=url, description=item_html(item), unique_id=url,
            unique_id_is_permalink=True, pubdate=item.published_at,
            categories=[str(item.get_kind_display()), item.organisation.name],
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


def _json_item(item: Any) -> dict[str, Any]:
    url = item_address(item)
    return {
        "id": url,
        "url": url,
        "title": item.now_headline,
        "content_html": item_html(item),
        "content_text": item.now_text,
        "date_published": _moment(item.published_at),
        "date_modified": _moment(item.corrected_at or item.published_at),
        "authors": [{"name": item.organisation.name}],
        "language": item.language,
        "tags": [str(item.get_kind_display())],
    }


def _moment(at: datetime) -> str:
    """A moment as RFC 3339 writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


FORMS = {
    "rss": (_rss, "application/rss+xml"),
    "json": (_json, "application/feed+json"),
}
