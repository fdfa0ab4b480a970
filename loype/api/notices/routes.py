"""Reading notices, and choosing how one hears."""

from __future__ import annotations

from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find
from loype.api.notices.shapes import (
    NoticeFilters,
    NoticeShape,
    ReadShape,
    WishesShape,
    WishesWanted,
    notice_shape,
    wishes_shape,
)
from loype.api.operations import changing, reading, room
from loype.api.paging import Page, keyset
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.notices.actions import mark_all_read, mark_read, withhold
from loype.notices.doors import sorted_out
from loype.notices.models import Notice
from loype.notices.wishes import choose_notices, wishes_of

router = room("notices")


@router.get(
    "",
    operation_id="list_notices",
    **reading(Page[NoticeShape], summary="My notices, newest first", found=False),
)
def list_notices(request: ApiRequest, filters: Query[NoticeFilters]) -> Page[NoticeShape]:
    """What happened that you should know; a page may be shorter where you may not read it any
    more."""
    rows = Notice.objects.visible_to(request.actor)
    if filters.unread:
        rows = rows.unread()
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    found: list[Notice] = []

    def keep(notice: Notice) -> NoticeShape:
        found.append(notice)
        return notice_shape(notice)

    page = keyset(rows, keep, paging=filters)
    shown, hidden = sorted_out(found, actor=request.actor, at=now())
    withhold(hidden, at=now())
    return Page(items=[notice_shape(notice) for notice in shown], next=page.next)


@router.post(
    "/read",
    operation_id="read_all_notices",
    **changing(ReadShape, summary="Mark all my notices as read"),
)
def read_all_notices(request: ApiRequest) -> ReadShape:
    """All at once."""
    return ReadShape(read=mark_all_read(actor=request.actor, at=now()))


@router.get(
    "/wishes",
    operation_id="get_notice_wishes",
    **reading(WishesShape, summary="How and when I want to hear", found=False),
)
def get_notice_wishes(request: ApiRequest) -> WishesShape:
    """Each kind of notice, the digests, and the hours and days without mail."""
    return wishes_shape(wishes_of(request.person))


@router.put(
    "/wishes",
    operation_id="choose_notices",
    **changing(WishesShape, summary="Choose how and when I want to hear"),
)
def put_notice_wishes(request: ApiRequest, wanted: WishesWanted) -> WishesShape:
    """Kinds that are left out stay; what waits to be mailed goes by the new wishes."""
    person = choose_notices(
        request.person,
        kinds=wanted.said(),
        rhythm=wanted.rhythm(),
        mail_wish=wanted.mail_wish,
        version=wanted.version,
        actor=request.actor,
        at=now(),
    )
    return wishes_shape(wishes_of(person))


@router.post(
    "/{notice_id}/read",
    operation_id="read_notice",
    **changing(NoticeShape, summary="Mark a notice as read"),
)
def read_notice(request: ApiRequest, notice_id: Id) -> NoticeShape:
    """One of your own."""
    mine = Notice.objects.visible_to(request.actor)
    mark_read(find(mine, notice_id), actor=request.actor, at=now())
    shown, hidden = sorted_out([find(mine, notice_id)], actor=request.actor, at=now())
    withhold(hidden, at=now())
    if not shown:
        raise not_here()
    return notice_shape(shown[0])
