"""Rankings, proposed sets, and what cases serve and take, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.councils.assessing_shapes import RoomFilters
from loype.api.councils.ranking_shapes import (
    AimWanted,
    CaseAimShape,
    EstimateShape,
    EstimateWanted,
    MeansWanted,
    MoveWanted,
    RankingDetail,
    RankingShape,
    RankingWanted,
    SetShape,
    SharedMeansWanted,
    aim_shape,
    estimate_shape,
    ranking_detail,
    ranking_shape,
    set_shape,
)
from loype.api.finding import find
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.councils.assessing.actions import (
    estimate_case,
    make_ranking,
    move_in_ranking,
    name_aim,
    propose_set,
    propose_shared_sets,
    share_ranking,
)
from loype.councils.assessing.reading import Placed, final_order
from loype.councils.models import Case, ProposedCase, RankedCase, Ranking, Round, SetProposal
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.strategy.models import PlanItem

router = room("ranking")
WORDS = ("round_case__case__idea__words", "round_case__case__idea__text")


def _rankings(actor: Actor) -> Any:
    return Ranking.objects.visible_to(actor).select_related("organisation", "profile")


def _detail(ranking: Ranking, *, actor: Actor) -> RankingDetail:
    rows = list(
        RankedCase.objects.visible_to(actor)
        .filter(ranking=ranking)
        .select_related("round_case__case__idea")
        .defer(*WORDS)
    )
    places, moves = final_order(ranking)
    found = {one.pk: Placed(one, places[one.pk]) for one in rows if one.pk in places}
    if ranking.organisation_id in actor.council_room_ids:
        for move in moves:
            if move.ranked_id in found:
                found[move.ranked_id].moves.append(move)
    return ranking_detail(ranking, rows, sorted(found.values(), key=lambda one: one.place))


@router.get(
    "/rankings",
    operation_id="list_rankings",
    **reading(Page[RankingShape], summary="Ranked lists, newest first", found=False),
)
def list_rankings(request: ApiRequest, filters: Query[RoomFilters]) -> Page[RankingShape]:
    """Of the councils one sits on, and those that neighbours share."""
    rows = _rankings(request.actor)
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    return keyset(rows, ranking_shape, paging=filters)


@router.post(
    "/rankings", operation_id="make_ranking", **creating(RankingDetail, summary="Make a list")
)
def make_list(request: ApiRequest, wanted: RankingWanted, idempotency_key: Key) -> object:
    """Of closed rounds with the same criteria; for the council's leader and secretary."""

    def make(at: datetime) -> RankingDetail:
        actor = request.actor
        organisation = find(Organisation.objects.visible_to(actor), wanted.organisation_id)
        rounds = Round.objects.visible_to(actor).filter(pk__in=wanted.round_ids)
        ranking = make_ranking(
            organisation,
            rounds=list(rounds.select_related("profile")),
            places=wanted.places,
            actor=actor,
            at=at,
        )
        return _detail(ranking, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.get(
    "/rankings/{ranking_id}",
    operation_id="get_ranking",
    **reading(RankingDetail, summary="A ranked list"),
)
def get_ranking(request: ApiRequest, ranking_id: Id) -> RankingDetail:
    """In the order it stands, with how sure it is and, in its own room, who moved what."""
    return _detail(find(_rankings(request.actor), ranking_id), actor=request.actor)


@router.post(
    "/rankings/{ranking_id}/moves",
    operation_id="move_in_ranking",
    **creating(RankingDetail, summary="Move a case by hand"),
)
def move(request: ApiRequest, ranking_id: Id, wanted: MoveWanted, idempotency_key: Key) -> object:
    """For the one who writes decisions down; the reason stays readable."""

    def make(at: datetime) -> RankingDetail:
        actor = request.actor
        ranking = find(_rankings(actor), ranking_id)
        rows = RankedCase.objects.visible_to(actor).filter(ranking=ranking)
        ranked = find(rows.select_related("round_case"), wanted.ranked_id)
        move_in_ranking(ranked, to_place=wanted.to_place, reason=wanted.reason, actor=actor, at=at)
        return _detail(ranking, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.post(
    "/rankings/{ranking_id}/share",
    operation_id="share_ranking",
    **changing(RankingShape, summary="Share a list with neighbouring councils"),
)
def share(request: ApiRequest, ranking_id: Id) -> RankingShape:
    """They see the cases whose ideas they may read."""
    ranking = find(_rankings(request.actor), ranking_id)
    share_ranking(ranking, actor=request.actor, at=now())
    return ranking_shape(find(_rankings(request.actor), ranking_id))


def _set(proposal: SetProposal, *, actor: Actor) -> SetShape:
    rows = ProposedCase.objects.visible_to(actor).filter(proposal=proposal)
    shown = rows.select_related("case__idea").defer("case__idea__words", "case__idea__text")
    return set_shape(proposal, list(shown))


@router.post(
    "/rankings/{ranking_id}/sets",
    operation_id="propose_set",
    **creating(SetShape, summary="Propose a set under a budget"),
)
def propose(
    request: ApiRequest, ranking_id: Id, wanted: MeansWanted, idempotency_key: Key
) -> object:
    """The cases that give most together; what fell out says why and what it would take."""

    def make(at: datetime) -> SetShape:
        actor = request.actor
        ranking = find(_rankings(actor), ranking_id)
        proposal = propose_set(
            ranking, budget=wanted.budget, weeks=wanted.weeks, actor=actor, at=at
        )
        return _set(proposal, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


@router.get("/sets/{set_id}", operation_id="get_set", **reading(SetShape, summary="A proposed set"))
def get_set(request: ApiRequest, set_id: Id) -> SetShape:
    """One council's, or one across a federation."""
    rows = SetProposal.objects.visible_to(request.actor).select_related("organisation")
    return _set(find(rows, set_id), actor=request.actor)


@router.post(
    "/federations/{federation_id}/sets",
    operation_id="propose_shared_sets",
    **creating(SetShape, summary="Propose common sets; gives the one by equal shares"),
)
def propose_shared(
    request: ApiRequest, federation_id: Id, wanted: SharedMeansWanted, idempotency_key: Key
) -> object:
    """For the federation's coordinators; `beside_id` is the set of highest value in all."""

    def make(at: datetime) -> SetShape:
        actor = request.actor
        federation = find(Federation.objects.visible_to(actor), federation_id)
        _highest, equal = propose_shared_sets(
            federation, budget=wanted.budget, share_by=wanted.share_by, actor=actor, at=at
        )
        return _set(equal, actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


def _case(actor: Actor, case_id: int) -> Case:
    return find(Case.objects.visible_to(actor).select_related("organisation"), case_id)


@router.put(
    "/cases/{case_id}/aims/{item_id}",
    operation_id="name_aim",
    **changing(CaseAimShape, summary="Say which aim a case serves"),
)
def serve(request: ApiRequest, case_id: Id, item_id: Id, wanted: AimWanted) -> CaseAimShape:
    """One of the organisation's own plans; it goes with the decision."""
    actor = request.actor
    item = find(PlanItem.objects.visible_to(actor), item_id)
    aim = name_aim(
        _case(actor, case_id), item=item, fit=wanted.fit, reason=wanted.reason, actor=actor,
        at=now(),
    )  # fmt: skip
    return aim_shape(aim)


@router.put(
    "/cases/{case_id}/estimate",
    operation_id="estimate_case",
    **changing(EstimateShape, summary="Say what a case costs and takes"),
)
def estimate(request: ApiRequest, case_id: Id, wanted: EstimateWanted) -> EstimateShape:
    """In the currency of the organisation's country."""
    actor = request.actor
    facts = wanted.model_dump()
    return estimate_shape(estimate_case(_case(actor, case_id), actor=actor, at=now(), **facts))
