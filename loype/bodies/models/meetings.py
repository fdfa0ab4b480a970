"""The meetings of a body, and who is called to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loype.bodies.models.body import Body
from loype.bodies.models.seats import Seat
from loype.bodies.querysets import MeetingQuerySet
from loype.organisations.models import Organisation


class MeetingForm(models.TextChoices):
    """How a body comes together."""

    ORDINARY = "ordinary", _("ordinary meeting")
    EXTRA = "extra", _("extra meeting")
    WRITTEN = "written", _("written procedure")
    URGENT = "urgent", _("urgent meeting")


class Reply(models.TextChoices):
    """What a member says to the call."""

    COMING = "coming", _("is coming")
    ABSENT = "absent", _("cannot come")


class Meeting(models.Model):
    """A meeting of a body; once its minutes are approved its decisions are locked.

    With a day to answer by nobody comes together: the members answer each on their own page.
    What the rules of procedure say is copied when it is called, so that a later change of the
    rules does not reach back.
    """

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
    form = models.CharField(
        max_length=10, choices=MeetingForm.choices, default=MeetingForm.ORDINARY
    )
    starts_at = models.DateTimeField(_("starts"))
    lasts_minutes = models.PositiveSmallIntegerField(_("lasts (minutes)"), default=120)
    answer_by = models.DateField(_("answer by"), null=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    quorum_needed = models.PositiveSmallIntegerField(null=True)
    decides_by = models.CharField(max_length=10, blank=True)
    casting_vote = models.BooleanField(default=False)
    rules_version = models.BigIntegerField(null=True)
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
            models.CheckConstraint(
                condition=Q(form="written", answer_by__isnull=False)
                | Q(form="urgent")
                | Q(form__in=("ordinary", "extra"), answer_by__isnull=True),
                name="written_answers_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "cancelled")) | Q(quorum_needed__isnull=False),
                name="called_meeting_knows_its_quorum",
            ),
            models.CheckConstraint(
                condition=~Q(state="called") | Q(quorum_needed__gte=1),
                name="nobody_is_no_quorum",
            ),
            models.CheckConstraint(condition=Q(lasts_minutes__gt=0), name="meeting_takes_time"),
        ]
        indexes = [models.Index("organisation", "starts_at", name="meeting_by_organisation")]

    def __str__(self) -> str:
        return f"{self.body} {self.starts_at:%Y-%m-%d}"

    @property
    def is_in_writing(self) -> bool:
        """Whether the members answer each on their own page instead of coming together."""
        return self.answer_by is not None

    @property
    def decides_on(self) -> date:
        """The day on which it decides: that of the meeting, or the last one to answer."""
        return self.answer_by or self.starts_at.date()

    def is_left_open(self, today: date) -> bool:
        """Whether its day has passed and nobody has closed it or called it off."""
        day = self.answer_by or timezone.localdate(self.starts_at)
        return self.state in ("planned", "called") and day < today

    @property
    def ends_at(self) -> datetime:
        """When it is expected to be over."""
        return self.starts_at + timedelta(minutes=self.lasts_minutes)


class MeetingCall(models.Model):
    """A seat that was called to a meeting, whether it has a vote, and who came for it."""

    history_kind = "meeting_call"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calls")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    has_vote = models.BooleanField(default=True)
    reply = models.CharField(max_length=8, choices=Reply.choices, blank=True)
    attended = models.BooleanField(null=True)
    attended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("meeting", "seat", name="seat_called_once"),
            models.CheckConstraint(
                condition=Q(attended=True) | Q(attended_by__isnull=True, left_at__isnull=True),
                name="only_who_came_can_leave",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat_id} to meeting {self.meeting_id}"

    @property
    def is_present(self) -> bool:
        """Whether somebody is there for the seat now."""
        return bool(self.attended) and self.left_at is None
