"""The public log of decisions as RSS and as a JSON Feed, the same for whoever follows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.history.latest import changed_anywhere_at
from loype.organisations.actor import NOBODY
from loype.organisations.models import Organisation
from loype.web.councils.openness import (
    ORDER,
    address_of,
    chosen_organisation,
    kept,
    narrowed,
    words_of,
)
from loype.web.shared.feeds import Feed, FeedItem, absolute, answer_feed, spoken_language

MOST_ENTRIES = 50


@require_safe
def decision_feed_json(request: HttpRequest) -> HttpResponse:
    """The newest of the log as a JSON Feed."""
    return _fed(request, form="json")


@require_safe
def decision_feed_rss(request: HttpRequest) -> HttpResponse:
    """The newest of the log as RSS."""
    return _fed(request, form="rss")


def _fed(request: HttpRequest, *, form: str) -> HttpResponse:
    """In the language that the address names, else the chosen organisation's, else the site's."""
    asked = request.GET.get("language", "")
    spoken = spoken_language(asked, _language_of(chosen_organisation(request)))
    with translation.override(spoken):
        feed = _gathered(request, form=form, language=spoken)
        return answer_feed(request, feed, form=form)


def _language_of(organisation_id: int | None) -> str:
    if organisation_id is None:
        return ""
    shown = Organisation.objects.visible_to(NOBODY).filter(pk=organisation_id)
    return shown.values_list("language", flat=True).first() or ""


def _gathered(request: HttpRequest, *, form: str, language: str) -> Feed:
    rows = narrowed(request, actor=NOBODY).order_by(*ORDER)[:MOST_ENTRIES]
    home = reverse("decision_log")
    chosen = kept(request)
    address = f"{reverse(f'decision_feed_{form}')}?{chosen}&{urlencode({'language': language})}"
    return Feed(
        title=_("Decisions"),
        told=_("What councils have decided, as far as everybody may know it."),
        language=language,
        page_url=absolute(f"{home}?{chosen}" if chosen else home),
        url=absolute(address.replace("?&", "?")),
        changed_at=changed_anywhere_at(),
        items=[_item(one, language=language) for one in rows],
    )


def _item(one: Any, *, language: str) -> FeedItem:
    told = words_of(one)
    return FeedItem(
        url=address_of(one),
        title=told["heading"],
        text=one.log_reasons or " ".join((told["access"], one.log_basis)).strip(),
        published_at=one.locked_at,
        author=one.organisation.name,
        language=one.organisation.language if one.log_reasons else language,
        tags=[word for word in (told["outcome"], told["access"]) if word],
        more={
            "_decision": {
                "number": one.number,
                "decided_at": one.decided_at.isoformat(),
                "access": one.log_class,
                "legal_basis": one.log_basis,
                "outcome": one.log_outcome,
                "in_force": one.in_force,
            }
        },
    )
