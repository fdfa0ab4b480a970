"""Reading, writing and publishing solutions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.api.spread.shapes import (
    RetireWanted,
    SolutionDetail,
    SolutionEdit,
    SolutionFilters,
    SolutionShape,
    SolutionWanted,
    solution_detail,
    solution_shape,
)
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.search.similar import CONFIGURATIONS
from loype.spread.actions import (
    draft_solution,
    edit_solution,
    publish_solution,
    retire_solution,
)
from loype.spread.models import Solution

router = room("spread")


def _rows(actor: Actor) -> QuerySet[Solution]:
    return Solution.objects.visible_to(actor).select_related("organisation").defer("words")


def _visible(request: ApiRequest, solution_id: int) -> Solution:
    rows = Solution.objects.visible_to(request.actor).defer("words")
    return find(rows.select_related("activity"), solution_id)


def _shown(solution_id: int, *, actor: Actor) -> SolutionDetail:
    solution = find(_rows(actor), solution_id)
    activity = maybe(Activity.objects.visible_to(actor), solution.activity_id)
    return solution_detail(solution, activity=activity)


@router.get(
    "/solutions",
    operation_id="list_solutions",
    **reading(
        Page[SolutionShape], summary="Solutions, newest first", open_to_all=True, found=False
    ),
)
def list_solutions(request: ApiRequest, filters: Query[SolutionFilters]) -> Page[SolutionShape]:
    """Solutions that you may read; without signing in, the public ones."""
    state = filters.state or "published"
    rows = _rows(request.actor).filter(state=state)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.q:
        rows = rows.filter(_about(filters.q))
    order = ("-created_at", "-id") if state == "draft" else ("-published_at", "-id")
    return keyset(rows, solution_shape, paging=filters, order=order)


def _about(text: str) -> Q:
    """All the words in any of our languages, or part of the title."""
    wanted = Q(title__icontains=text)
    for configuration in CONFIGURATIONS:
        wanted |= Q(words=SearchQuery(text, config=configuration, search_type="websearch"))
    return wanted


@router.get(
    "/solutions/{solution_id}",
    operation_id="get_solution",
    **reading(SolutionDetail, summary="A solution", open_to_all=True),
)
def get_solution(request: ApiRequest, solution_id: Id) -> SolutionDetail:
    """What it does, for whom, what must be kept and what may be changed, and whom to ask."""
    return _shown(solution_id, actor=request.actor)


@router.post(
    "/activities/{activity_id}/solution",
    operation_id="draft_solution",
    **creating(SolutionShape, summary="Begin to write a solution"),
)
def draft(
    request: ApiRequest, activity_id: Id, wanted: SolutionWanted, idempotency_key: Key
) -> object:
    """For the owner of a finished activity; an activity has one solution."""

    def make(at: datetime) -> SolutionShape:
        rows = Activity.objects.visible_to(request.actor).select_related("organisation")
        activity = find(rows, activity_id)
        facts = wanted.model_dump(exclude_none=True)
        solution = draft_solution(activity, actor=request.actor, at=at, **facts)
        solution.organisation = activity.organisation
        return solution_shape(solution)

    return create(request, make, key=idempotency_key, body=wanted)


@router.patch(
    "/solutions/{solution_id}",
    operation_id="edit_solution",
    **changing(SolutionDetail, summary="Change what a solution says"),
)
def edit(request: ApiRequest, solution_id: Id, wanted: SolutionEdit) -> SolutionDetail:
    """For those who made it; 409 when somebody changed it meanwhile."""
    facts = wanted.model_dump(exclude_none=True)
    edit_solution(_visible(request, solution_id), actor=request.actor, at=now(), **facts)
    return _shown(solution_id, actor=request.actor)


@router.post(
    "/solutions/{solution_id}/publish",
    operation_id="publish_solution",
    **changing(SolutionDetail, summary="Let others find a solution"),
)
def publish(request: ApiRequest, solution_id: Id) -> SolutionDetail:
    """For those who made it, once it tells enough."""
    publish_solution(_visible(request, solution_id), actor=request.actor, at=now())
    return _shown(solution_id, actor=request.actor)


@router.post(
    "/solutions/{solution_id}/retire",
    operation_id="retire_solution",
    **changing(SolutionDetail, summary="No longer offer a solution"),
)
def retire(request: ApiRequest, solution_id: Id, wanted: RetireWanted) -> SolutionDetail:
    """For those who made it; those who use it keep it."""
    solution = _visible(request, solution_id)
    retire_solution(solution, reason=wanted.reason, actor=request.actor, at=now())
    return _shown(solution_id, actor=request.actor)
