"""An editor's pages: what waits, one draft, and putting published news right."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.news.actions import (
    correct_news,
    edit_news,
    leave_news_out,
    publish_news,
    withdraw_news,
)
from loype.news.models import NewsItem
from loype.news.rules import edited_ids
from loype.news.width import open_widths
from loype.web.news.forms import CorrectionForm, DraftForm, WithdrawForm
from loype.web.news.showing import load_item, show_draft, show_item
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@login_required
@require_safe
def news_drafts(request: HttpRequest) -> HttpResponse:
    """What waits to be read and approved, newest first."""
    actor = actor_of(request)
    edited = edited_ids(actor)
    if not edited:
        raise NotAllowed(
            _(
                "Only the council's leader or secretary, or an administrator, edits the "
                "organisation's news."
            )
        )
    rows = NewsItem.objects.visible_to(actor).drafts().filter(organisation__in=sorted(edited))
    page = keyset_page(rows.select_related("organisation"), request=request, order=("-id",))
    told = {"page": page, "is_several": len(edited) > 1}
    return render(request, "news/drafts.html", told, part="list")


@login_required
@require_POST
def news_save(request: HttpRequest, news_id: int) -> HttpResponse:
    """Keep a draft's words, or approve it and tell it."""
    item, actor, at = load_item(request, news_id), actor_of(request), now()
    form = DraftForm(request.POST, widths=open_widths(item))
    publishes = request.POST.get("act") == "publish"

    def act(said: dict[str, Any]) -> None:
        facts = {"words": form.words(), "actor": actor, "at": at, "version": said["version"]}
        if publishes:
            publish_news(item, visibility=said["visibility"], **facts)
        else:
            edit_news(item, **facts)

    if not carried_out(form, act):
        return show_draft(request, item, form=form)
    if not publishes:
        say(request, _("Kept. Nobody else sees it yet."))
        return _to("news_page", item.pk)
    say(request, _("Published. Those who follow it are told."))
    return _to("news_page", item.pk)


@login_required
@require_POST
def news_leave_out(request: HttpRequest, news_id: int) -> HttpResponse:
    """Decide that a draft is not told."""
    leave_news_out(load_item(request, news_id), actor=actor_of(request), at=now())
    say(request, _("It is left out. The step itself stands in the story as before."))
    return _to("news_drafts")


@login_required
@require_POST
def news_correct(request: HttpRequest, news_id: int) -> HttpResponse:
    """Put published news right."""
    item, actor, at = load_item(request, news_id), actor_of(request), now()
    form = CorrectionForm(request.POST, auto_id="correct_%s")

    def act(said: dict[str, Any]) -> None:
        correct_news(
            item, words=form.words(), note=said["note"], actor=actor, at=at,
            version=said["version"],
        )  # fmt: skip

    if not carried_out(form, act):
        return show_item(request, item, returned={"correction_form": form}, status=422)
    say(request, _("Corrected. What was wrong stands under it."))
    return _to("news_page", item.pk)


@login_required
@require_POST
def news_withdraw(request: HttpRequest, news_id: int) -> HttpResponse:
    """Take published news back."""
    item, actor, at = load_item(request, news_id), actor_of(request), now()
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")

    def act(said: dict[str, Any]) -> None:
        withdraw_news(item, reason=said["reason"], actor=actor, at=at)

    if not carried_out(form, act):
        return show_item(request, item, returned={"withdraw_form": form}, status=422)
    say(request, _("Taken back. It is gone from pages and feeds."))
    return _to("news_page", item.pk)


def _to(name: str, *arguments: int) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=arguments))
