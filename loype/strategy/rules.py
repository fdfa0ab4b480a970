"""Who may write an organisation's plans and adopt what they weigh; no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.organisations.labels import Role

WRITERS = (Role.ADMINISTRATOR, Role.DECIDER, Role.COUNCIL_SECRETARY)


def can_write_strategy(actor: Actor, organisation_id: int) -> bool:
    """Its administrators, named decider and council secretary keep the register."""
    return actor.is_house or any(actor.has_role(role, organisation_id) for role in WRITERS)


def can_adopt_strategy(actor: Actor, organisation_id: int) -> bool:
    """The named decider or an administrator lets a period's weights come into force."""
    return (
        actor.is_house
        or actor.has_role(Role.DECIDER, organisation_id)
        or actor.has_role(Role.ADMINISTRATOR, organisation_id)
    )
