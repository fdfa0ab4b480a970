"""How rankings, sets, aims and estimates look, and what is sent to make them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from loype.api.councils.assessing_shapes import Ids, copied, idea_of
from loype.api.shapes import (
    Amount,
    Id,
    OrganisationRef,
    PersonShape,
    Text,
    ThingRef,
    Version,
    Wanted,
    organisation_ref,
    person_shape,
)
from loype.councils.assessing.labels import ShareBy
from loype.councils.assessing.reading import Placed
from loype.councils.models import (
    CaseAim,
    CaseEstimate,
    ProposedCase,
    RankedCase,
    Ranking,
    SetProposal,
)

Place = Annotated[int, Field(ge=1, le=100_000)]


class RankedShape(BaseModel):
    """A case in a list: where it stands, and how sure that is."""

    id: int
    case_id: int
    idea: ThingRef | None
    standing: str
    place: int | None
    computed_place: int | None
    value: float | None
    points: Decimal | None
    priority: str
    kept: float | None = Field(description="Share of draws in which it stays among the places.")
    best_rank: int | None
    worst_rank: int | None
    members: int
    disagreement: float | None


class MoveShape(BaseModel):
    """A move by hand."""

    ranked_id: int
    from_place: int
    to_place: int
    reason: str
    moved_at: datetime
    moved_by: PersonShape | None


class RankingShape(BaseModel):
    """One ranked list of an organisation."""

    id: int
    organisation: OrganisationRef
    profile_id: int
    method: str
    places: int
    draws: int
    seed: int
    tied: bool = Field(description="False: some groups of cases were never compared.")
    made_at: datetime
    shared_at: datetime | None


class RankingDetail(RankingShape):
    """A list with its cases and moves."""

    cases: list[RankedShape]
    moves: list[MoveShape]


class RankingWanted(Wanted):
    """A list to make."""

    organisation_id: Id
    round_ids: Ids
    places: Annotated[int, Field(ge=1, le=500)]


class MoveWanted(Wanted):
    """A move by hand."""

    ranked_id: Id
    to_place: Place
    reason: Text


class MeansWanted(Wanted):
    """How much money and work there is."""

    budget: Amount
    weeks: Amount | None = None


class SharedMeansWanted(Wanted):
    """How much money there is in common, and who speaks for how much."""

    budget: Amount
    share_by: ShareBy = ShareBy.EQUAL


class ProposedShape(BaseModel):
    """A case in a proposed set, or why not and what it would take."""

    case_id: int
    idea: ThingRef | None
    chosen: bool
    must_have: bool
    value: float
    cost: Decimal | None
    weeks: Decimal | None
    because: str
    extra_budget: Decimal | None
    value_lost: float | None
    can_be_in: bool
    displaces: list[int]
    brings: list[int]
    paid: dict[str, str] = Field(description="By organisation: what it speaks for.")
    from_the_rest: bool = Field(
        description="Added from what all had left, when no share reached any further."
    )


class SetShape(BaseModel):
    """A proposed set; it decides nothing."""

    id: int
    organisation: OrganisationRef
    federation_id: int | None
    method: str
    share_by: str
    budget: Decimal
    currency: str
    weeks: Decimal | None
    value: float
    cost: Decimal
    weeks_used: Decimal
    beside_id: int | None
    made_at: datetime
    cases: list[ProposedShape]


class AimWanted(Wanted):
    """How well a case serves an aim, and why."""

    fit: Annotated[int, Field(ge=1, le=5)]
    reason: Text


class CaseAimShape(BaseModel):
    """An aim that a case serves."""

    item_id: int
    title: str
    fit: int
    reason: str
    said_at: datetime


class EstimateWanted(Wanted):
    """What a case costs, takes and may give a year."""

    cost: Amount
    weeks: Amount
    yearly_value: Amount | None = None
    version: Version | None = None


class EstimateShape(BaseModel):
    """What a case costs, takes and may give a year."""

    cost: Decimal
    currency: str
    weeks: Decimal
    yearly_value: Decimal | None
    version: int
    estimated_at: datetime


def ranking_shape(ranking: Ranking) -> RankingShape:
    """A list."""
    return RankingShape(
        **copied(ranking, RankingShape, organisation=organisation_ref(ranking.organisation))
    )


def ranked_shape(ranked: RankedCase, place: int | None) -> RankedShape:
    """A case in a list."""
    case = ranked.round_case.case
    return RankedShape(
        **copied(
            ranked,
            RankedShape,
            case_id=case.pk,
            idea=idea_of(case),
            place=place,
            computed_place=ranked.position,
        )
    )


def ranking_detail(ranking: Ranking, rows: list[RankedCase], order: list[Placed]) -> RankingDetail:
    """A list with its cases and moves, in the order it stands."""
    cases = [ranked_shape(one.ranked, one.place) for one in order]
    cases += [ranked_shape(one, None) for one in rows if one.position is None]
    moves = [
        MoveShape(
            ranked_id=move.ranked_id,
            from_place=move.from_place,
            to_place=move.to_place,
            reason=move.reason,
            moved_at=move.moved_at,
            moved_by=person_shape(move.moved_by),
        )
        for one in order
        for move in one.moves
    ]
    return RankingDetail(**ranking_shape(ranking).model_dump(), cases=cases, moves=moves)


def set_shape(proposal: SetProposal, rows: list[ProposedCase]) -> SetShape:
    """A proposed set with what is in and what fell out."""
    cases = []
    for one in rows:
        facts = copied(one, ProposedShape, idea=idea_of(one.case))
        facts.pop("id")
        cases.append(ProposedShape(**facts))
    return SetShape(
        **copied(
            proposal, SetShape, organisation=organisation_ref(proposal.organisation), cases=cases
        )
    )


def aim_shape(aim: CaseAim) -> CaseAimShape:
    """An aim that a case serves."""
    return CaseAimShape(
        item_id=aim.item_id, title=str(aim.item), fit=aim.fit, reason=aim.reason,
        said_at=aim.said_at,
    )  # fmt: skip


def estimate_shape(estimate: CaseEstimate) -> EstimateShape:
    """What a case costs and takes."""
    return EstimateShape(**{name: getattr(estimate, name) for name in EstimateShape.model_fields})
