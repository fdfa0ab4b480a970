"""The register of plans, what the aims weigh, and where selections went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.api.strategy.shapes import (
    AdoptionWanted,
    DirectionFilters,
    DirectionShape,
    InvolvementShape,
    PeriodShape,
    PeriodWanted,
    PlanDetail,
    PlanFilters,
    PlanItemShape,
    PlanItemWanted,
    PlanShape,
    PlanWanted,
    WeightsWanted,
    direction_shape,
    involvement_shape,
    item_shape,
    period_shape,
    plan_detail,
    plan_shape,
)
from loype.bodies.models import WheelItem
from loype.councils.assessing.direction import direction_of
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    adopt_period,
    draft_period,
    weigh_items,
    write_plan,
)
from loype.strategy.models import ItemWeight, Period, Plan, PlanItem

router = room("strategy")
MOST_ITEMS = 500


@router.get(
    "/plans",
    operation_id="list_plans",
    **reading(Page[PlanShape], summary="Plans, newest first", found=False),
)
def list_plans(request: ApiRequest, filters: Query[PlanFilters]) -> Page[PlanShape]:
    """As wide as organisations share them."""
    rows = Plan.objects.visible_to(request.actor).select_related("organisation")
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(rows, plan_shape, paging=filters)


@router.post(
    "/plans", operation_id="write_plan", **creating(PlanDetail, summary="Write a plan down")
)
def make_plan(request: ApiRequest, wanted: PlanWanted, idempotency_key: Key) -> object:
    """For the organisation's administrators, named decider and council secretary."""

    def make(at: datetime) -> PlanDetail:
        actor = request.actor
        organisation = find(Organisation.objects.visible_to(actor), wanted.organisation_id)
        words = PlanWords(**wanted.model_dump(exclude={"organisation_id"}))
        return plan_detail(write_plan(organisation, words=words, actor=actor, at=at), [])

    return create(request, make, key=idempotency_key, body=wanted)


@router.get("/plans/{plan_id}", operation_id="get_plan", **reading(PlanDetail, summary="A plan"))
def get_plan(request: ApiRequest, plan_id: Id) -> PlanDetail:
    """With its aims."""
    rows = Plan.objects.visible_to(request.actor).select_related("organisation")
    plan = find(rows, plan_id)
    items = PlanItem.objects.visible_to(request.actor).filter(plan=plan)
    return plan_detail(plan, list(items))


@router.post(
    "/plans/{plan_id}/items",
    operation_id="add_plan_item",
    **creating(PlanItemShape, summary="Write an aim down"),
)
def make_item(
    request: ApiRequest, plan_id: Id, wanted: PlanItemWanted, idempotency_key: Key
) -> object:
    """It weighs nothing until a period gives it points."""

    def make(at: datetime) -> PlanItemShape:
        plan = find(Plan.objects.visible_to(request.actor), plan_id)
        words = ItemWords(**wanted.model_dump())
        return item_shape(add_plan_item(plan, words=words, actor=request.actor, at=at))

    return create(request, make, key=idempotency_key, body=wanted)


def _shape(period: Period, *, actor: Actor) -> PeriodShape:
    weights = ItemWeight.objects.visible_to(actor).filter(period=period).select_related("item")
    return period_shape(period, list(weights))


@router.get(
    "/periods",
    operation_id="list_periods",
    **reading(Page[PeriodShape], summary="Periods, newest first", found=False),
)
def list_periods(request: ApiRequest, filters: Query[PlanFilters]) -> Page[PeriodShape]:
    """Of one's own organisations and the councils one sits on."""
    actor = request.actor
    rows = Period.objects.visible_to(actor).select_related("organisation")
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    seen = ItemWeight.objects.visible_to(actor).select_related("item")
    with_weights = rows.prefetch_related(Prefetch("weights", queryset=seen, to_attr="seen"))

    def shape(period: Any) -> PeriodShape:
        return period_shape(period, period.seen)

    return keyset(with_weights, shape, paging=filters)


@router.post(
    "/periods", operation_id="draft_period", **creating(PeriodShape, summary="Begin a period")
)
def make_period(request: ApiRequest, wanted: PeriodWanted, idempotency_key: Key) -> object:
    """Its weights hold only when it is adopted."""

    def make(at: datetime) -> PeriodShape:
        actor = request.actor
        organisation = find(Organisation.objects.visible_to(actor), wanted.organisation_id)
        facts = wanted.model_dump(exclude={"organisation_id"})
        return period_shape(draft_period(organisation, actor=actor, at=at, **facts), [])

    return create(request, make, key=idempotency_key, body=wanted)


@router.put(
    "/periods/{period_id}/weights",
    operation_id="weigh_items",
    **changing(PeriodShape, summary="Give the aims points"),
)
def weigh(request: ApiRequest, period_id: Id, wanted: WeightsWanted) -> PeriodShape:
    """All at once, while the period is a draft."""
    actor = request.actor
    rows = Period.objects.visible_to(actor).select_related("organisation")
    points = {one.item_id: one.points for one in wanted.weights}
    period = weigh_items(
        find(rows, period_id), points=points, version=wanted.version, actor=actor, at=now()
    )
    return _shape(period, actor=actor)


@router.post(
    "/periods/{period_id}/adopt",
    operation_id="adopt_period",
    **changing(PeriodShape, summary="Let the weights hold"),
)
def adopt(request: ApiRequest, period_id: Id, wanted: AdoptionWanted) -> PeriodShape:
    """For the named decider or an administrator; afterwards the weights stay."""
    actor = request.actor
    rows = Period.objects.visible_to(actor).select_related("organisation")
    period = adopt_period(find(rows, period_id), actor=actor, at=now(), **wanted.model_dump())
    return _shape(period, actor=actor)


@router.get(
    "/organisations/{organisation_id}/involvement",
    operation_id="get_involvement",
    **reading(InvolvementShape, summary="How the employees' organisations are involved"),
)
def get_involvement(request: ApiRequest, organisation_id: Id) -> InvolvementShape:
    """For the organisation's own people and its council."""
    actor, day = request.actor, now().date()
    if organisation_id not in actor.organisation_ids | actor.council_room_ids:
        raise not_here()
    items = PlanItem.objects.visible_to(actor).filter(organisation=organisation_id)
    in_force = items.standing().on(day).select_related("plan").order_by("plan_id", "number", "id")
    wheel = WheelItem.objects.visible_to(actor).filter(
        body__organisation=organisation_id, due_date__year=day.year
    )
    return involvement_shape(list(in_force[:MOST_ITEMS]), list(wheel[:MOST_ITEMS]))


@router.get(
    "/organisations/{organisation_id}/direction",
    operation_id="get_direction",
    **reading(DirectionShape, summary="Did a year's selections follow the plans?"),
)
def get_direction(
    request: ApiRequest, organisation_id: Id, filters: Query[DirectionFilters]
) -> DirectionShape:
    """For the organisation's own people and its council."""
    actor = request.actor
    if organisation_id not in actor.organisation_ids | actor.council_room_ids:
        raise not_here()
    organisation = find(Organisation.objects.visible_to(actor), organisation_id)
    found = direction_of(organisation, year=filters.year or now().year)
    return direction_shape(found.seen_by(actor))
