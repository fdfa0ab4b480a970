"""What a case serves, takes and needs, said before the council decides."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.councils.assessing.actions import (
    drop_aim,
    drop_need,
    estimate_case,
    name_aim,
    name_need,
)
from loype.councils.assessing.actions.preparing import can_weigh_case
from loype.councils.models import Case, CaseAim, CaseEstimate, CaseNeed
from loype.kernel.clock import now
from loype.strategy.models import ItemWeight, PlanItem
from loype.web.councils.ranking_forms import AimForm, EstimateForm, NeedForm
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_OFFERED = 200


def load_case(request: HttpRequest, case_id: int) -> Case:
    """A case of a room one may enter, or one follows up."""
    rows = Case.objects.visible_to(actor_of(request)).select_related(
        "organisation", "idea", "estimate"
    )
    found: Case = get_object_or_404(rows.defer("idea__words", "idea__text"), pk=case_id)
    return found


@login_required
def case_weighing(request: HttpRequest, case_id: int) -> HttpResponse:
    """Aims, estimate and needs of a case on one page."""
    return show_weighing(request, load_case(request, case_id))


def aim_choices(request: HttpRequest, case: Case) -> dict[str, PlanItem]:
    """The aims of the organisation's own plans, those that weigh most first."""
    actor, day = actor_of(request), now().date()
    weights = ItemWeight.objects.visible_to(actor).in_force(case.organisation_id, day=day)
    points = weights.filter(item=OuterRef("pk")).values("points")
    items = (
        PlanItem.objects.visible_to(actor)
        .standing()
        .filter(organisation=case.organisation_id)
        .annotate(points=Coalesce(Subquery(points[:1]), 0))
        .order_by("-points", "number", "id")
    )
    return {str(one.pk): one for one in items[:MOST_OFFERED]}


def case_choices(request: HttpRequest, case: Case) -> dict[str, Case]:
    """Other cases of the organisation that are not withdrawn, newest first."""
    rows = Case.objects.visible_to(actor_of(request)).filter(organisation=case.organisation_id)
    found = rows.exclude(pk=case.pk).exclude(state="closed").select_related("idea")
    newest = found.defer("idea__words", "idea__text").order_by("-id")[:MOST_OFFERED]
    return {str(one.pk): one for one in newest}


def show_weighing(request: HttpRequest, case: Case, **returned: Any) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    estimate: CaseEstimate | None = getattr(case, "estimate", None)
    may = can_weigh_case(actor, case) and case.state != "closed"
    context: dict[str, Any] = {
        "case": case,
        "may": may,
        "aims": list(
            CaseAim.objects.visible_to(actor).filter(case=case).select_related("item", "said_by")
        ),
        "estimate": estimate,
        "needs": list(
            CaseNeed.objects.visible_to(actor)
            .filter(case=case)
            .annotate(title=F("needed__idea__title"), language=F("needed__idea__language"))
        ),
    }
    if may:
        context |= forms_of(request, case, estimate)
    return render(
        request, "councils/weighing.html", context | returned, status=422 if returned else 200
    )


def forms_of(request: HttpRequest, case: Case, estimate: CaseEstimate | None) -> dict[str, Any]:
    """The three forms of the page."""
    facts: dict[str, Any] = {"version": 0}
    if estimate is not None:
        names = ("cost", "weeks", "yearly_value", "version")
        facts = {name: getattr(estimate, name) for name in names}
    return {
        "aim_form": AimForm(
            items=[(key, str(one)) for key, one in aim_choices(request, case).items()],
            auto_id="aim_%s",
        ),
        "estimate_form": EstimateForm(initial=facts),
        "need_form": NeedForm(
            cases=[(key, one.idea.title) for key, one in case_choices(request, case).items()],
            auto_id="need_%s",
        ),
    }


def back_to(case: Case) -> HttpResponseRedirect:
    """The page again, after an act."""
    return HttpResponseRedirect(reverse("case_weighing", args=[case.pk]))


@login_required
@require_POST
def case_aim(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say which aim the case serves."""
    case, actor = load_case(request, case_id), actor_of(request)
    items = aim_choices(request, case)
    form = AimForm(
        request.POST, items=[(key, str(one)) for key, one in items.items()], auto_id="aim_%s"
    )

    def name(said: dict[str, Any]) -> None:
        item = items.get(said["item"], PlanItem())
        fit = int(said["fit"])
        name_aim(case, item=item, fit=fit, reason=said["reason"], actor=actor, at=now())

    if not carried_out(form, name):
        return show_weighing(request, case, aim_form=form)
    say(request, _("Kept. It goes with the decision."))
    return back_to(case)


@login_required
@require_POST
def case_aim_drop(request: HttpRequest, aim_id: int) -> HttpResponse:
    """Take an aim back."""
    actor = actor_of(request)
    rows = CaseAim.objects.visible_to(actor).select_related("case")
    aim: CaseAim = get_object_or_404(rows, pk=aim_id)
    drop_aim(aim, actor=actor, at=now())
    say(request, _("Taken back."))
    return back_to(aim.case)


@login_required
@require_POST
def case_estimate(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say what the case costs and takes."""
    case, actor = load_case(request, case_id), actor_of(request)
    form = EstimateForm(request.POST)
    done = carried_out(form, lambda said: estimate_case(case, actor=actor, at=now(), **said))
    if not done:
        return show_weighing(request, case, estimate_form=form)
    say(request, _("The estimate is kept."))
    return back_to(case)


@login_required
@require_POST
def case_need(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say which other case it needs."""
    case, actor = load_case(request, case_id), actor_of(request)
    cases = case_choices(request, case)
    form = NeedForm(
        request.POST, cases=[(key, one.idea.title) for key, one in cases.items()],
        auto_id="need_%s",
    )  # fmt: skip

    def name(said: dict[str, Any]) -> None:
        needed = cases.get(said["needed"], case)
        name_need(case, needed=needed, reason=said["reason"], actor=actor, at=now())

    if not carried_out(form, name):
        return show_weighing(request, case, need_form=form)
    say(request, _("Kept. A proposed set takes both or neither."))
    return back_to(case)


@login_required
@require_POST
def case_need_drop(request: HttpRequest, need_id: int) -> HttpResponse:
    """Take a need back."""
    actor = actor_of(request)
    need: CaseNeed = get_object_or_404(
        CaseNeed.objects.visible_to(actor).select_related("case"), pk=need_id
    )
    drop_need(need, actor=actor, at=now())
    say(request, _("Taken back."))
    return back_to(need.case)
