"""What is shown when nothing was asked: the newest that the reader may see, with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from loype.organisations.actor import Actor
from loype.search.candidates import SHOWN_BODY, Candidate
from loype.search.explanation import Reason
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
    hits = [
        Hit(
            text_id=one.text_id,
            kind=one.kind,
            thing_id=one.thing_id,
            page_id=one.page_id,
            variant=one.variant,
            state=one.state,
            title=one.title,
            body=one.body,
            language=one.language,
            organisation_id=one.organisation_id,
            organisation=one.organisation,
            happened_at=one.happened_at,
            is_in_use=one.is_in_use,
            keywords=tuple(dict.fromkeys((*one.keywords, *one.concepts))),
            probability=0.0,
            score=0.0,
            band="",
            reason=Reason(),
        )
        for one in fitting[start : start + per_page]
    ]
    return Found(
        hits=hits,
        count=len(fitting),
        is_cut=len(fitting) >= most,
        facets=facets_of(everything, wanted=wanted, narrowed=fitting),
        meaning=True,
        page=max(page, 1),
        pages=max(1, -(-len(fitting) // per_page)),
        organisations={str(one.organisation_id): one.organisation for one in everything},
    )


def _read(rows: QuerySet[Any], *, most: int) -> list[Candidate]:
    shown = rows.annotate(shown=Left("body", SHOWN_BODY), whose=F("organisation__name"))
    return [
        Candidate(
            text_id=row.pk,
            kind=row.kind,
            thing_id=row.thing_id,
            page_id=row.page_id,
            variant=row.variant,
            state=row.state,
            title=row.title,
            body=row.shown,
            language=row.language,
            organisation_id=row.organisation_id,
            organisation=row.whose,
            happened_at=row.happened_at,
            is_in_use=row.is_in_use,
            keywords=tuple(row.keywords),
            concepts=tuple(row.concepts),
        )
        for row in shown.order_by("-happened_at", "-id").defer("body", "tokens", "audience")[:most]
    ]
