"""A stored file; what it belongs to points at it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


def _place(stored: StoredFile, name: str) -> str:
    """A path that says nothing about the file."""
    token = uuid.uuid4().hex
    return f"{token[:2]}/{token}"


class StoredFile(models.Model):
    """A file on disk with what is known about it."""

    history_kind = "file"

    content = models.FileField(upload_to=_place, max_length=120)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    alt_text = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(media_type__startswith="image/") | ~Q(alt_text=""),
                name="file_image_has_alt_text",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")
