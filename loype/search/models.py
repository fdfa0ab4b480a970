"""What search keeps: texts with their readers, vectors, and what people said of likeness."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from loype.ideas.models import Idea
from loype.organisations.models import Organisation
from loype.search.labels import Kind
from loype.search.needs.labels import PAIR_STATES, Relation
from loype.search.needs.querysets import SameNeedQuerySet
from loype.search.needs.states import PAIR
from loype.search.querysets import ContactRequestQuerySet, SearchTextQuerySet

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
            GinIndex(F("kind"), F("variant"), F("state"), F("language"), name="search_text_facets"),
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
    """A model whose vectors are kept; another may be filling beside the one in use."""

    name = models.CharField(max_length=60, unique=True)
    registered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SearchEmbedder]] = models.Manager()

    class Meta:
        db_table = "search_embedder"

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


class SameNeed(models.Model):
    """Two ideas that are probably the same need, and what people said of it.

    The older number stands first, so that a pair stands once. `evidence` holds the words and
    concepts that met; `digest_a` and `digest_b` are those of the texts when the pair was found or
    last answered. `relation` is read from the first idea to the second, the other way round where
    `is_turned`.
    """

    history_kind = "same_need"

    idea_a = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    idea_b = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField(null=True)
    evidence = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    checked_by_embedder = models.CharField(max_length=60, blank=True)
    digest_a = models.CharField(max_length=64)
    digest_b = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=PAIR_STATES, default="proposed")
    relation = models.CharField(max_length=10, choices=Relation.choices, blank=True)
    is_turned = models.BooleanField(default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SameNeedQuerySet.as_manager()

    class Meta:
        db_table = "search_same_need"
        constraints: ClassVar = [
            models.UniqueConstraint("idea_a", "idea_b", name="same_need_stands_once"),
            models.CheckConstraint(condition=Q(idea_a__lt=F("idea_b")), name="same_need_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=PAIR.states), name="same_need_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(probability__isnull=False),
                name="same_need_proposed_by_likeness",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_at__isnull=True)
                | ~Q(state="proposed") & Q(answered_at__isnull=False),
                name="same_need_answered_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="linked") & ~Q(relation="") | ~Q(state="linked") & Q(relation=""),
                name="same_need_linked_says_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index("state", F("found_at").desc(), F("id").desc(), name="same_need_list"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_a_id} and {self.idea_b_id}: {self.state}"

    @property
    def first(self) -> Idea:
        """The idea that the relation is said of."""
        return self.idea_b if self.is_turned else self.idea_a

    @property
    def second(self) -> Idea:
        """The idea that the relation points at."""
        return self.idea_a if self.is_turned else self.idea_b

    def other(self, idea_id: int) -> Idea:
        """The other idea of the pair."""
        return self.idea_b if idea_id == self.idea_a_id else self.idea_a

    def evidence_of(self, idea_id: int) -> list[str]:
        """The words of one of the ideas that met the other's."""
        words: Any = self.evidence.get("words_a" if idea_id == self.idea_a_id else "words_b", [])
        return [str(word) for word in words]


class SameNeedCheck(models.Model):
    """That a text was looked at, as it stood: what changed since is looked at again."""

    text = models.OneToOneField(
        SearchText, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    embedded_by = models.IntegerField()
    changed_at = models.DateTimeField()
    audience = ArrayField(models.IntegerField())

    objects: ClassVar[models.Manager[SameNeedCheck]] = models.Manager()

    class Meta:
        db_table = "search_same_need_check"

    def __str__(self) -> str:
        return f"text {self.text_id}"


class LaterCheck(models.Model):
    """How a text stood when it was last looked at for those who have the same (`later.py`)."""

    text = models.OneToOneField(
        SearchText, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    audience = ArrayField(models.IntegerField())

    objects: ClassVar[models.Manager[LaterCheck]] = models.Manager()

    class Meta:
        db_table = "search_later_check"

    def __str__(self) -> str:
        return f"text {self.text_id}"


class LaterMatch(models.Model):
    """That somebody was told, once, that something like an idea turned up later."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    thing_id = models.BigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event_id = models.BigIntegerField(db_index=True)
    told_at = models.DateTimeField()

    objects: ClassVar[models.Manager[LaterMatch]] = models.Manager()

    class Meta:
        db_table = "search_later_match"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "idea", "kind", "thing_id", "person", name="later_match_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id} like idea {self.idea_id}, to {self.person_id}"


class ContactRequest(models.Model):
    """Somebody who learnt that another organisation has the same, and asks to be in touch."""

    history_kind = "contact_request"

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asker_organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    asked_at = models.DateTimeField()

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        db_table = "search_contact_request"
        indexes: ClassVar = [
            models.Index("asker", F("asked_at").desc(), name="contact_by_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.organisation_id}"
