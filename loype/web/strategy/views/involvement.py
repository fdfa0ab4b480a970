"""How the employees' organisations are involved: aim by aim, and in the year of each body."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loype.bodies.models import WheelItem
from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.strategy.models import PlanItem
from loype.strategy.rules import can_write_strategy
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render
from loype.web.strategy.presenters import chosen_organisation

MOST_SHOWN = 200


@login_required
@require_safe
def strategy_involvement(request: HttpRequest) -> HttpResponse:
    """Every aim in force and every item of this year's wheels, what is not said yet first."""
    actor, day = actor_of(request), now().date()
    home = chosen_organisation(request, actor)
    if home not in actor.organisation_ids | actor.council_room_ids:
        raise Http404
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=home)
    items = list(
        PlanItem.objects.visible_to(actor)
        .filter(organisation=home)
        .standing()
        .on(day)
        .select_related("plan")
        .order_by("plan__title", "plan_id", "number", "id")[:MOST_SHOWN]
    )
    wheel = list(
        WheelItem.objects.visible_to(actor)
        .filter(body__organisation=home, due_date__year=day.year)
        .select_related("body")
        .order_by("due_date", "id")[:MOST_SHOWN]
    )
    context = {
        "organisation": organisation,
        "items": sorted(items, key=lambda one: bool(one.involvement)),
        "lacking": sum(not one.involvement for one in items),
        "wheel": wheel,
        "year": day.year,
        "may_write": can_write_strategy(actor, home),
    }
    return render(request, "strategy/involvement.html", context)
