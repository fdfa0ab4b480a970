"""Writing the account: one row for each verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from loype.history.following import follow_each_later, follow_later
from loype.history.models import Event

FOLLOW_UP = "notices.follow_up"


class Doer(Protocol):
    """Who acts, as far as the account needs to know."""

    @property
    def person_id(self) -> int | None: ...


class Thing(Protocol):
    """What is acted on: any row with a readable kind."""

    history_kind: str
    pk: Any


@dataclass(frozen=True, kw_only=True)
class Account:
    """What a verb has to tell."""

    verb: str
    thing: Thing
    actor: Doer
    at: datetime
    organisation_id: int | None
    acting_as: str = ""
    change: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    def row(self) -> Event:
        """The account as a row to insert."""
        return Event(
            chain_id=self.organisation_id or 0,
            at=self.at,
            person_id=self.actor.person_id,
            acting_as=self.acting_as,
            organisation_id=self.organisation_id,
            thing_kind=self.thing.history_kind,
            thing_id=self.thing.pk,
            verb=self.verb,
            change=self.change,
            reason=self.reason,
        )


_together: ContextVar[list[tuple[Event, bool]] | None] = ContextVar("_together", default=None)


@contextmanager
def told_together() -> Iterator[None]:
    """Let what several verbs tell be written when all of it is done: in their order, in one
    statement, and what follows from it in another.

    For an act of several verbs in one transaction, none of which goes on where another refused:
    what one of them told before a refusal that somebody caught would be written all the same.
    """
    if _together.get() is not None:  # the outer one writes it all
        yield
        return
    told: list[tuple[Event, bool]] = []
    before = _together.set(told)
    try:
        yield
    finally:
        _together.reset(before)
    Event.objects.bulk_create([event for event, _follow in told])
    follow_each_later(FOLLOW_UP, [{"event_id": event.pk} for event, follow in told if follow])


def record(verb: str, *, follow: bool = True, **telling: Any) -> Event:
    """Write one row of account in the current transaction and queue what follows from it; within
    `told_together` the row is not written, and has no id, before its end."""
    event = Account(verb=verb, **telling).row()
    if (together := _together.get()) is not None:
        together.append((event, follow))
        return event
    event.save(force_insert=True)
    if follow:
        follow_later(FOLLOW_UP, event_id=event.pk)
    return event


def record_many(accounts: Iterable[Account]) -> list[Event]:
    """Write many rows at once, for imports; nobody is told."""
    return Event.objects.bulk_create([account.row() for account in accounts])
