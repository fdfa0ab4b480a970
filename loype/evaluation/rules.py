"""Who may evaluate; sums over memory, no database."""

from __future__ import annotations

from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.portfolio.rules import can_lead_activity


def can_evaluate(actor: Actor, activity: Activity) -> bool:
    """The activity's owner plans, measures and concludes, also after it has ended."""
    return can_lead_activity(actor, activity)
