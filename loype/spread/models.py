"""A solution that others may reuse, and how far another organisation has come with it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from loype.organisations.labels import Language, Visibility
from loype.organisations.models import Organisation, WithProvenance
from loype.portfolio.models import Activity
from loype.spread.labels import ADOPTION_STATES, SOLUTION_STATES, ActivityType, Sector
from loype.spread.querysets import AdoptionQuerySet, SolutionQuerySet
from loype.spread.states import ADOPTION, SOLUTION


class Solution(WithProvenance):
    """Something that works and that others may take up."""

    history_kind = "solution"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="solutions"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, null=True, related_name="solution"
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what it does"))
    for_whom = models.TextField(_("for whom"), blank=True)
    core_parts = models.TextField(_("what must be kept"), blank=True)
    adaptable_parts = models.TextField(_("what may be changed"), blank=True)
    cost = models.TextField(_("what it takes"), blank=True)
    cost_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    cost_currency = models.CharField(max_length=3, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    contact_role = models.CharField(_("whom to ask"), max_length=160, blank=True)
    sector = models.CharField(
        _("sector"), max_length=16, choices=Sector.choices, blank=True, default="", db_default=""
    )
    activity_type = models.CharField(
        _("type of activity"),
        max_length=16,
        choices=ActivityType.choices,
        blank=True,
        default="",
        db_default="",
    )
    keywords = ArrayField(models.CharField(max_length=80), default=list, db_default=[], blank=True)
    english_summary = models.TextField(
        _("short description in English"), blank=True, default="", db_default=""
    )
    language = models.CharField(max_length=3, choices=Language.choices)
    visibility = models.CharField(
        max_length=12, choices=Visibility.choices, default=Visibility.FEDERATION
    )
    state = models.CharField(max_length=10, choices=SOLUTION_STATES, default="draft")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    retire_reason = models.TextField(blank=True)
    in_use_count = models.PositiveIntegerField(default=0)
    words = GeneratedField(
        expression=Func(F("language"), F("title"), F("summary"), function="loype_words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SolutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SOLUTION.states), name="solution_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="solution_published_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False) | ~Q(source=""),
                name="solution_has_activity_or_source",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | ~Q(source="")
                | ~Q(for_whom="") & ~Q(core_parts="") & ~Q(contact_role=""),
                name="published_solution_tells_enough",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""), name="solution_has_words"
            ),
            models.CheckConstraint(
                condition=Q(cost_amount__isnull=True) | ~Q(cost_currency=""),
                name="solution_cost_has_currency",
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | Q(retired_at__isnull=False) & ~Q(retire_reason=""),
                name="retired_solution_says_why",
            ),
            models.UniqueConstraint(
                "source", "external_id", condition=~Q(source=""), name="solution_imported_once"
            ),
        ]
        indexes = [
            models.Index(
                "visibility", F("published_at").desc(), F("id").desc(), name="solution_list_shared"
            ),
            models.Index(
                "organisation", F("published_at").desc(), F("id").desc(), name="solution_list"
            ),
            GinIndex(OpClass(F("title"), name="gin_trgm_ops"), name="solution_title_likeness"),
            # Of the large letters, because that is what `icontains` compares.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="solution_title_letters"),
            GinIndex(F("words"), name="solution_words"),
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """An organisation's way with a solution of another: considering it to using it."""

    history_kind = "adoption"

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoptions"
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField(max_length=12, choices=ADOPTION_STATES, default="considering")
    adaptation_notes = models.TextField(_("what we changed"), blank=True)
    began_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    value_seen = models.TextField(_("value seen here"), blank=True)
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ADOPTION.states), name="adoption_state_is_known"
            ),
            models.UniqueConstraint(
                "solution", "organisation", condition=~Q(state="stopped"), name="adopted_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_use")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(value_seen=""),
                name="in_use_is_confirmed_by_taker",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | Q(stopped_at__isnull=False) & ~Q(stop_reason=""),
                name="stopped_adoption_has_reason",
            ),
        ]
        indexes = [models.Index("organisation", "state", name="adoption_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} with solution {self.solution_id}"
