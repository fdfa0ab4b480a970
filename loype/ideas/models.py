"""An idea, need or wish, and what people say and support under it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.utils.translation import gettext_lazy as _

from loype.files.models import StoredFile
from loype.ideas.labels import (
    STATES,
    Anonymity,
    CommentKind,
    DigitalElement,
    IdeaKind,
    ReuseChoice,
)
from loype.ideas.querysets import CommentQuerySet, IdeaQuerySet, ReuseAnswerQuerySet
from loype.ideas.states import IDEA
from loype.organisations.labels import Language, Visibility
from loype.organisations.models import Organisation, Unit, WithProvenance

STATE_WORDS, KIND_WORDS = dict(STATES), dict(IdeaKind.choices)


class Idea(WithProvenance):
    """Something that could be better, in the giver's own words."""

    history_kind = "idea"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ideas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="ideas"
    )
    anonymity = models.CharField(max_length=8, choices=Anonymity.choices, default=Anonymity.OPEN)
    kind = models.CharField(_("kind"), max_length=8, choices=IdeaKind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    language = models.CharField(max_length=3, choices=Language.choices)
    keywords = ArrayField(models.CharField(max_length=80), default=list, db_default=[], blank=True)
    changes_service = models.BooleanField(_("changes how the service is delivered"), null=True)
    digital_element = models.CharField(
        max_length=4, choices=DigitalElement.choices, blank=True, default=""
    )
    visibility = models.CharField(
        max_length=12, choices=Visibility.choices, default=Visibility.ORGANISATION
    )
    state = models.CharField(max_length=20, choices=STATES, default="draft")
    case_number = models.CharField(max_length=30, unique=True, null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # Whether the giver worked outside management and IT when it was handed in; null is not known.
    employee_driven = models.BooleanField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.CharField(max_length=36, blank=True, default="")
    support_count = models.PositiveIntegerField(default=0)
    helps_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    words = GeneratedField(
        expression=Func(F("language"), F("title"), F("text"), function="loype_words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IDEA.states), name="idea_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="withdrawn", submitted_at__isnull=True)
                | Q(submitted_at__isnull=False, case_number__isnull=False),
                name="idea_has_case_number_if_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("taken_up", "needs_information"))
                | Q(taken_up_at__isnull=False),
                name="idea_has_moment_if_taken_up",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("going_on", "parked", "returned", "rejected", "merged"))
                | Q(settled_at__isnull=False),
                name="idea_has_moment_if_settled",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="idea_merged_names_where",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="idea_withdrawn_has_moment",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="idea_has_words"),
            models.CheckConstraint(
                condition=Q(employee_driven__isnull=True)
                | Q(submitted_at__isnull=False, giver__isnull=False),
                name="idea_employee_driven_if_given",
            ),
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | ~Q(source=""), name="idea_has_giver_or_source"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IdeaKind.values), name="idea_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="idea_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(digital_element__in=DigitalElement.values),
                name="idea_digital_element_is_known",
            ),
            models.UniqueConstraint(
                "organisation",
                "source",
                "external_id",
                condition=~Q(source=""),
                name="idea_imported_once",
            ),
            models.UniqueConstraint(
                "giver", "form_key", condition=~Q(form_key=""), name="idea_form_sent_once"
            ),
        ]
        indexes = [
            models.Index(
                "organisation",
                F("submitted_at").desc(),
                F("id").desc(),
                name="idea_list_of_organisation",
            ),
            models.Index(
                "organisation",
                "state",
                F("submitted_at").desc(),
                F("id").desc(),
                name="idea_list_by_state",
            ),
            models.Index(
                "visibility", F("submitted_at").desc(), F("id").desc(), name="idea_list_shared"
            ),
            # For whoever reads across organisations: without it everything is read and sorted.
            models.Index(
                F("submitted_at").desc(),
                F("id").desc(),
                name="idea_list_everywhere",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index("giver", F("created_at").desc(), name="idea_list_of_giver"),
            GinIndex(OpClass(F("title"), name="gin_trgm_ops"), name="idea_title_likeness"),
            GinIndex(F("words"), name="idea_words"),
        ]

    def __str__(self) -> str:
        return self.title

    # Django's own two go through every choice, translated, for each row of a list.
    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state in words."""
        return str(STATE_WORDS[self.state])

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """The kind in words."""
        return str(KIND_WORDS[self.kind])

    @property
    def is_employee_driven(self) -> bool | None:
        """Whether it may be told that the giver worked outside management and IT; None: no word.

        Of a hidden giver nothing is told that narrows down who it is.
        """
        return None if self.is_anonymous else self.employee_driven

    @property
    def is_anonymous(self) -> bool:
        """Whether colleagues must not see who gave it."""
        return self.anonymity == Anonymity.HIDDEN


class CoAuthor(models.Model):
    """Somebody who writes the idea together with the giver."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="co_authored"
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("idea", "person", name="co_author_once")]

    def __str__(self) -> str:
        return f"{self.person_id} with idea {self.idea_id}"


class Support(models.Model):
    """Somebody who says "we have this too", and how many it would help there."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="supports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supports"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    helps = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    supported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("idea", "person", name="support_once")]

    def __str__(self) -> str:
        return f"{self.person_id} supports {self.idea_id}"


class Comment(models.Model):
    """What somebody says under an idea: a comment, the giver's addition, a question."""

    history_kind = "comment"

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    kind = models.CharField(max_length=10, choices=CommentKind.choices)
    text = models.TextField()
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_has_words")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.idea_id}"


class Mention(models.Model):
    """Somebody named in a comment with @, who is told of it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("comment", "person", name="mention_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in comment {self.comment_id}"


class Follow(models.Model):
    """Somebody who wants news of an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )

    class Meta:
        constraints = [models.UniqueConstraint("idea", "person", name="follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.idea_id}"


class IdeaFile(models.Model):
    """A file attached to an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file} on {self.idea_id}"


class ReuseAnswer(models.Model):
    """Whether what others already have can be used, said of an idea before something new is made.

    `seen` holds what it was compared with, as kind and id only: titles are read when they are
    shown, by those who may read them then.
    """

    history_kind = "reuse_answer"

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="reuse")
    answer = models.CharField(max_length=8, choices=ReuseChoice.choices)
    reason = models.TextField(_("reason"), blank=True)
    seen = models.JSONField(default=list)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReuseAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=ReuseChoice.values), name="reuse_answer_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(answer="none") | ~Q(reason=""), name="reuse_none_fits_because"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} for idea {self.idea_id}"
