"""Filling a database with texts, their tokens and their vectors, and building its indexes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection

from bench.finding.material import Piece, lent, pieces
from bench.finding.places import FOLDER
from bench.finding.readers import MADE, audience, found_organisations, owners
from bench.finding.vectors import Base, base_of, between
from bench.finding.writing import (
    BINARY_BEGIN,
    BINARY_END,
    VECTOR_COLUMNS,
    array_of,
    text_row,
    vector_rows,
)
from loype.keywords import MARK
from loype.search.analysis import ANALYSER_VERSION
from loype.search.meaning import Meaning, current_meaning
from loype.search.models import SearchEmbedder
from loype.search.vectors import graph_name, make_graph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 20_000
SEED = 20_261
FIRST = 1_000  # the organisations are texts too, and come before
COMPARABLE = 0.85
TABLES = ("search_text", "search_vector")
PLAIN = "bench_plain"
CONFIGURATIONS = {"da": "danish", "nb": "norwegian", "nn": "norwegian", "sv": "swedish"}
TEXT_COLUMNS = (
    "id, kind, thing_id, page_id, organisation_id, audience, variant, state, language, title,"
    " body, keywords, concepts, happened_at, is_comparable, is_in_use, tokens, analysed_by,"
    " embedded_by, changed_at"
)


@dataclass(frozen=True, eq=False)
class Rows:
    """A chunk of texts to be: what each is made of, and who owns it."""

    ids: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    third: NDArray[np.int64]
    owners: NDArray[np.int64]
    comparable: NDArray[np.bool_]


def fill(count: int) -> dict[str, Any]:
    """Fill an empty database; how long each part took, in seconds."""
    meaning = current_meaning()
    if meaning is None:
        raise SystemExit("The language model is not there: run `loype search build` first.")
    began = time.monotonic()
    made_of, more = pieces(), lent()
    read = time.monotonic()
    base = base_of(made_of, meaning=meaning, folder=FOLDER)
    took: dict[str, Any] = {
        "analysing_s": read - began,
        "embedded_texts": len(made_of),
        "embedding_cpu_s": base.seconds,
    }
    number = SearchEmbedder.objects.create(name=meaning.name, registered_at=MADE).pk
    organisations = found_organisations()
    with _without_indexes() as definitions:
        began = time.monotonic()
        for rows in _rows(count, base=base, words=len(more)):
            _copy_texts(rows, made_of, more, organisations=organisations, number=number)
            _copy_vectors(rows, base, meaning, organisations=organisations, number=number)
        took["loading_s"] = time.monotonic() - began
        took["indexes_s"] = {name: _timed(sql) for name, sql in definitions.items()}
    took["indexes_s"][graph_name(number)] = _graph(number)
    took["plain_s"] = _fill_plain()
    _timed("VACUUM ANALYZE")
    (FOLDER / f"filled-{count}.json").write_text(json.dumps(took))
    return took


def _rows(count: int, *, base: Base, words: int) -> Iterator[Rows]:
    """Chunks of texts: a piece, one of its neighbours, and further words."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    many, near = base.neighbours.shape
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        first = chance.integers(0, many, size)
        yield Rows(
            ids=np.arange(FIRST + start, FIRST + start + size),
            first=first,
            second=base.neighbours[first, chance.integers(0, near, size)],
            third=chance.integers(0, words, size),
            owners=owners(size, chance=chance),
            comparable=chance.random(size) < COMPARABLE,
        )


def _copy_texts(
    rows: Rows,
    made_of: Sequence[Piece],
    more: Sequence[Piece],
    *,
    organisations: Sequence[int],
    number: int,
) -> None:
    readable = [array_of(audience(one)) for one in organisations]
    lines = []
    for place, (first, second, third) in enumerate(
        zip(rows.first.tolist(), rows.second.tolist(), rows.third.tolist(), strict=True)
    ):
        head, tail = made_of[first], made_of[second]
        parts = [head.text, tail.text or tail.title]
        tokens = dict.fromkeys((*head.text_tokens, *(tail.text_tokens or tail.title_tokens)), "")
        if head.language == "en":
            parts.append(more[third].title)
            tokens |= dict.fromkeys(more[third].title_tokens, "")
        tokens |= dict.fromkeys(head.title_tokens, ":1A")
        concepts = [token.removeprefix(MARK) for token in tokens if token.startswith(MARK)]
        text_id, owner = int(rows.ids[place]), int(rows.owners[place])
        when = MADE - timedelta(minutes=text_id)
        lines.append(
            text_row(
                (
                    text_id, "idea", text_id, text_id, organisations[owner], readable[owner],
                    "need", "submitted", head.language, head.title,
                    " ".join(part for part in parts if part), "{}", array_of(concepts), when,
                    bool(rows.comparable[place]), False, _tokens(tokens), ANALYSER_VERSION,
                    number, when,
                )
            )
        )  # fmt: skip
    _copy(f"COPY search_text ({TEXT_COLUMNS}) FROM STDIN", "".join(lines).encode())


def _tokens(weights: dict[str, str]) -> str:
    return " ".join(
        "'" + token.replace("\\", "\\\\").replace("'", "''") + "'" + weight
        for token, weight in weights.items()
    )


def _copy_vectors(
    rows: Rows, base: Base, meaning: Meaning, *, organisations: Sequence[int], number: int
) -> None:
    import numpy as np

    homes = np.array(organisations)[rows.owners]
    codes = np.array([audience(one) for one in organisations])[rows.owners]
    chance = np.random.default_rng(SEED + int(rows.ids[0]))
    vectors = between(base, rows.first, rows.second, chance=chance)
    body = vector_rows(
        text_ids=rows.ids,
        embedder=number,
        organisations=homes,
        audiences=codes,
        comparable=rows.comparable,
        crowding=meaning.calibration.crowding(vectors),
        vectors=vectors,
    )
    statement = f"COPY search_vector ({VECTOR_COLUMNS}) FROM STDIN (FORMAT binary)"
    _copy(statement, BINARY_BEGIN + body + BINARY_END)


def _copy(statement: str, body: bytes) -> None:
    with connection.cursor() as cursor:
        # Foreign keys and triggers are right by the way the rows are made.
        cursor.execute("SET session_replication_role = replica")
        raw: psycopg.Cursor[Any] = cursor.cursor
        with raw.copy(statement) as copy:
            copy.write(body)
        cursor.execute("SET session_replication_role = DEFAULT")


class _without_indexes:  # noqa: N801  reads as a clause
    """Take plain indexes away while rows are loaded; gives how to make them again."""

    def __enter__(self) -> dict[str, str]:
        asked = """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
            FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"""
        with connection.cursor() as cursor:
            cursor.execute(asked, [list(TABLES)])
            found = dict(cursor.fetchall())
            for name in found:
                cursor.execute(f"DROP INDEX {name}")
        return found

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('search_text_id_seq', max(id)) FROM search_text")


def _graph(number: int) -> float:
    """Build the graph of the vectors with memory for all of it; the product adds row by row."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 1")
    make_graph(number)
    return time.monotonic() - began


def _fill_plain() -> float:
    """What PostgreSQL's own full text needs, in a table of its own, to compare with."""
    began = time.monotonic()
    cases = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in CONFIGURATIONS.items())
    for statement in (
        f"""CREATE UNLOGGED TABLE {PLAIN} AS SELECT id, audience, to_tsvector(
            (CASE language {cases} ELSE 'english' END)::regconfig, title || E'\\n' || body)
            AS words FROM search_text""",
        f"CREATE INDEX ON {PLAIN} USING gin (words)",
    ):
        _timed(statement)
    return time.monotonic() - began


def _timed(statement: str) -> float:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(statement)
    return time.monotonic() - began
