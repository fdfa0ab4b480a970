"""The dossier of a case: what it holds, taking it out, and fetching a large one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.councils.models import Case, DossierOrder
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.trail.dossier.orders import fetch_dossier, is_large, open_dossier, take_dossier
from loype.web.shared.acting import actor_of
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_ORDERS = 10


def load_case(request: HttpRequest, idea_id: int) -> Case:
    """The case of an idea that one may read; 404 for whoever may not, and for drafts."""
    rows = Idea.objects.visible_to(actor_of(request)).select_related("case", "organisation")
    idea: Any = get_object_or_404(rows.filter(case__isnull=False).defer("words"), pk=idea_id)
    case: Case = idea.case
    return case


@login_required
@require_safe
def dossier_page(request: HttpRequest, idea_id: int) -> HttpResponse:
    """What the dossier holds for whoever asks."""
    case, actor = load_case(request, idea_id), actor_of(request)
    dossier = open_dossier(case, actor=actor, at=now())
    page = {
        "case": case,
        "dossier": dossier,
        "counts": [(chapter.title, len(chapter.entries)) for chapter in dossier.chapters],
        "is_large": is_large(dossier),
        "orders": orders_of(case, actor),
        "may_extract": case.organisation_id in actor.council_room_ids,
    }
    return render(request, "trail/dossier.html", page)


def orders_of(case: Case, actor: Actor) -> list[DossierOrder]:
    """The large ones that one asked for."""
    rows = DossierOrder.objects.visible_to(actor).filter(case=case)
    return list(rows.exclude(state="expired")[:MOST_ORDERS])


@login_required
@require_POST
def dossier_take(request: HttpRequest, idea_id: int) -> HttpResponseBase:
    """Take it out: at once, or by a job when it is large."""
    case, actor = load_case(request, idea_id), actor_of(request)
    for_public = request.POST.get("for") == "public"
    taken = take_dossier(case, actor=actor, at=now(), for_public=for_public)
    if isinstance(taken, DossierOrder):
        say(request, _("It is large, so it is being made. It stands here when it is ready."))
        return redirect("dossier_page", idea_id=idea_id)
    answer = StreamingHttpResponse(taken, content_type="application/zip")
    return _named(answer, case)


def _named(answer: Any, case: Case) -> HttpResponseBase:
    written = case.idea.case_number or ""
    number = "".join(sign for sign in written if sign.isalnum() or sign in "-_")
    answer["Content-Disposition"] = f'attachment; filename="{number or "dossier"}.zip"'
    response: HttpResponseBase = answer
    return response


@login_required
@require_safe
def dossier_fetch(request: HttpRequest, order_id: int) -> HttpResponseBase:
    """Fetch a large one that was made."""
    actor = actor_of(request)
    rows = DossierOrder.objects.visible_to(actor).select_related("case__idea")
    order = fetch_dossier(get_object_or_404(rows, pk=order_id), actor=actor)
    load_case(request, order.case.idea_id)
    answer = FileResponse(order.content.open("rb"), content_type="application/zip")
    return _named(answer, order.case)
