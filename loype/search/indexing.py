"""Reads waiting texts: tokens, concepts and vectors. Safe to run many times and at once.

What waits is known from the rows themselves (`analysed_by`, `embedded_by`), not from jobs: a
worker that dies leaves its rows waiting, and rows are held by their lock while they are read, so
that none is read twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from loype.keywords import MARK
from loype.organisations.models import Organisation
from loype.search.analysis import ANALYSER_VERSION, analyse
from loype.search.embedding import EmbeddingUnavailable, chunks
from loype.search.language import LANGUAGES, guess, most_likely
from loype.search.meaning import Meaning, current_meaning
from loype.search.models import SearchEmbedder, SearchText, SearchVector
from loype.search.vectors import drop_graph, register, spelled

BATCH = 64
MOST_PARTS = 8  # of a long text get a vector of their own
LONGEST_ANALYSED = 20_000


@dataclass(frozen=True)
class Lag:
    """How far reading is behind: texts that wait, and since when the oldest does."""

    waiting: int
    oldest: datetime | None


def index_waiting(*, at: datetime, most: int = 200) -> int:
    """Read texts that wait, oldest change first; how many were read.

    Where the embedder is away, texts that nobody read yet are read for their words, and no text
    twice: whoever goes on until nothing is left comes to an end.
    """
    meaning = current_meaning()
    embedder = register(meaning.name, at=at) if meaning else None
    done = 0
    while done < most:
        try:
            count = _read_batch(meaning, embedder, most=min(BATCH, most - done))
        except EmbeddingUnavailable:
            meaning = embedder = None
            continue
        done += count
        if not count:
            break
    return done


def lag() -> Lag:
    """Texts that are not read by the analyser and the embedder in use, and since when."""
    meaning = current_meaning()
    embedder = SearchEmbedder.objects.filter(name=meaning.name).first() if meaning else None
    rows = _waiting(embedder, is_outside=bool(meaning and meaning.is_outside))
    counted = rows.aggregate(waiting=Count("pk"), oldest=Min("changed_at"))
    return Lag(**counted)


def mark_all() -> None:
    """Let every text be read anew; until then the old tokens and vectors answer."""
    SearchText.objects.update(analysed_by="")


def drop_others(*, at: datetime) -> list[str]:
    """Let the vectors of other embedders go, once the one in use has read every text.

    Their names. Processes that still ask by another embedder go by words until started anew.
    """
    meaning = current_meaning()
    if meaning is None:
        return []
    embedder = register(meaning.name, at=at)
    if _waiting(embedder, is_outside=meaning.is_outside).exists():
        return []
    with transaction.atomic():
        old = list(SearchEmbedder.objects.select_for_update().exclude(pk=embedder.pk))
        for one in old:
            drop_graph(one.pk)
            one.delete()
    return [one.name for one in old]


def _waiting(embedder: SearchEmbedder | None, *, is_outside: bool = False) -> QuerySet[SearchText]:
    unread = Q(analysed_by__lt=ANALYSER_VERSION) | Q(analysed_by__gt=ANALYSER_VERSION)
    if embedder is not None:
        # Two embedders may fill side by side: another's mark does not mean that ours is missing.
        ours = SearchVector.objects.filter(text=OuterRef("pk"), embedder=embedder)
        others = Q(embedded_by__lt=embedder.pk) | Q(embedded_by__gt=embedder.pk)
        if is_outside:  # only of those who let their texts leave this machine
            others &= Q(organisation__sends_text_outside=True)
        unread |= others & Q(~Exists(ours))
    return SearchText.objects.filter(unread)


@transaction.atomic
def _read_batch(meaning: Meaning | None, embedder: SearchEmbedder | None, *, most: int) -> int:
    rows = list(
        _waiting(embedder, is_outside=bool(meaning and meaning.is_outside))
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("changed_at", "pk")
        .defer("tokens")[:most]
    )
    if not rows:
        return 0
    homes = Organisation.objects.in_bulk({row.organisation_id for row in rows})
    spoken = [_language(row, home=homes[row.organisation_id].language) for row in rows]
    embedded: set[int] = set()
    if meaning and embedder:
        meant = [
            (row, shares)
            for row, shares in zip(rows, spoken, strict=True)
            if not meaning.is_outside or homes[row.organisation_id].sends_text_outside
        ]
        _keep_vectors(meant, meaning, embedder)
        embedded = {row.pk for row, _ in meant}
    number = embedder.pk if embedder else 0
    _keep_tokens(rows, spoken, numbers=[number if row.pk in embedded else 0 for row in rows])
    return len(rows)


def _language(row: SearchText, *, home: str) -> dict[str, float]:
    """Shares of languages: what the author said, else what the text looks like."""
    if row.language in LANGUAGES:
        return {row.language: 1.0}
    return guess(f"{row.title}. {row.body}", prior={home: 1.0} if home in LANGUAGES else None)


def _keep_tokens(
    rows: Sequence[SearchText], spoken: Sequence[dict[str, float]], *, numbers: Sequence[int]
) -> None:
    changed = []
    for row, shares, number in zip(rows, spoken, numbers, strict=True):
        language = most_likely(shares)
        title = analyse(row.title, language=language)
        body = analyse(row.body[:LONGEST_ANALYSED], language=language)
        concepts = dict.fromkeys(
            token.removeprefix(MARK) for token in (*title, *body) if token.startswith(MARK)
        )
        changed.append((row.pk, _vector_of(title, body), list(concepts), number))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_text SET tokens = %s::tsvector, concepts = %s, analysed_by = %s,"
            " embedded_by = COALESCE(NULLIF(%s, 0), embedded_by) WHERE id = %s",
            [(told, found, ANALYSER_VERSION, kept, pk) for pk, told, found, kept in changed],
        )


def _vector_of(title: Iterable[str], body: Iterable[str]) -> str:
    """Tokens as PostgreSQL keeps them; those of the title weigh more."""
    weights = dict.fromkeys(body, "") | dict.fromkeys(title, ":1A")
    return " ".join(f"{_spelled(token)}{weight}" for token, weight in weights.items())


def _spelled(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _keep_vectors(
    meant: Sequence[tuple[SearchText, dict[str, float]]], meaning: Meaning, embedder: SearchEmbedder
) -> None:
    """Make and keep the vectors of a batch. Raises `EmbeddingUnavailable`."""
    parts = [
        (row, place, text, shares)
        for row, shares in meant
        for place, text in enumerate(parts_of(row.title, row.body))
    ]
    if not parts:
        return
    vectors = meaning.of(
        [text for _, _, text, _ in parts], languages=[shares for *_, shares in parts]
    )
    crowding = meaning.calibration.crowding(vectors)
    SearchVector.objects.filter(text__in=[row for row, _ in meant], embedder=embedder).delete()
    SearchVector.objects.bulk_create(
        SearchVector(
            text=row,
            embedder=embedder,
            part=place,
            organisation_id=row.organisation_id,
            audience=row.audience,
            is_comparable=row.is_comparable,
            crowding=float(crowd),
            vector=spelled(vector),
        )
        for (row, place, _, _), vector, crowd in zip(parts, vectors, crowding, strict=True)
    )


def parts_of(title: str, body: str) -> list[str]:
    """What of a text gets a vector of its own: title and text together, or its parts if long."""
    pieces = chunks(body)
    first = f"{title}. {pieces[0]}" if pieces else title
    return [first, *(f"{title}. {piece}" for piece in pieces[1:MOST_PARTS])]
