"""A handed-in idea as the council's case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.councils.labels import CASE_STATES
from loype.councils.querysets import CaseQuerySet
from loype.councils.states import CASE
from loype.ideas.models import Idea
from loype.organisations.models import Organisation


class Case(models.Model):
    """A handed-in idea as the council's case: how long it has waited and who is responsible."""

    history_kind = "case"

    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="case")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=12, choices=CASE_STATES, default="waiting")
    waiting_since = models.DateTimeField(_("waiting since"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="cases"
    )
    responsible_since = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True, default="", db_default="")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="deputy_cases"
    )
    follow_up_by = models.DateField(null=True)
    receipt_at = models.DateTimeField(null=True)
    feedback_at = models.DateTimeField(null=True)
    first_responsible_at = models.DateTimeField(null=True)
    first_decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CASE.states), name="case_state_is_known"),
            models.CheckConstraint(
                condition=Q(responsible__isnull=True) | Q(responsible_since__isnull=False),
                name="case_responsible_since",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(first_decided_at__isnull=False),
                name="case_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | Q(responsible__isnull=False, accepted_at__gte=F("responsible_since")),
                name="case_accepted_by_its_responsible",
            ),
            models.CheckConstraint(
                condition=Q(declined_because="")
                | Q(responsible__isnull=False, accepted_at__isnull=True),
                name="case_declined_is_not_accepted",
            ),
            models.CheckConstraint(
                condition=Q(deputy=None)
                | Q(responsible__isnull=False) & ~Q(deputy=F("responsible")),
                name="case_deputy_is_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_by=None) | Q(responsible__isnull=False),
                name="case_day_needs_responsible",
            ),
        ]
        indexes = [
            models.Index(
                "organisation",
                "waiting_since",
                "id",
                name="case_queue",
                condition=Q(state__in=("waiting", "on_agenda")),
            ),
            models.Index("responsible", name="case_by_responsible"),
            models.Index("deputy", name="case_by_deputy", condition=Q(deputy__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"case of idea {self.idea_id}"
