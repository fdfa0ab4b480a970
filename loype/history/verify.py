"""Checking the chains: is a row changed, missing or out of order?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

_ROWS = """
    SELECT chain_id, number, id, previous_hash, hash,
           concat_ws(E'\\x1f', chain_id, number,
               (extract(epoch FROM at) * 1000000)::bigint,
               coalesce(person_id::text, '-'), acting_as, coalesce(organisation_id::text, '-'),
               thing_kind, thing_id, verb, change::text, reason, previous_hash)
    FROM history_event ORDER BY chain_id, number, id
"""


@dataclass(frozen=True)
class Flaw:
    """A place where the account was tampered with."""

    chain_id: int
    number: int
    event_id: int | None
    what: str

    def __str__(self) -> str:
        where = f"chain {self.chain_id}, row {self.number}"
        return (
            f"{where} (event {self.event_id}): {self.what}"
            if self.event_id
            else f"{where}: {self.what}"
        )


def find_flaws() -> Iterator[Flaw]:
    """Read every chain from its first row and name each row that does not fit.

    The hash is SHA-256 over the row's own columns and the hash of the row before it, computed
    here anew and not by the database's own function.
    """
    heads = _heads()
    ends: dict[int, tuple[int, str]] = {}
    for chain, number, event_id, previous, found, told in _stream():
        last_number, last_hash = ends.get(chain, (0, ""))
        if number > last_number + 1:
            for missing in range(last_number + 1, number):
                yield Flaw(chain, missing, None, "row is missing")
        if previous != last_hash and number == last_number + 1:
            yield Flaw(chain, number, event_id, "does not follow the row before it (order changed)")
        if hashlib.sha256(told.encode()).hexdigest() != found:
            yield Flaw(chain, number, event_id, "row was changed")
        ends[chain] = (number, found)
    yield from _short_ends(heads, ends)


def count_rows() -> int:
    """How many rows the account has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_event")
        return int(cursor.fetchone()[0])


def count_chains() -> int:
    """How many chains there are: one for each organisation and one for the house."""
    return len(_heads())


@dataclass(frozen=True)
class KeptHead:
    """How long a chain was and how it ended, at the moment this was kept elsewhere."""

    chain_id: int
    number: int
    hash: str


def kept_heads() -> list[KeptHead]:
    """What to keep elsewhere: whoever can change the database can write a chain anew from its
    first row, but not make it end as it ended before."""
    return [KeptHead(chain, *head) for chain, head in sorted(_heads().items())]


def find_rewritten(kept: Iterable[KeptHead]) -> Iterator[Flaw]:
    """Each chain that no longer passes through the row it ended with when its head was kept."""
    for head in kept:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, hash FROM history_event WHERE chain_id = %s AND number = %s",
                [head.chain_id, head.number],
            )
            row = cursor.fetchone()
        if row is None:
            yield Flaw(head.chain_id, head.number, None, "row is missing; its hash was kept")
        elif row[1] != head.hash:
            yield Flaw(head.chain_id, head.number, row[0], "row is not the one whose hash was kept")


def _heads() -> dict[int, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, length, head FROM history_chain")
        return {chain: (length, head) for chain, length, head in cursor.fetchall()}


def _stream() -> Iterator[tuple[int, int, int, str, str, str]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        while rows := cursor.fetchmany(2000):
            yield from rows


def _short_ends(
    heads: dict[int, tuple[int, str]], ends: dict[int, tuple[int, str]]
) -> Iterator[Flaw]:
    for chain, (length, head) in sorted(heads.items()):
        last_number, last_hash = ends.get(chain, (0, ""))
        for missing in range(last_number + 1, length + 1):
            yield Flaw(chain, missing, None, "row is missing at the end")
        if last_number == length and last_hash != head:
            yield Flaw(chain, last_number, None, "the chain does not end as it was left")
    # A chain that began while we read has its head by now.
    for chain in sorted(set(ends) - set(heads) - set(_heads())):
        yield Flaw(chain, 0, None, "the head of the chain is missing")
