"""A body, its seats, who holds them from when to when, and its meetings."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from loype.bodies.querysets import BodyQuerySet, MeetingQuerySet, SeatQuerySet, TermQuerySet
from loype.organisations.models import Federation, Organisation, days_between


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


class Meeting(models.Model):
    """A meeting of a body; once its minutes are approved its decisions are locked."""

    history_kind = "meeting"

    STATES = (
        ("planned", _("planned")),
        ("called", _("called")),
        ("held", _("held")),
        ("approved", _("minutes approved")),
        ("cancelled", _("cancelled")),
    )

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("starts"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    called_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.TextField(_("minutes"), blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_seats: models.ManyToManyField[Seat, MeetingCall] = models.ManyToManyField(
        Seat, through="MeetingCall", related_name="meetings"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("planned", "cancelled")) | Q(called_at__isnull=False),
                name="meeting_called_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="minutes_approved_by_someone",
            ),
        ]
        indexes = [models.Index("organisation", "starts_at", name="meeting_by_organisation")]

    def __str__(self) -> str:
        return f"{self.body} {self.starts_at:%Y-%m-%d}"


class MeetingCall(models.Model):
    """A seat that was called to a meeting, and whether it came."""

    history_kind = "meeting_call"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calls")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    attended = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "seat", name="seat_called_once")]

    def __str__(self) -> str:
        return f"seat {self.seat_id} to meeting {self.meeting_id}"
