"""What may be asked of minutes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from loype.councils.models import Minutes  # noqa: F401
    from loype.organisations.actor import Actor


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes."""

    def visible_to(self, actor: Actor) -> Self:
        """Read in the council's room, and by whoever sits on the body that met."""
        if actor.is_house:
            return self
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        rooms = Q(meeting__organisation__in=sorted(actor.council_room_ids))
        return self.filter(rooms | Q(meeting__body__in=sits_on))
