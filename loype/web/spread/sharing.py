"""Writing, publishing and retiring a solution, and taking one up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loype.kernel.clock import now
from loype.kernel.errors import BadInput, WrongMoment
from loype.portfolio.models import Activity
from loype.spread import actions
from loype.spread.models import Solution
from loype.spread.rules import can_edit_solution, can_publish_from
from loype.web.shared.acting import actor_of, carried_out, put_beside
from loype.web.shared.keywords import as_typed
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.spread.forms import RetireForm, SolutionForm
from loype.web.spread.solutions import load_solution, show_solution

FACTS = (
    "title", "summary", "for_whom", "core_parts", "adaptable_parts", "cost", "cost_amount",
    "cost_currency", "conditions", "contact_role", "sector", "activity_type", "english_summary",
    "language", "visibility", "version",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_new(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Begin to write what others may reuse from a finished activity."""
    actor = actor_of(request)
    rows = Activity.objects.visible_to(actor).select_related("idea", "organisation", "solution")
    activity = get_object_or_404(rows, pk=activity_id)
    if not can_publish_from(actor, activity):
        raise PermissionDenied
    if existing := getattr(activity, "solution", None):
        return redirect("solution_page", solution_id=existing.pk)
    if activity.state != "finished":
        raise WrongMoment(_("A solution comes from a finished activity; finish it first."))
    words = first_words(activity)
    form = SolutionForm(
        request.POST or None, initial=words, kept=activity.idea.keywords,
        text=f"{activity.idea.title}\n{activity.idea.text}\n{words['summary']}",
    )  # fmt: skip
    written: list[Solution] = []

    def write(facts: dict[str, Any]) -> None:
        facts.pop("version")
        written.append(actions.draft_solution(activity, actor=actor, at=now(), **facts))

    if request.method == "POST" and carried_out(form, write):
        say(request, _("Written. Nobody else sees it until you publish it."))
        return redirect("solution_page", solution_id=written[0].pk)
    return show_form(request, form, activity=activity)


def first_words(activity: Activity) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "title": activity.title,
        "summary": activity.end_reason,
        "language": activity.idea.language,
        "visibility": "federation",
    }


def show_form(request: HttpRequest, form: SolutionForm, **more: Any) -> HttpResponse:
    """The form, as new or as it came back."""
    status = 422 if form.is_bound else 200
    return render(request, "spread/write.html", {"form": form, **more}, status=status)


def told_of(solution: Solution) -> str:
    """The words that keywords are looked for in."""
    return "\n".join((solution.title, solution.summary, solution.for_whom, solution.core_parts))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def solution_edit(request: HttpRequest, solution_id: int) -> HttpResponse:
    """Change what the solution says."""
    actor = actor_of(request)
    solution = load_solution(request, solution_id)
    if not can_edit_solution(actor, solution):
        raise PermissionDenied
    initial = {name: getattr(solution, name) for name in FACTS}
    form = SolutionForm(
        request.POST or None, initial=initial, text=told_of(solution), kept=solution.keywords
    )

    def change(facts: dict[str, Any]) -> None:
        actions.edit_solution(solution, actor=actor, at=now(), **facts)

    if request.method == "POST" and carried_out(form, change):
        say(request, _("Changed."))
        return redirect("solution_page", solution_id=solution.pk)
    return show_form(request, form, solution=solution)


@login_required
@require_POST
def solution_publish(request: HttpRequest, solution_id: int) -> HttpResponse:
    """Let others find and take it up; what is missing is asked for in the form."""
    solution = load_solution(request, solution_id)
    try:
        actions.publish_solution(solution, actor=actor_of(request), at=now())
    except BadInput as problem:
        facts = {name: getattr(solution, name) for name in FACTS}
        form = SolutionForm(
            {name: "" if fact is None else fact for name, fact in facts.items()}
            | as_typed(solution.keywords),
            text=told_of(solution), kept=solution.keywords,
        )  # fmt: skip
        form.is_valid()
        for name in problem.fields:
            form.errors.pop(name, None)
        put_beside(form, problem)
        return show_form(request, form, solution=solution)
    say(request, _("Published. Others can find it and take it up."))
    return redirect("solution_page", solution_id=solution.pk)


@login_required
@require_POST
def solution_retire(request: HttpRequest, solution_id: int) -> HttpResponse:
    """No longer offer it, with the reason."""
    solution = load_solution(request, solution_id)
    form = RetireForm(request.POST, auto_id="retire_%s")

    def retire(facts: dict[str, Any]) -> None:
        actions.retire_solution(solution, actor=actor_of(request), at=now(), **facts)

    if not carried_out(form, retire):
        return show_solution(request, solution, returned={"retire_form": form}, status=422)
    say(request, _("It is no longer offered. Those who use it keep it."))
    return redirect("solution_page", solution_id=solution.pk)


@login_required
@require_POST
def solution_take_up(request: HttpRequest, solution_id: int) -> HttpResponse:
    """Say that one's organisation considers it."""
    solution = load_solution(request, solution_id)
    adoption = actions.take_up(solution, actor=actor_of(request), at=now())
    say(request, _("The makers are told that you consider it."))
    return redirect("adoption_page", adoption_id=adoption.pk)
