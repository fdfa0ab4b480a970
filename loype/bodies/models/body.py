"""A body of an organisation: what sort it is and whether it works now."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.querysets import BodyQuerySet
from loype.organisations.models import Federation, Organisation


class BodyKind(models.TextChoices):
    """What sort of body it is."""

    INNOVATION_COUNCIL = "innovation_council", _("innovation council")
    PORTFOLIO_BOARD = "portfolio_board", _("portfolio board")
    STEERING_GROUP = "steering_group", _("steering group")
    SUBJECT_GROUP = "subject_group", _("subject group")
    TASK_COMMITTEE = "task_committee", _("task committee")
    FORUM = "forum", _("forum")


class Body(models.Model):
    """A council, board, group, committee or forum of an organisation, from one day to another.

    It works from `established_date` to `closed_date`; a task committee also names the day it ends.
    At most one innovation council of an organisation is active at a time.
    """

    history_kind = "body"

    STATES = (("draft", _("being set up")), ("active", _("active")), ("closed", _("closed")))

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=160)
    federation = models.ForeignKey(Federation, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    established_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    ends_date = models.DateField(_("last day"), null=True)
    commission = models.TextField(_("commission"), blank=True, db_default="")
    delivery = models.TextField(_("what it delivers"), blank=True, db_default="")

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                condition=Q(state="active", kind="innovation_council"),
                name="one_active_council",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values), name="body_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="task_committee")
                | Q(ends_date__isnull=False) & ~Q(commission=""),
                name="committee_has_task_and_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="innovation_council") | Q(federation__isnull=False),
                name="council_names_its_federation",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(established_date__isnull=False),
                name="body_established_if_active",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_date__isnull=False),
                name="body_closed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_council(self) -> bool:
        """Whether it is the innovation council, which decides cases."""
        return self.kind == BodyKind.INNOVATION_COUNCIL

    @property
    def may_decide(self) -> bool:
        """Whether it may decide anything at all; a forum talks and notes, and decides nothing."""
        return self.kind != BodyKind.FORUM
