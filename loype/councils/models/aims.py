"""Which aims a case serves, what it takes, and what it needs; and what a decision was taken for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.councils.assessing.querysets import (
    CaseAimQuerySet,
    CaseNeedQuerySet,
    DecisionAimQuerySet,
    EstimateQuerySet,
)
from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.strategy.models import PlanItem

Person = settings.AUTH_USER_MODEL


class CaseAim(models.Model):
    """An aim of the organisation's own plans that a case serves, how well, and why."""

    history_kind = "case_aim"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="aims")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="+")
    fit = models.PositiveSmallIntegerField(_("how well"))
    reason = models.TextField(_("why"))
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = CaseAimQuerySet.as_manager()

    class Meta:
        ordering = ("-fit", "id")
        constraints = [
            models.UniqueConstraint("case", "item", name="aim_once_a_case"),
            models.CheckConstraint(condition=Q(fit__gte=1, fit__lte=5), name="aim_fit_one_to_five"),
            models.CheckConstraint(condition=~Q(reason=""), name="aim_gives_reason"),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} serves {self.item_id}"


class DecisionAim(models.Model):
    """An aim that something was selected for, as it was said then; it stays with the decision.

    `weeks` is this aim's part of the estimated work, split by how well each aim is served.
    """

    history_kind = "decision_aim"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="aims")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="+")
    fit = models.PositiveSmallIntegerField()
    reason = models.TextField()
    share = models.DecimalField(max_digits=6, decimal_places=5)
    weeks = models.DecimalField(max_digits=9, decimal_places=3, null=True)

    objects = DecisionAimQuerySet.as_manager()

    class Meta:
        ordering = ("-fit", "id")
        constraints = [
            models.UniqueConstraint("decision", "item", name="aim_once_a_decision"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="aim_has_a_share"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_aim_gives_reason"),
        ]

    def __str__(self) -> str:
        return f"decision {self.decision_id} for {self.item_id}"


class CaseEstimate(models.Model):
    """What a case would cost, how many weeks of work it takes, and what it may give a year."""

    history_kind = "case_estimate"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="estimate")
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    weeks = models.DecimalField(_("weeks of work"), max_digits=8, decimal_places=1)
    yearly_value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    version = models.PositiveIntegerField(default=1)
    estimated_at = models.DateTimeField()
    estimated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = EstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__gte=0, weeks__gte=0), name="estimate_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost} {self.currency}, {self.weeks} weeks"


class CaseNeed(models.Model):
    """A case that makes sense only together with another."""

    history_kind = "case_need"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needs")
    needed = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="needed_by")
    reason = models.TextField()

    objects = CaseNeedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("case", "needed", name="need_said_once"),
            models.CheckConstraint(
                condition=~Q(case=F("needed")), name="case_does_not_need_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="need_gives_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} needs {self.needed_id}"
