"""The embedders whose vectors are kept, and how vectors are spelled for the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from loype.search.models import SearchEmbedder

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray


def spelled(vector: Iterable[float]) -> str:
    """A vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{value:.5g}" for value in vector) + "]"


def current_number(name: str) -> int | None:
    """The number of an embedder whose vectors are kept, or None.

    A new one answers with what it has read so far, beside what is found by words.
    """
    return SearchEmbedder.objects.filter(name=name).values_list("pk", flat=True).first()


def kept_vectors(text_ids: Sequence[int], *, number: int) -> dict[int, NDArray[float32]]:
    """The first vector of each text, by its id: its title and how it begins."""
    import numpy as np

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text_id, vector::text FROM search_vector"
            " WHERE embedder_id = %s AND part = 0 AND text_id = ANY(%s)",
            [number, list(text_ids)],
        )
        return {
            text_id: np.array(json.loads(told), dtype=np.float32)
            for text_id, told in cursor.fetchall()
        }


def register(name: str, *, at: datetime) -> SearchEmbedder:
    """The embedder of this name, with its own graph index."""
    embedder, is_new = SearchEmbedder.objects.get_or_create(
        name=name, defaults={"registered_at": at}
    )
    if is_new:
        make_graph(embedder.pk)
    return embedder


def graph_name(number: int) -> str:
    """What the graph index of an embedder is called."""
    return f"search_vector_graph_{number}"


def make_graph(number: int) -> None:
    """Make the graph index over one embedder's vectors (HNSW, Malkov & Yashunin 2018)."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index while some wait to be checked
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {graph_name(number)} ON search_vector"
            f" USING hnsw (vector halfvec_cosine_ops) WITH (m = 16, ef_construction = 100)"
            f" WHERE embedder_id = {int(number)}"
        )


def drop_graph(number: int) -> None:
    """Take the graph index of an embedder away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {graph_name(number)}")
