"""What a body promises from which day on, who was told of delays, and figures as once reported."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import Body
from loype.councils.models import Case
from loype.organisations.models import Organisation
from loype.trail.labels import Clock, Step
from loype.trail.querysets import (
    EscalationQuerySet,
    MonthlyFiguresQuerySet,
    ServiceTargetQuerySet,
)


def days_in_force() -> Func:
    """From the first to the last day on which something is valid, both counted."""
    return Func(
        F("valid_from"), F("valid_to"), RangeBoundary(True, True),
        function="DATERANGE", output_field=DateRangeField(),
    )  # fmt: skip


class ServiceTarget(models.Model):
    """Within how many working days a body does what it owes a giver, valid from a day on.

    A case is measured by what was promised on the day it began to wait.
    """

    history_kind = "service_target"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="targets")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True)
    receipt_days = models.PositiveSmallIntegerField(_("receipt within"), default=1)
    responsible_days = models.PositiveSmallIntegerField(_("somebody responsible within"), default=5)
    decision_days = models.PositiveSmallIntegerField(_("first decision within"), default=20)
    feedback_days = models.PositiveSmallIntegerField(_("feedback to the giver within"), default=2)
    warn_days = models.PositiveSmallIntegerField(default=3)
    decider_days = models.PositiveSmallIntegerField(default=5)
    cases_a_meeting = models.PositiveSmallIntegerField(_("cases a meeting can take"), null=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision_reference = models.CharField(max_length=160, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    objects = ServiceTargetQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = [
            ExclusionConstraint(
                name="one_target_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (days_in_force(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="target_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(
                    receipt_days__gte=1,
                    responsible_days__gte=1,
                    decision_days__gte=F("responsible_days"),
                    feedback_days__gte=1,
                ),
                name="target_days_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(cases_a_meeting__isnull=True) | Q(cases_a_meeting__gte=1),
                name="a_meeting_takes_cases",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} from {self.valid_from}"


class Escalation(models.Model):
    """Somebody was told that a case's clock runs out; once a case, a clock, a round and a step."""

    history_kind = "escalation"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    clock = models.CharField(max_length=12, choices=Clock.choices)
    step = models.CharField(max_length=12, choices=Step.choices)
    since = models.DateTimeField()
    limit_date = models.DateField()
    told_at = models.DateTimeField()

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ("told_at", "id")
        constraints = [
            models.UniqueConstraint(
                "case", "clock", "step", "since", name="one_notice_a_case_and_step"
            ),
            models.CheckConstraint(
                condition=Q(clock__in=Clock.values), name="escalated_clock_is_known"
            ),
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="escalation_step_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} of case {self.case_id}: {self.step}"


class MonthlyFigures(models.Model):
    """An organisation's process figures of a month, exactly as they were when it was over.

    The database refuses to change or delete a row. What a figure means is told by `definition`:
    a later way of counting gets the next number and leaves the earlier months as they are.
    """

    history_kind = "monthly_figures"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="monthly_figures"
    )
    month = models.DateField()
    taken_at = models.DateTimeField()
    definition = models.PositiveSmallIntegerField()
    figures: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    objects = MonthlyFiguresQuerySet.as_manager()

    class Meta:
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint("organisation", "month", name="figures_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="figures_of_a_whole_month"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m}"
