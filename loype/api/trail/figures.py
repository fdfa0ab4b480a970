"""The shape of the flow, months as they were reported, and what everybody may know."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from ninja import Path, Query
from pydantic import BaseModel, Field

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.operations import reading, room
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.api.trail.shapes import FromFacts
from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.trail.flow import can_see_flow
from loype.trail.models import MonthlyFigures
from loype.trail.shape import read_ageing, read_cumulative, read_lead_times, read_public_times

router = room("trail")
YEAR = timedelta(days=364)
MOST_MONTHS = 36
Month = Annotated[str, Path(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$", description="As 2026-03.")]


class OfOrganisation(BaseModel):
    """Of which organisation; the one you act in if left out."""

    organisation_id: Id | None = None


class WeekShape(BaseModel):
    """What lay where when a week was over."""

    ends: datetime
    waiting: int
    with_responsible: int
    decided: int
    started: int
    finished: int


class AgedShape(FromFacts):
    """How many in one place have waited so many working days."""

    place: str
    waited: int
    count: int


class TookShape(BaseModel):
    """How many first decisions took so many working days."""

    working_days: int
    count: int


class ShapeOfFlow(BaseModel):
    """A year week by week, how long its first decisions took, and what waits now."""

    organisation_id: int
    promised: int
    weeks: list[WeekShape]
    decisions: int
    median: float | None = Field(description="Null where fewer than five were decided.")
    high: float | None = Field(description="Nine of ten within.")
    took: list[TookShape] = Field(description="Empty where fewer than five were decided.")
    ageing: list[AgedShape]


class MonthFiguresShape(FromFacts):
    """A month's figures exactly as they were reported; they never change."""

    month: date
    taken_at: datetime
    definition: int
    figures: dict[str, Any]


class PublicTimeShape(FromFacts):
    """Working days to the first decision over twelve months; null where fewer than five."""

    organisation_id: int
    organisation: str
    month: date = Field(description="The last month that counts.")
    promised: int | None
    count: int
    median: float | None
    high: float | None
    in_time: int | None


def _organisation(request: ApiRequest, filters: OfOrganisation) -> Organisation:
    wanted = filters.organisation_id or request.actor.acting_organisation_id
    if not can_see_flow(request.actor, wanted):
        raise not_here()
    return find(Organisation.objects.visible_to(request.actor), wanted)


@router.get(
    "/flow/shape",
    operation_id="get_flow_shape",
    **reading(ShapeOfFlow, summary="Cumulative flow, lead times and ageing"),
)
def get_shape(request: ApiRequest, filters: Query[OfOrganisation]) -> ShapeOfFlow:
    """Of an organisation of yours, over the last year."""
    organisation, at = _organisation(request, filters), now()
    took = read_lead_times(organisation, since=at - YEAR, until=at)
    weeks = read_cumulative([organisation.pk], since=at - YEAR, until=at)
    tells = took.says_something
    return ShapeOfFlow(
        organisation_id=organisation.pk,
        promised=organisation.decision_days,
        weeks=[WeekShape(ends=week.ends, **week.layers) for week in weeks],
        decisions=took.total,
        median=took.share(0.5) if tells else None,
        high=took.share(0.9) if tells else None,
        took=[TookShape(working_days=days, count=count) for days, count in took.counts if tells],
        ageing=[AgedShape.model_validate(one) for one in read_ageing(organisation, at=at)],
    )


@router.get(
    "/flow/months",
    operation_id="list_months",
    **reading(list[MonthFiguresShape], summary="Months as they were reported, newest first"),
)
def list_months(request: ApiRequest, filters: Query[OfOrganisation]) -> list[MonthFiguresShape]:
    """Of an organisation of yours, at most three years."""
    organisation = _organisation(request, filters)
    rows = MonthlyFigures.objects.visible_to(request.actor).filter(organisation=organisation)
    newest = rows.order_by("-month")[:MOST_MONTHS]
    return [MonthFiguresShape.model_validate(row) for row in newest]


@router.get(
    "/flow/months/{month}",
    operation_id="get_month",
    **reading(MonthFiguresShape, summary="One month as it was reported"),
)
def get_month(
    request: ApiRequest, month: Month, filters: Query[OfOrganisation]
) -> MonthFiguresShape:
    """Of an organisation of yours."""
    organisation = _organisation(request, filters)
    year, number = (int(part) for part in month.split("-"))
    rows = MonthlyFigures.objects.visible_to(request.actor).filter(organisation=organisation)
    row = rows.filter(month=date(year, number, 1)).first()
    if row is None:
        raise not_here()
    return MonthFiguresShape.model_validate(row)


@router.get(
    "/flow/public",
    operation_id="list_public_times",
    **reading(
        list[PublicTimeShape],
        summary="How long one waits for a first decision",
        open_to_all=True,
        found=False,
    ),
)
def list_public_times(request: ApiRequest) -> list[PublicTimeShape]:
    """For everybody, of organisations with a reported month."""
    return [PublicTimeShape.model_validate(one) for one in read_public_times()]
