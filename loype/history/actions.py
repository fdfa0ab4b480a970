"""Writing the account: one row for each verb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from loype.history.following import follow_later
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


def record(verb: str, *, follow: bool = True, **telling: Any) -> Event:
    """Write one row of account in the current transaction and queue what follows from it."""
    event = Account(verb=verb, **telling).row()
    event.save(force_insert=True)
    if follow:
        follow_later(FOLLOW_UP, event_id=event.pk)
    return event


def record_many(accounts: Iterable[Account]) -> list[Event]:
    """Write many rows at once, for imports; nobody is told."""
    return Event.objects.bulk_create([account.row() for account in accounts])
