"""Who must sit on a body, as dated rows."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.models.seats import SeatKind
from loype.bodies.querysets import OfBodyQuerySet
from loype.organisations.models import Organisation, days_between


class RuleKind(models.TextChoices):
    """What a rule about the composition of a body looks at."""

    EACH_MUNICIPALITY = "each_municipality", _("each municipality of the federation")
    SEATS_OF_KIND = "seats_of_kind", _("seats that speak for somebody")
    SEATS_OF_PARTY = "seats_of_party", _("seats of one party")
    LEADER_SPEAKS_FOR = "leader_speaks_for", _("who the leader speaks for")
    LEADER_OF_PARTY = "leader_of_party", _("which party leads")
    DISCIPLINE = "discipline", _("one discipline")
    DISCIPLINES = "disciplines", _("different disciplines")


class Strength(models.TextChoices):
    """What stops while a rule is not met."""

    ALWAYS = "always", _("no beginning and no meeting without it")
    TO_BEGIN = "to_begin", _("no beginning without it")
    TOLD = "told", _("said, but nothing stops")


class CompositionRule(models.Model):
    """One rule about who sits on a body, in force from one day to another."""

    history_kind = "composition_rule"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="composition_rules")
    rule = models.CharField(max_length=20, choices=RuleKind.choices)
    seat_kind = models.CharField(max_length=20, choices=SeatKind.choices, blank=True)
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    discipline = models.CharField(max_length=80, blank=True)
    least = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(null=True)
    strength = models.CharField(max_length=10, choices=Strength.choices, default=Strength.ALWAYS)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    decision_reference = models.CharField(max_length=160, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        ordering = ("from_date", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__in=RuleKind.values) & Q(strength__in=Strength.values),
                name="composition_rule_is_known",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=("seats_of_kind", "leader_speaks_for")) & ~Q(seat_kind="")
                | ~Q(rule__in=("seats_of_kind", "leader_speaks_for")) & Q(seat_kind=""),
                name="composition_rule_names_its_seats",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=("seats_of_party", "leader_of_party"), party__isnull=False)
                | ~Q(rule__in=("seats_of_party", "leader_of_party")) & Q(party__isnull=True),
                name="composition_rule_names_its_party",
            ),
            models.CheckConstraint(
                condition=Q(rule="discipline") & ~Q(discipline="")
                | ~Q(rule="discipline") & Q(discipline=""),
                name="composition_rule_names_its_discipline",
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gte=F("least")),
                name="composition_most_is_not_below_least",
            ),
            ExclusionConstraint(
                name="composition_rule_once_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("rule", RangeOperators.EQUAL),
                    ("seat_kind", RangeOperators.EQUAL),
                    ("discipline", RangeOperators.EQUAL),
                    (Coalesce("party", Value(0)), RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of body {self.body_id}"
