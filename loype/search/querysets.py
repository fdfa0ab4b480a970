"""What may be asked of many texts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from loype.search.audience import codes_of

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.search.models import SearchText  # noqa: F401


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Texts."""

    def visible_to(self, actor: Actor) -> Self:
        """Texts the actor may read: the same as the things they were taken from."""
        return self if actor.is_house else self.filter(audience__overlap=codes_of(actor))
