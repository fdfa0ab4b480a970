"""The seats of a body, and who holds them from when to when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.querysets import SeatQuerySet, TermQuerySet
from loype.organisations.models import days_between


class SeatKind(models.TextChoices):
    """Who a seat speaks for."""

    MUNICIPALITY = "municipality", _("the organisation itself")
    FEDERATION = "federation", _("the federation")


class Seat(models.Model):
    """A place on a body; the federation's seat is obligatory on an innovation council."""

    history_kind = "seat"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=20, choices=SeatKind.choices)
    is_leader = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True)
    discipline = models.CharField(max_length=80, blank=True)
    closed_date = models.DateField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("-is_leader", "kind", "id")
        constraints = [
            models.UniqueConstraint(
                "body", condition=Q(is_leader=True, closed_date=None), name="one_leader_seat"
            ),
            models.UniqueConstraint(
                "body", condition=Q(kind="federation", closed_date=None), name="one_federation_seat"
            ),
            models.CheckConstraint(
                condition=Q(is_leader=False) | Q(kind="municipality"),
                name="leader_is_from_the_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Term(models.Model):
    """Who holds a seat, as member or deputy, from one day to another."""

    history_kind = "term"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms"
    )
    is_deputy = models.BooleanField(default=False)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    decision_reference = models.CharField(max_length=160, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("is_deputy", "id")
        constraints = [
            ExclusionConstraint(
                name="seat_held_once_at_a_time",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    (Cast("is_deputy", models.IntegerField()), RangeOperators.EQUAL),
                    (days_between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on seat {self.seat_id}"
