"""Making notices from events, and marking them read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from loype.accounts.models import Person
from loype.history.models import Event
from loype.notices.doors import readable, reader
from loype.notices.kinds import URGENT, How, kind_of
from loype.notices.models import Notice
from loype.notices.recipients import tellings
from loype.notices.telling import Telling
from loype.notices.wishes import wishes_of
from loype.organisations.actor import Actor


@transaction.atomic
def tell_about(event_id: int, *, at: datetime) -> int:
    """Tell everybody concerned of an event; run twice it tells nobody twice. Gives how many."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return 0
    told = 0
    wanted = tellings(event)
    people = Person.objects.in_bulk([telling.person_id for telling in wanted])
    for telling in wanted:
        person = people.get(telling.person_id)
        if person and person.is_active and _may_read(person, telling, at=at):
            told += _tell(person, telling, event=event, at=at)
    return told


def _may_read(person: Person, telling: Telling, *, at: datetime) -> bool:
    """Whether they may read everything that the telling is about."""
    about = {(telling.thing_kind, telling.thing_id), *telling.also}
    return readable(about, actor=reader(person, at=at)) == about


def _tell(person: Person, telling: Telling, *, event: Event, at: datetime) -> int:
    wishes = wishes_of(person)
    kind = telling.kind or kind_of(telling.subject, is_important=telling.is_important)
    if wishes.how(kind) == How.NEVER:
        return 0
    last = None if telling.subject in URGENT else _last_mail_at(person, at=at)
    _notice, new = Notice.objects.get_or_create(
        person=person,
        event_id=event.pk,
        defaults={
            "subject": telling.subject,
            "facts": telling.facts,
            "thing_kind": telling.thing_kind,
            "thing_id": telling.thing_id,
            "also": telling.also,
            "kind": kind,
            "organisation_id": event.organisation_id,
            "is_important": telling.is_important,
            "made_at": event.at,
            "mail_at": wishes.mail_at(kind, at=at, last_mail_at=last),
        },
    )
    return int(new)


def _last_mail_at(person: Person, *, at: datetime) -> datetime | None:
    """When the newest mail with notices to somebody was written, if that was today."""
    lately = Notice.objects.filter(person=person, mail__queued_at__gt=at - timedelta(days=1))
    found: datetime | None = lately.aggregate(last=Max("mail__queued_at"))["last"]
    return found


def mark_read(notice: Notice, *, actor: Actor, at: datetime) -> None:
    """Look at a notice."""
    Notice.objects.visible_to(actor).filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Look at all notices; gives how many were new."""
    return Notice.objects.visible_to(actor).unread().update(read_at=at)


def withhold(notices: Iterable[Notice], *, at: datetime) -> None:
    """Take back notices of what their reader may no longer read; nothing of them is shown again."""
    found = [notice.pk for notice in notices]
    if found:
        Notice.objects.filter(pk__in=found).update(withheld_at=at, mail_at=None)
