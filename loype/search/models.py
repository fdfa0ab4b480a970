"""What search keeps: texts with their readers, vectors, and what people said of likeness."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from loype.organisations.models import Organisation
from loype.search.labels import Kind
from loype.search.needs.models import SameNeed, SameNeedCheck  # noqa: F401  its tables, too
from loype.search.querysets import SearchTextQuerySet

DIMENSIONS = 256


class HalfVector(models.Field):  # type: ignore[type-arg]  # has none when it runs
    """A vector of half-precision numbers, given and kept in pgvector's own spelling."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return f"halfvec({DIMENSIONS})"


class SearchText(models.Model):
    """One thing's words, as search reads them. Written by triggers only (`sql.py`)."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    thing_id = models.BigIntegerField()
    page_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    audience = ArrayField(models.IntegerField())
    variant = models.CharField(max_length=30)
    state = models.CharField(max_length=20)
    language = models.CharField(max_length=3)
    title = models.TextField()
    body = models.TextField()
    keywords = ArrayField(models.CharField(max_length=80))
    concepts = ArrayField(models.CharField(max_length=80))
    happened_at = models.DateTimeField()
    is_comparable = models.BooleanField()
    is_in_use = models.BooleanField()
    tokens = SearchVectorField()
    analysed_by = models.CharField(max_length=40)
    embedded_by = models.IntegerField()
    changed_at = models.DateTimeField()

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        db_table = "search_text"
        constraints: ClassVar = [
            models.UniqueConstraint("kind", "thing_id", name="search_text_stands_once"),
        ]
        indexes: ClassVar = [
            GinIndex(F("tokens"), name="search_text_tokens"),
            GinIndex(F("audience"), name="search_text_audience"),
            GinIndex(F("keywords"), F("concepts"), name="search_text_keywords"),
            models.Index(F("happened_at").desc(), F("id").desc(), name="search_text_newest"),
            models.Index(
                "organisation",
                F("happened_at").desc(),
                F("id").desc(),
                name="search_text_of_organisation",
            ),
            models.Index(fields=["analysed_by", "changed_at"], name="search_text_waiting"),
            models.Index(fields=["embedded_by", "changed_at"], name="search_text_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchEmbedder(models.Model):
    """A model whose vectors are kept; one is current, another may be filling beside it."""

    name = models.CharField(max_length=60, unique=True)
    is_current = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SearchEmbedder]] = models.Manager()

    class Meta:
        db_table = "search_embedder"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "is_current", condition=Q(is_current=True), name="search_embedder_one_is_current"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchVector(models.Model):
    """The meaning of a text, or of a part of it, with who may read it."""

    text = models.ForeignKey(SearchText, on_delete=models.CASCADE, related_name="vectors")
    embedder = models.ForeignKey(SearchEmbedder, on_delete=models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField()
    organisation_id = models.BigIntegerField()
    audience = ArrayField(models.IntegerField())
    is_comparable = models.BooleanField()
    crowding = models.FloatField()
    vector = HalfVector()

    objects: ClassVar[models.Manager[SearchVector]] = models.Manager()

    class Meta:
        db_table = "search_vector"
        constraints: ClassVar = [
            models.UniqueConstraint("text", "embedder", "part", name="search_vector_stands_once"),
        ]
        indexes: ClassVar = [
            GinIndex(F("audience"), name="search_vector_audience"),
        ]

    def __str__(self) -> str:
        return f"part {self.part} of text {self.text_id}"
