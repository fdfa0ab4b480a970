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


class Body(models.Model):
    """A council of an organisation; at most one innovation council is active at a time."""

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

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "kind", condition=Q(state="active"), name="one_active_council"
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
