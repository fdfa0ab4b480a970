"""Planning, measuring and concluding an evaluation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.evaluation.shapes import (
    ConclusionWanted,
    EvaluationDetail,
    EvaluationFilters,
    EvaluationShape,
    EvaluationWanted,
    IndicatorShape,
    IndicatorWanted,
    MeasurementShape,
    MeasurementWanted,
    evaluation_detail,
    evaluation_shape,
    indicator_shape,
    measurement_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.evaluation.actions import (
    add_indicator,
    conclude_evaluation,
    measure,
    plan_evaluation,
)
from loype.evaluation.models import Evaluation
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity

router = room("evaluation")


def _rows(actor: Actor) -> QuerySet[Evaluation]:
    return Evaluation.objects.visible_to(actor).select_related("activity")


def _shown(evaluation_id: int, *, actor: Actor) -> EvaluationDetail:
    rows = _rows(actor).prefetch_related("indicators__measurements")
    return evaluation_detail(find(rows, evaluation_id))


def _visible(request: ApiRequest, evaluation_id: int) -> Evaluation:
    return find(_rows(request.actor), evaluation_id)


@router.get(
    "/evaluations",
    operation_id="list_evaluations",
    **reading(
        Page[EvaluationShape], summary="Evaluations, newest first", open_to_all=True, found=False
    ),
)
def list_evaluations(
    request: ApiRequest, filters: Query[EvaluationFilters]
) -> Page[EvaluationShape]:
    """Of activities that you may read about."""
    wanted: dict[str, Any] = {
        "organisation": filters.organisation_id,
        "state": filters.state,
        "verdict": filters.verdict,
    }
    rows = _rows(request.actor).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    return keyset(rows, evaluation_shape, paging=filters)


@router.get(
    "/evaluations/{evaluation_id}",
    operation_id="get_evaluation",
    **reading(EvaluationDetail, summary="An evaluation", open_to_all=True),
)
def get_evaluation(request: ApiRequest, evaluation_id: Id) -> EvaluationDetail:
    """With its indicators and measurements."""
    return _shown(evaluation_id, actor=request.actor)


@router.post(
    "/activities/{activity_id}/evaluation",
    operation_id="plan_evaluation",
    **creating(EvaluationShape, summary="Plan the evaluation of an activity"),
)
def plan(
    request: ApiRequest, activity_id: Id, wanted: EvaluationWanted, idempotency_key: Key
) -> object:
    """For the activity's owner; an activity has one evaluation."""

    def make(at: datetime) -> EvaluationShape:
        activity = find(Activity.objects.visible_to(request.actor), activity_id)
        evaluation = plan_evaluation(activity, actor=request.actor, at=at, **wanted.model_dump())
        return evaluation_shape(evaluation)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/evaluations/{evaluation_id}/indicators",
    operation_id="add_indicator",
    **creating(IndicatorShape, summary="Say what is measured"),
)
def add(
    request: ApiRequest, evaluation_id: Id, wanted: IndicatorWanted, idempotency_key: Key
) -> object:
    """For the activity's owner: where it stands before, and where it should be."""

    def make(at: datetime) -> IndicatorShape:
        evaluation = _visible(request, evaluation_id)
        indicator = add_indicator(evaluation, actor=request.actor, at=at, **wanted.model_dump())
        return indicator_shape(indicator)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/evaluations/{evaluation_id}/indicators/{indicator_id}/measurements",
    operation_id="measure",
    **creating(MeasurementShape, summary="Write down a measurement"),
)
def measured(
    request: ApiRequest,
    evaluation_id: Id,
    indicator_id: Id,
    wanted: MeasurementWanted,
    idempotency_key: Key,
) -> object:
    """For the activity's owner; one a day and indicator."""

    def make(at: datetime) -> MeasurementShape:
        indicators = _visible(request, evaluation_id).indicators.select_related("evaluation")
        measurement = measure(
            find(indicators, indicator_id), actor=request.actor, at=at, **wanted.model_dump()
        )
        return measurement_shape(measurement)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/evaluations/{evaluation_id}/conclude",
    operation_id="conclude_evaluation",
    **changing(EvaluationDetail, summary="Give the verdict"),
)
def conclude(request: ApiRequest, evaluation_id: Id, wanted: ConclusionWanted) -> EvaluationDetail:
    """For the activity's owner; what nobody expected is told too."""
    evaluation = _visible(request, evaluation_id)
    conclude_evaluation(evaluation, actor=request.actor, at=now(), **wanted.model_dump())
    return _shown(evaluation_id, actor=request.actor)
