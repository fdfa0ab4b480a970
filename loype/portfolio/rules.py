"""Who may do what with an activity; sums over memory, but for an owner who works elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.portfolio.models import Activity


def can_lead_activity(actor: Actor, activity: Activity) -> bool:
    """The owner leads it while they work where it is owned: phases, reports, participants."""
    if not actor.is_signed_in or activity.owner_id != actor.person_id:
        return False
    homes = actor.organisation_ids
    return activity.organisation_id in homes or _is_owned_together_with(homes, activity=activity)


def _is_owned_together_with(organisation_ids: Collection[int], *, activity: Activity) -> bool:
    owners = activity.participants.filter(is_owner=True, left_date=None)
    return owners.filter(organisation__in=sorted(organisation_ids)).exists()


def can_hand_over_activity(actor: Actor, activity: Activity) -> bool:
    """The owner, the council's leader or the named decider names another owner."""
    return can_lead_activity(actor, activity) or can_stop_activity(actor, activity)


def can_stop_activity(actor: Actor, activity: Activity) -> bool:
    """The owner or whoever decides for the organisation stops it."""
    return (
        can_lead_activity(actor, activity)
        or activity.organisation_id in actor.led_council_ids
        or actor.has_role(Role.DECIDER, activity.organisation_id)
    )


def can_widen_activity(actor: Actor, activity: Activity) -> bool:
    """The owner organisation alone lets others see it."""
    return can_hand_over_activity(actor, activity)
