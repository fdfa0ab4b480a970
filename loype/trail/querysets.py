"""What may be asked of targets, escalations and monthly figures at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.trail.models import Escalation, MonthlyFigures, ServiceTarget  # noqa: F401


class ServiceTargetQuerySet(models.QuerySet["ServiceTarget"]):
    """What bodies promise."""

    def visible_to(self, actor: Actor) -> Self:
        """What a council promises is known in its organisation and to those who sit on it."""
        if actor.is_house:
            return self
        seen = sorted(actor.organisation_ids | actor.council_room_ids)
        return self.filter(body__organisation__in=seen)

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Who was told that a clock ran out."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen in the council room."""
        if actor.is_house:
            return self
        return self.filter(case__organisation__in=sorted(actor.council_room_ids))


class MonthlyFiguresQuerySet(models.QuerySet["MonthlyFigures"]):
    """Figures of months, as they were reported."""

    def visible_to(self, actor: Actor) -> Self:
        """Figures of an organisation are for its own people."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids))
