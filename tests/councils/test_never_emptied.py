"""TRUNCATE, which asks no row, is refused wherever a row may not be deleted."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from loype.bodies.models import Meeting
from loype.councils.models import Decision, Minutes
from tests.cast import World
from tests.councils.test_decide_case import approved, decide, meeting_of, on_agenda
from tests.promises import refuse_emptying, settle_promises

pytestmark = pytest.mark.requirement("ROR-13")

GUARDED = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & 9 = 9 AND tgname NOT LIKE 'search%'
      AND tgrelid::regclass::text ~ '^(bodies|councils)_' ORDER BY 1
"""
"""The tables of bodies and councils of which each row is asked before it is deleted."""


def guarded_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        return [table for (table,) in cursor.fetchall()]


def empty(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.fixture
def minutes(world: World) -> Minutes:
    """Approved minutes of a meeting that decided something."""
    decide(world, on_agenda(world))
    approved(world, meeting_of(world))
    settle_promises()
    refuse_emptying()
    return Minutes.objects.get()


def test_what_is_kept_for_good_is_never_emptied(minutes: Minutes) -> None:
    tables = guarded_tables()
    assert {"councils_decision", "councils_minutes", "bodies_meeting"} <= set(tables)
    for table in tables:
        with pytest.raises(IntegrityError, match=f"^{table} is never emptied"):
            empty(table)
    assert Decision.objects.count() == 1
    assert Minutes.objects.get() == minutes


@pytest.mark.parametrize(
    "table", ["ideas_idea", "organisations_organisation", "accounts_person", "files_storedfile"]
)
def test_nor_by_emptying_what_it_hangs_on(minutes: Minutes, table: str) -> None:
    with pytest.raises(DatabaseError, match=r"never emptied|append-only"):
        empty(table)
    assert Meeting.objects.filter(pk=minutes.meeting_id).exists()
