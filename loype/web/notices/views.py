"""What one was told: the list, opening one, and marking all as read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from loype.kernel.clock import now
from loype.notices.actions import mark_all_read, mark_read
from loype.notices.models import Notice
from loype.notices.words import explanation, headline
from loype.organisations.actor import Actor
from loype.web.shared.context import address
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render, unread_notices

# Which page shows a thing of each kind.
PAGES = {
    "idea": "idea_page",
    "case": "case_page",
    "activity": "activity_page",
    "solution": "solution_page",
    "adoption": "adoption_page",
    "meeting": "meeting_page",
    "joint_invitation": "joint_invitation",
    "same_need": "need_pair",
    "saved_search": "saved_search",
}


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


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """New ones first, then those that were read; newest first in both."""
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    notices = Notice.objects.visible_to(_actor(request)).annotate(is_read=is_read)
    page = keyset_page(notices, request=request, order=("is_read", "-id"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [_told(notice) for notice in page.items],
        "unread": unread_notices(request),
    }
    return render(request, "notices/list.html", context, part="list")


@login_required
@require_safe
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark it as read and go to what it is about."""
    actor = _actor(request)
    notice = get_object_or_404(Notice.objects.visible_to(actor), pk=notice_id)
    if request.method == "GET":
        mark_read(notice, actor=actor, at=now())
    page = PAGES.get(notice.thing_kind, "")
    url = address(page, notice.thing_id) if page else ""
    return redirect(url or "notice_list")


@login_required
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = mark_all_read(actor=_actor(request), at=now())
    words = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    say(request, words % {"count": count} if count else _("Nothing was new."))
    return redirect("notice_list")
