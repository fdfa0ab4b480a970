"""One row for each thing that happened, and the head of each organisation's chain."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something a person (or the clock) did to a thing; never changed, never deleted.

    Ids are loose on purpose: the account outlives what it tells about. `number`,
    `previous_hash` and `hash` are set by the database.
    """

    chain_id = models.BigIntegerField(editable=False)
    number = models.BigIntegerField(editable=False, default=0)
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    acting_as = models.CharField(max_length=40, blank=True)
    organisation_id = models.BigIntegerField(null=True)
    thing_kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    change = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, editable=False, default="")
    hash = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("chain_id", "number", name="event_number_once_a_chain"),
        ]
        indexes = [
            models.Index("thing_kind", "thing_id", "id", name="event_by_thing"),
            models.Index("organisation_id", "id", name="event_by_organisation"),
            models.Index("person_id", "id", name="event_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing_kind} {self.thing_id}"


class Chain(models.Model):
    """How long an organisation's chain is and the hash it ends with (0 is the house itself)."""

    id = models.BigIntegerField(primary_key=True)
    length = models.BigIntegerField()
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"chain {self.id}: {self.length} rows"
