"""What may be asked of many citations at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from loype.councils.models import Citation  # noqa: F401
    from loype.organisations.actor import Actor


class CitationQuerySet(models.QuerySet["Citation"]):
    """Which decisions rest on which points."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by whoever may read the decision."""
        if actor.is_house:
            return self
        from loype.councils.models import Decision  # noqa: PLC0415  the models need this first

        return self.filter(decision__in=Decision.objects.visible_to(actor))
