"""Reading news, and reading it before others do."""

from __future__ import annotations

from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.news.shapes import (
    CorrectionWanted,
    LeaveOutWanted,
    NewsFilters,
    NewsShape,
    NewsWordsWanted,
    PublishWanted,
    WithdrawNewsWanted,
    news_shape,
)
from loype.api.operations import changing, reading, room
from loype.api.paging import Page, Paging, keyset
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.news.actions import (
    NewsWords,
    correct_news,
    edit_news,
    leave_news_out,
    publish_news,
    withdraw_news,
)
from loype.news.models import NewsItem
from loype.news.querysets import NewsQuerySet
from loype.news.rules import edited_ids
from loype.organisations.actor import Actor

router = room("news")


def _rows(actor: Actor) -> NewsQuerySet:
    return NewsItem.objects.visible_to(actor).with_words()


def _item(request: ApiRequest, news_id: int) -> NewsItem:
    return find(_rows(request.actor), news_id)


def _shown(request: ApiRequest, news_id: int) -> NewsShape:
    return news_shape(_item(request, news_id))


@router.get(
    "",
    operation_id="list_news",
    **reading(Page[NewsShape], summary="News, newest first", open_to_all=True, found=False),
)
def list_news(request: ApiRequest, filters: Query[NewsFilters]) -> Page[NewsShape]:
    """What is told, as far as you may see it and what it is about."""
    rows = _rows(request.actor).published()
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    return keyset(rows, news_shape, paging=filters, order=("-published_at", "-id"))


@router.get(
    "/drafts",
    operation_id="list_news_drafts",
    **reading(Page[NewsShape], summary="News that waits to be approved", found=False),
)
def list_drafts(request: ApiRequest, paging: Query[Paging]) -> Page[NewsShape]:
    """Of the organisations whose news you edit; newest first."""
    edited = sorted(edited_ids(request.actor))
    rows = _rows(request.actor).drafts().filter(organisation__in=edited)
    return keyset(rows, news_shape, paging=paging)


@router.get(
    "/{news_id}",
    operation_id="get_news",
    **reading(NewsShape, summary="One news item", open_to_all=True),
)
def get_news(request: ApiRequest, news_id: Id) -> NewsShape:
    """With its words as they stand now."""
    return _shown(request, news_id)


@router.put(
    "/{news_id}",
    operation_id="edit_news",
    **changing(NewsShape, summary="Write a draft in better words"),
)
def edit(request: ApiRequest, news_id: Id, wanted: NewsWordsWanted) -> NewsShape:
    """By the council's leader or secretary, or an administrator."""
    edit_news(
        _item(request, news_id), words=_words(wanted), actor=request.actor, at=now(),
        version=wanted.version,
    )  # fmt: skip
    return _shown(request, news_id)


@router.post(
    "/{news_id}/publish",
    operation_id="publish_news",
    **changing(NewsShape, summary="Approve a draft and tell it"),
)
def publish(request: ApiRequest, news_id: Id, wanted: PublishWanted) -> NewsShape:
    """Never to more people than what it is about; its words are locked from then on."""
    publish_news(
        _item(request, news_id), visibility=wanted.visibility, actor=request.actor, at=now(),
        version=wanted.version,
    )  # fmt: skip
    return _shown(request, news_id)


@router.post(
    "/{news_id}/leave-out",
    operation_id="leave_news_out",
    **changing(NewsShape, summary="Decide that a draft is not told"),
)
def leave_out(request: ApiRequest, news_id: Id, wanted: LeaveOutWanted) -> NewsShape:
    """It is not taken up again."""
    leave_news_out(_item(request, news_id), actor=request.actor, at=now(), version=wanted.version)
    return _shown(request, news_id)


@router.post(
    "/{news_id}/correct",
    operation_id="correct_news",
    **changing(NewsShape, summary="Put published news right"),
)
def correct(request: ApiRequest, news_id: Id, wanted: CorrectionWanted) -> NewsShape:
    """What was wrong is said under it, and the first words are kept."""
    correct_news(
        _item(request, news_id), words=_words(wanted), note=wanted.note, actor=request.actor,
        at=now(), version=wanted.version,
    )  # fmt: skip
    return _shown(request, news_id)


@router.post(
    "/{news_id}/withdraw",
    operation_id="withdraw_news",
    **changing(NewsShape, summary="Take published news back"),
)
def withdraw(request: ApiRequest, news_id: Id, wanted: WithdrawNewsWanted) -> NewsShape:
    """It leaves lists and feeds; editors still read it, with the reason."""
    withdraw_news(
        _item(request, news_id), reason=wanted.reason, actor=request.actor, at=now(),
        version=wanted.version,
    )  # fmt: skip
    return _shown(request, news_id)


def _words(wanted: NewsWordsWanted) -> NewsWords:
    return NewsWords(headline=wanted.headline, text=wanted.text)
