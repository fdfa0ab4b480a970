"""Other ways to search the same texts: PostgreSQL's full text alone, and tantivy."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from bench.finding.clock import asked_all
from bench.finding.filling import CONFIGURATIONS, PLAIN
from bench.finding.readers import Reader
from loype.search.audience import codes_of
from loype.search.language import guess, most_likely

WANTED = 20
LONGEST = 60  # words of a question
CHUNK = 20_000


def full_text_alone(reader: Reader, questions: Sequence[str]) -> dict[str, float]:
    """Any of the question's words, stemmed in its language, ranked by `ts_rank`."""
    return asked_all([lambda text=text: _by_full_text(reader, text) for text in questions])


def _by_full_text(reader: Reader, text: str) -> list[int]:
    language = CONFIGURATIONS.get(most_likely(guess(text)), "english")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH asked AS (SELECT replace(plainto_tsquery(%s::regconfig, %s)::text,
                '&', '|')::tsquery AS words)
            SELECT p.id FROM {PLAIN} p, asked
            WHERE p.words @@ asked.words AND p.audience && %s::integer[]
            ORDER BY ts_rank(p.words, asked.words) DESC LIMIT %s""",
            [language, text, codes_of(reader.actor), WANTED],
        )
        return [row[0] for row in cursor.fetchall()]


def tantivy_alone(readers: Sequence[Reader], questions: Sequence[str]) -> dict[str, Any] | None:
    """The same with tantivy (BM25 over whole words, one writer); nothing where it is not there."""
    if importlib.util.find_spec("tantivy") is None:
        return None
    with TemporaryDirectory() as folder:
        began = time.monotonic()
        index = _tantivy_index(folder)
        built = time.monotonic() - began
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        index.reload()
        searcher = index.searcher()
        found: dict[str, Any] = {"build_s": built, "megabytes": size / 1e6}
        for reader in readers:
            calls = [_by_tantivy(index, searcher, reader, text) for text in questions]
            found[reader.name] = asked_all(calls)
        return found


def _tantivy_index(folder: str) -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("words", tokenizer_name="default")
    builder.add_unsigned_field("reader", indexed=True)
    index = tantivy.Index(builder.build(), path=folder)
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM search_text")
        last = cursor.fetchone()[0]
        for start in range(0, last, CHUNK):
            cursor.execute(
                "SELECT id, title || ' ' || body, audience FROM search_text"
                " WHERE id > %s AND id <= %s",
                [start, start + CHUNK],
            )
            for text_id, words, audience in cursor.fetchall():
                document = tantivy.Document(id=[text_id], words=[words])
                for code in audience:
                    document.add_unsigned("reader", code)
                writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return index


def _by_tantivy(index: Any, searcher: Any, reader: Reader, text: str) -> Callable[[], object]:
    import tantivy

    plain = "".join(sign if sign.isalnum() else " " for sign in text)
    codes = codes_of(reader.actor)

    def ask() -> object:
        words = index.parse_query(" ".join(plain.split()[:LONGEST]), ["words"])
        allowed = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "reader", code))
                for code in codes
            ]
        )
        both = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, words), (tantivy.Occur.Must, allowed)]
        )
        return [searcher.doc(place)["id"] for _, place in searcher.search(both, WANTED).hits]

    return ask
