"""What is shown when nothing was asked: the newest that the reader may see, with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from loype.organisations.actor import Actor
from loype.search.candidates import SHOWN_BODY, Candidate
from loype.search.found import facts_of
from loype.search.models import SearchText

if TYPE_CHECKING:
    from loype.search.finding import Found


def newest(
    *,
    actor: Actor,
    wanted: Mapping[str, Sequence[str]],
    page: int,
    per_page: int,
    most: int,
) -> Found:
    """The newest texts that fit, as many as a ranked answer would hold."""
    from loype.search.finding import Found, facets_of
    from loype.search.ranking import Hit

    rows = SearchText.objects.visible_to(actor)
    everything = _read(rows, most=most)
    fitting = _read(rows.that_fit(wanted), most=most) if wanted else everything
    start = (max(page, 1) - 1) * per_page
    hits = [Hit.of(one) for one in fitting[start : start + per_page]]
    return Found(
        hits=hits,
        count=len(fitting),
        is_cut=len(fitting) >= most,
        facets=facets_of(everything, wanted=wanted, narrowed=fitting),
        meaning=True,
        most=most,
        page=max(page, 1),
        pages=max(1, -(-len(fitting) // per_page)),
        organisations={str(one.organisation_id): one.organisation for one in everything},
    )


def _read(rows: QuerySet[Any], *, most: int) -> list[Candidate]:
    shown = rows.annotate(shown=Left("body", SHOWN_BODY), whose=F("organisation__name"))
    return [
        Candidate(
            **facts_of(row, body=row.shown, organisation=row.whose), concepts=tuple(row.concepts)
        )
        for row in shown.order_by("-happened_at", "-id").defer("body", "tokens", "audience")[:most]
    ]
