"""Who may assess, rank and propose; sums over memory, no database."""

from __future__ import annotations

from loype.bodies.models import Body
from loype.councils.models import Round
from loype.councils.rules import can_decide, can_prepare_cases
from loype.organisations.actor import Actor
from loype.organisations.labels import Role


def can_lead_assessing(actor: Actor, organisation_id: int, *, council: Body | None) -> bool:
    """Leader and secretary open and close rounds, rank and propose; as they prepare cases."""
    return can_prepare_cases(actor, organisation_id, council=council)


def can_assess(actor: Actor, round: Round) -> bool:
    """Those who have a vote on the council assess; without a council the named decider."""
    if round.body_id is not None:
        return any(seat.body_id == round.body_id and seat.has_vote for seat in actor.seats_held)
    return actor.has_role(Role.DECIDER, round.organisation_id)


def can_move_in_ranking(actor: Actor, organisation_id: int, *, council: Body | None) -> bool:
    """The one who writes decisions down may move by hand; the secretary only prepares."""
    return can_decide(actor, organisation_id, council=council)


def can_propose_across(actor: Actor, federation_id: int) -> bool:
    """The federation's coordinators put a common set together."""
    return federation_id in actor.coordinated_federation_ids
