"""What several councils run together: who leads, who pays what, and how one leaves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.councils.joint_labels import CostKey, JointState
from loype.councils.joint_querysets import JointCaseQuerySet, JointTermsQuerySet
from loype.councils.models.decisions import Decision
from loype.organisations.models import Federation, Organisation


class JointCase(models.Model):
    """A decision to run something together, put before the other councils of the federation."""

    history_kind = "joint_case"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="joint_case")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="joint_cases"
    )
    federation = models.ForeignKey(Federation, on_delete=models.PROTECT, null=True)
    state = models.CharField(
        max_length=8, choices=JointState.choices, default=JointState.ASKING.value
    )
    answer_by = models.DateField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = JointCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JointState.values), name="joint_case_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | ~Q(state="ended") & Q(ended_at__isnull=True),
                name="joint_case_ended_has_moment",
            ),
        ]
        indexes = [models.Index("federation", "state", name="joint_case_of_federation")]

    def __str__(self) -> str:
        return f"joint case of {self.decision_id}"


class JointTerms(models.Model):
    """What is proposed, and once everybody agreed, what holds; a change is a later proposal."""

    history_kind = "joint_terms"

    joint_case = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cost_key = models.CharField(max_length=12, choices=CostKey.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="NOK")
    exit_terms = models.TextField(_("how one leaves"))
    exit_days = models.PositiveSmallIntegerField(_("days of notice"))
    proposed_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    declined_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decline_reason = models.TextField(blank=True)

    objects = JointTermsQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("joint_case", "number", name="joint_terms_number_once"),
            models.UniqueConstraint(
                "joint_case",
                condition=Q(agreed_at__isnull=True, ended_at__isnull=True),
                name="one_open_proposal_of_terms",
            ),
            models.UniqueConstraint(
                "joint_case",
                condition=Q(agreed_at__isnull=False, ended_at__isnull=True),
                name="one_terms_in_force",
            ),
            models.CheckConstraint(
                condition=Q(cost_key__in=CostKey.values), name="cost_key_is_known"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="joint_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(exit_terms=""), name="joint_terms_say_how_to_leave"
            ),
            models.CheckConstraint(
                condition=Q(declined_for__isnull=True, decline_reason="")
                | Q(declined_for__isnull=False, ended_at__isnull=False, agreed_at__isnull=True)
                & ~Q(decline_reason=""),
                name="declined_terms_have_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"terms {self.number} of {self.joint_case_id}"


class JointShare(models.Model):
    """One organisation's part of the cost, and its yes to the terms; frozen once all agreed."""

    history_kind = "joint_share"

    terms = models.ForeignKey(JointTerms, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    leaving_date = models.DateField(null=True)
    leaving_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint("terms", "organisation", name="one_share_an_organisation"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="share_not_negative"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="share_agreed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(leaving_date__isnull=True, leaving_reason="")
                | Q(leaving_date__isnull=False) & ~Q(leaving_reason=""),
                name="leaving_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.amount}"
