"""Which texts come into question: by meaning and by words, among those the reader may see.

Permission stands in both searches themselves, before anything is ranked, counted or cut.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from loype.organisations.actor import Actor
from loype.search.analysis.frequency import shares
from loype.search.asking import Asked
from loype.search.audience import codes_of
from loype.search.found import FoundText
from loype.search.meaning import asked_vector, current_meaning, may_be_understood
from loype.search.models import SearchText
from loype.search.vectors import current_number, spelled

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

MOST_NEAR = 200
MOST_BY_WORDS = 100
LOOKED_UP = 2_000  # texts, about: the rarest words that so many hold together are looked up
MOST_MATCHED = 4_000  # texts that hold such a word are ranked: a name may stand in every text
UNCOUNTED = 0.001  # the share of texts taken to hold a token that we never counted
NARROW = 20_000  # readable texts: below this, the readers' index helps to find by words
WIDE = 0.5  # the share of texts that are readable: above this, that index helps no filter
# Microseconds, measured at a million texts: to look at a vector among those of few readers; to find
# a text's vector and look at it; to follow the graph by one vector, and by one text that may fit;
# and what a unit of the planner's costs takes.
VECTOR, TEXT_VECTOR, GRAPH_VECTOR, GRAPH_TEXT, COST = 1.0, 3.0, 7.0, 10.0, 3.3
SO_FEW = 2_000  # always looked at one by one
SHOWN_BODY = 2_000  # signs of a text that are weighed and shown
ESTIMATE_HOLDS = 60.0  # seconds
MOST_ESTIMATES = 1_000

Wanted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Candidate(FoundText):
    """A text that comes into question, with how near its meaning is (None: not known yet)."""

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
    wanted = {name: list(values) for name, values in (wanted or {}).items() if values}
    condition, values = _condition(wanted)
    readable, everything, fitting = _estimates(codes, condition, values)
    asked = {
        **values,
        "vector": spelled(vector) if vector is not None else None,
        "codes": codes,
        "embedder": number or 0,
        "most": most,
        "by_words": min(most, MOST_BY_WORDS),
        "only_comparable": only_comparable,
        "wanted": json.dumps(wanted) if wanted else None,
        "matched": MOST_MATCHED,
        "query": lexical_query(question, texts=_weighed(fitting, everything, readable)),
        "phrases": [f"%{_escaped(phrase)}%" for phrase in question.phrases],
        "kind": exclude[0] if exclude else "",
        "thing": exclude[1] if exclude else 0,
        "shown": SHOWN_BODY,
    }
    way = Way(
        condition=condition,
        one_by_one=is_quicker_one_by_one(fitting, everything, is_narrowed=bool(wanted), most=most),
        is_narrow=readable.rows < NARROW,
        is_wide=readable.rows > WIDE * everything.rows,
    )
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked, way), asked)
        candidates = [_candidate(row) for row in cursor.fetchall()]
    crowding = 0.0
    if meaning is not None and vector is not None:
        crowding = float(meaning.calibration.crowding(vector[None])[0])
    looked_up = asked["by_words"] if vector is None else most
    return Pool(candidates, vector, crowding, is_cut=len(candidates) >= looked_up)


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
    counted = shares()
    tokens += [word for word in question.words if word in question.exact and word not in counted]
    return " | ".join(_quoted(token) for token in dict.fromkeys(tokens))


@dataclass(frozen=True)
class Estimate:
    """How many texts the planner believes there are, and what it would cost to read them."""

    rows: float
    cost: float


def is_quicker_one_by_one(
    fitting: Estimate, everything: Estimate, *, is_narrowed: bool, most: int = MOST_NEAR
) -> bool:
    """Whether to look at every text that fits instead of following the graph.

    The graph is followed until `most` are found that fit: longer, the fewer they are.
    """
    if fitting.rows < SO_FEW:
        return True
    visited = most * everything.rows / fitting.rows
    if is_narrowed:
        return COST * fitting.cost + TEXT_VECTOR * fitting.rows < GRAPH_TEXT * visited
    return VECTOR * fitting.rows < GRAPH_VECTOR * visited


def _weighed(fitting: Estimate, everything: Estimate, readable: Estimate) -> float:
    """Among how many texts words are looked up: where few are readable, only those are read,
    and of the others a number each, fifty times as quickly."""
    if readable.rows < NARROW:
        return min(everything.rows, fitting.rows + everything.rows / 50)
    return everything.rows


@dataclass(frozen=True)
class Way:
    """How the candidates are looked up; decides how long it takes, never what is found."""

    condition: str
    one_by_one: bool
    is_narrow: bool
    is_wide: bool


def _statement(asked: Mapping[str, Any], way: Way) -> str:
    readable = "" if asked["codes"] is None else "AND t.audience && %(codes)s::integer[]"
    near = _near(asked, way) if asked["vector"] else "SELECT NULL::bigint AS id WHERE false"
    by_words = _by_words(asked, way) if asked["query"] else "SELECT NULL::bigint AS id WHERE false"
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


def _near(asked: Mapping[str, Any], way: Way) -> str:
    """The texts whose meaning lies nearest: by the graph, or one by one where few fit."""
    if not way.one_by_one:
        return """SELECT n AS id FROM search_near(%(vector)s::halfvec, %(codes)s::integer[],
            %(embedder)s, %(most)s, %(only_comparable)s, %(wanted)s::jsonb) AS n"""
    comparable = "AND v.is_comparable" if asked["only_comparable"] else ""
    # Nothing is added to the distance but what keeps the graph from being taken.
    return f"""SELECT v.text_id AS id FROM search_vector v {_fitting(asked, way)}
        WHERE v.embedder_id = %(embedder)s {_readable_vector(asked, way)} {comparable}
            {way.condition}
        ORDER BY (v.vector <=> %(vector)s::halfvec) + 0 LIMIT %(most)s"""


def _fitting(asked: Mapping[str, Any], way: Way) -> str:
    """The texts beside their vectors, where filters ask for them.

    Readers and filters are looked up together in the texts' own indexes, and only the vectors of
    what both leave are fetched: the readers' index of the vectors knows no filters.
    """
    if not way.condition:
        return ""
    return f"JOIN search_text ON search_text.id = v.text_id {_readable(asked, by=not way.is_wide)}"


def _readable_vector(asked: Mapping[str, Any], way: Way) -> str:
    if asked["codes"] is None:
        return ""
    reads = "v.audience && %(codes)s::integer[]"
    return f"AND COALESCE({reads}, false)" if way.condition else f"AND {reads}"


def _readable(asked: Mapping[str, Any], *, by: bool) -> str:
    """That a text may be read, looked up `by` the readers' index or seen on the text itself.

    Where most texts are readable, reading that index takes longer than all else.
    """
    if asked["codes"] is None:
        return ""
    reads = "search_text.audience && %(codes)s::integer[]"
    return f"AND {reads}" if by else f"AND COALESCE({reads}, false)"


def _by_words(asked: Mapping[str, Any], way: Way) -> str:
    """The texts that hold the rarest words, best first among those that are looked at."""
    readable = _readable(asked, by=way.is_narrow)
    comparable = "AND search_text.is_comparable" if asked["only_comparable"] else ""
    return f"""SELECT id FROM (SELECT id, tokens FROM search_text
            WHERE tokens @@ %(query)s::tsquery {readable} {comparable} {way.condition}
            LIMIT %(matched)s) AS matched
        ORDER BY ts_rank(tokens, %(query)s::tsquery) DESC, id DESC LIMIT %(by_words)s"""


def _condition(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The filters as SQL on `search_text`, with the values it names."""
    if not wanted:
        return "", {}
    query = SearchText.objects.that_fit(wanted).query
    try:
        compiled, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return "AND false", {}
    names = {f"fits_{place}": value for place, value in enumerate(values)}
    return "AND " + compiled % tuple(f"%({name})s" for name in names), names


def _candidate(row: Sequence[Any]) -> Candidate:
    keywords, concepts, tokens, cosine, crowding = row[-5:]
    parts = *row[:-5], tuple(keywords), tuple(concepts), cosine, crowding, frozenset(tokens)
    return Candidate(*parts)


def _quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def _escaped(phrase: str) -> str:
    return phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _estimates(
    codes: Sequence[int] | None, condition: str, values: dict[str, Any]
) -> tuple[Estimate, Estimate, Estimate]:
    """What the planner believes of the texts that a reader may see, of all there are, and of those
    that a reader may see and that fit the filters; asked at most once a minute, all at once."""
    readers = None if codes is None else tuple(codes)
    fits = tuple((name, repr(value)) for name, value in values.items())
    minute = int(monotonic() / ESTIMATE_HOLDS)
    keys = (readers, "", (), minute), (None, "", (), minute), (readers, condition, fits, minute)
    known = {key: _kept[key] for key in keys if key in _kept}
    if missing := [key for key in dict.fromkeys(keys) if key not in known]:
        if len(_kept) > MOST_ESTIMATES:
            forget_estimates()
        texts = [(key[0] is not None, key[1]) for key in missing]
        known.update(
            zip(missing, _planned(texts, {**values, "codes": list(codes or ())}), strict=True)
        )
        _kept.update(known)
    readable, everything, fitting = (known[key] for key in keys)
    return readable, everything, fitting


_kept: dict[Any, Estimate] = {}


def forget_estimates() -> None:
    """Ask the planner anew from now on, in this process."""
    _kept.clear()


def _planned(texts: Sequence[tuple[bool, str]], values: dict[str, Any]) -> list[Estimate]:
    """What the planner believes of several lots of texts, each for readers only or for all and
    under a condition; one statement. Each is planned by itself, as if it were asked alone."""
    readers = "AND search_text.audience && %(codes)s::integer[]"
    lots = ", ".join(
        f"ARRAY(SELECT 1 FROM search_text WHERE true {readers if read else ''} {condition})"
        for read, condition in texts
    )
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT {lots}", values)
        told = cursor.fetchone()[0]
    plans = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]["Plans"]
    return [Estimate(rows=float(one["Plan Rows"]), cost=float(one["Total Cost"])) for one in plans]
