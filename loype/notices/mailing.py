"""Mailing what waits: a person's news in one mail, once, and only what they may still read.

One transaction takes a person's due notices, writes the mail and marks them: killed in the middle
nothing happened, and a second worker finds the person held or nothing left. The mail itself goes
out at most once (see `loype.mail`).
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from loype.accounts.models import Person
from loype.mail.actions import drop_mail, keep_mail, lock_waiting, rewrite_mail
from loype.notices.actions import withhold
from loype.notices.composing import written
from loype.notices.doors import reader, sorted_out
from loype.notices.kinds import How
from loype.notices.models import Notice
from loype.notices.wishes import Wishes, wishes_of

log = logging.getLogger(__name__)

PEOPLE_AT_A_TIME = 200


def mail_waiting(*, at: datetime) -> int:
    """Write a mail to everybody who has news due by now; gives how many mails."""
    mails, last = 0, 0
    while people := _due_after(last, at=at):
        for person_id in people:
            mails += _mail_safely(person_id, at=at)
        last = people[-1]
    return mails


def _due_after(last: int, *, at: datetime) -> list[int]:
    due = Notice.objects.due(at).filter(person__gt=last).order_by("person")
    return list(due.values_list("person", flat=True).distinct()[:PEOPLE_AT_A_TIME])


def _mail_safely(person_id: int, *, at: datetime) -> int:
    """One person whose news cannot be written does not keep all others from theirs."""
    try:
        return int(mail_person(person_id, at=at))
    except Exception:
        log.exception("the news for person %s could not be mailed", person_id)
        return 0


@transaction.atomic
def mail_person(person_id: int, *, at: datetime) -> bool:
    """Put a person's due news in one mail; False where there is none or another worker is at it."""
    held = Person.objects.select_for_update(no_key=True, skip_locked=True)
    person = held.filter(pk=person_id).first()
    if person is None or not Notice.objects.due(at).filter(person=person).exists():
        return False
    wishes = wishes_of(person)
    if wishes.rhythm.is_quiet(at) or not person.is_active:
        _wait(person, wishes=wishes, at=at)
        return False
    notices = _take(person, wishes=wishes, at=at)
    if not notices:
        return False
    mail = written(notices, person=person, wishes=wishes)
    kept, _new = keep_mail(key=_key(notices), to=person.email, at=at, **vars(mail))
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mail_at=None, mail=kept)
    return True


def _key(notices: list[Notice]) -> str:
    """A notice goes out with one mail only, so its lowest number names the mail."""
    return f"notices-{min(notice.pk for notice in notices)}"


def _wait(person: Person, *, wishes: Wishes, at: datetime) -> None:
    """It is quiet now (the wishes changed, or the worker was late): wait for the end of it."""
    due = Notice.objects.due(at).filter(person=person)
    due.update(mail_at=wishes.rhythm.first_open(at) if person.is_active else None)


def _take(person: Person, *, wishes: Wishes, at: datetime) -> list[Notice]:
    """What goes into the mail now: all that is due and all that is wanted soon anyway.

    What may no longer be read is withheld for good; what is no longer wanted by mail is let be.
    """
    waiting = Notice.objects.filter(person=person, mail_at__isnull=False).order_by("pk")
    now = [
        notice for notice in waiting
        if _is_due(notice, at=at) or wishes.how(notice.kind) == How.AT_ONCE
    ]  # fmt: skip
    shown, hidden = sorted_out(now, actor=reader(person, at=at), at=at)
    withhold(hidden, at=at)
    unwanted = [one.pk for one in shown if one.read_at or not wishes.wants_mail(one.kind)]
    Notice.objects.filter(pk__in=unwanted).update(mail_at=None)
    return [one for one in shown if one.pk not in unwanted]


def _is_due(notice: Notice, *, at: datetime) -> bool:
    return notice.mail_at is not None and notice.mail_at <= at


@transaction.atomic
def check_again(mail_id: int, *, at: datetime) -> None:
    """Before a mail is handed over: leave out what its reader may no longer read, or drop it all.

    Between the writing and the handing over lie seconds, or days where the mail server was away.
    """
    mail = lock_waiting(mail_id)
    notices = list(Notice.objects.filter(mail=mail).select_related("person")) if mail else []
    if mail is None or not notices:
        return
    person = notices[0].person
    shown, hidden = sorted_out(notices, actor=reader(person, at=at), at=at)
    withhold(hidden, at=at)
    if not shown or not person.is_active:
        drop_mail(mail)
    elif hidden:
        text = written(shown, person=person, wishes=wishes_of(person))
        rewrite_mail(mail, **vars(text))
