"""The meetings of a body, and who is called to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.models.seats import Seat
from loype.bodies.querysets import MeetingQuerySet
from loype.organisations.models import Organisation


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
