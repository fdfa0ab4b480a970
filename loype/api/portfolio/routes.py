"""Reading activities, and leading them from start to end."""

from __future__ import annotations

from django.db.models import QuerySet
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.operations import changing, reading, room
from loype.api.paging import Page, keyset
from loype.api.portfolio.shapes import (
    ActivityDetail,
    ActivityFilters,
    ActivityShape,
    ActivityVisibility,
    DescriptionWanted,
    OwnerWanted,
    PhaseWanted,
    ReasonWanted,
    ResultWanted,
    activity_detail,
    activity_shape,
)
from loype.api.shapes import Id, somebody
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.portfolio.actions import (
    describe_activity,
    finish_activity,
    hand_over_activity,
    move_to_phase,
    pause_activity,
    resume_activity,
    share_activity,
    stop_activity,
)
from loype.portfolio.models import Activity
from loype.spread.models import Solution
from loype.trail.handovers import start_running

router = room("portfolio")


def visible(request: ApiRequest, activity_id: int) -> Activity:
    """An activity the reader may know of."""
    return find(Activity.objects.visible_to(request.actor), activity_id)


def _rows(actor: Actor) -> QuerySet[Activity]:
    return Activity.objects.visible_to(actor).select_related("organisation", "owner")


def shown(activity_id: int, *, actor: Actor) -> ActivityDetail:
    """One activity with everything under it."""
    rows = _rows(actor).select_related("idea", "evaluation").defer("idea__words", "idea__text")
    activity = find(rows, activity_id)
    solutions = Solution.objects.visible_to(actor).defer("words").filter(activity=activity)
    participants = activity.participants.filter(left_date=None)
    return activity_detail(
        activity,
        milestones=activity.milestones.filter(removed_at=None),  # type: ignore[arg-type]
        participants=participants.select_related("organisation"),  # type: ignore[arg-type]
        report=activity.reports.select_related("reported_by").first(),
        solution=solutions.first(),
        actor=actor,
    )


@router.get(
    "",
    operation_id="list_activities",
    **reading(
        Page[ActivityShape], summary="Activities, newest first", open_to_all=True, found=False
    ),
)
def list_activities(request: ApiRequest, filters: Query[ActivityFilters]) -> Page[ActivityShape]:
    """Activities that you may read about; without signing in, the public ones."""
    rows = _rows(request.actor)
    for name in ("state", "form", "phase"):
        if wanted := getattr(filters, name):
            rows = rows.filter(**{name: wanted})
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.q:
        rows = rows.filter(title__icontains=filters.q)
    if filters.mine:
        rows = rows.filter(owner=request.actor.person_id or 0)
    return keyset(rows, activity_shape, paging=filters, order=("-opened_at", "-id"))


@router.get(
    "/{activity_id}",
    operation_id="get_activity",
    **reading(ActivityDetail, summary="An activity", open_to_all=True),
)
def get_activity(request: ApiRequest, activity_id: Id) -> ActivityDetail:
    """With its milestones, participants and latest report."""
    return shown(activity_id, actor=request.actor)


@router.post(
    "/{activity_id}/start",
    operation_id="start_activity",
    **changing(ActivityDetail, summary="Start a planned activity"),
)
def start(request: ApiRequest, activity_id: Id) -> ActivityDetail:
    """For its owner, if the course allows: other councils may have to answer first."""
    start_running(visible(request, activity_id), actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.post(
    "/{activity_id}/pause",
    operation_id="pause_activity",
    **changing(ActivityDetail, summary="Let an activity rest"),
)
def pause(request: ApiRequest, activity_id: Id, wanted: ReasonWanted) -> ActivityDetail:
    """For its owner, who says why."""
    activity = visible(request, activity_id)
    pause_activity(activity, reason=wanted.reason, actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.post(
    "/{activity_id}/resume",
    operation_id="resume_activity",
    **changing(ActivityDetail, summary="Take a resting activity up again"),
)
def resume(request: ApiRequest, activity_id: Id) -> ActivityDetail:
    """For its owner."""
    resume_activity(visible(request, activity_id), actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.post(
    "/{activity_id}/finish",
    operation_id="finish_activity",
    **changing(ActivityDetail, summary="End an activity as done"),
)
def finish(request: ApiRequest, activity_id: Id, wanted: ResultWanted) -> ActivityDetail:
    """For its owner, who says what came of it."""
    activity = visible(request, activity_id)
    finish_activity(activity, result=wanted.result, actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.post(
    "/{activity_id}/stop",
    operation_id="stop_activity",
    **changing(ActivityDetail, summary="End an activity before it is done"),
)
def stop(request: ApiRequest, activity_id: Id, wanted: ReasonWanted) -> ActivityDetail:
    """For its owner or whoever decides for the organisation; the reason is worth as much as a
    result."""
    activity = visible(request, activity_id)
    stop_activity(activity, reason=wanted.reason, actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.put(
    "/{activity_id}/phase",
    operation_id="move_to_phase",
    **changing(ActivityDetail, summary="Move an activity to another phase"),
)
def move(request: ApiRequest, activity_id: Id, wanted: PhaseWanted) -> ActivityDetail:
    """For its owner; the phases are those of its form."""
    activity = visible(request, activity_id)
    move_to_phase(
        activity, phase=wanted.phase, version=wanted.version, actor=request.actor, at=now()
    )
    return shown(activity_id, actor=request.actor)


@router.patch(
    "/{activity_id}",
    operation_id="describe_activity",
    **changing(ActivityDetail, summary="Change what an activity is called and when it is due"),
)
def describe(request: ApiRequest, activity_id: Id, wanted: DescriptionWanted) -> ActivityDetail:
    """For its owner; 409 when somebody changed it meanwhile."""
    activity = visible(request, activity_id)
    told = "due_date" in wanted.model_fields_set
    describe_activity(
        activity,
        title=activity.title if wanted.title is None else wanted.title,
        summary=activity.summary if wanted.summary is None else wanted.summary,
        due_date=wanted.due_date if told else activity.due_date,
        version=wanted.version,
        actor=request.actor,
        at=now(),
    )
    return shown(activity_id, actor=request.actor)


@router.put(
    "/{activity_id}/visibility",
    operation_id="share_activity",
    **changing(ActivityDetail, summary="Decide who may read about an activity"),
)
def share(request: ApiRequest, activity_id: Id, wanted: ActivityVisibility) -> ActivityDetail:
    """For its owner or whoever decides for the organisation."""
    activity = visible(request, activity_id)
    share_activity(activity, visibility=wanted.visibility, actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)


@router.put(
    "/{activity_id}/owner",
    operation_id="hand_over_activity",
    **changing(ActivityDetail, summary="Name another owner"),
)
def hand_over(request: ApiRequest, activity_id: Id, wanted: OwnerWanted) -> ActivityDetail:
    """For its owner or whoever decides for the organisation; a colleague takes over."""
    activity = visible(request, activity_id)
    person = somebody(wanted.person_id)
    hand_over_activity(activity, person=person, actor=request.actor, at=now())
    return shown(activity_id, actor=request.actor)
