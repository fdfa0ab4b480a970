"""Periods: weighing the aims, and letting the weights hold."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.strategy.actions import adopt_period, draft_period, weigh_items
from loype.strategy.actions.plans import refuse_unless_writing
from loype.strategy.models import ItemWeight, Period, PlanItem
from loype.strategy.rules import can_adopt_strategy, can_write_strategy
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.strategy.forms import AdoptForm, PeriodForm, WeighForm
from loype.web.strategy.presenters import chosen_organisation, weights_picture

MOST_ITEMS = 200


def load_period(request: HttpRequest, period_id: int) -> Period:
    """A period one may see."""
    periods = Period.objects.visible_to(actor_of(request)).select_related("organisation")
    period: Period = get_object_or_404(periods, pk=period_id)
    return period


@login_required
def period_new(request: HttpRequest) -> HttpResponse:
    """Begin to weigh the aims for a coming period."""
    actor, at = actor_of(request), now()
    home = chosen_organisation(request, actor)
    refuse_unless_writing(actor, home)
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=home)
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made: list[Period] = []

        def draft(said: dict[str, Any]) -> None:
            made.append(draft_period(organisation, actor=actor, at=at, **said))

        if carried_out(form, draft):
            return HttpResponseRedirect(reverse("period_page", args=[made[0].pk]))
    context = {"form": form, "organisation": organisation}
    return render(request, "strategy/period_new.html", context, status=422 if form.errors else 200)


@login_required
def period_page(request: HttpRequest, period_id: int) -> HttpResponse:
    """What the aims weigh in a period."""
    return show_period(request, load_period(request, period_id))


def weigh_form(request: HttpRequest, period: Period, *, data: Any = None) -> WeighForm:
    """Points for all aims of the organisation's plans."""
    items = PlanItem.objects.visible_to(actor_of(request)).standing()
    found = items.filter(organisation=period.organisation_id).order_by("plan_id", "number", "id")
    weights = ItemWeight.objects.visible_to(actor_of(request)).filter(period=period)
    points = {one.item_id: one.points for one in weights}
    return WeighForm(
        data, items=found[:MOST_ITEMS], points=points, initial={"version": period.version}
    )


def show_period(
    request: HttpRequest,
    period: Period,
    *,
    form: WeighForm | None = None,
    adopt_form: AdoptForm | None = None,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    is_draft = period.state == "draft"
    weights = list(
        ItemWeight.objects.visible_to(actor).filter(period=period).select_related("item")
    )
    may_write = is_draft and can_write_strategy(actor, period.organisation_id)
    title = _("What the aims weigh in %(period)s") % {"period": period.name}
    context = {
        "period": period,
        "is_draft": is_draft,
        "may_write": may_write,
        "may_adopt": is_draft and can_adopt_strategy(actor, period.organisation_id),
        "form": (form or weigh_form(request, period)) if may_write else None,
        "adopt_form": adopt_form
        or AdoptForm(initial={"version": period.version}, auto_id="adopt_%s"),
        "weights": weights,
        "picture": weights_picture(weights, title=title) if weights else "",
    }
    status = 422 if form or adopt_form else 200
    return render(request, "strategy/period.html", context, status=status)


@login_required
@require_POST
def period_weigh(request: HttpRequest, period_id: int) -> HttpResponse:
    """Keep the points said for each aim."""
    period, actor = load_period(request, period_id), actor_of(request)
    refuse_unless_writing(actor, period.organisation_id)
    form = weigh_form(request, period, data=request.POST)
    done = carried_out(
        form,
        lambda said: weigh_items(
            period, points=form.points(), version=said["version"], actor=actor, at=now()
        ),
    )
    if not done:
        return show_period(request, period, form=form)
    say(request, _("The weights are kept. They hold when the period is adopted."))
    return HttpResponseRedirect(reverse("period_page", args=[period.pk]))


@login_required
@require_POST
def period_adopt(request: HttpRequest, period_id: int) -> HttpResponse:
    """Let the weights hold."""
    period, actor = load_period(request, period_id), actor_of(request)
    form = AdoptForm(request.POST, auto_id="adopt_%s")
    done = carried_out(form, lambda said: adopt_period(period, actor=actor, at=now(), **said))
    if not done:
        return show_period(request, period, adopt_form=form)
    say(request, _("The weights hold. From now on a selection names the aim it serves."))
    return HttpResponseRedirect(reverse("period_page", args=[period.pk]))
