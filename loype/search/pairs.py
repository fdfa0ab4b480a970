"""Which stored texts may be the same need as others, judged by their vectors and letters."""

from __future__ import annotations

from collections.abc import Sequence

from loype.organisations.actor import Actor
from loype.search.asking import asked
from loype.search.candidates import gather
from loype.search.meaning import current_meaning
from loype.search.models import SearchText
from loype.search.ranking import rank
from loype.search.vectors import current_number, kept_vectors

MOST_NEIGHBOURS = 40


def near_pairs(
    text_ids: Sequence[int], *, actor: Actor, least: float
) -> list[tuple[int, int, float]]:
    """Ideas that are probably the same need: text, other text, probability at least `least`.

    Among ideas that the actor may read and that are handed in; each pair once for each text asked
    about, the other's id second.
    """
    rows = SearchText.objects.visible_to(actor).filter(
        pk__in=list(text_ids), kind="idea", is_comparable=True
    )
    meaning = current_meaning()
    number = current_number(meaning.name) if meaning else None
    kept = kept_vectors(text_ids, number=number) if number is not None else {}
    found: list[tuple[int, int, float]] = []
    for row in rows.order_by("pk").defer("tokens", "audience"):
        question = asked(
            f"{row.title}. {row.body}",
            language=row.language,
            by_meaning=row.pk in kept,
            is_own_text=True,
        )
        pool = gather(
            question,
            actor=actor,
            wanted={"kind": ["idea"]},
            only_comparable=True,
            exclude=("idea", row.thing_id),
            most=MOST_NEIGHBOURS,
            vector=kept.get(row.pk),
        )
        found += [
            (row.pk, one.candidate.text_id, one.probability)
            for one in rank(question, pool)
            if one.probability >= least
        ]
    return found
