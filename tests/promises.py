"""Looking at what the database promises within a test, and doing without one promise for once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def settle_promises() -> None:
    """Let what the database checks at the end of a transaction be checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # The one that is looked at with each statement.
        cursor.execute("SET CONSTRAINTS seat_has_room IMMEDIATE")


def write_past_verbs(statement: str, *values: object) -> None:
    """Write straight into the database, and let it check everything at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        settle_promises()


@contextmanager
def without_promise(name: str, *, table: str) -> Iterator[None]:
    """As if a row had been written before the database promised this: what comes later must bear
    it."""
    _alter(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    _alter(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def refuse_emptying(act: str = "ENABLE") -> None:
    """Let the database refuse TRUNCATE as it does outside tests, or ("DISABLE") not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            r" WHERE tgname LIKE '%\_not\_emptied' ORDER BY 1"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {act} TRIGGER {name}")


def _alter(statement: str) -> None:
    settle_promises()  # a table is not altered while something waits to be checked
    with connection.cursor() as cursor:
        cursor.execute(statement)
