"""Similar ideas and solutions while somebody types: likeness of titles and shared words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from loype.ideas.models import Idea
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.spread.models import Solution

LONGEST_QUERY = 400
FEWEST_SIGNS = 4
MOST_WORDS = 12
LEAST_LIKENESS = 0.15  # below this, people see no likeness at all
MOST_CANDIDATES = 500  # frequent words fit half the table; only so many are weighed
CONFIGURATIONS = ("danish", "norwegian", "swedish", "english")


@dataclass(frozen=True)
class Similar:
    """Something that resembles what is being written."""

    kind: str
    id: int
    title: str
    language: str
    organisation: str
    organisation_id: int
    state: str
    state_label: str
    support_count: int
    at: datetime | None
    likeness: float
    is_own: bool = False


def find_similar(
    text: str,
    *,
    actor: Actor,
    limit: int = 5,
    exclude_idea: int | None = None,
) -> list[Similar]:
    """What others already have that resembles a text; solutions first, then the most alike.

    Only rows the actor may read are looked at, so nothing else can shape the answer. Likeness is
    from 0 to 1 and only good for ordering.
    """
    wanted = clean_line(text)[:LONGEST_QUERY]
    if len(wanted) < FEWEST_SIGNS:
        return []
    query = any_word(wanted)
    if query is None:
        return []
    solutions = _ranked(
        Solution.objects.visible_to(actor).published(), wanted=wanted, query=query, limit=limit
    )
    ideas = _ranked(
        Idea.objects.visible_to(actor)
        .exclude(state__in=("draft", "withdrawn", "merged"))
        .exclude(pk=exclude_idea or 0),
        wanted=wanted,
        query=query,
        limit=limit,
    )
    found = [_solution(row) for row in solutions] + [_idea(row, actor=actor) for row in ideas]
    return sorted(found, key=lambda one: (one.kind != "solution", -one.likeness))[:limit]


def any_word(text: str) -> SearchQuery | None:
    """A query for texts that hold any of the words, in whichever Nordic language they stem."""
    words = sorted(set(re.findall(r"\w{3,}", text.lower())), key=len, reverse=True)[:MOST_WORDS]
    query: SearchQuery | None = None
    for configuration in CONFIGURATIONS if words else ():
        one = SearchQuery(" or ".join(words), config=configuration, search_type="websearch")
        query = one if query is None else query | one
    return query


def _ranked(rows: QuerySet[Any], *, wanted: str, query: SearchQuery, limit: int) -> Sequence[Any]:
    newest = rows.filter(Q(words=query)).order_by("-pk").values("pk")[:MOST_CANDIDATES]
    return list(
        rows.filter(pk__in=newest)
        .annotate(
            likeness=Greatest(
                TrigramWordSimilarity(wanted, "title"),
                SearchRank(F("words"), query, normalization=32),
            )
        )
        .select_related("organisation")
        .defer("words")
        .filter(likeness__gte=LEAST_LIKENESS)
        .order_by("-likeness", "-pk")[:limit]
    )


def _idea(row: Any, *, actor: Actor) -> Similar:
    own = actor.is_signed_in and row.giver_id == actor.person_id
    similar = _similar(row, kind="idea", support_count=row.support_count, at=row.submitted_at)
    return replace(similar, is_own=own)


def _solution(row: Any) -> Similar:
    return _similar(row, kind="solution", support_count=row.in_use_count, at=row.published_at)


def _similar(row: Any, *, kind: str, support_count: int, at: datetime | None) -> Similar:
    return Similar(
        kind=kind,
        id=row.pk,
        title=row.title,
        language=row.language,
        organisation=row.organisation.name,
        organisation_id=row.organisation_id,
        state=row.state,
        state_label=row.get_state_display(),
        support_count=support_count,
        at=at,
        likeness=float(row.likeness),
    )
