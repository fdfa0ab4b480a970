"""Whether the nearest texts are among those that come into question, against looking at all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from typing import Any

from django.db import connection

from bench.finding.readers import Reader
from loype.search.asking import asked
from loype.search.audience import codes_of
from loype.search.candidates import gather
from loype.search.meaning import asked_vector, current_meaning
from loype.search.vectors import current_number, spelled

NEAREST = 10
NARROWED: dict[str, list[str]] = {"language": ["sv"], "year": ["2025"]}
"""What a question is narrowed to; a fourteenth of all texts, as it happens."""
NARROWED_SQL = """ AND text_id IN (SELECT id FROM search_text
    WHERE language = 'sv' AND extract(year FROM happened_at) = 2025)"""


def recall(reader: Reader, questions: Sequence[str], *, narrowed: bool = False) -> dict[str, Any]:
    """The share of the ten nearest texts that are candidates, and how long looking at all takes."""
    shares, exact_ms = [], []
    for text in questions:
        began = time.perf_counter()
        nearest = _exactly(reader, text, condition=NARROWED_SQL if narrowed else "")
        exact_ms.append((time.perf_counter() - began) * 1000)
        if nearest:
            question = asked(text, is_own_text=True)
            pool = gather(question, actor=reader.actor, wanted=NARROWED if narrowed else None)
            found = {one.text_id for one in pool.candidates}
            shares.append(len(found & set(nearest)) / len(nearest))
    return {
        "recall_at_10": statistics.fmean(shares) if shares else 1.0,
        "worst": min(shares, default=1.0),
        "exact_p50_ms": statistics.median(exact_ms),
    }


def _exactly(reader: Reader, text: str, *, condition: str) -> list[int]:
    question = asked(text)
    meaning, vector = current_meaning(), asked_vector(question.text, languages=question.languages)
    assert meaning is not None
    assert vector is not None
    with connection.cursor() as cursor:
        # By a plain statement of its own, so that a fault in the product's would show.
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(
            "WITH readable AS MATERIALIZED (SELECT text_id, vector FROM search_vector"
            f" WHERE embedder_id = %s AND audience && %s::integer[]{condition})"
            " SELECT text_id FROM readable ORDER BY vector <=> %s::halfvec LIMIT %s",
            [current_number(meaning.name), codes_of(reader.actor), spelled(vector), NEAREST],
        )
        return [row[0] for row in cursor.fetchall()]
