"""What may be asked of bodies and meetings at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from loype.bodies.models import Body, Meeting  # noqa: F401
    from loype.organisations.actor import Actor


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies."""

    def visible_to(self, actor: Actor) -> Self:
        """Who sits on a council is seen by its organisation and those it works with."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.neighbour_ids | actor.organisation_ids))

    def active(self) -> Self:
        """Bodies that work now."""
        return self.filter(state="active")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """When the council meets is known in its organisation and to those who sit on it."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids | actor.council_room_ids))

    def coming(self, at: datetime) -> Self:
        """Meetings ahead, nearest first."""
        return self.filter(starts_at__gte=at, state__in=("planned", "called"))
