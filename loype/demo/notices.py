"""How the cast want to hear: digests, quiet evenings, kinds that they switched off."""

from __future__ import annotations

from datetime import datetime, time

from loype.accounts.models import MailWish
from loype.demo.reading import Row
from loype.demo.stage import Stage
from loype.notices.wishes import RhythmWords, choose_notices


def choose_wishes(stage: Stage, *, at: datetime) -> None:
    """Let those of the cast who want something of their own choose it."""
    for wish in stage.tables["wish"]:
        choose_notices(
            stage.people[wish["by"]],
            kinds=wish["kinds"],
            rhythm=_rhythm(wish),
            mail_wish=MailWish.IMPORTANT,
            actor=stage.actor(wish["by"], at),
            at=at,
        )


def _rhythm(wish: Row) -> RhythmWords:
    return RhythmWords(
        digest_time=time.fromisoformat(wish.get("digest_time", "07:30")),
        digest_weekday=wish.get("digest_weekday", 0),
        quiet_from=_hour(wish.get("quiet_from")),
        quiet_to=_hour(wish.get("quiet_to")),
        quiet_days=tuple(wish.get("quiet_days", ())),
    )


def _hour(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None
