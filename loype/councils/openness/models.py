"""What the public may know of a decision, and dossiers that were asked for."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.councils.models.cases import Case
from loype.councils.models.decisions import Decision
from loype.councils.openness.labels import AccessClass
from loype.councils.openness.querysets import (
    AccessQuerySet,
    DossierOrderQuerySet,
    LegalBasisQuerySet,
    LoggedQuerySet,
)


class LegalBasis(models.Model):
    """A rule of law by which something may be withheld; a code list, kept as dated rows."""

    history_kind = "legal_basis"

    code = models.CharField(max_length=40, unique=True)
    country = models.CharField(max_length=2)
    reference = models.CharField(_("legal basis"), max_length=160)
    words = models.CharField(_("what it protects"), max_length=240)
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        ordering = ("country", "id")

    def __str__(self) -> str:
        return self.reference


class DecisionAccess(models.Model):
    """One assessment of what the public may know of a decision; the newest is in force."""

    history_kind = "decision_access"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="accesses")
    access_class = models.CharField(_("access"), max_length=10, choices=AccessClass.choices)
    legal_basis = models.ForeignKey(
        LegalBasis, on_delete=models.PROTECT, null=True, related_name="+"
    )
    public_title = models.CharField(_("title for the public"), max_length=200, blank=True)
    public_reasons = models.TextField(_("reasons for the public"), blank=True)
    reasons = models.TextField(_("why it is withheld"), blank=True)
    review_date = models.DateField(_("look again on"), null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    in_force = models.BooleanField(default=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ("-set_at", "-id")
        constraints = [
            models.UniqueConstraint(
                "decision", condition=Q(in_force=True), name="one_access_in_force_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(access_class="open", legal_basis__isnull=True)
                | Q(access_class__in=("partly", "withheld"), legal_basis__isnull=False)
                & ~Q(reasons=""),
                name="withheld_names_its_legal_basis",
            ),
            models.CheckConstraint(
                condition=Q(access_class="withheld", public_title="", public_reasons="")
                | Q(access_class="partly") & ~Q(public_title="") & ~Q(public_reasons="")
                | Q(access_class="open") & ~Q(public_title=""),
                name="access_tells_as_much_as_its_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.access_class}: decision {self.decision_id}"


class LoggedDecision(Decision):
    """A decision as the public log shows it."""

    objects: ClassVar[Any] = LoggedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        proxy = True


def _place(_order: DossierOrder, _name: str) -> str:
    """A path that says nothing about the dossier."""
    return f"dossiers/{uuid.uuid4().hex}.zip"


class DossierOrder(models.Model):
    """A large dossier of a case that somebody asked for and a job makes."""

    history_kind = "dossier_order"

    STATES = (
        ("waiting", _("being made")),
        ("ready", _("ready")),
        ("failed", _("could not be made")),
        ("expired", _("cleared away")),
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossier_orders")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    for_public = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    content = models.FileField(upload_to=_place, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    # Whoever has other rights now than when it was made is not handed what they no longer may see.
    rights = models.CharField(max_length=64)

    objects = DossierOrderQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                "case",
                "asked_by",
                "for_public",
                condition=Q(state="waiting"),
                name="dossier_made_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(made_at__isnull=False) & ~Q(sha256="") & ~Q(content=""),
                name="ready_dossier_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier of case {self.case_id}"
