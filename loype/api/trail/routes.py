"""Telling the story of a thing, and the figures of the flow."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.operations import reading, room
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.api.trail.shapes import (
    FlowFilters,
    FlowShape,
    MonthShape,
    ParticipationFilters,
    ParticipationShape,
    StepTimeShape,
    StoryShape,
    participation_shape,
)
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.models import Organisation
from loype.trail.flow import Flow, can_see_flow, measure_flow
from loype.trail.participation import measure_participation
from loype.trail.timeline import tell_story

router = room("trail")
A_YEAR = timedelta(days=365)


class Kind(StrEnum):
    """What a story may be told of."""

    IDEA = "idea"
    ACTIVITY = "activity"
    SOLUTION = "solution"
    ADOPTION = "adoption"


@router.get(
    "/trail/{kind}/{thing_id}",
    operation_id="get_story",
    **reading(StoryShape, summary="The story of a thing", open_to_all=True),
)
def get_story(request: ApiRequest, kind: Kind, thing_id: Id) -> StoryShape:
    """From the first word to the latest reuse, as far as you may see."""
    story = tell_story(kind.value, thing_id, actor=request.actor)
    return StoryShape.model_validate(story)


@router.get("/flow", operation_id="get_flow", **reading(FlowShape, summary="How the trail flows"))
def get_flow(request: ApiRequest, filters: Query[FlowFilters]) -> FlowShape:
    """Figures of an organisation of yours: what came in, what became of it, how long it took."""
    wanted = filters.organisation_id or request.actor.acting_organisation_id
    if not can_see_flow(request.actor, wanted):
        raise not_here()
    at = now()
    until = _beginning(filters.until) or at
    since = _beginning(filters.since) or until - A_YEAR
    if since >= until:
        raise BadInput({"since": _("The period ends before it begins.")})
    figures = measure_flow([wanted], since=since, until=until, at=at)
    return _shown(figures, organisation_id=wanted, since=since, until=until)


@router.get(
    "/participation",
    operation_id="get_participation",
    **reading(ParticipationShape, summary="Who gives ideas"),
)
def get_participation(
    request: ApiRequest, filters: Query[ParticipationFilters]
) -> ParticipationShape:
    """By unit and by work, over twelve whole months; small groups are never told apart."""
    wanted = filters.organisation_id or request.actor.acting_organisation_id
    if not can_see_flow(request.actor, wanted):
        raise not_here()
    organisation = find(Organisation.objects.visible_to(request.actor), wanted)
    return participation_shape(measure_participation(organisation, at=now()), organisation.pk)


def _beginning(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=UTC) if day else None


def _shown(figures: Flow, *, organisation_id: int, since: datetime, until: datetime) -> FlowShape:
    plain = {
        name: getattr(figures, name)
        for name in FlowShape.model_fields
        if hasattr(figures, name) and name not in ("step_times", "months")
    }
    return FlowShape(
        organisation_id=organisation_id,
        since=since,
        until=until,
        step_times=[StepTimeShape.model_validate(one) for one in figures.step_times.values()],
        months=[
            MonthShape(month=month, handed_in=came, decided=went)
            for month, came, went in figures.months
        ],
        **plain,
    )
