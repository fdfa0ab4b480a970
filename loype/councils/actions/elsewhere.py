"""Telling two councils that they have the same need, before either decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from loype.councils.models import Case, NeedElsewhere
from loype.history.actions import record
from loype.ideas.models import Idea
from loype.organisations.actor import Actor


def tell_of_same_need(one: Idea, other: Idea, *, at: datetime) -> int:
    """Tell the councils of two ideas of each other; gives how many were told something new.

    Only between two organisations. Each case is held, so that nobody decides it meanwhile.
    """
    if one.organisation_id == other.organisation_id:
        return 0
    cases = {case.idea_id: case for case in _held(one, other)}
    if len(cases) < 2:
        return 0
    sides = ((cases[one.pk], cases[other.pk]), (cases[other.pk], cases[one.pk]))
    return sum(_told(case, of=twin, at=at) for case, twin in sides)


def _held(one: Idea, other: Idea) -> list[Case]:
    cases = Case.objects.select_for_update(of=("self",)).filter(idea__in=(one.pk, other.pk))
    return list(cases.order_by("pk"))


def _told(case: Case, *, of: Case, at: datetime) -> int:
    row, is_new = NeedElsewhere.objects.get_or_create(case=case, other=of, defaults={"told_at": at})
    if is_new:
        return 1
    if row.ended_at is None:
        return 0
    row.ended_at, row.told_at, row.seen_at, row.seen_by = None, at, None, None
    row.save(update_fields=["ended_at", "told_at", "seen_at", "seen_by"])
    return 1


def end_same_need(one: Idea, other: Idea, *, at: datetime) -> int:
    """Take back what two councils were told: it is not the same need after all."""
    mine = Q(case__idea=one, other__idea=other) | Q(case__idea=other, other__idea=one)
    return NeedElsewhere.objects.filter(mine, ended_at=None).update(ended_at=at)


def unseen_elsewhere(case: Case, *, day: date) -> list[Any]:
    """What a council was told of and nobody who decides has seen; `is_shared` where it may be."""
    return list(
        NeedElsewhere.objects.filter(case=case, ended_at=None)
        .unseen()
        .with_sharing(day=day)
        .select_related("other__organisation", "other__idea")
        .defer("other__idea__words", "other__idea__text")
    )


@dataclass(frozen=True)
class Unseen:
    """The same need before another council that nobody who decides here has seen yet."""

    pk: int
    other: int
    place: str
    is_shared: bool


def unseen_of(case: Case, *, day: date) -> Any:
    """What makes each `Unseen` of a case, to be asked along with something else."""
    rows = NeedElsewhere.objects.filter(case=case, ended_at=None).unseen().with_sharing(day=day)
    told = JSONObject(
        pk="pk", other="other_id", place="other__organisation__name", is_shared="is_shared"
    )
    return rows.order_by("told_at", "pk").values(told=told)


def unseen_problem(waiting: Iterable[Unseen], *, seen: Collection[int]) -> dict[str, str]:
    """What stops a decision: the same need elsewhere that those who decide did not look at."""
    missing = [row for row in waiting if row.is_shared and row.pk not in seen]
    if not missing:
        return {}
    places = ", ".join(dict.fromkeys(row.place for row in missing))
    return {
        "seen_elsewhere": _(
            "The same need stands in %(places)s. Say that you have seen it before you decide."
        )
        % {"places": places}
    }


def keep_what_was_seen(
    waiting: Sequence[Unseen], *, case: Case, joined: int | None, actor: Actor, at: datetime
) -> None:
    """Record that those who decide saw it; what they may not read any more ends, but for the case
    that theirs joins, of which the invitation told them."""
    shown = [row for row in waiting if row.is_shared or row.other == joined]
    hidden = [row.pk for row in waiting if row not in shown]
    if hidden:
        NeedElsewhere.objects.filter(pk__in=hidden).update(ended_at=at)
    if not shown:
        return
    NeedElsewhere.objects.filter(pk__in=[row.pk for row in shown]).update(
        seen_at=at, seen_by_id=actor.signed_in_id
    )
    for row in shown:
        record(
            "see_same_need", thing=NeedElsewhere(pk=row.pk), actor=actor, at=at,
            acting_as="council", follow=False, organisation_id=case.organisation_id,
            change={"case": case.pk, "other": row.other},
        )  # fmt: skip
