"""The same need elsewhere, beside a case and in the queue: only what the reader may read.

Read together with the cases themselves, so that it costs no statement of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import JSONObject

from loype.councils.querysets import CaseQuerySet
from loype.ideas.labels import STATES
from loype.organisations.actor import Actor
from loype.search.models import SameNeed
from loype.search.needs.labels import Relation

MOST = 6
OWN = OuterRef("idea")


@dataclass(frozen=True)
class Twin:
    """An idea that is, or may be, the same need."""

    pair_id: int
    idea_id: int
    title: str
    language: str
    organisation: str
    state: Any
    is_answered: bool
    organisation_id: int
    is_same: bool


def with_twins(cases: CaseQuerySet, *, actor: Actor) -> CaseQuerySet:
    """Each case with `twins`, as facts; the likeliest first."""
    pairs = SameNeed.objects.visible_to(actor).agreed().standing()
    mine = pairs.filter(Q(idea_a=OWN) | Q(idea_b=OWN)).order_by("-probability", "-id")
    told = JSONObject(
        pair_id="pk",
        answer="state",
        idea_id=_other("id"),
        title=_other("title"),
        language=_other("language"),
        state=_other("state"),
        organisation=_other("organisation__name"),
        organisation_id=_other("organisation_id"),
        relation="relation",
    )
    return cases.annotate(twins=ArraySubquery(mine.values(told=told)[:MOST]))


def _other(fact: str) -> Case:
    """A fact about the other idea of a pair than the case's own."""
    return Case(When(idea_a=OWN, then=F(f"idea_b__{fact}")), default=F(f"idea_a__{fact}"))


def twins_of(case: Any) -> list[Twin]:
    """What stands beside a case."""
    words = dict(STATES)
    return [
        Twin(
            pair_id=one["pair_id"],
            idea_id=one["idea_id"],
            title=one["title"],
            language=one["language"],
            organisation=one["organisation"],
            state=words.get(one["state"], ""),
            is_answered=one["answer"] != "proposed",
            organisation_id=one["organisation_id"],
            is_same=one["answer"] != "linked" or one["relation"] == Relation.SAME_NEED,
        )
        for one in case.twins
    ]


def elsewhere_of(twins: Iterable[Twin], *, organisation_id: int) -> list[Twin]:
    """Those that are the same need before the council of another organisation."""
    return [one for one in twins if one.is_same and one.organisation_id != organisation_id]


def places_of(case: Any) -> Iterable[str]:
    """Where the same need stands, by name; unknown where the case was read without."""
    return dict.fromkeys(one["organisation"] for one in getattr(case, "twins", ()))
