"""The list of probable same needs, one pair of it, and the list as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.search.models import SameNeed
from loype.web.needs.filters import Chosen, filter_fields, read_choices
from loype.web.needs.presenters import (
    PairShown,
    show_pair,
    shown,
    standing_words,
)
from loype.web.shared.acting import actor_of
from loype.web.shared.csv_tables import csv_stream
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

ORDER = ("-found_at", "-id")
LIKELIEST = ("-probability", "-id")
PAGE = 12
CHUNK = 200


@login_required
@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """The pairs one's councils and federations look after, the likeliest (or newest) first."""
    actor = actor_of(request)
    chosen = read_choices(request, actor=actor, day=timezone.localdate(now()))
    order = LIKELIEST if chosen.state == "proposed" else ORDER
    page = keyset_page(chosen.pairs(), request=request, order=order, size=PAGE)
    ids = {pair.pk for pair in page.items}
    context = {
        "chosen": chosen,
        "fields": filter_fields(chosen),
        "page": page,
        "rows": shown(page.items, answerable=ids, actor=actor),
        "back": request.GET.urlencode(),
    }
    return render(request, "needs/list.html", context, part="list")


@login_required
@require_safe
def need_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """One pair on a page of its own; whoever may read both ideas may look."""
    return render(request, "needs/pair.html", {"row": load_pair(request, pair_id)})


def load_pair(request: HttpRequest, pair_id: int, **more: Any) -> PairShown:
    """A pair the reader may see, and whether it is theirs to answer."""
    actor = actor_of(request)
    rows = SameNeed.objects.visible_to(actor)
    pair = get_object_or_404(rows.with_ideas(), pk=pair_id)
    mine = rows.concerning(actor, day=timezone.localdate(now())).filter(pk=pair.pk)
    return show_pair(pair, may_answer=mine.exists(), actor=actor, **more)


@login_required
@require_safe
def need_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same pairs as in the list, as a table for a spreadsheet."""
    chosen = read_choices(request, actor=actor_of(request), day=timezone.localdate(now()))
    lines = _lines(chosen, headings=_headings())
    return csv_stream(lines, name="same-needs.csv")


def _headings() -> list[str]:
    side = [_("Case number"), _("Title"), _("Organisation"), _("Language"), _("State"),
            _("Handed in")]  # fmt: skip
    return [_("What was said"), _("Found"), _("In both"), _("Reason"), *side, *side]


def _lines(chosen: Chosen, *, headings: list[str]) -> Iterator[list[Any]]:
    yield headings
    for pair in chosen.pairs().order_by(*ORDER).iterator(chunk_size=CHUNK):
        yield _cells(pair)


def _cells(pair: SameNeed) -> list[Any]:
    words = [*pair.evidence.get("words_a", ()), *pair.evidence.get("words_b", ())]
    cells = [
        standing_words(pair) or pair.get_state_display(),
        timezone.localtime(pair.found_at).isoformat(timespec="minutes"),
        ", ".join(dict.fromkeys(words)),
        pair.reason,
    ]
    for idea in (pair.idea_a, pair.idea_b):
        at = idea.submitted_at
        cells += [
            idea.case_number or "", idea.title, idea.organisation.name, idea.language,
            idea.get_state_display(),
            timezone.localtime(at).isoformat(timespec="minutes") if at else "",
        ]  # fmt: skip
    return cells
