"""How notices look."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from loype.api.paging import Paging
from loype.notices.models import Notice
from loype.notices.words import explanation, headline


class NoticeFilters(Paging):
    """Which notices are wanted."""

    unread: bool = Field(False, description="Only those not looked at yet.")


class NoticeShape(BaseModel):
    """Something that happened."""

    id: int
    subject: str
    headline: str
    explanation: str
    thing_kind: str
    thing_id: int
    is_important: bool
    made_at: datetime
    read_at: datetime | None


class ReadShape(BaseModel):
    """How many notices were new."""

    read: int


def notice_shape(notice: Notice) -> NoticeShape:
    """A notice in the reader's language."""
    return NoticeShape(
        id=notice.pk,
        subject=notice.subject,
        headline=headline(notice.subject, notice.facts),
        explanation=explanation(notice.subject, notice.facts),
        thing_kind=notice.thing_kind,
        thing_id=notice.thing_id,
        is_important=notice.is_important,
        made_at=notice.made_at,
        read_at=notice.read_at,
    )
