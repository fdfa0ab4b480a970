"""What one was told: the list, opening one, and marking all as read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.notices.actions import mark_all_read, mark_read, withhold
from loype.notices.doors import sorted_out
from loype.notices.kinds import NoticeKind
from loype.notices.models import Notice, NoticeQuerySet
from loype.notices.words import explanation, headline
from loype.web.notices.places import place_of
from loype.web.shared.acting import actor_of
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render, unread_notices


@dataclass(frozen=True)
class Told:
    """A notice in the reader's language."""

    notice: Notice
    headline: str
    explanation: str


def _told(notice: Notice) -> Told:
    return Told(
        notice=notice,
        headline=headline(notice.subject, notice.facts),
        explanation=explanation(notice.subject, notice.facts),
    )


@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """New ones first, then those that were read; newest first in both."""
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    chosen = _chosen(request)
    page = keyset_page(
        _wanted(request, chosen).annotate(is_read=is_read),
        request=request,
        order=("is_read", "-id"),
    )
    shown, hidden = sorted_out(page.items, actor=actor_of(request), at=now())
    if request.method == "GET":
        withhold(hidden, at=now())
    context: dict[str, Any] = {
        "page": page,
        "rows": [_told(notice) for notice in shown],
        "unread": unread_notices(request),
        "kinds": NoticeKind.choices,
        "chosen": chosen,
        "tabs": [("", _("All"), None), ("yes", _("New"), None)],
    }
    return render(request, "notices/list.html", context, part="list")


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the list to; what makes no sense there is left out."""
    kind = request.GET.get("kind", "")
    return {
        "kind": kind if kind in NoticeKind.values else "",
        "new": "yes" if request.GET.get("new") == "yes" else "",
    }


def _wanted(request: HttpRequest, chosen: dict[str, str]) -> NoticeQuerySet:
    notices = Notice.objects.visible_to(actor_of(request))
    if chosen["new"]:
        notices = notices.unread()
    return notices.filter(kind=chosen["kind"]) if chosen["kind"] else notices


@login_required
@require_safe
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark it as read and go to what it is about; what has no page of its own is told here."""
    actor = actor_of(request)
    notice = get_object_or_404(Notice.objects.visible_to(actor), pk=notice_id)
    shown, hidden = sorted_out([notice], actor=actor, at=now())
    if request.method == "GET":
        withhold(hidden, at=now())
        mark_read(notice, actor=actor, at=now())
    if not shown:
        raise Http404
    if url := place_of(notice):
        return redirect(url)
    return render(request, "notices/one.html", {"told": _told(notice)})


@login_required
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = mark_all_read(actor=actor_of(request), at=now())
    words = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    say(request, words % {"count": count} if count else _("Nothing was new."))
    return redirect("notice_list")
