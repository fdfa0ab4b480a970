"""The evaluation of an activity, from plan to verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.evaluation import actions
from loype.evaluation.labels import Value
from loype.evaluation.models import Evaluation, Measurement
from loype.evaluation.rules import can_evaluate
from loype.kernel.clock import now
from loype.portfolio.models import Activity
from loype.web.evaluation import forms
from loype.web.evaluation.picture import Measured, picture
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load_activity(request: HttpRequest, activity_id: int) -> Activity:
    """The activity with its evaluation; 404 for whoever may not read it."""
    rows = Activity.objects.visible_to(actor_of(request)).select_related(
        "organisation", "idea", "evaluation", "solution"
    )
    activity: Activity = get_object_or_404(rows, pk=activity_id)
    return activity


def load_evaluation(request: HttpRequest, activity_id: int) -> Evaluation:
    """The evaluation of an activity one may read; 404 while there is none."""
    activity = load_activity(request, activity_id)
    evaluation: Evaluation | None = getattr(activity, "evaluation", None)
    if evaluation is None:
        raise Http404
    evaluation.activity = activity
    return evaluation


@require_safe
def evaluation_page(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What was asked, what was measured, and what came of it."""
    return show(request, load_activity(request, activity_id))


def show(
    request: HttpRequest,
    activity: Activity,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    returned = returned or {}
    evaluation: Evaluation | None = getattr(activity, "evaluation", None)
    may = can_evaluate(actor_of(request), activity)
    page: dict[str, Any] = {"activity": activity, "evaluation": evaluation, "may": may}
    if evaluation is None:
        page["plan_form"] = forms.PlanForm()
        return render(request, "evaluation/plan.html", page | returned, status=status)
    is_open = may and evaluation.state != "concluded"
    rows = measured_rows(evaluation, is_open=is_open, returned=returned)
    page |= {
        "rows": rows,
        "picture": picture(rows) if rows else "",
        "is_open": is_open,
        "may_write": may and activity.state == "finished" and not hasattr(activity, "solution"),
        "values": value_words(evaluation),
        "was_measured": any(row.measurements for row in rows),
        "indicator_form": forms.IndicatorForm(
            initial={"value": evaluation.values[0]}, auto_id="indicator_%s"
        ),
        "conclude_form": forms.ConcludeForm(auto_id="conclude_%s"),
        "plan_form": forms.PlanForm(initial=plan_of(evaluation), auto_id="plan_%s"),
    }
    return render(request, "evaluation/evaluation.html", page | returned, status=status)


def plan_of(evaluation: Evaluation) -> dict[str, Any]:
    """The plan as its form shows it."""
    return {name: getattr(evaluation, name) for name in ("question", "depth", "values")}


def value_words(evaluation: Evaluation) -> list[Any]:
    """The kinds of value it looks for, in words."""
    words = dict(Value.choices)
    return [words[value] for value in evaluation.values]


def measured_rows(
    evaluation: Evaluation, *, is_open: bool, returned: dict[str, Any]
) -> list[Measured]:
    """Each indicator with its measurements and, while open, its form."""
    rows = []
    today = {"measured_date": now().date()}
    for indicator in evaluation.indicators.prefetch_related("measurements"):
        form = returned.get(f"measure_{indicator.pk}") or forms.MeasureForm(
            initial=today, auto_id=f"measure_{indicator.pk}_%s"
        )
        measurements = list(indicator.measurements.all())
        rows.append(
            Measured(indicator=indicator, measurements=measurements, form=form if is_open else None)
        )
    return rows


def by_form(
    request: HttpRequest,
    form: django_forms.Form,
    *,
    activity_id: int,
    name: str,
    act: Callable[..., Any],
    said: str,
    place: str = "",
) -> HttpResponse:
    """Do what the form asks and go back, or show the page again with what must be mended."""

    def carry(facts: dict[str, Any]) -> Any:
        return act(**facts, actor=actor_of(request), at=now())

    if not carried_out(form, carry):
        activity = load_activity(request, activity_id)
        return show(request, activity, returned={name: form}, status=422)
    return back(request, activity_id, said=said, place=place)


def back(request: HttpRequest, activity_id: int, *, said: str, place: str = "") -> HttpResponse:
    """Back to the page, with a word that it worked."""
    say(request, said)
    answer = redirect("evaluation_page", activity_id=activity_id)
    if place:
        answer["Location"] += f"#{place}"
    return answer


@login_required
@require_POST
def evaluation_plan(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Plan the evaluation, or change its plan."""
    activity = load_activity(request, activity_id)
    evaluation: Evaluation | None = getattr(activity, "evaluation", None)

    def plan(**facts: Any) -> Any:
        if evaluation is None:
            return actions.plan_evaluation(activity, **facts)
        return actions.change_plan(evaluation, **facts)

    auto_id = "plan_%s" if evaluation else "id_%s"
    return by_form(
        request, forms.PlanForm(request.POST, auto_id=auto_id), activity_id=activity_id,
        name="plan_form", act=plan, said=_("The plan is kept."),
    )  # fmt: skip


@login_required
@require_POST
def evaluation_indicator(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say what is measured."""
    evaluation = load_evaluation(request, activity_id)

    def add(**facts: Any) -> Any:
        return actions.add_indicator(evaluation, **facts)

    return by_form(
        request, forms.IndicatorForm(request.POST, auto_id="indicator_%s"),
        activity_id=activity_id, name="indicator_form", act=add, place="indicators",
        said=_("It will be measured."),
    )  # fmt: skip


@login_required
@require_POST
def evaluation_indicator_remove(
    request: HttpRequest, activity_id: int, indicator_id: int
) -> HttpResponse:
    """Take an indicator away that nothing was measured for."""
    evaluation = load_evaluation(request, activity_id)
    indicator = get_object_or_404(evaluation.indicators, pk=indicator_id)
    actions.remove_indicator(indicator, actor=actor_of(request), at=now())
    return back(request, activity_id, said=_("It is taken away."), place="indicators")


@login_required
@require_POST
def evaluation_measure(request: HttpRequest, activity_id: int, indicator_id: int) -> HttpResponse:
    """Write down a measurement."""
    evaluation = load_evaluation(request, activity_id)
    indicator = get_object_or_404(evaluation.indicators, pk=indicator_id)

    def write(**facts: Any) -> Any:
        return actions.measure(indicator, **facts)

    return by_form(
        request, forms.MeasureForm(request.POST, auto_id=f"measure_{indicator_id}_%s"),
        activity_id=activity_id, name=f"measure_{indicator_id}", act=write,
        place=f"indicator-{indicator_id}", said=_("The measurement is written down."),
    )  # fmt: skip


@login_required
@require_POST
def evaluation_measurement_remove(
    request: HttpRequest, activity_id: int, measurement_id: int
) -> HttpResponse:
    """Take back a measurement that was written down wrongly."""
    evaluation = load_evaluation(request, activity_id)
    indicators = {one.pk: one for one in evaluation.indicators.prefetch_related("measurements")}
    found: list[Measurement] = [
        measurement
        for indicator in indicators.values()
        for measurement in indicator.measurements.all()
        if measurement.pk == measurement_id
    ]
    if not found:
        raise Http404
    place = f"indicator-{found[0].indicator_id}"
    actions.take_back_measurement(found[0], actor=actor_of(request), at=now())
    return back(request, activity_id, said=_("The measurement is taken back."), place=place)


@login_required
@require_POST
def evaluation_conclude(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Give the verdict."""
    evaluation = load_evaluation(request, activity_id)

    def conclude(**facts: Any) -> Any:
        return actions.conclude_evaluation(evaluation, **facts)

    return by_form(
        request, forms.ConcludeForm(request.POST, auto_id="conclude_%s"),
        activity_id=activity_id, name="conclude_form", act=conclude,
        said=_("The evaluation is concluded. Those who follow the idea are told."),
    )  # fmt: skip
