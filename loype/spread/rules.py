"""Who may publish and who may take up; sums over memory, no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.organisations.labels import Language, Role, Visibility
from loype.portfolio.models import Activity
from loype.portfolio.rules import can_lead_activity
from loype.spread.models import Adoption, Solution


def can_publish_from(actor: Actor, activity: Activity) -> bool:
    """The activity's owner writes and publishes the solution."""
    return can_lead_activity(actor, activity)


def can_edit_solution(actor: Actor, solution: Solution) -> bool:
    """The activity's owner, or (for imported ones) the organisation's administrator."""
    if solution.activity is not None and can_lead_activity(actor, solution.activity):
        return True
    return actor.has_role(Role.ADMINISTRATOR, solution.organisation_id)


def can_take_up(actor: Actor, solution: Solution) -> bool:
    """Anybody from another organisation may begin to consider it for theirs."""
    return actor.organisation_id is not None and actor.organisation_id != solution.organisation_id


def can_move_adoption(actor: Actor, adoption: Adoption) -> bool:
    """The contact at the taker, or the taker's decider or administrator."""
    if not actor.belongs_to(adoption.organisation_id):
        return False
    return (
        adoption.contact_id == actor.person_id
        or actor.has_role(Role.DECIDER, adoption.organisation_id)
        or actor.has_role(Role.ADMINISTRATOR, adoption.organisation_id)
    )


def needs_english(*, visibility: str, language: str) -> bool:
    """Whether a solution is for readers who may not know its language."""
    return visibility == Visibility.PUBLIC and language != Language.ENGLISH
