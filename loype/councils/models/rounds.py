"""A round of assessment: the same criteria for all cases, each member alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import Body
from loype.councils.assessing.labels import Method, OrderRule, Preference, RoundState
from loype.councils.assessing.querysets import (
    AssessmentQuerySet,
    ComparisonQuerySet,
    CriterionWeightQuerySet,
    RoundCaseQuerySet,
    RoundQuerySet,
    ScoreQuerySet,
    SheetQuerySet,
)
from loype.councils.models.cases import Case
from loype.councils.models.profiles import Criterion, Profile
from loype.organisations.models import Organisation

Person = settings.AUTH_USER_MODEL


class Round(models.Model):
    """Cases that a council's members assess on the same criteria, in an order that is told."""

    history_kind = "assessment_round"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(_("name"), max_length=160)
    method = models.CharField(max_length=8, choices=Method.choices)
    order_rule = models.CharField(max_length=16, choices=OrderRule.choices)
    seed = models.PositiveIntegerField()
    hand_in_by = models.DateField(_("hand in by"), null=True)
    state = models.CharField(max_length=6, choices=RoundState.choices, default=RoundState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False),
                name="closed_round_tells_who",
            ),
        ]
        indexes = [
            models.Index("organisation", F("opened_at").desc(), F("id").desc(), name="round_list"),
        ]

    def __str__(self) -> str:
        return self.name


class RoundCase(models.Model):
    """A case in a round; what must be done by law stands outside the ranking, with its reason."""

    history_kind = "round_case"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="round_cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="round_cases")
    position = models.PositiveIntegerField()
    must_do = models.BooleanField(default=False)
    must_do_reason = models.TextField(blank=True)

    objects = RoundCaseQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint("round", "case", name="case_once_a_round"),
            models.CheckConstraint(
                condition=Q(must_do=False, must_do_reason="")
                | Q(must_do=True) & ~Q(must_do_reason=""),
                name="must_do_gives_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} in round {self.round_id}"


class Assessment(models.Model):
    """One member's own assessment; handed in, it is locked and the others' open."""

    history_kind = "assessment"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("round", "person", name="member_assesses_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"assessment of {self.person_id} in round {self.round_id}"


class Sheet(models.Model):
    """What one member says of one case; with an interest of their own they say nothing more."""

    history_kind = "assessment_sheet"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sheets")
    round_case = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="sheets")
    position = models.PositiveIntegerField()
    has_interest = models.BooleanField(default=False)
    interest = models.TextField(_("interest"), blank=True)
    remark = models.TextField(_("remark"), blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint("assessment", "round_case", name="sheet_once_a_case"),
            models.CheckConstraint(
                condition=Q(has_interest=False, interest="")
                | Q(has_interest=True, remark="") & ~Q(interest=""),
                name="interest_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet for {self.round_case_id}"


class Score(models.Model):
    """Points for one case on one criterion by one member."""

    history_kind = "score"

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("sheet", "criterion", name="score_once_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.value}"


class CriterionWeight(models.Model):
    """How much a member would let a criterion count, 0 to 10."""

    history_kind = "criterion_weight"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="weights")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    objects = CriterionWeightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("assessment", "criterion", name="criterion_weighed_once"),
            models.CheckConstraint(condition=Q(points__lte=10), name="criterion_points_to_ten"),
        ]

    def __str__(self) -> str:
        return f"{self.points} for criterion {self.criterion_id}"


class Comparison(models.Model):
    """Which of two cases a member would rather have."""

    history_kind = "comparison"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="comparisons")
    first = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(RoundCase, on_delete=models.PROTECT, related_name="+")
    preferred = models.CharField(max_length=6, choices=Preference.choices)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("assessment", "first", "second", name="pair_compared_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="pair_stands_in_one_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} or {self.second_id}: {self.preferred}"
