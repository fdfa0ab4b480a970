"""The same need elsewhere, beside a case and in the queue: only what the reader may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.search.models import SameNeed
from loype.search.needs.querysets import SameNeedQuerySet

MOST_BESIDE_A_CASE = 6
MOST_IN_A_ROOM = 200


@dataclass(frozen=True)
class Twin:
    """An idea elsewhere that is, or may be, the same need."""

    pair: SameNeed
    idea: Idea

    @property
    def is_certain(self) -> bool:
        """Whether somebody has said so."""
        return self.pair.state != "proposed"


def twins_of(idea_id: int, *, actor: Actor) -> list[Twin]:
    """What stands beside a case: the answered first, then the likeliest."""
    rows = _pairs(actor, idea_ids=[idea_id]).order_by("state", "-probability", "-id")
    return [Twin(pair, pair.other(idea_id)) for pair in rows[:MOST_BESIDE_A_CASE]]


def places_of(idea_ids: Iterable[int], *, actor: Actor) -> dict[int, list[str]]:
    """For each idea of the queue the organisations where the same need stands, by name."""
    wanted = set(idea_ids)
    if not wanted:
        return {}
    found: dict[int, list[str]] = {}
    for pair in _pairs(actor, idea_ids=sorted(wanted)).order_by("-id")[:MOST_IN_A_ROOM]:
        for own in wanted & {pair.idea_a_id, pair.idea_b_id}:
            names = found.setdefault(own, [])
            name = pair.other(own).organisation.name
            if name not in names:
                names.append(name)
    return found


def _pairs(actor: Actor, *, idea_ids: list[int]) -> SameNeedQuerySet:
    mine = Q(idea_a__in=idea_ids) | Q(idea_b__in=idea_ids)
    return SameNeed.objects.visible_to(actor).filter(mine).agreed().standing().with_ideas()
