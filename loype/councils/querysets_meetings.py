"""What may be asked of minutes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from loype.councils.models import Minutes  # noqa: F401
    from loype.organisations.actor import Actor


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Minutes."""

    def visible_to(self, actor: Actor) -> Self:
        """Read in the council's room."""
        if actor.is_house:
            return self
        return self.filter(meeting__organisation__in=sorted(actor.council_room_ids))
