"""Which texts come into question: by meaning and by words, among those the reader may see.

Permission stands in both searches themselves, before anything is ranked, counted or cut.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import connection

from loype.organisations.actor import Actor
from loype.search.asking import Asked
from loype.search.audience import codes_of
from loype.search.meaning import asked_vector, current_meaning, may_be_understood
from loype.search.vectors import current_number, spelled

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

MOST_NEAR = 200
MOST_BY_WORDS = 100
LOOKED_UP = 4_000  # texts, about: the rarest words that so many hold together are looked up
MOST_MATCHED = 20_000  # texts that hold such a word are ranked; a name may stand in every text
UNCOUNTED = 0.001  # the share of texts taken to hold a token that we never counted
# Looking at vectors one by one takes a microsecond each and misses none; the graph takes about
# seven for each it visits, the more of them the fewer the reader may see: alike where the readable
# ones squared are this many times all.
ONE_BY_ONE = 2_000
SHOWN_BODY = 2_000  # signs of a text that are weighed and shown
ESTIMATE_HOLDS = 60.0  # seconds

Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Candidate:
    """A text that comes into question, with how near its meaning is (None: not known yet)."""

    text_id: int
    kind: str
    thing_id: int
    page_id: int
    variant: str
    state: str
    title: str
    body: str
    language: str
    organisation_id: int
    organisation: str
    happened_at: datetime
    is_in_use: bool
    keywords: tuple[str, ...]
    concepts: tuple[str, ...]
    cosine: float | None = None
    crowding: float | None = None
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Pool:
    """All that comes into question; `vector` and `crowding` are the question's own, if known."""

    candidates: list[Candidate]
    vector: NDArray[float32] | None
    crowding: float
    is_cut: bool


def gather(
    question: Asked,
    *,
    actor: Actor,
    wanted: Wanted | None = None,
    only_comparable: bool = False,
    exclude: tuple[str, int] | None = None,
    most: int = MOST_NEAR,
    vector: NDArray[float32] | None = None,
) -> Pool:
    """The texts that come into question, unranked; one statement.

    `vector` is the question's meaning where it is kept already; else it is made here.
    """
    codes = None if actor.is_house else codes_of(actor)
    meaning = current_meaning()
    number = current_number(meaning.name) if meaning and question.by_meaning else None
    if vector is None and number is not None and may_be_understood(actor):
        vector = asked_vector(question.text, languages=question.languages)
    if number is None:
        vector = None
    filters = json.dumps({key: list(values) for key, values in (wanted or {}).items() if values})
    readable, everything = _estimate(codes), _estimate(None)
    asked = {
        "vector": spelled(vector) if vector is not None else None,
        "codes": codes,
        "embedder": number or 0,
        "most": most,
        "by_words": min(most, MOST_BY_WORDS),
        "only_comparable": only_comparable,
        "wanted": None if filters == "{}" else filters,
        "exactly": is_quicker_one_by_one(readable, everything),
        "is_narrow": readable < NARROW,
        "matched": MOST_MATCHED,
        "query": lexical_query(question, texts=readable if readable < NARROW else everything),
        "phrases": [f"%{_escaped(phrase)}%" for phrase in question.phrases],
        "kind": exclude[0] if exclude else "",
        "thing": exclude[1] if exclude else 0,
        "shown": SHOWN_BODY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked), asked)
        candidates = [_candidate(row) for row in cursor.fetchall()]
    crowding = 0.0
    if meaning is not None and vector is not None:
        crowding = float(meaning.calibration.crowding(vector[None])[0])
    return Pool(candidates, vector, crowding, is_cut=len(candidates) >= most)


def lexical_query(question: Asked, *, texts: float) -> str:
    """What texts are looked up by their words: any of the rarest tokens, or the rarest two.

    The more texts there are, the fewer tokens are looked up: common ones would find so many that
    ranking them takes longer than everything else, and meaning finds those texts anyway.
    """
    tokens: list[str] = []
    share = 0.0
    for token in question.telling or question.tokens[:2]:
        share += shares().get(token, UNCOUNTED)
        if tokens and share * texts > LOOKED_UP:
            break
        tokens.append(token)
    tokens += [word for word in question.words[:40] if word in question.exact]
    return " | ".join(_quoted(token) for token in dict.fromkeys(tokens))


def is_quicker_one_by_one(readable: float, everything: float) -> bool:
    """Whether to look at every readable vector instead of following the graph."""
    return readable * readable < ONE_BY_ONE * everything or readable < ONE_BY_ONE


def _statement(asked: Mapping[str, Any]) -> str:
    readable = "" if asked["codes"] is None else "AND t.audience && %(codes)s::integer[]"
    comparable = "AND t.is_comparable" if asked["only_comparable"] else ""
    fits = (
        ""
        if asked["wanted"] is None
        else """AND search_fits(t.kind, t.variant, t.state, t.language, t.organisation_id,
            t.happened_at, t.keywords || t.concepts, %(wanted)s::jsonb)"""
    )
    near = (
        "SELECT NULL::bigint AS id WHERE false"
        if asked["vector"] is None
        else """SELECT n AS id FROM search_near(%(vector)s::halfvec, %(codes)s::integer[],
            %(embedder)s, %(most)s, %(only_comparable)s, %(wanted)s::jsonb, %(exactly)s) AS n"""
    )
    meaning = (
        "NULL::double precision, NULL::double precision"
        if asked["vector"] is None
        else "m.cosine, m.crowding"
    )
    measured = (
        ""
        if asked["vector"] is None
        else """LEFT JOIN LATERAL (
            SELECT 1 - (v.vector <=> %(vector)s::halfvec) AS cosine, v.crowding
            FROM search_vector v WHERE v.text_id = t.id AND v.embedder_id = %(embedder)s
            ORDER BY 1 DESC LIMIT 1) m ON true"""
    )
    phrases = (
        "AND concat(t.title, E'\\n', t.body) ILIKE ALL (%(phrases)s)" if asked["phrases"] else ""
    )
    by_words = (
        "SELECT NULL::bigint AS id WHERE false"
        if not asked["query"]
        else f"""SELECT t.id FROM search_text t
            WHERE t.tokens @@ %(query)s::tsquery {readable} {comparable} {fits}
            ORDER BY ts_rank(t.tokens, %(query)s::tsquery) DESC, t.id DESC LIMIT %(by_words)s"""
    )
    return f"""
        WITH near AS MATERIALIZED ({near}), by_words AS MATERIALIZED ({by_words})
        SELECT t.id, t.kind, t.thing_id, t.page_id, t.variant, t.state, t.title,
            left(t.body, %(shown)s), t.language, t.organisation_id, o.name, t.happened_at,
            t.is_in_use, t.keywords, t.concepts, tsvector_to_array(t.tokens), {meaning}
        FROM (SELECT id FROM near UNION SELECT id FROM by_words) p
            JOIN search_text t ON t.id = p.id
            JOIN organisations_organisation o ON o.id = t.organisation_id
            {measured}
        WHERE NOT (t.kind = %(kind)s AND t.thing_id = %(thing)s) {readable} {phrases}
        ORDER BY t.id
    """


def _candidate(row: Sequence[Any]) -> Candidate:
    keywords, concepts, tokens, cosine, crowding = row[-5:]
    return Candidate(
        *row[:-5], tuple(keywords), tuple(concepts), cosine, crowding, frozenset(tokens)
    )


def _quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _escaped(phrase: str) -> str:
    return phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _are_few(codes: list[int] | None, number: int) -> bool:
    """Whether the reader sees so few vectors that each can be looked at."""
    minute = int(monotonic() / ESTIMATE_HOLDS)
    return _estimate(tuple(codes) if codes is not None else None, number, minute) < FEW


@lru_cache(maxsize=1_000)
def _estimate(codes: tuple[int, ...] | None, number: int, _minute: int) -> float:
    """How many vectors the planner believes a reader sees: it decides the way, not the answer."""
    where = "" if codes is None else "AND audience && %(codes)s::integer[]"
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT 1 FROM search_vector"
            f" WHERE embedder_id = %(number)s {where}",
            {"number": number, "codes": list(codes or ())},
        )
        plan = cursor.fetchone()[0]
    return float((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])
