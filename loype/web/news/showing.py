"""One news item as its readers and its editors see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from loype.news.models import NewsItem
from loype.news.rules import can_edit_news
from loype.news.width import open_widths
from loype.web.news.forms import CorrectionForm, DraftForm, WithdrawForm
from loype.web.news.senders import Sender
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render


def load_item(request: HttpRequest, news_id: int) -> NewsItem:
    """An item one may read, with its words as they stand now; 404 else."""
    rows = NewsItem.objects.visible_to(actor_of(request)).with_words()
    rows = rows.select_related("idea", "activity", "solution", "published_by")
    item: NewsItem = get_object_or_404(rows.defer("idea__words", "solution__words"), pk=news_id)
    return item


def show_item(
    request: HttpRequest,
    item: NewsItem,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The item with its corrections, and for editors the ways to put it right."""
    edits = can_edit_news(actor_of(request), item.organisation_id)
    page: dict[str, Any] = {
        "item": item,
        "corrections": list(item.corrections.all()),
        "story_url": story_address(item),
        "edits": edits and item.state == "published",
        "sender": Sender(
            "organisation", item.organisation_id, item.organisation.name,
            item.organisation.language, (item.organisation_id,),
        ),
    }  # fmt: skip
    page["feeds"] = feeds_of(page["sender"])
    if page["edits"]:
        words = {"headline": item.now_headline, "text": item.now_text, "version": item.version}  # type: ignore[attr-defined]
        page["correction_form"] = CorrectionForm(initial=words, auto_id="correct_%s")
        page["withdraw_form"] = WithdrawForm(auto_id="withdraw_%s")
    return render(request, "news/item.html", page | (returned or {}), status=status)


def show_draft(
    request: HttpRequest, item: NewsItem, *, form: DraftForm | None = None
) -> HttpResponse:
    """The draft in a form, with the widths that are open now."""
    widths = open_widths(item)
    words = {
        "headline": item.headline,
        "text": item.text,
        "version": item.version,
        "visibility": widths[-1] if widths else "",
    }
    page = {
        "item": item,
        "form": form or DraftForm(initial=words, widths=widths),
        "widths": widths,
        "story_url": story_address(item),
    }
    return render(request, "news/draft.html", page, status=422 if form else 200)


def story_address(item: NewsItem) -> str:
    """The status page of what the item is about."""
    kinds = {"solution": item.solution_id, "activity": item.activity_id, "idea": item.idea_id}
    kind = next(name for name, thing in kinds.items() if thing is not None)
    return reverse("trail_page", kwargs={"kind": kind, "thing_id": kinds[kind]})


def feeds_of(sender: Sender) -> dict[str, str]:
    """The addresses of a sender's feeds by their form."""
    name, key = f"{sender.kind}_feed", f"{sender.kind}_id"
    return {form: reverse(name, kwargs={key: sender.id, "form": form}) for form in ("rss", "json")}
