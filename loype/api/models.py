"""Answers that were given to a create, so that the same request twice is one thing."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """What was answered to a key; kept in the transaction of the change itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    operation = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "operation", "key", name="idempotency_key_once"),
        ]
        indexes = [models.Index("used_at", name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
