"""Who may do what with the council's cases; sums over memory, no database."""

from __future__ import annotations

from collections.abc import Iterable

from loype.bodies.models import Body
from loype.councils.models import Case
from loype.organisations.actor import Actor
from loype.organisations.labels import Role


def can_prepare_cases(actor: Actor, organisation_id: int, *, council: Body | None) -> bool:
    """Leader, secretary, or the named decider where there is no council."""
    if council is not None and actor.leads_body(council.pk):
        return True
    if actor.has_role(Role.COUNCIL_SECRETARY, organisation_id):
        return True
    return council is None and actor.has_role(Role.DECIDER, organisation_id)


def can_decide(actor: Actor, organisation_id: int, *, council: Body | None) -> bool:
    """The council decides through its leader; without a council the named decider does."""
    if council is not None:
        return actor.leads_body(council.pk)
    return actor.has_role(Role.DECIDER, organisation_id)


def can_assess_openness(actor: Actor, organisation_id: int, *, by_council: bool) -> bool:
    """Who prepares the cases says what the public may know: leader and secretary, and the named
    decider of what no council decided."""
    if organisation_id in actor.led_council_ids:
        return True
    if actor.has_role(Role.COUNCIL_SECRETARY, organisation_id):
        return True
    return not by_council and actor.has_role(Role.DECIDER, organisation_id)


def can_see_joint(
    actor: Actor, *, organisation_ids: Iterable[int], federation_id: int | None
) -> bool:
    """The councils that ask and are asked, and who coordinates their federation."""
    if federation_id is not None and federation_id in actor.coordinated_federation_ids:
        return True
    return not actor.council_room_ids.isdisjoint(organisation_ids)


def can_know_people(actor: Actor, organisation_id: int) -> bool:
    """Who works in the organisation, and its council, read by name who is responsible."""
    return actor.belongs_to(organisation_id) or organisation_id in actor.council_room_ids


def is_responsible(actor: Actor, case: Case) -> bool:
    """Whether the case is this person's to follow up."""
    return case.responsible_id is not None and case.responsible_id == actor.person_id


def can_name_deputy(actor: Actor, case: Case) -> bool:
    """The responsible names their own deputy while the case is open to be followed up."""
    return is_responsible(actor, case) and case.state != "closed"
