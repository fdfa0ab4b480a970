"""A schema to try things in: the tables of search, empty, gone again when the trial is over.

Everything happens in one transaction that is never kept. The product's own code runs in it, since
unnamed tables are found in this schema first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, transaction

from loype.organisations.models import Organisation
from loype.search.evaluation.reading import Entry
from loype.search.indexing import index_waiting
from loype.search.models import SearchEmbedder, SearchText, SearchVector

NAME = "search_throw_away"
TABLES = tuple(
    model._meta.db_table for model in (Organisation, SearchText, SearchEmbedder, SearchVector)
)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ALL_AT_ONCE = 1_000_000


@contextmanager
def throw_away_schema() -> Iterator[None]:
    """Work on empty tables; whatever was written is gone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {NAME}")
            for table in TABLES:
                cursor.execute(f"CREATE TABLE {NAME}.{table} (LIKE public.{table} INCLUDING ALL)")
            cursor.execute(f"SET LOCAL search_path = {NAME}, public")
        try:
            yield
        finally:
            transaction.set_rollback(True)


def fill(entries: Sequence[Entry], *, at: datetime) -> None:
    """Put texts in and read them as the worker would; their place is their id."""
    home = Organisation.objects.create(
        name="Evaluation", short_name="EVAL", kind="municipality", created_at=at
    )
    SearchText.objects.bulk_create(
        SearchText(
            kind="idea",
            thing_id=place,
            page_id=place,
            organisation=home,
            audience=[0],
            variant="need",
            state="submitted",
            language=entry.language,
            title=entry.title,
            body=entry.text,
            keywords=[],
            concepts=[],
            happened_at=LONG_AGO,  # alike for all: the newest is no better an answer
            is_comparable=True,
            is_in_use=False,
            tokens="",
            analysed_by="",
            embedded_by=0,
            changed_at=at,
        )
        for place, entry in enumerate(entries)
    )
    index_waiting(at=at, most=ALL_AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
