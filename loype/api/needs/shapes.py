"""How pairs and groups of needs look, and what is sent to answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from loype.api.paging import Paging
from loype.api.shapes import Id, OrganisationRef, Text, Version, Wanted, organisation_ref
from loype.ideas.models import Idea
from loype.search.models import SameNeed
from loype.search.needs.clusters import Cluster, Need, NeedMap
from loype.search.needs.states import PairState


class RelationWanted(StrEnum):
    """How the first idea stands to the second."""

    SAME_NEED = "same_need"
    RELATED = "related"
    PARENT = "parent"
    DEPENDS_ON = "depends_on"


class AnswerKind(StrEnum):
    """What may be said of a pair."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    MERGE = "merge"
    TAKE_BACK = "take_back"


class PairFilters(Paging):
    """Which pairs are wanted."""

    state: PairState | None = None
    organisation_id: Id | None = None
    federation_id: Id | None = None
    mine: bool = Field(True, description="Only those that you may answer.")


class SideShape(BaseModel):
    """One idea of a pair."""

    id: int
    title: str
    language: str
    state: str
    organisation: OrganisationRef
    submitted_at: datetime | None
    words: list[str] = Field(description="Its own words that met the other's.")


class PairShape(BaseModel):
    """Two ideas that are, or may be, the same need."""

    id: int
    state: str
    first: SideShape = Field(description="The idea that the relation is said of.")
    second: SideShape
    relation: str = Field(description="Empty unless they are linked.")
    probability: float | None = Field(description="Null for what was linked by hand.")
    concepts: list[str] = Field(description="Codes of keywords that both speak of.")
    found_at: datetime
    answered_at: datetime | None
    reason: str
    version: int


class AnswerWanted(Wanted):
    """What is said of a pair."""

    answer: AnswerKind
    reason: Text = Field("", description="Needed to merge: the giver reads it.")
    version: Version | None = None


class LinkWanted(Wanted):
    """Two ideas to link."""

    first_id: Id
    second_id: Id
    relation: RelationWanted
    reason: Text = ""


class MapFilters(BaseModel):
    """Whose needs the groups are made of: all that you may read, or a federation's."""

    federation_id: Id | None = None


class NeedShape(BaseModel):
    """An idea of a group."""

    id: int
    title: str
    language: str
    state: str
    organisation: OrganisationRef
    happened_at: datetime


class ClusterShape(BaseModel):
    """Ideas that speak of much the same."""

    key: int = Field(description="The idea in its middle.")
    words: list[str] = Field(description="Its typical words, in your language if it has any.")
    language: str
    open: int
    decided: int
    needs: list[NeedShape]


class MapShape(BaseModel):
    """All groups of at least two, largest first."""

    clusters: list[ClusterShape]
    alone: int = Field(description="Ideas that no other is like.")
    total: int
    is_cut: bool = Field(description="Only the newest ideas were looked at.")
    by_meaning: bool = Field(description="False: by words alone.")


def pair_shape(pair: SameNeed) -> PairShape:
    """A pair as it is read from its first idea to its second."""
    return PairShape(
        id=pair.pk,
        state=pair.state,
        first=_side(pair, pair.first),
        second=_side(pair, pair.second),
        relation=pair.relation,
        probability=pair.probability,
        concepts=list(pair.evidence.get("concepts", ())),
        found_at=pair.found_at,
        answered_at=pair.answered_at,
        reason=pair.reason,
        version=pair.version,
    )


def _side(pair: SameNeed, idea: Idea) -> SideShape:
    return SideShape(
        id=idea.pk,
        title=idea.title,
        language=idea.language,
        state=idea.state,
        organisation=organisation_ref(idea.organisation),
        submitted_at=idea.submitted_at,
        words=pair.evidence_of(idea.pk),
    )


def map_shape(found: NeedMap) -> MapShape:
    """The groups and what stands alone."""
    return MapShape(
        clusters=[_cluster(one) for one in found.clusters],
        alone=found.alone,
        total=found.total,
        is_cut=found.is_cut,
        by_meaning=found.by_meaning,
    )


def _cluster(cluster: Cluster) -> ClusterShape:
    return ClusterShape(
        key=cluster.key,
        words=list(cluster.name.words),
        language=cluster.name.language,
        open=cluster.open,
        decided=cluster.decided,
        needs=[_need(need) for need in cluster.needs],
    )


def _need(need: Need) -> NeedShape:
    return NeedShape(
        id=need.idea_id,
        title=need.title,
        language=need.language,
        state=need.state,
        organisation=OrganisationRef(id=need.organisation_id, name=need.organisation),
        happened_at=need.happened_at,
    )
