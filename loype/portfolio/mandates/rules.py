"""Who keeps the mandates and who answers for the new council; sums over memory, no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.organisations.labels import Role

KEEPERS = (Role.ADMINISTRATOR, Role.DECIDER, Role.COUNCIL_SECRETARY)


def can_answer_mandates(actor: Actor, organisation_id: int) -> bool:
    """Whoever decides for the organisation answers: the council's leader or the named decider."""
    return organisation_id in actor.led_council_ids or actor.has_role(Role.DECIDER, organisation_id)


def can_keep_mandates(actor: Actor, organisation_id: int) -> bool:
    """Administrators, the secretary and those who decide record mandates and elections."""
    if actor.is_house or can_answer_mandates(actor, organisation_id):
        return True
    return any(actor.has_role(role, organisation_id) for role in KEEPERS)


def can_read_folder(actor: Actor, organisation_id: int) -> bool:
    """The hand-over folder is read in the organisation and in its council's room."""
    return (
        actor.is_house
        or actor.belongs_to(organisation_id)
        or organisation_id in actor.council_room_ids
    )
