"""What lies on a meeting's agenda."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models import Meeting, Referral
from loype.councils.meeting_labels import ItemKind
from loype.councils.models.cases import Case
from loype.councils.querysets import AgendaItemQuerySet


class AgendaItem(models.Model):
    """Something on a meeting's agenda, in order: a case, or a matter with a title of its own.

    `about` names what a follow-up is about ("activity 12 late_report"), so that it lies on an
    agenda once and its page is found; it is no reference.
    """

    history_kind = "agenda_item"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="agenda_items")
    kind = models.CharField(max_length=12, choices=ItemKind.choices, default=ItemKind.CASE)
    title = models.CharField(_("title"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    about = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField()
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="agenda_items"
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    matter = models.CharField(_("matter"), max_length=120, blank=True, default="", db_default="")
    conclusion = models.TextField(_("what was concluded"), blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                "meeting", "case", condition=Q(removed_at=None), name="case_once_on_agenda"
            ),
            models.UniqueConstraint(
                "meeting",
                "about",
                condition=Q(removed_at=None) & ~Q(about=""),
                name="followed_up_once_on_agenda",
            ),
            models.UniqueConstraint(
                "meeting",
                "referral",
                condition=Q(removed_at=None),
                name="referral_once_on_agenda",
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=True) | Q(kind="decision"),
                name="referral_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="")
                | Q(amount__isnull=False, amount__gte=0, kind="decision") & ~Q(currency=""),
                name="agenda_item_binds_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(kind="case", case__isnull=False)
                | ~Q(kind="case") & Q(case__isnull=True) & ~Q(title=""),
                name="agenda_item_is_a_case_or_has_a_title",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="agenda_item_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True)
                | ~Q(kind="case") & ~Q(conclusion="") & Q(concluded_by__isnull=False),
                name="agenda_item_concluded_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title or self.case_id}"

    @property
    def shown_title(self) -> str:
        """What it is called: a case by its idea, which must be loaded with it."""
        return self.title if self.case is None else self.case.idea.title

    @property
    def is_decided_here(self) -> bool:
        """Whether the item itself is to be decided, so that it needs a quorum and may be voted."""
        return self.kind in (ItemKind.CASE, ItemKind.DECISION)


class DecisionPaper(models.Model):
    """The decision paper of an item, as the secretary writes it before the meeting.

    `days_before` is what the rules of procedure asked for when it was added.
    """

    history_kind = "decision_paper"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="paper")
    summary = models.TextField(_("1. Summary"), blank=True)
    decision_points = models.TextField(_("2. Decision points"), blank=True)
    background = models.TextField(_("3. Background"), blank=True)
    economy = models.TextField(_("Economy"), blank=True)
    involvement = models.TextField(_("Who was involved"), blank=True)
    employees_statement = models.TextField(_("The employees' statement"), blank=True)
    version = models.PositiveIntegerField(default=1)
    added_date = models.DateField(null=True)
    days_before = models.PositiveSmallIntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gt=0), name="paper_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"paper of item {self.item_id}"

    @property
    def due_date(self) -> date | None:
        """The day by which the rules of procedure wanted it, as the meeting stands now."""
        day = self.item.meeting.decides_on
        return day - timedelta(days=self.days_before) if self.days_before else None

    @property
    def is_late(self) -> bool:
        """Whether it was added after the papers were due."""
        due = self.due_date
        return due is not None and self.added_date is not None and self.added_date > due

    @property
    def is_ready(self) -> bool:
        """Whether it says in short what it is about and what is to be decided."""
        return bool(self.summary and self.decision_points)
