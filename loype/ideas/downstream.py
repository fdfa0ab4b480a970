"""What only a later stage may do to an idea."""

from __future__ import annotations

from datetime import datetime

from loype.ideas.actions.common import lock_idea, refuse_move
from loype.ideas.actions.talking import count_supports
from loype.ideas.models import Follow, Idea, Support


def take_up_idea(idea: Idea, *, at: datetime) -> Idea:
    """The council appointed somebody responsible: from now on the giver adds, not edits."""
    idea = lock_idea(idea)
    if idea.state == "taken_up":
        return idea
    if idea.state in ("submitted", "needs_information"):
        idea.state, idea.taken_up_at = "taken_up", idea.taken_up_at or at
        idea.version += 1
        idea.save(update_fields=["state", "taken_up_at", "version"])
    return idea


def settle_idea(
    idea: Idea,
    *,
    state: str,
    at: datetime,
    merged_into: Idea | None = None,
    is_locked: bool = False,
) -> Idea:
    """The council decided; a merged idea's supporters and followers go with it.

    `is_locked` says that the caller holds the row already and read it as it is now.
    """
    idea = idea if is_locked else lock_idea(idea)
    if state != idea.state or state not in ("going_on", "needs_information"):
        refuse_move(idea, state)
    idea.state = state
    idea.settled_at = at if state != "needs_information" else idea.settled_at
    idea.taken_up_at = idea.taken_up_at or at
    idea.merged_into = merged_into
    idea.version += 1
    idea.save(update_fields=["state", "settled_at", "taken_up_at", "merged_into", "version"])
    if merged_into is not None:
        _carry_over(idea, into=merged_into, at=at)
    return idea


def _carry_over(idea: Idea, *, into: Idea, at: datetime) -> None:
    """Supporters are counted once where the idea went; its giver supports and follows there."""
    into = lock_idea(into)
    supports = [
        Support(
            idea=into, person_id=support.person_id, organisation_id=support.organisation_id,
            helps=support.helps, note=support.note, supported_at=support.supported_at,
        )
        for support in Support.objects.filter(idea=idea).exclude(person=into.giver_id)
    ]  # fmt: skip
    # an anonymous giver follows along unseen: a support would show the name
    if idea.giver_id and idea.giver_id != into.giver_id and not idea.is_anonymous:
        supports.append(
            Support(
                idea=into, person_id=idea.giver_id, organisation_id=idea.organisation_id,
                supported_at=at,
            )
        )  # fmt: skip
    Support.objects.bulk_create(supports, ignore_conflicts=True)
    people = {idea.giver_id, *Follow.objects.filter(idea=idea).values_list("person_id", flat=True)}
    Follow.objects.bulk_create(
        (Follow(idea=into, person_id=person) for person in people if person),
        ignore_conflicts=True,
    )
    count_supports(into)
