"""Criteria profiles: what is asked of every case of a round; dated, never changed once used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loype.councils.assessing.labels import Priority, ProfileKind
from loype.councils.assessing.querysets import CriterionQuerySet, ProfileQuerySet
from loype.organisations.models import Organisation
from loype.strategy.models import Period, PlanItem


class Profile(models.Model):
    """A set of criteria with a scale, in force from one day to another."""

    history_kind = "criteria_profile"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=ProfileKind.choices)
    pack = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=160)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, related_name="+")
    lowest = models.PositiveSmallIntegerField(default=1)
    highest = models.PositiveSmallIntegerField(default=5)
    members_weigh = models.BooleanField(default=False)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ("-from_date", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(highest__gt=F("lowest")), name="profile_scale_goes_up"
            ),
            models.CheckConstraint(
                condition=Q(kind="plan", period__isnull=False, members_weigh=False)
                | ~Q(kind="plan") & Q(period__isnull=True),
                name="plan_profile_follows_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(kind="pack") | ~Q(pack=""), name="pack_profile_names_its_pack"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One thing every case is asked; of a plan's profile, how well it serves an aim."""

    history_kind = "criterion"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=40)
    name = models.CharField(_("criterion"), max_length=220)
    help = models.CharField(_("what the highest means"), max_length=300, blank=True)
    weight = models.DecimalField(max_digits=8, decimal_places=3, default=1)
    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint("profile", "code", name="criterion_once_a_profile"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class PriorityLimit(models.Model):
    """What a sum of points above a limit says."""

    history_kind = "priority_limit"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="limits")
    priority = models.CharField(max_length=10, choices=Priority.choices)
    above = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ("-above",)
        constraints = [
            models.UniqueConstraint("profile", "priority", name="priority_once_a_profile"),
        ]

    def __str__(self) -> str:
        return f"{self.priority} above {self.above}"
