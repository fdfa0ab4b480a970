"""The seats of a body, and who holds them from when to when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.querysets import SeatQuerySet, TermQuerySet
from loype.organisations.models import Organisation, days_between


class SeatKind(models.TextChoices):
    """Who a seat speaks for."""

    MUNICIPALITY = "municipality", _("the organisation itself")
    FEDERATION = "federation", _("the federation")
    UNION = "union", _("a union")
    MANAGEMENT = "management", _("the management")
    EMPLOYEE = "employee", _("the employees")
    PARTY = "party", _("a party behind the body")
    CONSULTATIVE = "consultative", _("someone who is heard")


class AppointingRole(models.TextChoices):
    """Whose word fills a seat, where not everybody who sets up the body may."""

    DECIDER = "decider", _("the named decider alone")
    ADMINISTRATOR = "administrator", _("an administrator alone")


class Seat(models.Model):
    """A place on a body: who it speaks for, whether it votes, and who appoints to it.

    A seat that names a party is that organisation's; the others are the body's own organisation's,
    but for the federation's, which is obligatory on an innovation council.
    """

    history_kind = "seat"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=20, choices=SeatKind.choices)
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    has_vote = models.BooleanField(default=True, db_default=True)
    appointing_role = models.CharField(
        max_length=20, choices=AppointingRole.choices, blank=True, db_default=""
    )
    is_leader = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True)
    discipline = models.CharField(max_length=80, blank=True)
    from_date = models.DateField(null=True)
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
                condition=Q(is_leader=False)
                | Q(has_vote=True) & ~Q(kind__in=("federation", "consultative")),
                name="leader_is_no_guest",
            ),
            models.CheckConstraint(
                condition=~Q(kind="consultative") | Q(has_vote=False),
                name="consultative_seat_has_no_vote",
            ),
            models.CheckConstraint(
                condition=~Q(kind="party") | Q(party__isnull=False), name="party_seat_names_party"
            ),
            models.CheckConstraint(
                condition=~Q(kind="federation") | Q(party__isnull=True),
                name="federation_seat_has_no_party",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SeatKind.values), name="seat_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def home_id(self, body: Body) -> int:
        """The organisation the holder works in and that appoints; the body with its federation."""
        if self.kind == SeatKind.FEDERATION and body.federation is not None:
            return body.federation.coordinator_id
        return self.party_id or body.organisation_id

    def stands_on(self, day: date) -> bool:
        """Whether the seat was there on a day."""
        begun = self.from_date is None or self.from_date <= day
        return begun and (self.closed_date is None or self.closed_date > day)


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
    appointed_date = models.DateField(null=True)
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
