"""The same need in several places: the list, the answers, links by hand, and groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.needs.shapes import (
    AnswerKind,
    AnswerWanted,
    LinkWanted,
    MapFilters,
    MapShape,
    PairFilters,
    PairShape,
    map_shape,
    pair_shape,
)
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Federation
from loype.search.models import SameNeed
from loype.search.needs.actions import (
    confirm_pair,
    dismiss_pair,
    link_ideas,
    merge_pair,
    take_back_answer,
)
from loype.search.needs.clusters import map_needs
from loype.search.needs.querysets import SameNeedQuerySet

router = room("needs")


def _pairs(actor: Actor) -> SameNeedQuerySet:
    return SameNeed.objects.visible_to(actor).with_ideas()


@router.get(
    "/same-needs",
    operation_id="list_same_needs",
    **reading(Page[PairShape], summary="The same need in two places", found=False),
)
def list_pairs(request: ApiRequest, filters: Query[PairFilters]) -> Page[PairShape]:
    """Pairs of which you may read both ideas, newest first."""
    day = timezone.localdate(now())
    rows = _pairs(request.actor).standing()
    if filters.mine:
        rows = rows.concerning(request.actor, day=day)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.organisation_id:
        rows = rows.of_organisation(filters.organisation_id)
    if filters.federation_id:
        rows = rows.of_federation(filters.federation_id, day=day)
    return keyset(rows, pair_shape, paging=filters)


@router.get(
    "/same-needs/{pair_id}",
    operation_id="get_same_need",
    **reading(PairShape, summary="A pair of ideas"),
)
def get_pair(request: ApiRequest, pair_id: Id) -> PairShape:
    """With the words of each that met the other's."""
    return pair_shape(find(_pairs(request.actor), pair_id))


@router.post(
    "/same-needs/{pair_id}/answer",
    operation_id="answer_same_need",
    **changing(None, summary="Say whether two ideas are the same need"),
)
def answer(request: ApiRequest, pair_id: Id, wanted: AnswerWanted) -> Status[None]:
    """By the councils of the two organisations and their federation. Merging is a decision of the
    council, within its own organisation."""
    pair = find(_pairs(request.actor), pair_id)
    verbs: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        AnswerKind.CONFIRM: (confirm_pair, {"reason": wanted.reason}),
        AnswerKind.DISMISS: (dismiss_pair, {"reason": wanted.reason}),
        AnswerKind.MERGE: (merge_pair, {"reasons": wanted.reason}),
        AnswerKind.TAKE_BACK: (take_back_answer, {}),
    }
    verb, more = verbs[wanted.answer]
    verb(pair, actor=request.actor, at=now(), version=wanted.version, **more)
    return DONE


@router.post(
    "/same-needs", operation_id="link_ideas", **creating(PairShape, summary="Link two ideas")
)
def link(request: ApiRequest, wanted: LinkWanted, idempotency_key: Key) -> object:
    """Any two that you may read, whether or not they were found to be alike."""

    def make(at: datetime) -> PairShape:
        ideas = Idea.objects.visible_to(request.actor).select_related("organisation")
        first, second = find(ideas, wanted.first_id), find(ideas, wanted.second_id)
        pair = link_ideas(
            first,
            second,
            relation=wanted.relation,
            reason=wanted.reason,
            actor=request.actor,
            at=at,
        )
        return pair_shape(pair)

    return create(request, make, key=idempotency_key, body=wanted)


@router.get(
    "/needs/clusters",
    operation_id="list_need_clusters",
    **reading(MapShape, summary="What people need, in groups"),
)
def clusters(request: ApiRequest, filters: Query[MapFilters]) -> MapShape:
    """Among the newest 2,000 ideas that you may read; made anew each time."""
    if filters.federation_id:
        find(Federation.objects.visible_to(request.actor), filters.federation_id)
    found = map_needs(
        actor=request.actor,
        language=get_language() or "en",
        federation=filters.federation_id,
    )
    return map_shape(found)
