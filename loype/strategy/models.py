"""Plans with their items, and the periods in which the items have their weights."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.organisations.labels import Language, Visibility
from loype.organisations.models import Organisation, days_between
from loype.strategy.labels import Involved, PeriodState, PlanKind
from loype.strategy.querysets import (
    ItemWeightQuerySet,
    PeriodQuerySet,
    PlanItemQuerySet,
    PlanQuerySet,
)

MOST_POINTS = 100


class Plan(models.Model):
    """A plan or strategy that an organisation has adopted or works by."""

    history_kind = "plan"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(max_length=20, choices=PlanKind.choices)
    language = models.CharField(max_length=3, choices=Language.choices)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"), null=True)
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    visibility = models.CharField(
        max_length=12, choices=Visibility.choices, default=Visibility.ORGANISATION
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("title", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="plan_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index("organisation", "title", "id", name="plan_by_organisation")]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """One aim of a plan: what the organisation wants to come nearer to."""

    history_kind = "plan_item"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number in the plan"), max_length=20, blank=True)
    title = models.CharField(_("aim"), max_length=200)
    text = models.TextField(_("what it means"), blank=True)
    involvement = models.CharField(
        max_length=14, choices=Involved.choices, blank=True, default="", db_default=""
    )
    involvement_words = models.TextField(blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)
    retired_date = models.DateField(null=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(involvement="", involvement_words="")
                | Q(involvement__in=Involved.values) & ~Q(involvement_words=""),
                name="involvement_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Period(models.Model):
    """From when to when an organisation's aims weigh what; adopted weights stay as they are."""

    history_kind = "strategy_period"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="strategy_periods"
    )
    name = models.CharField(_("name"), max_length=120)
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"), null=True)
    state = models.CharField(max_length=10, choices=PeriodState.choices, default=PeriodState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("-from_date", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="period_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="adopted", adopted_at__isnull=False, adopted_by__isnull=False),
                name="adopted_period_tells_who",
            ),
            ExclusionConstraint(
                name="one_adopted_period_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="adopted"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ItemWeight(models.Model):
    """How many points an aim has in a period; its share is its points of all points."""

    history_kind = "item_weight"

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="weights")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="weights")
    points = models.PositiveSmallIntegerField()

    objects = ItemWeightQuerySet.as_manager()

    class Meta:
        ordering = ("-points", "item_id")
        constraints = [
            models.UniqueConstraint("period", "item", name="item_weighed_once_a_period"),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=MOST_POINTS), name="item_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points} for item {self.item_id}"
