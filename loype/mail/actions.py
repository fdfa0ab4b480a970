"""Queueing a mail and handing it over exactly once."""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from loype.history.following import follow_later
from loype.mail.models import MailState, OutgoingMail

DELIVER = "mail.deliver"
MOST_ATTEMPTS = 12
SECRET_LETTERS = ("account-", "invitation-")
ABANDONED_AFTER = timedelta(minutes=5)


def queue_mail(*, key: str, to: str, subject: str, body: str, at: datetime, **more: Any) -> bool:
    """Write a mail in the current transaction; the same key twice is one mail. True if new."""
    _mail, new = keep_mail(key=key, to=to, subject=subject, body=body, at=at, **more)
    return new


def keep_mail(
    *, key: str, to: str, subject: str, body: str, at: datetime, **more: Any
) -> tuple[OutgoingMail, bool]:
    """As `queue_mail`; gives the mail and whether it is new. It may wait for `not_before`."""
    fields = {"to": to, "subject": one_line(subject), "body": body, "queued_at": at}
    mail, new = OutgoingMail.objects.get_or_create(key=key, defaults={**fields, **more})
    if new:
        follow_later(DELIVER, mail_id=mail.pk, not_before=mail.not_before)
    return mail, new


def one_line(subject: str) -> str:
    """A subject as it is kept: no line break can add a header."""
    return " ".join(subject.split())[:300]


def lock_waiting(mail_id: int) -> OutgoingMail | None:
    """Hold a mail that still waits, so that it can be rewritten or dropped; None once it left."""
    waiting = OutgoingMail.objects.select_for_update().filter(state=MailState.QUEUED)
    return waiting.filter(pk=mail_id).first()


def rewrite_mail(mail: OutgoingMail, *, subject: str, body: str, **more: Any) -> None:
    """Let a waiting mail say something else."""
    fields = {"subject": one_line(subject), "body": body, **more}
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.QUEUED).update(**fields)


def drop_mail(mail: OutgoingMail) -> None:
    """Let a waiting mail not go out: nothing is left that its reader may be told."""
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.QUEUED).update(
        state=MailState.DROPPED, subject="", body="", html_body="", headers={}
    )


def deliver_mail(mail_id: int, *, at: datetime) -> MailState:
    """Hand one waiting mail to the mail server; raises what the server raised when it is away."""
    connection = get_connection()
    connection.open()
    try:
        mail = _claim(mail_id, at=at)
        if mail is None:
            return MailState.SENT
        try:
            connection.send_messages([_message(mail)])
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as problem:
            return _refused(mail, problem)
        except OSError as problem:  # the line broke: nobody knows whether the server has it
            _settle(mail, MailState.UNCERTAIN, problem=str(problem))
            return MailState.UNCERTAIN
        _settle(mail, MailState.SENT, sent_at=at, **_forgotten(mail))
        return MailState.SENT
    finally:
        connection.close()


def _forgotten(mail: OutgoingMail) -> dict[str, str]:
    """Letters that carry a secret (a code, an invitation) are not kept once they are out."""
    return {"body": "", "html_body": ""} if mail.key.startswith(SECRET_LETTERS) else {}


def settle_abandoned(*, at: datetime) -> int:
    """Mark mails whose worker died in the middle of the handing over as perhaps sent."""
    return OutgoingMail.objects.filter(
        state=MailState.HANDING_OVER, handing_over_at__lt=at - ABANDONED_AFTER
    ).update(state=MailState.UNCERTAIN, problem="the worker stopped while the mail was handed over")


def requeue_waiting(*, at: datetime) -> int:
    """Queue a job for mails that have waited long and have none: it was lost, or gave up."""
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVER, status__in=("todo", "doing"))
    waiting = (
        OutgoingMail.objects.filter(
            state=MailState.QUEUED, queued_at__lt=at - timedelta(minutes=15)
        )
        .exclude(not_before__gt=at)
        .exclude(pk__in=jobs.values_list(Cast("args__mail_id", BigIntegerField())))
        .order_by("pk")
        .values_list("pk", flat=True)[:500]
    )
    for mail_id in waiting:
        follow_later(DELIVER, mail_id=mail_id)
    return len(waiting)


def send_again(mail: OutgoingMail, *, at: datetime) -> None:
    """Put a mail that perhaps or surely did not arrive back in the queue."""
    with transaction.atomic():
        updated = OutgoingMail.objects.filter(
            pk=mail.pk, state__in=(MailState.UNCERTAIN, MailState.FAILED)
        ).update(state=MailState.QUEUED, queued_at=at, attempts=0, problem="")
        if updated:
            follow_later(DELIVER, mail_id=mail.pk)


def _claim(mail_id: int, *, at: datetime) -> OutgoingMail | None:
    """Take a waiting mail; committed before the server hears of it, so a kill cannot double it."""
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.state != MailState.QUEUED:
            return None
        if mail.not_before is not None and at < mail.not_before:
            return None  # its reader has quiet hours; the job of that moment brings it
        mail.state = MailState.HANDING_OVER
        mail.handing_over_at = at
        mail.attempts += 1
        mail.save(update_fields=["state", "handing_over_at", "attempts"])
        return mail


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": f"<loype-{mail.pk}@{settings.MAIL_DOMAIN}>",
        "Auto-Submitted": "auto-generated",
        **mail.headers,
    }
    message = EmailMultiAlternatives(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers
    )
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    if mail.calendar:
        method = "CANCEL" if "\nMETHOD:CANCEL" in mail.calendar else "REQUEST"
        # Calendars take an invitation that says its method in the mail as well (RFC 6047).
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
    return message


def _refused(
    mail: OutgoingMail, problem: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused
) -> MailState:
    """A clear no from the server: for good (5xx), or to be tried again."""
    code = getattr(problem, "smtp_code", 0)
    refusals = getattr(problem, "recipients", {})
    if refusals:
        code = max(number for number, _ in refusals.values())
    if 500 <= code < 600 or mail.attempts >= MOST_ATTEMPTS:
        _settle(mail, MailState.FAILED, problem=str(problem))
        return MailState.FAILED
    _settle(mail, MailState.QUEUED, problem=str(problem))
    raise problem


def _settle(mail: OutgoingMail, state: MailState, **facts: Any) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **facts)
