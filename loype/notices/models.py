"""A notice to one person about one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from loype.organisations.actor import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own only."""
        return self.filter(person=actor.person_id) if actor.is_signed_in else self.none()

    def unread(self) -> Self:
        """Those not looked at yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that happened which this person should know; once a person and event."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    event_id = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    thing_kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    is_important = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint("person", "event_id", name="told_once_of_an_event"),
        ]
        indexes = [
            models.Index("person", models.F("id").desc(), name="notice_list"),
            models.Index("person", name="notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.person_id}"
