"""Who may do what with news; sums over memory, no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.organisations.labels import Role

EDITORS = (Role.COUNCIL_SECRETARY, Role.ADMINISTRATOR)


def edited_ids(actor: Actor) -> set[int]:
    """The organisations whose news the person reads before others, approves and leaves out."""
    held = {held.organisation_id for held in actor.roles_held if held.role in EDITORS}
    return held | actor.led_council_ids


def can_edit_news(actor: Actor, organisation_id: int) -> bool:
    """Its council's secretary, who knows the cases, its leader, who answers for the decisions, or
    an administrator, who answers outwards where there is no council."""
    return organisation_id in edited_ids(actor)
