"""Taking up a solution of others, and saying how far one has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query

from loype.api.actor import ApiRequest, acting_in
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.api.spread.shapes import (
    AdoptionFilters,
    AdoptionShape,
    ConfirmWanted,
    MoveWanted,
    StopWanted,
    TakeUpWanted,
    adoption_shape,
)
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.spread.actions import confirm_in_use, move_adoption, stop_adoption, take_up
from loype.spread.models import Adoption, Solution

router = room("spread")


def _rows(actor: Actor) -> QuerySet[Adoption]:
    rows = Adoption.objects.visible_to(actor)
    return rows.select_related("organisation", "solution", "contact").defer("solution__words")


def _shown(adoption_id: int, *, actor: Actor) -> AdoptionShape:
    return adoption_shape(find(_rows(actor), adoption_id), actor=actor)


def _visible(request: ApiRequest, adoption_id: int) -> Adoption:
    return find(Adoption.objects.visible_to(request.actor), adoption_id)


@router.get(
    "/adoptions",
    operation_id="list_adoptions",
    **reading(
        Page[AdoptionShape], summary="Who uses what, newest first", open_to_all=True, found=False
    ),
)
def list_adoptions(request: ApiRequest, filters: Query[AdoptionFilters]) -> Page[AdoptionShape]:
    """Of solutions that you may read, and by your own organisation."""
    wanted: dict[str, Any] = {
        "solution": filters.solution_id,
        "organisation": filters.organisation_id,
        "state": filters.state,
    }
    rows = _rows(request.actor).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    return keyset(rows, lambda row: adoption_shape(row, actor=request.actor), paging=filters)


@router.get(
    "/adoptions/{adoption_id}",
    operation_id="get_adoption",
    **reading(AdoptionShape, summary="How far another organisation has come", open_to_all=True),
)
def get_adoption(request: ApiRequest, adoption_id: Id) -> AdoptionShape:
    """From considering it to using it."""
    return _shown(adoption_id, actor=request.actor)


@router.post(
    "/solutions/{solution_id}/adoptions",
    operation_id="take_up",
    **creating(AdoptionShape, summary="Begin to consider a solution"),
)
def consider(
    request: ApiRequest, solution_id: Id, wanted: TakeUpWanted, idempotency_key: Key
) -> object:
    """For anybody of another organisation; the makers are told."""

    def make(at: datetime) -> AdoptionShape:
        actor = acting_in(request.actor, wanted.organisation_id)
        solution = find(Solution.objects.visible_to(actor).defer("words"), solution_id)
        adoption = take_up(solution, actor=actor, at=at)
        adoption.contact = request.person
        return adoption_shape(adoption, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/adoptions/{adoption_id}/move",
    operation_id="move_adoption",
    **changing(AdoptionShape, summary="Say that one tests or adapts it now"),
)
def move(request: ApiRequest, adoption_id: Id, wanted: MoveWanted) -> AdoptionShape:
    """For the contact, the decider and the administrator of the taker."""
    adoption = _visible(request, adoption_id)
    move_adoption(adoption, actor=request.actor, at=now(), **wanted.model_dump())
    return _shown(adoption_id, actor=request.actor)


@router.post(
    "/adoptions/{adoption_id}/confirm",
    operation_id="confirm_in_use",
    **changing(AdoptionShape, summary="Confirm that it is in use and gives value"),
)
def confirm(request: ApiRequest, adoption_id: Id, wanted: ConfirmWanted) -> AdoptionShape:
    """For the taker; from now on it counts as spread."""
    adoption = _visible(request, adoption_id)
    confirm_in_use(adoption, actor=request.actor, at=now(), **wanted.model_dump())
    return _shown(adoption_id, actor=request.actor)


@router.post(
    "/adoptions/{adoption_id}/stop",
    operation_id="stop_adoption",
    **changing(AdoptionShape, summary="Stop using or trying it"),
)
def stop(request: ApiRequest, adoption_id: Id, wanted: StopWanted) -> AdoptionShape:
    """For the taker, who says why; the makers learn from it."""
    adoption = _visible(request, adoption_id)
    stop_adoption(adoption, reason=wanted.reason, actor=request.actor, at=now())
    return _shown(adoption_id, actor=request.actor)
