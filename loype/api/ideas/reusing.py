"""What is like a text, and whether what others have can be used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from django.utils.translation import get_language
from ninja import Query
from pydantic import BaseModel, Field, StringConstraints

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.ideas.shapes import ReuseShape, reuse_shape
from loype.api.operations import changing, reading, room
from loype.api.paging import LONGEST_PAGE
from loype.api.shapes import NO_NUL, Id, OrganisationRef, Wanted
from loype.ideas.actions import ReuseWords, answer_reuse
from loype.ideas.actions.reusing import LONGEST_REASON, MOST_SEEN
from loype.ideas.labels import ReuseChoice
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.search.compared import compared
from loype.search.explanation import told
from loype.search.finding import find_alike
from loype.search.labels import Kind
from loype.search.ranking import Hit

LONGEST_TEXT = 400

router = room("ideas")
Reason = Annotated[str, StringConstraints(max_length=LONGEST_REASON, pattern=NO_NUL)]


class SimilarFilters(BaseModel):
    """What is being written."""

    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=NO_NUL)]
    exclude_idea: Id | None = None
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = 5


class SimilarShape(BaseModel):
    """Something that resembles it."""

    kind: str = Field(description="idea, activity or solution.")
    id: int
    title: str
    language: str
    organisation: OrganisationRef
    state: str
    support_count: int
    at: datetime
    is_in_use: bool = Field(description="A solution that others use.")
    band: str = Field(description="same, similar or related.")
    reason: str = Field(description="Why, in the reader's language.")


class SimilarList(BaseModel):
    """Solutions in use first, then the most alike."""

    items: list[SimilarShape]


class SeenWanted(BaseModel):
    """A thing that was compared."""

    kind: Kind
    id: Id


class ReuseWanted(Wanted):
    """Whether what others have can be used."""

    answer: ReuseChoice
    reason: Reason = Field("", description="Needed where none fits.")
    seen: list[SeenWanted] = Field(
        default_factory=list,
        max_length=MOST_SEEN,
        description="What was compared; things you may not see are left out.",
    )


class ReuseChange(ReuseWanted):
    """An answer, or a new one."""

    version: Annotated[int, Field(ge=0)] | None = Field(
        None, description="Of the answer you read; 0 where there was none."
    )


@router.get(
    "/similar",
    operation_id="list_similar",
    **reading(SimilarList, summary="What resembles this text?", found=False),
)
def list_similar(request: ApiRequest, filters: Query[SimilarFilters]) -> SimilarList:
    """Ideas, activities and solutions that resemble what is being written: perhaps support one."""
    language = get_language() or "en"
    hits = find_alike(
        filters.text,
        actor=request.actor,
        limit=filters.limit,
        exclude=("idea", filters.exclude_idea) if filters.exclude_idea else None,
        language=language,
    )
    ideas = [hit.thing_id for hit in hits if hit.kind == "idea"]
    rows = Idea.objects.visible_to(request.actor).filter(pk__in=ideas)
    counts = dict(rows.values_list("pk", "support_count")) if ideas else {}
    return SimilarList(
        items=[
            similar_shape(hit, support_count=counts.get(hit.thing_id, 0), language=language)
            for hit in hits
        ]
    )


def similar_shape(hit: Hit, *, support_count: int, language: str) -> SimilarShape:
    """Something that resembles what is being written."""
    return SimilarShape(
        kind=hit.kind,
        id=hit.thing_id,
        title=hit.title,
        language=hit.language,
        organisation=OrganisationRef(id=hit.organisation_id, name=hit.organisation),
        state=hit.state,
        support_count=support_count if hit.kind == "idea" else 0,
        at=hit.happened_at,
        is_in_use=hit.is_in_use,
        band=hit.band,
        reason=told(hit, reader_language=language),
    )


@router.put(
    "/{idea_id}/reuse",
    operation_id="answer_reuse",
    **changing(ReuseShape, summary="Say whether what others have can be used"),
)
def answer(request: ApiRequest, idea_id: Id, wanted: ReuseChange) -> ReuseShape:
    """For those who wrote it while it is open, and its council; asked before every new project."""
    actor = request.actor
    idea = find(Idea.objects.visible_to(actor).defer("words"), idea_id)
    kept = answer_reuse(
        idea,
        actor=actor,
        at=now(),
        version=wanted.version,
        **vars(reuse_words(wanted, actor=actor)),
    )
    return reuse_shape(kept, actor=actor)


def reuse_words(wanted: ReuseWanted, *, actor: Actor) -> ReuseWords:
    """The answer as the verbs take it, with what was compared as far as the sender may see it."""
    seen = compared(_pairs(wanted.seen), actor=actor)
    return ReuseWords(
        answer=str(wanted.answer),
        reason=wanted.reason,
        seen=tuple((one.kind, one.thing_id) for one in seen),
    )


def _pairs(seen: Iterable[SeenWanted]) -> list[tuple[str, int]]:
    return [(str(one.kind), one.id) for one in seen]
