"""A search that somebody wants to hear about again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from loype.organisations.actor import Actor


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own only."""
        return self.filter(person=actor.person_id) if actor.is_signed_in else self.none()


class SavedSearch(models.Model):
    """What somebody asked, and the texts they know already: what else turns up is told."""

    history_kind = "saved_search"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=100)
    asked = models.CharField(max_length=400, blank=True)
    narrowed = models.JSONField(default=dict)
    language = models.CharField(max_length=3, blank=True)
    known = ArrayField(models.BigIntegerField(), default=list)
    saved_at = models.DateTimeField()
    run_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        db_table = "search_saved"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "asked", "narrowed", name="search_saved_once"),
            models.CheckConstraint(
                condition=~Q(asked="") | ~Q(narrowed={}), name="saved_search_asks_something"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
