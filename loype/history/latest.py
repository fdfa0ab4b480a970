"""When something may have changed last, as far as the account tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection

from loype.history.models import Event

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

_HEADS = """
    SELECT max(e.at) FROM history_chain c
    JOIN history_event e ON e.chain_id = c.id AND e.number = c.length
    WHERE c.id = ANY(%s)
"""


def changed_at(organisation_ids: Iterable[int]) -> datetime:
    """The moment of the latest account of these organisations; one statement.

    Every act that could change what is told has one: publishing, correcting and withdrawing, but
    also narrowing an idea. Too late is harmless; too early would let a withdrawn item live on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [list(organisation_ids)])
        found: datetime | None = cursor.fetchone()[0]
    return found or BEGINNING


def changed_anywhere_at() -> datetime:
    """The moment of the latest account of all; one statement, however many there are."""
    newest = Event.objects.order_by("-id").values_list("at", flat=True).first()
    return newest or BEGINNING
