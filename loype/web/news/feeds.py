"""Public news as RSS 2.0 and JSON Feed 1.1, for programs that nobody is signed in with.

A feed never asks who reads: it holds what is public at this moment and nothing else, so that it
may be kept by anybody on the way. It is the same for all readers, in its sender's own language.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_safe

from loype.history.latest import changed_at
from loype.kernel.clock import now
from loype.news.models import NewsItem
from loype.organisations.actor import NOBODY
from loype.web.news.senders import Sender, federation_sender, organisation_sender
from loype.web.shared.feeds import (
    FORMS,
    Feed,
    FeedItem,
    absolute,
    answer_feed,
    as_html,
    spoken_language,
)

MOST_ITEMS = 30


@require_safe
def organisation_feed(request: HttpRequest, organisation_id: int, form: str) -> HttpResponse:
    """An organisation's public news."""
    return _fed(request, organisation_sender(organisation_id, actor=NOBODY), form=form)


@require_safe
def federation_feed(request: HttpRequest, federation_id: int, form: str) -> HttpResponse:
    """The public news of all members of a federation."""
    sender = federation_sender(federation_id, actor=NOBODY, day=localdate(now()))
    return _fed(request, sender, form=form)


def _fed(request: HttpRequest, sender: Sender, *, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    with translation.override(spoken_language(sender.language)):
        feed = _gathered(sender, form=form, language=translation.get_language() or "en")
        return answer_feed(request, feed, form=form)


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
        items=[_item(one) for one in rows.newest_first()[:MOST_ITEMS]],
    )


def _item(item: Any) -> FeedItem:
    return FeedItem(
        url=absolute(reverse("news_page", args=[item.pk])),
        title=item.now_headline,
        text=item.now_text,
        html=item_html(item),
        published_at=item.published_at,
        changed_at=item.corrected_at,
        author=item.organisation.name,
        language=item.language,
        tags=[str(item.get_kind_display())],
    )


def item_html(item: Any) -> str:
    """The words of an item as they stand now, with what was corrected under them."""
    markup = as_html(item.now_text)
    if item.corrected_at is None:
        return markup
    day = date_format(localdate(item.corrected_at), pgettext("a date", "j F Y"))
    said = _("Corrected %(day)s: %(note)s") % {"day": day, "note": item.correction}
    return f"{markup}\n<p><em>{escape(said)}</em></p>"
