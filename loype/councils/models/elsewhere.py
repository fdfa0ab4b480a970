"""The same need before another council, and whether those who decide have seen it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from loype.councils.joint_querysets import NeedElsewhereQuerySet
from loype.councils.models.cases import Case


class NeedElsewhere(models.Model):
    """A council is told that another organisation has the same need; told both ways, once each."""

    history_kind = "need_elsewhere"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs_elsewhere")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = NeedElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ("told_at", "id")
        constraints = [
            models.UniqueConstraint("case", "other", name="need_elsewhere_told_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="need_elsewhere_is_another"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="need_elsewhere_seen_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} like case {self.other_id}"
