"""A proposed set of cases under a budget and a ceiling of work, and what fell out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from loype.councils.assessing.labels import Because, SetMethod, ShareBy
from loype.councils.assessing.querysets import ProposedCaseQuerySet, SetProposalQuerySet
from loype.councils.models.cases import Case
from loype.councils.models.rankings import Ranking
from loype.organisations.models import Federation, Organisation


class SetProposal(models.Model):
    """A set for one organisation (from its ranking) or across a federation (from several)."""

    history_kind = "set_proposal"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    federation = models.ForeignKey(
        Federation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    rankings = models.ManyToManyField(Ranking, related_name="proposals")
    method = models.CharField(max_length=12, choices=SetMethod.choices)
    share_by = models.CharField(max_length=12, choices=ShareBy.choices, blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    weeks = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    value = models.FloatField()
    cost = models.DecimalField(max_digits=14, decimal_places=2)
    weeks_used = models.DecimalField(max_digits=8, decimal_places=1)
    beside = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="compared"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = SetProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="set_has_budget"),
            models.CheckConstraint(condition=Q(cost__lte=F("budget")), name="set_fits_the_budget"),
            models.CheckConstraint(
                condition=Q(weeks__isnull=True) | Q(weeks_used__lte=F("weeks")),
                name="set_fits_the_weeks",
            ),
        ]

    def __str__(self) -> str:
        return f"set {self.pk} of {self.organisation_id}"


class ProposedCase(models.Model):
    """One case of a proposal: in, or out with the reason and what it would take.

    `displaces` and `brings` are cases that would leave or come along; `paid` is what each
    organisation speaks for, by its number; `from_the_rest` was added with what they had left.
    """

    history_kind = "proposed_case"

    proposal = models.ForeignKey(SetProposal, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    chosen = models.BooleanField()
    must_have = models.BooleanField(default=False)
    value = models.FloatField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    weeks = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    because = models.CharField(max_length=10, choices=Because.choices, blank=True)
    extra_budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    value_lost = models.FloatField(null=True)
    can_be_in = models.BooleanField(default=True)
    displaces = ArrayField(models.BigIntegerField(), default=list)
    brings = ArrayField(models.BigIntegerField(), default=list)
    paid = models.JSONField(default=dict)
    from_the_rest = models.BooleanField(default=False, db_default=False)

    objects = ProposedCaseQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint("proposal", "case", name="case_once_a_set"),
            models.CheckConstraint(
                condition=Q(chosen=True, because="") | Q(chosen=False) & ~Q(because=""),
                name="what_fell_out_says_why",
            ),
            models.CheckConstraint(
                condition=Q(must_have=False) | Q(chosen=True), name="must_have_is_in"
            ),
            models.CheckConstraint(
                condition=Q(from_the_rest=False) | Q(chosen=True, paid={}),
                name="what_the_rest_pays_is_in",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} in set {self.proposal_id}"
