"""Reading news: everything, an organisation's, a federation's, and one item."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.news.models import NewsItem
from loype.news.rules import edited_ids
from loype.web.news.senders import Sender, federation_sender, organisation_sender
from loype.web.news.showing import feeds_of, load_item, show_draft, show_item
from loype.web.shared.acting import actor_of
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

ORDER = ("-published_at", "-id")


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """Everything that one may read, newest first."""
    return _listed(request, sender=None)


@require_safe
def organisation_news(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """An organisation's news."""
    return _listed(request, sender=organisation_sender(organisation_id, actor=actor_of(request)))


@require_safe
def federation_news(request: HttpRequest, federation_id: int) -> HttpResponse:
    """The news of all members of a federation."""
    sender = federation_sender(federation_id, actor=actor_of(request), day=localdate(now()))
    return _listed(request, sender=sender)


def _listed(request: HttpRequest, *, sender: Sender | None) -> HttpResponse:
    actor = actor_of(request)
    rows = NewsItem.objects.visible_to(actor).published().with_words()
    if sender is not None:
        rows = rows.filter(organisation__in=sender.organisation_ids)
    page: dict[str, Any] = {
        "page": keyset_page(rows, request=request, order=ORDER),
        "sender": sender,
        "feeds": feeds_of(sender) if sender else None,
        "edits": bool(edited_ids(actor)),
    }
    return render(request, "news/list.html", page, part="list")


@require_safe
def news_page(request: HttpRequest, news_id: int) -> HttpResponse:
    """One item: to read once it is published, to approve before."""
    item = load_item(request, news_id)
    if item.state == "draft":
        return show_draft(request, item)
    return show_item(request, item)
