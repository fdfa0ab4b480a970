"""The register of plans: what there is, reading and writing one, its aims."""

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
from loype.strategy.actions import (
    add_plan_item,
    change_plan,
    change_plan_item,
    retire_plan_item,
    write_plan,
)
from loype.strategy.actions.plans import refuse_unless_writing
from loype.strategy.models import ItemWeight, Period, Plan, PlanItem
from loype.strategy.rules import can_write_strategy
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.strategy.forms import ITEM_FIELDS, ItemForm, PlanForm, RetireForm
from loype.web.strategy.presenters import chosen_organisation, weight_shares, weights_picture

MOST_SHOWN = 200


@login_required
def strategy(request: HttpRequest) -> HttpResponse:
    """What an organisation wants, how much each aim weighs now, and its plans."""
    actor, at = actor_of(request), now()
    organisation = get_object_or_404(
        Organisation.objects.visible_to(actor), pk=chosen_organisation(request, actor)
    )
    weights = list(
        ItemWeight.objects.visible_to(actor)
        .in_force(organisation.pk, day=at.date())
        .select_related("item", "period")[:MOST_SHOWN]
    )
    plans = Plan.objects.visible_to(actor).filter(organisation=organisation)
    periods = Period.objects.visible_to(actor).filter(organisation=organisation)
    period = weights[0].period if weights else None
    title = ""
    if period is not None:
        title = _("“%(aim)s” weighs most in %(period)s") % {
            "aim": weights[0].item.title,
            "period": period.name,
        }
    context = {
        "organisation": organisation,
        "period": period,
        "picture": weights_picture(weights, title=title) if weights else "",
        "plans": list(plans[:MOST_SHOWN]),
        "periods": list(periods[:MOST_SHOWN]),
        "may_write": can_write_strategy(actor, organisation.pk),
        "is_inside": organisation.pk in actor.organisation_ids | actor.council_room_ids,
        "plan_new_url": f"{reverse('plan_new')}?organisation={organisation.pk}",
        "period_new_url": f"{reverse('period_new')}?organisation={organisation.pk}",
        "today": at.date(),
    }
    return render(request, "strategy/strategy.html", context)


def load_plan(request: HttpRequest, plan_id: int) -> Plan:
    """A plan one may read."""
    plans = Plan.objects.visible_to(actor_of(request)).select_related("organisation")
    plan: Plan = get_object_or_404(plans, pk=plan_id)
    return plan


@login_required
def plan_page(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A plan with its aims."""
    return show_plan(request, load_plan(request, plan_id))


def show_plan(
    request: HttpRequest, plan: Plan, *, item_form: ItemForm | None = None
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, day = actor_of(request), now().date()
    weights = ItemWeight.objects.visible_to(actor).in_force(plan.organisation_id, day=day)
    percents = weight_shares(list(weights))
    items = PlanItem.objects.visible_to(actor).filter(plan=plan)[:MOST_SHOWN]
    context: dict[str, Any] = {
        "plan": plan,
        "items": [(one, percents.get(one.pk)) for one in items],
        "may_write": can_write_strategy(actor, plan.organisation_id),
        "is_inside": plan.organisation_id in actor.organisation_ids | actor.council_room_ids,
        "item_form": item_form or ItemForm(auto_id="aim_%s"),
    }
    return render(request, "strategy/plan.html", context, status=422 if item_form else 200)


@login_required
def plan_new(request: HttpRequest) -> HttpResponse:
    """Write a plan down."""
    actor, at = actor_of(request), now()
    home = chosen_organisation(request, actor)
    refuse_unless_writing(actor, home)
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=home)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={"from_date": at.date(), "visibility": "public"},
    )
    if request.method == "POST":
        made: list[Plan] = []

        def write(_said: dict[str, Any]) -> None:
            made.append(write_plan(organisation, words=form.words(), actor=actor, at=at))

        if carried_out(form, write):
            say(request, _("The plan is written down. Now write what it aims at."))
            return HttpResponseRedirect(reverse("plan_page", args=[made[0].pk]))
    context = {"form": form, "organisation": organisation, "plan": None}
    return render(request, "strategy/plan_form.html", context, status=422 if form.errors else 200)


@login_required
def plan_edit(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change what is written down of a plan."""
    plan, actor = load_plan(request, plan_id), actor_of(request)
    refuse_unless_writing(actor, plan.organisation_id)
    names = ("title", "kind", "from_date", "to_date", "decision_reference", "visibility", "version")
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(plan, name) for name in names},
    )
    if request.method == "POST" and carried_out(
        form,
        lambda said: change_plan(
            plan, words=form.words(), version=said["version"], actor=actor, at=now()
        ),
    ):
        say(request, _("The plan is changed."))
        return HttpResponseRedirect(reverse("plan_page", args=[plan.pk]))
    context = {"form": form, "organisation": plan.organisation, "plan": plan}
    return render(request, "strategy/plan_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def plan_item_add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Write down one more aim."""
    plan, actor = load_plan(request, plan_id), actor_of(request)
    refuse_unless_writing(actor, plan.organisation_id)
    form = ItemForm(request.POST, auto_id="aim_%s")
    done = carried_out(
        form, lambda _said: add_plan_item(plan, words=form.words(), actor=actor, at=now())
    )
    if not done:
        return show_plan(request, plan, item_form=form)
    say(request, _("The aim is written down."))
    return HttpResponseRedirect(reverse("plan_page", args=[plan.pk]) + "#new")


def load_item(request: HttpRequest, item_id: int) -> PlanItem:
    """An aim one may change."""
    items = PlanItem.objects.visible_to(actor_of(request)).select_related("plan")
    item: PlanItem = get_object_or_404(items, pk=item_id)
    refuse_unless_writing(actor_of(request), item.organisation_id)
    return item


@login_required
def plan_item_edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Put an aim in other words."""
    item, actor = load_item(request, item_id), actor_of(request)
    names = (*ITEM_FIELDS, "version")
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(item, name) for name in names},
    )
    if request.method == "POST" and carried_out(
        form,
        lambda said: change_plan_item(
            item, words=form.words(), version=said["version"], actor=actor, at=now()
        ),
    ):
        say(request, _("The aim is changed."))
        return HttpResponseRedirect(reverse("plan_page", args=[item.plan_id]))
    return show_item(request, item, form=form, status=422 if form.errors else 200)


def show_item(
    request: HttpRequest,
    item: PlanItem,
    *,
    form: ItemForm,
    retire_form: RetireForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an aim."""
    context = {"item": item, "form": form, "retire_form": retire_form or RetireForm()}
    return render(request, "strategy/item.html", context, status=status)


@login_required
@require_POST
def plan_item_retire(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give an aim up."""
    item, actor = load_item(request, item_id), actor_of(request)
    form = RetireForm(request.POST)
    done = carried_out(
        form, lambda said: retire_plan_item(item, reason=said["reason"], actor=actor, at=now())
    )
    if not done:
        names = (*ITEM_FIELDS, "version")
        words = ItemForm(initial={name: getattr(item, name) for name in names})
        return show_item(request, item, form=words, retire_form=form, status=422)
    say(request, _("The aim is given up. Periods that were adopted before keep it."))
    return HttpResponseRedirect(reverse("plan_page", args=[item.plan_id]))
