"""How plans, periods and the direction of a year look, and what is sent to write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from loype.api.paging import Paging
from loype.api.shapes import (
    Day,
    Id,
    Line,
    OrganisationRef,
    ShortLine,
    Text,
    Version,
    Wanted,
    organisation_ref,
)
from loype.bodies.models import WheelItem
from loype.councils.assessing.direction import AimLine, Direction
from loype.organisations.labels import Visibility
from loype.strategy.labels import Involved, PlanKind
from loype.strategy.models import MOST_POINTS, ItemWeight, Period, Plan, PlanItem

Points = Annotated[int, Field(ge=0, le=MOST_POINTS)]
Year = Annotated[int, Field(ge=1990, le=2199)]


class PlanFilters(Paging):
    """Whose plans are wanted."""

    organisation_id: Id | None = None


class PlanItemShape(BaseModel):
    """An aim of a plan."""

    id: int
    number: str
    title: str
    text: str
    involvement: str = Field(description="Of the employees' organisations; empty: not said yet.")
    involvement_words: str
    retired_date: date | None


class PlanShape(BaseModel):
    """A plan in an organisation's register."""

    id: int
    organisation: OrganisationRef
    title: str
    kind: str
    from_date: date
    to_date: date | None
    decision_reference: str
    visibility: str
    version: int


class PlanDetail(PlanShape):
    """A plan with its aims."""

    items: list[PlanItemShape]


class PlanWanted(Wanted):
    """A plan to write down."""

    organisation_id: Id
    title: Line
    kind: PlanKind = PlanKind.PRIORITIES
    from_date: Day
    to_date: Day | None = None
    decision_reference: ShortLine = ""
    visibility: Visibility = Visibility.ORGANISATION


class PlanItemWanted(Wanted):
    """An aim to write down."""

    title: Line
    number: Annotated[ShortLine, Field(max_length=20)] = ""
    text: Text = ""
    involvement: Involved | Literal[""] = ""
    involvement_words: Text = ""


class ItemInvolved(PlanItemShape):
    """An aim in force, with the plan in which it stands."""

    plan_id: int
    plan_title: str


class WheelItemInvolved(BaseModel):
    """Something that a body does this year."""

    id: int
    body_id: int
    title: str
    due_date: date
    involvement: str
    involvement_reason: str


class InvolvementShape(BaseModel):
    """How the employees' organisations are involved, or why not."""

    aims: list[ItemInvolved]
    wheel: list[WheelItemInvolved]


class WeightShape(BaseModel):
    """How many points an aim has in a period."""

    item_id: int
    title: str
    points: int


class PeriodShape(BaseModel):
    """A period in which the aims weigh what they weigh."""

    id: int
    organisation: OrganisationRef
    name: str
    from_date: date
    to_date: date | None
    state: str
    decision_reference: str
    adopted_at: datetime | None
    version: int
    weights: list[WeightShape]


class PeriodWanted(Wanted):
    """A period to begin."""

    organisation_id: Id
    name: ShortLine
    from_date: Day
    to_date: Day | None = None


class ItemPoints(Wanted):
    """An aim and its points."""

    item_id: Id
    points: Points


class WeightsWanted(Wanted):
    """All the points of a period; what is not named has none."""

    weights: Annotated[list[ItemPoints], Field(max_length=500)]
    version: Version | None = None


class AdoptionWanted(Wanted):
    """Which decision lets the weights hold."""

    decision_reference: ShortLine = ""
    version: Version | None = None


class DirectionFilters(BaseModel):
    """Which year."""

    year: Year | None = Field(None, description="If left out: this year.")


class AimShape(BaseModel):
    """One aim over a year; shares are parts of 1."""

    item_id: int
    title: str
    intended: float | None
    selected: float | None
    selections: Decimal
    weeks: Decimal


class DirectionShape(BaseModel):
    """A year of selections against what the plans intended."""

    year: int
    by_weeks: bool = Field(description="Whether effort is weeks of work; else selections count.")
    selected: int
    without_aim: int
    without_estimate: int
    aims: list[AimShape]


def item_shape(item: PlanItem) -> PlanItemShape:
    """An aim."""
    names = ("number", "title", "text", "involvement", "involvement_words", "retired_date")
    return PlanItemShape(id=item.pk, **{name: getattr(item, name) for name in names})


def involvement_shape(items: list[PlanItem], wheel: list[WheelItem]) -> InvolvementShape:
    """The aims in force and this year's wheels."""
    names = tuple(WheelItemInvolved.model_fields)
    return InvolvementShape(
        aims=[
            ItemInvolved(
                **item_shape(one).model_dump(), plan_id=one.plan_id, plan_title=one.plan.title
            )
            for one in items
        ],
        wheel=[WheelItemInvolved(**{name: getattr(one, name) for name in names}) for one in wheel],
    )


def _plan_facts(plan: Plan) -> dict[str, Any]:
    names = (
        "title", "kind", "from_date", "to_date", "decision_reference", "visibility", "version",
    )  # fmt: skip
    facts: dict[str, Any] = {name: getattr(plan, name) for name in names}
    return facts | {"id": plan.pk, "organisation": organisation_ref(plan.organisation)}


def plan_shape(plan: Plan) -> PlanShape:
    """A plan."""
    return PlanShape(**_plan_facts(plan))


def plan_detail(plan: Plan, items: list[PlanItem]) -> PlanDetail:
    """A plan with its aims."""
    return PlanDetail(**_plan_facts(plan), items=[item_shape(one) for one in items])


def period_shape(period: Period, weights: list[ItemWeight]) -> PeriodShape:
    """A period with its weights."""
    names = (
        "name", "from_date", "to_date", "state", "decision_reference", "adopted_at", "version",
    )  # fmt: skip
    return PeriodShape(
        id=period.pk,
        organisation=organisation_ref(period.organisation),
        weights=[
            WeightShape(item_id=one.item_id, title=one.item.title, points=one.points)
            for one in weights
        ],
        **{name: getattr(period, name) for name in names},
    )


def _part(part: Fraction | None) -> float | None:
    return None if part is None else float(part)


def _aim(line: AimLine) -> AimShape:
    return AimShape(
        item_id=line.item.pk, title=str(line.item), intended=_part(line.intended),
        selected=_part(line.effort), selections=line.count, weeks=line.weeks,
    )  # fmt: skip


def direction_shape(found: Direction) -> DirectionShape:
    """A year of selections."""
    return DirectionShape(
        year=found.year, by_weeks=found.by_weeks, selected=found.selected,
        without_aim=found.without_aim, without_estimate=found.without_estimate,
        aims=[_aim(line) for line in found.lines],
    )  # fmt: skip
