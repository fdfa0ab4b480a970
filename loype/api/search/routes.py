"""Searching, twins of a text, saved searches, and the controlled keywords."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.finding import find as find_row
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.search.shapes import (
    AlikeShape,
    AlikeWanted,
    FoundShape,
    KeywordList,
    KeywordShape,
    NameWanted,
    SavedList,
    SavedShape,
    SavedWanted,
    SearchWanted,
    found_shape,
    hit_shape,
    saved_shape,
)
from loype.api.shapes import Id
from loype.keywords import concepts
from loype.search.chosen import filters_of
from loype.search.finding import find, find_alike
from loype.search.saved.actions import rename_search, save_search, stop_search
from loype.search.saved.models import SavedSearch

router = room("search")


@router.get(
    "/search",
    operation_id="search",
    **reading(FoundShape, summary="Who has done this before?", open_to_all=True, found=False),
)
def search(request: ApiRequest, wanted: Query[SearchWanted]) -> FoundShape:
    """Everything that you may read and that answers the question, in five languages.

    Without signing in: what is public. Counts are over what you may read, too.
    """
    language = get_language() or "en"
    found = find(
        wanted.q,
        actor=request.actor,
        filters=filters_of(wanted.said()),
        page=wanted.page,
        per_page=wanted.per_page,
        language=language,
        by_meaning=wanted.by_meaning,
    )
    return found_shape(found, language=language)


@router.get(
    "/search/similar",
    operation_id="find_alike",
    **reading(AlikeShape, summary="Who has the same need?", open_to_all=True, found=False),
)
def alike(request: ApiRequest, wanted: Query[AlikeWanted]) -> AlikeShape:
    """Ideas, activities and solutions that may be the same need as a text tells of."""
    language = get_language() or "en"
    found = find_alike(
        wanted.text,
        actor=request.actor,
        limit=wanted.limit,
        language=wanted.language or language,
        least_band=wanted.least.value,
    )
    return AlikeShape(items=[hit_shape(hit, language=language) for hit in found])


@router.get(
    "/search/saved",
    operation_id="list_saved_searches",
    **reading(SavedList, summary="My saved searches", found=False),
)
def list_saved(request: ApiRequest) -> SavedList:
    """At most thirty."""
    rows = SavedSearch.objects.visible_to(request.actor).defer("known").order_by("-pk")
    return SavedList(items=[saved_shape(saved) for saved in rows])


@router.post(
    "/search/saved",
    operation_id="save_search",
    **creating(SavedShape, summary="Keep a search, to be told when something new turns up"),
)
def save(request: ApiRequest, wanted: SavedWanted, idempotency_key: Key) -> object:
    """It is looked for anew each night; the same search kept twice is one."""

    def make(at: datetime) -> SavedShape:
        saved = save_search(
            asked=wanted.q,
            filters=filters_of(wanted.narrowed.said()),
            name=wanted.name,
            language=get_language() or "",
            actor=request.actor,
            at=at,
        )
        return saved_shape(saved)

    return create(request, make, key=idempotency_key, body=wanted)


@router.patch(
    "/search/saved/{saved_id}",
    operation_id="rename_saved_search",
    **changing(SavedShape, summary="Give a saved search another name"),
)
def rename(request: ApiRequest, saved_id: Id, wanted: NameWanted) -> SavedShape:
    """One of your own."""
    saved = _own(request, saved_id)
    return saved_shape(rename_search(saved, name=wanted.name, actor=request.actor))


@router.delete(
    "/search/saved/{saved_id}",
    operation_id="stop_saved_search",
    **changing(None, summary="No longer hear of a search"),
)
def stop(request: ApiRequest, saved_id: Id) -> Status[None]:
    """One of your own; nothing of it is kept."""
    stop_search(_own(request, saved_id), actor=request.actor)
    return DONE


def _own(request: ApiRequest, saved_id: int) -> SavedSearch:
    return find_row(SavedSearch.objects.visible_to(request.actor).defer("known"), saved_id)


@router.get(
    "/keywords",
    operation_id="list_keywords",
    **reading(
        KeywordList, summary="The controlled keywords in five languages", open_to_all=True,
        found=False,
    ),
)  # fmt: skip
def list_keywords(request: ApiRequest) -> KeywordList:
    """What things may be about; searching by any word for a keyword finds them all."""
    return KeywordList(
        items=[
            KeywordShape(code=code, words={name: list(words) for name, words in said.items()})
            for code, said in sorted(concepts().items())
        ]
    )
