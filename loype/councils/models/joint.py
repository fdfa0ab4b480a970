"""Other councils asked to join an inter-municipal course."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from loype.councils.labels import Answer
from loype.councils.models.decisions import Decision
from loype.councils.querysets import JointInvitationQuerySet
from loype.organisations.models import Organisation


class JointInvitation(models.Model):
    """Another council asked to join an inter-municipal course, and what it answers."""

    history_kind = "joint_invitation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    reasons = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = JointInvitationQuerySet.as_manager()

    class Meta:
        ordering = ("answer_by", "id")
        constraints = [
            models.UniqueConstraint("decision", "organisation", name="council_invited_once"),
            models.CheckConstraint(
                condition=Q(answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reasons=""),
                name="answer_has_reasons_and_sender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} asked by {self.decision_id}"
