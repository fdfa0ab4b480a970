"""What lies on a meeting's agenda."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loype.bodies.models import Meeting
from loype.councils.models.cases import Case
from loype.councils.querysets import AgendaItemQuerySet


class AgendaItem(models.Model):
    """A case on a meeting's agenda, in order."""

    history_kind = "agenda_item"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    removed_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                "meeting", "case", condition=Q(removed_at=None), name="case_once_on_agenda"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. case {self.case_id}"
