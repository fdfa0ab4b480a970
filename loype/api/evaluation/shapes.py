"""How evaluations look, and what is sent to plan, measure and conclude."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import NO_NUL, Amount, Day, Id, ThingRef, Wanted
from loype.evaluation.labels import Better, Depth, Value, Verdict
from loype.evaluation.models import Evaluation, Indicator, Measurement
from loype.evaluation.states import EvaluationState
from loype.evaluation.sums import realised_share

Written = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)]


class EvaluationFilters(Paging):
    """Which evaluations are wanted."""

    organisation_id: Id | None = None
    state: EvaluationState | None = None
    verdict: Verdict | None = None


class EvaluationShape(BaseModel):
    """What is asked about an activity, and the verdict."""

    id: int
    activity: ThingRef
    organisation_id: int
    question: str
    depth: str
    values: list[str]
    state: str
    verdict: str
    conclusion: str
    unexpected_findings: str
    planned_at: datetime
    concluded_at: datetime | None


class MeasurementShape(BaseModel):
    """What an indicator showed on a day."""

    id: int
    measured_date: date
    value: Decimal
    note: str


class IndicatorShape(BaseModel):
    """One thing that is measured."""

    id: int
    value: str
    name: str
    unit: str
    better: str
    baseline: Decimal
    target: Decimal
    measurements: list[MeasurementShape]
    realised_share: Decimal | None = Field(
        description="How much of the way to the target the latest measurement shows (1 = all)."
    )


class EvaluationDetail(EvaluationShape):
    """An evaluation with what was measured."""

    indicators: list[IndicatorShape]


class EvaluationWanted(Wanted):
    """What shall be found out, how thoroughly, and which values count."""

    question: Written
    depth: Depth
    values: Annotated[list[Value], Field(min_length=1, max_length=5)]


class IndicatorWanted(Wanted):
    """What is measured, from where to where."""

    value: Value
    name: Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=NO_NUL)]
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_NUL)]
    better: Better
    baseline: Amount
    target: Amount


class MeasurementWanted(Wanted):
    """What an indicator showed on a day."""

    value: Amount
    measured_date: Day
    note: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class ConclusionWanted(Wanted):
    """The verdict, and what nobody expected."""

    verdict: Verdict
    conclusion: Written
    unexpected_findings: Written


def evaluation_shape(evaluation: Evaluation) -> EvaluationShape:
    """An evaluation in a list."""
    activity = evaluation.activity
    return EvaluationShape(
        id=evaluation.pk,
        activity=ThingRef(id=activity.pk, title=activity.title),
        organisation_id=evaluation.organisation_id,
        question=evaluation.question,
        depth=evaluation.depth,
        values=list(evaluation.values),
        state=evaluation.state,
        verdict=evaluation.verdict,
        conclusion=evaluation.conclusion,
        unexpected_findings=evaluation.unexpected_findings,
        planned_at=evaluation.planned_at,
        concluded_at=evaluation.concluded_at,
    )


def measurement_shape(measurement: Measurement) -> MeasurementShape:
    """A measurement."""
    return MeasurementShape.model_validate(measurement, from_attributes=True)


def indicator_shape(indicator: Indicator) -> IndicatorShape:
    """An indicator with its measurements, oldest first."""
    measured = list(indicator.measurements.all())
    share = (
        realised_share(
            baseline=indicator.baseline, target=indicator.target, measured=measured[-1].value
        )
        if measured
        else None
    )
    return IndicatorShape(
        id=indicator.pk,
        value=indicator.value,
        name=indicator.name,
        unit=indicator.unit,
        better=indicator.better,
        baseline=indicator.baseline,
        target=indicator.target,
        measurements=[measurement_shape(one) for one in measured],
        realised_share=None if share is None else round(share, 4),
    )


def evaluation_detail(evaluation: Evaluation) -> EvaluationDetail:
    """An evaluation alone; its indicators were read with it."""
    return EvaluationDetail(
        **evaluation_shape(evaluation).model_dump(),
        indicators=[indicator_shape(one) for one in evaluation.indicators.all()],
    )
