"""An evaluation of an activity with its indicators and measurements."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.evaluation.labels import STATES, Better, Depth, Value, Verdict
from loype.evaluation.querysets import EvaluationQuerySet
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity


class Evaluation(models.Model):
    """What is asked about an activity, what was measured, and the verdict."""

    history_kind = "evaluation"

    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="evaluation")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("question"))
    depth = models.CharField(max_length=8, choices=Depth.choices)
    values = ArrayField(models.CharField(max_length=24, choices=Value.choices))
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    unexpected_findings = models.TextField(_("unexpected findings"), blank=True)
    planned_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="concluded")
                | Q(concluded_at__isnull=False, concluded_by__isnull=False)
                & ~Q(verdict="")
                & ~Q(conclusion="")
                & ~Q(unexpected_findings=""),
                name="concluded_evaluation_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=Q(values__len__gt=0), name="evaluation_looks_at_a_value"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="evaluation_asks_something"),
        ]

    def __str__(self) -> str:
        return f"evaluation of {self.activity_id}"


class Indicator(models.Model):
    """One thing that is measured: from where, to where, and which way is better."""

    history_kind = "indicator"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="indicators")
    value = models.CharField(max_length=24, choices=Value.choices)
    name = models.CharField(_("what is measured"), max_length=160)
    unit = models.CharField(_("unit"), max_length=40)
    better = models.CharField(max_length=4, choices=Better.choices)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(better="up", target__gte=models.F("baseline"))
                | Q(better="down", target__lte=models.F("baseline")),
                name="indicator_target_is_better_than_baseline",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Measurement(models.Model):
    """What an indicator showed on a day."""

    history_kind = "measurement"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    measured_date = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("measured_date", "id")
        constraints = [
            models.UniqueConstraint("indicator", "measured_date", name="measured_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.measured_date}"
