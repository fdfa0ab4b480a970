"""A notice to one person about one event, and how each person wants to hear."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from loype.mail.models import OutgoingMail
from loype.notices.kinds import ALWAYS_IN_APP, How, NoticeKind

if TYPE_CHECKING:
    from loype.organisations.actor import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own only, and none about what one was found to be no longer allowed to read."""
        mine = self.filter(person=actor.person_id, withheld_at=None)
        return mine if actor.is_signed_in else self.none()

    def due(self, at: datetime) -> Self:
        """Those that are to be mailed by now."""
        return self.filter(mail_at__lte=at)

    def unread(self) -> Self:
        """Those not looked at yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that happened which this person should know; once a person and event.

    `also` names what else one must be allowed to read; `mail_at` is when it goes out by mail, empty
    where it does not or did already; `mail` is the mail that it went with.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    event_id = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    thing_kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    also = models.JSONField(default=list, db_default=[])
    kind = models.CharField(max_length=12, default=NoticeKind.MINE, db_default="mine")
    organisation_id = models.BigIntegerField(null=True)
    is_important = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint("person", "event_id", name="told_once_of_an_event"),
            models.CheckConstraint(
                condition=Q(withheld_at=None) | Q(mail_at=None), name="withheld_is_not_mailed"
            ),
        ]
        indexes = [
            models.Index("person", F("id").desc(), name="notice_list"),
            models.Index("person", name="notice_unread", condition=Q(read_at=None)),
            models.Index("mail_at", "person", name="notice_to_mail", condition=~Q(mail_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.person_id}"


class OwnQuerySet(models.QuerySet[Any]):
    """What a person chose for themselves."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own only."""
        return self.filter(person=actor.person_id) if actor.is_signed_in else self.none()


class NoticeRhythm(models.Model):
    """When a person wants mail, by the clock on their own wall; whoever said nothing has none."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_rhythm"
    )
    time_zone = models.CharField(max_length=40, blank=True)
    digest_time = models.TimeField(default=time(7, 30))
    digest_weekday = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    quiet_days = ArrayField(models.PositiveSmallIntegerField(), default=list, size=6)
    version = models.PositiveIntegerField(default=1)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False)
                & (Q(quiet_from__lt=F("quiet_to")) | Q(quiet_from__gt=F("quiet_to"))),
                name="quiet_hours_begin_and_end",
            ),
            models.CheckConstraint(
                condition=Q(digest_weekday__lte=6)
                & Q(quiet_days__contained_by=[0, 1, 2, 3, 4, 5, 6])
                & Q(quiet_days__len__lte=6),
                name="a_week_has_a_day_for_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"when {self.person_id} wants mail"


class KindWish(models.Model):
    """How a person wants to hear of one kind of notice; what is not here is as usual.

    `before` is what a stop by the link in a mail took the place of, so that it can be undone; empty
    where the person chose while signed in.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kind_wishes"
    )
    kind = models.CharField(max_length=12)
    how = models.CharField(max_length=8, choices=How.choices)
    before = models.CharField(max_length=8, blank=True)
    chosen_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "kind", name="one_wish_a_kind"),
            models.CheckConstraint(
                condition=~Q(how="never") | ~Q(kind__in=sorted(ALWAYS_IN_APP)),
                name="what_concerns_one_stays_in_the_app",
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values) & Q(before__in=["", "usual", *How.values]),
                name="kind_wish_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"
