"""Reading notices."""

from __future__ import annotations

from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.notices.shapes import NoticeFilters, NoticeShape, ReadShape, notice_shape
from loype.api.operations import changing, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.notices.actions import mark_all_read, mark_read
from loype.notices.models import Notice

router = room("notices")


@router.get(
    "",
    operation_id="list_notices",
    **reading(Page[NoticeShape], summary="My notices, newest first", found=False),
)
def list_notices(request: ApiRequest, filters: Query[NoticeFilters]) -> Page[NoticeShape]:
    """What happened that you should know."""
    rows = Notice.objects.visible_to(request.actor)
    if filters.unread:
        rows = rows.unread()
    return keyset(rows, notice_shape, paging=filters)


@router.post(
    "/read",
    operation_id="read_all_notices",
    **changing(ReadShape, summary="Mark all my notices as read"),
)
def read_all_notices(request: ApiRequest) -> ReadShape:
    """All at once."""
    return ReadShape(read=mark_all_read(actor=request.actor, at=now()))


@router.post(
    "/{notice_id}/read",
    operation_id="read_notice",
    **changing(NoticeShape, summary="Mark a notice as read"),
)
def read_notice(request: ApiRequest, notice_id: Id) -> NoticeShape:
    """One of your own."""
    mine = Notice.objects.visible_to(request.actor)
    mark_read(find(mine, notice_id), actor=request.actor, at=now())
    return notice_shape(find(mine, notice_id))
