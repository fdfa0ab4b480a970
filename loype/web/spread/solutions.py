"""The list of solutions, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.spread.labels import ADOPTION_STATES
from loype.spread.models import Adoption, Solution
from loype.spread.querysets import SolutionQuerySet
from loype.spread.rules import can_edit_solution, can_take_up
from loype.web.shared.acting import actor_of
from loype.web.shared.keywords import keywords_shown
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render
from loype.web.spread.countries import country_name
from loype.web.spread.forms import SCOPES, FilterForm, RetireForm

MOST_DRAFTS = 5
MOST_ADOPTIONS = 200
# In use first: it is what a reader comes for.
ORDER = ("in_use", "adapting", "testing", "considering", "stopped")


@require_safe
def solution_list(request: HttpRequest) -> HttpResponse:
    """What others have that works, newest first."""
    actor = actor_of(request)
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    rows = solutions_for(chosen, actor).select_related("organisation").defer("words")
    page = keyset_page(rows, request=request, order=("-published_at", "-id"))
    narrowed_more = any(chosen[name] for name in ("country", "maker", "spread"))
    narrowed = narrowed_more or bool(chosen["text"])
    return render(
        request,
        "spread/solutions.html",
        {
            "page": page,
            "form": FilterForm(chosen),
            "chosen": chosen,
            "scopes": SCOPES if actor.organisation_ids else [],
            "is_narrowed": narrowed,
            "is_narrowed_more": narrowed_more,
            "rows": [(one, country_name(one.organisation.country)) for one in page.items],
            "drafts": [] if narrowed or chosen["scope"] else drafts_of(actor),
        },
        part="list",
    )


def solutions_for(chosen: dict[str, Any], actor: Actor) -> SolutionQuerySet:
    """The published solutions a filter asks for, among those the actor may read."""
    found = Solution.objects.visible_to(actor).published()
    if chosen["scope"] == "mine":
        found = found.filter(organisation__in=sorted(actor.organisation_ids))
    elif chosen["scope"] == "near":
        found = found.filter(organisation__in=sorted(actor.neighbour_ids))
    elif chosen["scope"] == "used":
        found = found.taken_up_by(actor.organisation_ids)
    if chosen["text"]:
        found = found.matching(chosen["text"])
    if chosen["country"]:
        found = found.filter(organisation__country=chosen["country"])
    if chosen["maker"]:
        found = found.filter(organisation__name__icontains=chosen["maker"])
    return found.filter(in_use_count__gt=0) if chosen["spread"] else found


def drafts_of(actor: Actor) -> list[Solution]:
    """What the reader has begun to write and nobody else sees."""
    if not actor.is_signed_in:
        return []
    rows = Solution.objects.visible_to(actor).filter(state="draft")
    return list(
        rows.filter(activity__owner=actor.person_id).defer("words").order_by("-pk")[:MOST_DRAFTS]
    )


def load_solution(request: HttpRequest, solution_id: int) -> Solution:
    """The solution with its makers; 404 for whoever may not read it."""
    rows = Solution.objects.visible_to(actor_of(request)).select_related(
        "organisation", "activity__evaluation"
    )
    solution: Solution = get_object_or_404(rows.defer("words"), pk=solution_id)
    return solution


@require_safe
def solution_page(request: HttpRequest, solution_id: int) -> HttpResponse:
    """What it does, for whom, what it takes, who uses it, and what speaks for and against it."""
    return show_solution(request, load_solution(request, solution_id))


def show_solution(
    request: HttpRequest,
    solution: Solution,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    adoptions = adoptions_of(solution, actor)
    origin = origin_of(solution, actor)
    own = next(
        (
            one
            for one in adoptions
            if one.organisation_id == actor.organisation_id and one.state != "stopped"
        ),
        None,
    )
    offered = solution.state == "published" and own is None
    page = {
        "solution": solution,
        "country": country_name(solution.organisation.country),
        "keywords": keywords_shown(solution.keywords),
        "core_parts": as_list(solution.core_parts),
        "adaptable_parts": as_list(solution.adaptable_parts),
        "in_use_words": ngettext(
            "other organisation uses it",
            "other organisations use it",
            solution.in_use_count,
        ),
        "groups": grouped(adoptions),
        "values_seen": [one for one in adoptions if one.state == "in_use"],
        "stops": [one for one in adoptions if one.state == "stopped"],
        "origin": origin,
        "evaluation": concluded(origin),
        "verdict": verdict_of(solution),
        "own": own,
        "may_take_up": offered and can_take_up(actor, solution),
        "may_sign_in": offered and not actor.is_signed_in,
        "may_edit": can_edit_solution(actor, solution),
        "retire_form": RetireForm(auto_id="retire_%s"),
    }
    return render(request, "spread/solution.html", page | (returned or {}), status=status)


def as_list(text: str) -> str:
    """One thing a line, as the form asks for, becomes a list; what is a list already stays."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(line[0] in "-*+#>0123456789" for line in lines):
        return text
    return "\n".join(f"- {line}" for line in lines)


def adoptions_of(solution: Solution, actor: Actor) -> list[Adoption]:
    """Who has taken it up, the newest first."""
    rows = Adoption.objects.visible_to(actor).filter(solution=solution.pk)
    return list(rows.select_related("organisation").order_by("-began_at", "-pk")[:MOST_ADOPTIONS])


def grouped(adoptions: Sequence[Adoption]) -> list[tuple[str, Any, list[Adoption]]]:
    """The adoptions by how far they have come: state, its words, who."""
    words = dict(ADOPTION_STATES)
    groups = [
        (state, words[state], [one for one in adoptions if one.state == state]) for state in ORDER
    ]
    return [group for group in groups if group[2]]


def origin_of(solution: Solution, actor: Actor) -> Activity | None:
    """The activity it came of, where the reader may read about it."""
    if solution.activity_id is None:
        return None
    rows = Activity.objects.visible_to(actor).select_related("evaluation", "idea")
    return rows.filter(pk=solution.activity_id).first()


def concluded(origin: Activity | None) -> Any:
    """The concluded evaluation of the activity it came of, where the reader may read it."""
    evaluation = getattr(origin, "evaluation", None)
    return evaluation if evaluation is not None and evaluation.state == "concluded" else None


def verdict_of(solution: Solution) -> str:
    """The verdict alone, which goes with the solution wherever it is read; "" without one."""
    evaluation = getattr(solution.activity, "evaluation", None)
    if evaluation is None or evaluation.state != "concluded":
        return ""
    words: str = evaluation.get_verdict_display()
    return words
