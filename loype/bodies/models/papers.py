"""What a body goes by: its mandate, rules of procedure and instruction, each version dated."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.querysets import MandatePointQuerySet, OfBodyQuerySet, PowerQuerySet
from loype.organisations.models import days_between


class Paper(models.Model):
    """A version of one of a body's papers: in force from one day to another, never rewritten."""

    number = models.PositiveSmallIntegerField()
    from_date = models.DateField(_("in force from"))
    to_date = models.DateField(null=True)
    text = models.TextField(_("text"), blank=True)
    decision_reference = models.CharField(_("decision reference"), max_length=160, blank=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("-from_date", "-id")
        constraints = [
            models.UniqueConstraint("body", "number", name="%(class)s_number_once"),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="%(class)s_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="%(class)s_one_in_force",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Mandate(Paper):
    """What a body is there for, in numbered points."""

    history_kind = "mandate"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")

    objects = OfBodyQuerySet.as_manager()

    class Meta(Paper.Meta):
        pass

    def __str__(self) -> str:
        return f"mandate {self.number} of body {self.body_id}"


class MandatePoint(models.Model):
    """One point of a mandate, which decisions can cite."""

    history_kind = "mandate_point"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = MandatePointQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("mandate", "number", name="mandate_point_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="mandate_point_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Quorum(models.TextChoices):
    """How many must be there before anything is decided."""

    HALF = "half", _("at least half")
    TWO_THIRDS = "two_thirds", _("at least two thirds")
    ALL = "all", _("all")
    NUMBER = "number", _("a fixed number")
    NONE = "none", _("no lower limit")


class DecidesBy(models.TextChoices):
    """How a body comes to a decision."""

    VOTE = "vote", _("by vote")
    CONSENSUS = "consensus", _("by consensus")


class RulesOfProcedure(Paper):
    """How a body works, read by the calls, the quorum and the year wheel."""

    history_kind = "rules_of_procedure"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules_of_procedure")
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=0)
    paper_days = models.PositiveSmallIntegerField(_("days the papers are out before"), default=0)
    quorum = models.CharField(
        _("quorum"), max_length=12, choices=Quorum.choices, default=Quorum.HALF
    )
    quorum_number = models.PositiveSmallIntegerField(_("fixed number"), default=0)
    decides_by = models.CharField(
        _("decides"), max_length=10, choices=DecidesBy.choices, default=DecidesBy.VOTE
    )
    casting_vote = models.BooleanField(_("the leader's vote settles a tie"), default=True)
    allows_written = models.BooleanField(_("may decide in writing"), default=False)
    allows_urgent = models.BooleanField(_("may meet at short notice"), default=False)
    urgent_notice_days = models.PositiveSmallIntegerField(
        _("days of notice when urgent"), default=0
    )
    least_meetings = models.PositiveSmallIntegerField(_("fewest meetings a year"), null=True)
    most_meetings = models.PositiveSmallIntegerField(_("most meetings a year"), null=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta(Paper.Meta):
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(quorum__in=Quorum.values, decides_by__in=DecidesBy.values),
                name="procedure_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(quorum="number") | Q(quorum_number__gte=1),
                name="procedure_quorum_has_number",
            ),
            models.CheckConstraint(
                condition=Q(allows_urgent=False) | Q(urgent_notice_days__lte=F("notice_days")),
                name="urgent_is_not_slower",
            ),
            models.CheckConstraint(
                condition=Q(paper_days__lte=F("notice_days")), name="papers_not_before_the_call"
            ),
            models.CheckConstraint(
                condition=Q(least_meetings__isnull=True, most_meetings__isnull=True)
                | Q(least_meetings__isnull=False, most_meetings__gte=F("least_meetings")),
                name="meetings_a_year_are_a_range",
            ),
        ]

    def __str__(self) -> str:
        return f"rules of procedure {self.number} of body {self.body_id}"


class Instruction(Paper):
    """Who may decide what between the body, its leader and the head."""

    history_kind = "instruction"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="instructions")

    objects = OfBodyQuerySet.as_manager()

    class Meta(Paper.Meta):
        pass

    def __str__(self) -> str:
        return f"instruction {self.number} of body {self.body_id}"


class PowerHolder(models.TextChoices):
    """Who may decide something."""

    HEAD = "head", _("the head of the organisation")
    LEADER = "leader", _("the body's leader")
    BODY = "body", _("the body itself")


class Power(models.Model):
    """Who may decide a matter, and up to which amount; a line of an instruction or of the rules."""

    history_kind = "power"

    instruction = models.ForeignKey(
        Instruction, on_delete=models.PROTECT, null=True, related_name="powers"
    )
    rules = models.ForeignKey(
        RulesOfProcedure, on_delete=models.PROTECT, null=True, related_name="powers"
    )
    matter = models.CharField(_("matter"), max_length=120)
    holder = models.CharField(max_length=10, choices=PowerHolder.choices)
    up_to = models.DecimalField(_("up to"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    objects = PowerQuerySet.as_manager()

    class Meta:
        ordering = ("matter", F("up_to").asc(nulls_last=True), "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(instruction__isnull=True, rules__isnull=False)
                | Q(instruction__isnull=False, rules__isnull=True),
                name="power_stands_in_one_paper",
            ),
            models.CheckConstraint(
                condition=Q(up_to__isnull=True, currency="")
                | Q(up_to__isnull=False) & ~Q(currency=""),
                name="power_limit_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(holder__in=PowerHolder.values) & ~Q(matter=""),
                name="power_holder_is_known",
            ),
            models.UniqueConstraint(
                "instruction", "rules", "matter", "holder", nulls_distinct=False, name="power_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.holder}"
