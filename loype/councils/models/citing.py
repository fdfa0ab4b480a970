"""Which point of its mandate a decision rests on."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from loype.bodies.models import MandatePoint
from loype.councils.models.decisions import Decision
from loype.councils.querysets_citing import CitationQuerySet


class Citation(models.Model):
    """A decision cites a point of the mandate that its council had that day."""

    history_kind = "citation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="citations")
    point = models.ForeignKey(MandatePoint, on_delete=models.PROTECT, related_name="citations")
    cited_at = models.DateTimeField()
    cited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ("point__number", "id")
        constraints = [
            models.UniqueConstraint("decision", "point", name="point_cited_once"),
        ]

    def __str__(self) -> str:
        return f"decision {self.decision_id} rests on point {self.point_id}"
