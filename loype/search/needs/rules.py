"""Who may answer for a pair of ideas; sums over memory, no database."""

from __future__ import annotations

from collections.abc import Collection

from loype.ideas.models import Idea
from loype.organisations.actor import Actor

SHARED = frozenset({"federation", "public"})


def can_answer_pair(
    actor: Actor, *, organisation_ids: Collection[int], coordinated_ids: Collection[int]
) -> bool:
    """Those who sit in the council room of either idea, and who coordinate a federation that either
    belongs to (`coordinated_ids`: the members of the federations that the actor coordinates)."""
    concerned = set(organisation_ids)
    return bool(concerned & actor.council_room_ids or concerned & set(coordinated_ids))


def may_be_compared(one: Idea, other: Idea) -> bool:
    """What stays within an organisation is only compared within it."""
    if one.organisation_id == other.organisation_id:
        return True
    return one.visibility in SHARED and other.visibility in SHARED


def can_be_merged(one: Idea, other: Idea) -> bool:
    """Only within one organisation, whose council decides it."""
    return one.organisation_id == other.organisation_id


def younger_first(one: Idea, other: Idea) -> tuple[Idea, Idea]:
    """The idea that is merged, and the one that takes it in: the one that was handed in before."""
    older, younger = sorted((one, other), key=lambda idea: (idea.submitted_at is None,
        idea.submitted_at, idea.pk))  # fmt: skip
    return younger, older
