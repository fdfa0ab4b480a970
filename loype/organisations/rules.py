"""Who may do what with organisations; sums over memory, no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.organisations.models import Federation, Organisation


def can_manage_organisation(actor: Actor, organisation_id: int) -> bool:
    """Its own administrators manage people, units, roles, language, colour and logo."""
    return actor.is_house or actor.has_role(Role.ADMINISTRATOR, organisation_id)


def can_set_closed_days(actor: Actor, organisation_id: int) -> bool:
    """Its administrators, and whoever decides for it, say when it is closed."""
    return can_manage_organisation(actor, organisation_id) or actor.has_role(
        Role.DECIDER, organisation_id
    )


def can_found_organisation(actor: Actor) -> bool:
    """Only the operator of the installation (command line) founds organisations."""
    return actor.is_house


def can_manage_federation(actor: Actor, federation: Federation) -> bool:
    """The coordinating organisation's administrators and coordinators manage a federation."""
    owner = federation.coordinator_id
    return (
        actor.is_house
        or actor.has_role(Role.COORDINATOR, owner)
        or actor.has_role(Role.ADMINISTRATOR, owner)
    )


def can_leave(actor: Actor, organisation: Organisation) -> bool:
    """Anybody may leave what they belong to; the last administrator is stopped by the verb."""
    return actor.belongs_to(organisation.pk)
