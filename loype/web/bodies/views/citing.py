"""Which points of the mandate decisions rest on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.councils.citing import citable_points, cite_points, decisions_by_point
from loype.councils.models import Citation, Decision
from loype.councils.rules import can_prepare_cases
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.web.bodies.forms import PointsForm
from loype.web.bodies.presenters import load_body, today, year_asked
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@login_required
@require_safe
def body_points(request: HttpRequest, body_id: int) -> HttpResponse:
    """A year's decisions under each point of the mandate."""
    body = load_body(request, body_id)
    year = year_asked(request)
    context = {
        "body": body,
        "year": year,
        "before": year - 1,
        "after": year + 1 if year < today().year else None,
        "listed": decisions_by_point(body, year=year, actor=actor_of(request)),
    }
    return render(request, "bodies/points.html", context)


@login_required
def decision_points(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Say which points a decision rests on, until its minutes are approved."""
    actor = actor_of(request)
    decision = get_object_or_404(
        Decision.objects.visible_to(actor).select_related("body", "case__idea"), pk=decision_id
    )
    if not can_prepare_cases(actor, decision.organisation_id, council=decision.body):
        raise NotAllowed(_("Only the council's leader and secretary say what a decision rests on."))
    points = citable_points(decision)
    cited = Citation.objects.visible_to(actor).filter(decision=decision)
    form = PointsForm(
        request.POST if request.method == "POST" else None,
        points=points,
        initial={"points": [str(one) for one in cited.values_list("point_id", flat=True)]},
    )

    def act(said: dict[str, Any]) -> None:
        chosen = [point for point in points if str(point.pk) in said["points"]]
        cite_points(decision, points=chosen, actor=actor, at=now())

    if request.method == "POST" and carried_out(form, act):
        say(request, _("The decision now rests on these points."))
        return HttpResponseRedirect(reverse("decision_page", args=[decision.pk]))
    context = {"decision": decision, "form": form, "points": points}
    return render(request, "bodies/cite.html", context, status=422 if form.is_bound else 200)
