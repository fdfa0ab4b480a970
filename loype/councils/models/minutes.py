"""The minutes as they were approved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from loype.bodies.models import Meeting
from loype.councils.querysets_meetings import MinutesQuerySet
from loype.files.models import StoredFile


class Minutes(models.Model):
    """A meeting's minutes as they were approved: written once, never changed."""

    history_kind = "minutes"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="kept_minutes")
    language = models.CharField(max_length=8)
    html = models.TextField()
    html_sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(html=""), name="minutes_are_not_empty"),
        ]

    def __str__(self) -> str:
        return f"minutes of meeting {self.meeting_id}"
