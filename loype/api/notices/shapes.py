"""How notices and the wishes about them look."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from loype.accounts.models import MailWish
from loype.api.paging import Paging
from loype.api.shapes import ShortLine, Wanted
from loype.notices.kinds import ALWAYS_IN_APP, How, NoticeKind, usual
from loype.notices.models import Notice
from loype.notices.wishes import RhythmWords, Wishes
from loype.notices.words import explanation, headline

# An hour on somebody's wall has no zone of its own, which the format "time" would ask for.
Hour = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["07:30"])
]
Weekday = Annotated[int, Field(ge=0, le=6, description="Monday is 0.")]


class KindName(StrEnum):
    """What a notice is about."""

    WAITS = "waits"
    MINE = "mine"
    TALK = "talk"
    FOLLOWED = "followed"
    COUNCIL = "council"
    REUSE = "reuse"
    SEARCHES = "searches"
    FEDERATION = "federation"


class HowName(StrEnum):
    """How one hears of a kind; `usual` as for everybody who said nothing."""

    USUAL = "usual"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    APP = "app"
    NEVER = "never"


class NoticeFilters(Paging):
    """Which notices are wanted."""

    unread: bool = Field(False, description="Only those not looked at yet.")
    kind: KindName | None = Field(None, description="Only those of one kind.")


class NoticeShape(BaseModel):
    """Something that happened."""

    id: int
    subject: str
    kind: str
    headline: str
    explanation: str
    thing_kind: str
    thing_id: int
    is_important: bool
    made_at: datetime
    read_at: datetime | None
    mail_at: datetime | None = Field(description="When it goes out by mail, if it waits for that.")


class ReadShape(BaseModel):
    """How many notices were new."""

    read: int


def notice_shape(notice: Notice) -> NoticeShape:
    """A notice in the reader's language."""
    return NoticeShape(
        id=notice.pk,
        subject=notice.subject,
        kind=notice.kind,
        headline=headline(notice.subject, notice.facts),
        explanation=explanation(notice.subject, notice.facts),
        thing_kind=notice.thing_kind,
        thing_id=notice.thing_id,
        is_important=notice.is_important,
        made_at=notice.made_at,
        read_at=notice.read_at,
        mail_at=notice.mail_at,
    )


class KindWishShape(BaseModel):
    """How one hears of one kind."""

    kind: str
    label: str
    how: str
    is_usual: bool = Field(description="Whether this is as for everybody who said nothing.")
    always_in_app: bool = Field(description="Whether it cannot be switched off in the app.")


class WishesShape(BaseModel):
    """How and when one wants to hear."""

    mail_wish: str
    kinds: list[KindWishShape]
    time_zone: str = Field(description="Empty: by the clock of one's organisation.")
    digest_time: Hour
    digest_weekday: int = Field(description="Monday is 0.")
    quiet_from: Hour | None
    quiet_to: Hour | None
    quiet_days: list[int]
    version: int


class WishesWanted(Wanted):
    """How one wants to hear; a kind that is left out stays as it was."""

    mail_wish: MailWish | None = None
    kinds: dict[KindName, HowName] = Field(default_factory=dict)
    time_zone: ShortLine = ""
    digest_time: Hour = "07:30"
    digest_weekday: Weekday = 0
    quiet_from: Hour | None = None
    quiet_to: Hour | None = None
    quiet_days: list[Weekday] = Field(default_factory=list, max_length=7)
    version: int = Field(ge=0, le=2**31 - 1, description="The version you read; 409 if changed.")

    def said(self) -> dict[str, str]:
        """The kinds as the verb takes them."""
        return {
            str(kind): "" if how == HowName.USUAL else str(how) for kind, how in self.kinds.items()
        }

    def rhythm(self) -> RhythmWords:
        """When mail may come."""
        return RhythmWords(
            time_zone=self.time_zone,
            digest_time=time.fromisoformat(self.digest_time),
            digest_weekday=self.digest_weekday,
            quiet_from=_read(self.quiet_from),
            quiet_to=_read(self.quiet_to),
            quiet_days=tuple(self.quiet_days),
        )


def _read(hour: str | None) -> time | None:
    return time.fromisoformat(hour) if hour else None


def _written(hour: time | None) -> str | None:
    return f"{hour:%H:%M}" if hour else None


def wishes_shape(wishes: Wishes) -> WishesShape:
    """What a person wishes now."""
    rhythm = wishes.rhythm
    return WishesShape(
        mail_wish=wishes.mail_wish,
        kinds=[_kind_shape(kind, wishes=wishes) for kind in NoticeKind],
        time_zone=wishes.own_zone,
        digest_time=f"{rhythm.digest_time:%H:%M}",
        digest_weekday=rhythm.digest_weekday,
        quiet_from=_written(rhythm.quiet_from),
        quiet_to=_written(rhythm.quiet_to),
        quiet_days=sorted(rhythm.quiet_days),
        version=wishes.version,
    )


def _kind_shape(kind: NoticeKind, *, wishes: Wishes) -> KindWishShape:
    how: How = wishes.how(kind)
    return KindWishShape(
        kind=kind.value,
        label=str(kind.label),
        how=how.value,
        is_usual=kind not in wishes.chosen and how == usual(kind, mail_wish=wishes.mail_wish),
        always_in_app=kind in ALWAYS_IN_APP,
    )
