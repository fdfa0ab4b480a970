"""Mails that wait, went out, or could not be delivered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is on its way out."""

    QUEUED = "queued", _("waiting")
    HANDING_OVER = "handing_over", _("being handed over")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("perhaps sent")
    FAILED = "failed", _("refused by the mail server")
    DROPPED = "dropped", _("not sent: nothing was left to tell")


class OutgoingMail(models.Model):
    """One mail to one person.

    `key` says what the mail is about, so that the same news is never mailed twice. A worker that
    dies while the mail server has the mail leaves it as "perhaps sent": it is not sent again by
    itself, and the status page names it.
    """

    history_kind = "mail"

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html_body = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=MailState.choices, default=MailState.QUEUED)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    handing_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="mail_state_is_known"
            ),
        ]
        indexes = [
            models.Index("queued_at", name="mail_waiting", condition=Q(state="queued")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"
