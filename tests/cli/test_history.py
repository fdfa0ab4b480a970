"""`loype history verify` finds every row that was changed, taken away or moved."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from loype.history.models import Event
from tests.cast import World
from tests.cli.conftest import Run


def _sql(*statements: str) -> None:
    """As somebody with all rights in the database would do it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_event DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE history_event ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE history_event DISABLE TRIGGER history_event_not_emptied")


@pytest.fixture
def chain(world: World) -> list[Event]:
    """The account of one municipality."""
    events = list(Event.objects.filter(chain_id=world.fjordvik.pk).order_by("number"))
    assert len(events) > 6
    return events


def test_it_is_content_with_what_verbs_wrote(run: Run, world: World) -> None:
    told = run("history", "verify")
    assert told.exit_code == 0
    rows, chains = Event.objects.count(), Event.objects.values("chain_id").distinct().count()
    assert f"{rows:,} rows in {chains} chains checked: nothing changed" in told.output


def test_it_names_a_changed_row(run: Run, chain: list[Event]) -> None:
    victim = chain[3]
    _sql(f"UPDATE history_event SET reason = 'never said' WHERE id = {victim.pk}")
    told = run("history", "verify")
    assert told.exit_code == 1
    where = f"chain {victim.chain_id}, row {victim.number} (event {victim.pk})"
    assert f"{where}: row was changed" in told.output
    assert "1 flaws" in told.output


@pytest.mark.parametrize(
    "column",
    [
        "at = at + interval '1 second'", "person_id = 4711", "acting_as = 'owner'",
        "organisation_id = NULL", "thing_kind = 'x'", "thing_id = thing_id + 1",
        "verb = 'decide_case'", "change = '{\"a\": 1}'", "previous_hash = 'x'", "hash = 'x'",
    ],
)  # fmt: skip
def test_no_column_can_be_changed_unseen(run: Run, chain: list[Event], column: str) -> None:
    _sql(f"UPDATE history_event SET {column} WHERE id = {chain[3].pk}")
    assert run("history", "verify").exit_code == 1


def test_it_names_a_row_missing_in_the_middle(run: Run, chain: list[Event]) -> None:
    _sql(f"DELETE FROM history_event WHERE id = {chain[2].pk}")
    told = run("history", "verify")
    assert told.exit_code == 1
    assert f"chain {chain[2].chain_id}, row {chain[2].number}: row is missing" in told.output


def test_it_names_a_row_missing_at_the_end(run: Run, chain: list[Event]) -> None:
    _sql(f"DELETE FROM history_event WHERE id = {chain[-1].pk}")
    told = run("history", "verify")
    assert told.exit_code == 1
    assert f"row {chain[-1].number}: row is missing at the end" in told.output


def test_it_names_a_whole_chain_that_is_gone(run: Run, chain: list[Event]) -> None:
    _sql(f"DELETE FROM history_event WHERE chain_id = {chain[0].chain_id}")
    told = run("history", "verify")
    assert told.exit_code == 1
    assert f"{len(chain)} flaws" in told.output


def test_it_names_rows_that_changed_places(run: Run, chain: list[Event]) -> None:
    first, second = chain[2], chain[3]
    _sql(
        f"UPDATE history_event SET number = -1 WHERE id = {first.pk}",
        f"UPDATE history_event SET number = {first.number} WHERE id = {second.pk}",
        f"UPDATE history_event SET number = {second.number} WHERE id = {first.pk}",
    )
    told = run("history", "verify")
    assert told.exit_code == 1
    assert f"row {first.number} (event {second.pk})" in told.output
    assert f"row {second.number} (event {first.pk})" in told.output


def test_it_names_a_chain_whose_head_was_changed(run: Run, chain: list[Event]) -> None:
    _sql(f"UPDATE history_chain SET head = 'x' WHERE id = {chain[0].chain_id}")
    assert "does not end as it was left" in run("history", "verify").output
    _sql(f"DELETE FROM history_chain WHERE id = {chain[0].chain_id}")
    assert "the head of the chain is missing" in run("history", "verify").output


def test_kept_heads_find_a_chain_written_anew(
    run: Run, chain: list[Event], tmp_path: object
) -> None:
    from pathlib import Path

    kept = Path("heads.txt")
    kept.write_text(run("history", "heads").output, encoding="utf-8")
    assert run("history", "verify", "--kept", str(kept)).exit_code == 0
    # All hashes from the changed row on are computed again, as somebody who knows how would do.
    _sql(f"UPDATE history_event SET reason = 'never said' WHERE id = {chain[3].pk}")
    previous = chain[2].hash
    for event in chain[3:]:
        _sql(
            f"UPDATE history_event SET previous_hash = '{previous}' WHERE id = {event.pk}",
            "UPDATE history_event e SET hash = encode(sha256(convert_to("
            f"history_event_told(e), 'UTF8')), 'hex') WHERE id = {event.pk}",
        )
        previous = Event.objects.get(pk=event.pk).hash
    _sql(f"UPDATE history_chain SET head = '{previous}' WHERE id = {chain[0].chain_id}")
    assert run("history", "verify").exit_code == 0
    told = run("history", "verify", "--kept", str(kept))
    assert told.exit_code == 1
    assert "row is not the one whose hash was kept" in told.output


def test_a_file_that_holds_no_heads_is_refused(run: Run) -> None:
    from pathlib import Path

    Path("other.txt").write_text("not heads at all\n", encoding="utf-8")
    assert run("history", "verify", "--kept", "other.txt").exit_code == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_event SET reason = 'x' WHERE id = {id}",
        "DELETE FROM history_event WHERE id = {id}",
        "TRUNCATE history_event",
    ],
)
def test_the_database_refuses_to_change_the_account(chain: list[Event], statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_event ENABLE TRIGGER history_event_not_emptied")
    refused = pytest.raises(IntegrityError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(id=chain[0].pk))
    assert Event.objects.filter(pk=chain[0].pk).exists()
