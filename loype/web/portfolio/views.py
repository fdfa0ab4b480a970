"""The portfolio in three views."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.web.portfolio.filters import activities_for, chosen_filter, is_narrowed, scope_tabs
from loype.web.portfolio.forms import VIEWS, FilterForm
from loype.web.portfolio.presenters import boards_of, card_of, plan_of
from loype.web.shared.acting import actor_of
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

MOST_CARDS = 60


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """What is under way: as a board by phase, a timeline, or a list."""
    actor = actor_of(request)
    chosen = chosen_filter(request, actor)
    today = now().date()
    found = activities_for(chosen, actor).with_outlook()
    found = found.with_mandate(localdate(now())).with_parts_due(localdate(now()))
    page: dict[str, Any] = {
        "chosen": chosen,
        "form": FilterForm(chosen),
        "views": VIEWS,
        "scopes": scope_tabs(actor),
        "is_narrowed": is_narrowed(chosen),
    }
    if chosen["view"] == "list":
        listed = keyset_page(found, request=request, order=("-opened_at", "-id"))
        page["page"] = listed
        page["cards"] = [card_of(one, actor=actor, today=today) for one in listed.items]
        return render(request, "portfolio/portfolio.html", page)
    rows = list(found.newest_first()[: MOST_CARDS + 1])
    page["has_more"] = len(rows) > MOST_CARDS
    page["most"] = MOST_CARDS
    page["cards"] = [card_of(one, actor=actor, today=today) for one in rows[:MOST_CARDS]]
    if chosen["view"] == "board":
        page["boards"] = boards_of(page["cards"])
    elif page["cards"]:
        page["plan"] = plan_of(page["cards"], today=today)
    return render(request, "portfolio/portfolio.html", page)
