"""The days on which an organisation is closed, beside its country's holidays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Query
from pydantic import BaseModel, StringConstraints

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, Paging, keyset
from loype.api.shapes import NO_NUL, Day, Id, Wanted
from loype.kernel.clock import now
from loype.organisations.actions import close_days, take_back_closed_days
from loype.organisations.models import ClosedDays, Organisation

router = room("organisations")


class ClosedDaysShape(BaseModel):
    """Days that the clocks of an organisation do not count."""

    id: int
    organisation_id: int
    name: str
    from_date: date
    to_date: date


class ClosedDaysWanted(Wanted):
    """Days to close, and why; without a last day it is one day."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=NO_NUL)]
    from_date: Day
    to_date: Day | None = None


def closed_days_shape(one: ClosedDays) -> ClosedDaysShape:
    """Closed days as JSON."""
    return ClosedDaysShape(
        id=one.pk, organisation_id=one.organisation_id, name=one.name, from_date=one.from_date,
        to_date=one.to_date,
    )  # fmt: skip


@router.get(
    "/organisations/{organisation_id}/closed-days",
    operation_id="list_closed_days",
    **reading(Page[ClosedDaysShape], summary="When an organisation is closed", open_to_all=True),
)
def list_closed_days(
    request: ApiRequest, organisation_id: Id, paging: Query[Paging]
) -> Page[ClosedDaysShape]:
    """Working days that its clocks do not count, the latest first, without what was taken back."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    rows = ClosedDays.objects.visible_to(request.actor).standing()
    rows = rows.filter(organisation=organisation)
    return keyset(rows, closed_days_shape, paging=paging, order=("-from_date", "-id"))


@router.post(
    "/organisations/{organisation_id}/closed-days",
    operation_id="close_days",
    **creating(ClosedDaysShape, summary="Say when an organisation is closed"),
)
def close(
    request: ApiRequest, organisation_id: Id, wanted: ClosedDaysWanted, idempotency_key: Key
) -> object:
    """For its administrators and its named decider; from today on."""

    def make(at: datetime) -> ClosedDaysShape:
        organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
        return closed_days_shape(
            close_days(organisation, **wanted.model_dump(), actor=request.actor, at=at)
        )

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/closed-days/{closed_days_id}/take-back",
    operation_id="take_back_closed_days",
    **changing(ClosedDaysShape, summary="These days are worked after all"),
)
def take_back(request: ApiRequest, closed_days_id: Id) -> ClosedDaysShape:
    """Only before the first of them."""
    closed = find(ClosedDays.objects.visible_to(request.actor), closed_days_id)
    return closed_days_shape(take_back_closed_days(closed, actor=request.actor, at=now()))
