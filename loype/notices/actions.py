"""Making notices from events, mailing the important ones, and marking them read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loype.accounts.models import LANGUAGES, MailWish, Person
from loype.bodies.loading import load_actor
from loype.councils.models import Case
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.mail.actions import queue_mail
from loype.notices.models import Notice
from loype.notices.recipients import tellings
from loype.notices.telling import Telling
from loype.notices.words import explanation, headline
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.search.models import ContactRequest, SameNeed
from loype.search.saved.models import SavedSearch
from loype.spread.models import Adoption, Solution

READERS: dict[str, Any] = {
    "idea": Idea.objects,
    "case": Case.objects,
    "activity": Activity.objects,
    "solution": Solution.objects,
    "adoption": Adoption.objects,
    "saved_search": SavedSearch.objects,
    "contact_request": ContactRequest.objects,
    "same_need": SameNeed.objects,
}


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
    actor = load_actor(person.pk, name=person.name, day=at.date())
    about = ((telling.thing_kind, telling.thing_id), *telling.also)
    return all(
        READERS[kind].visible_to(actor).filter(pk=thing_id).exists()
        for kind, thing_id in about
        if kind in READERS
    )


def _tell(person: Person, telling: Telling, *, event: Event, at: datetime) -> int:
    notice, new = Notice.objects.get_or_create(
        person=person,
        event_id=event.pk,
        defaults={
            "subject": telling.subject,
            "facts": telling.facts,
            "thing_kind": telling.thing_kind,
            "thing_id": telling.thing_id,
            "organisation_id": event.organisation_id,
            "is_important": telling.is_important,
            "made_at": event.at,
        },
    )
    if new and wants_mail(person, is_important=telling.is_important):
        _mail(person, notice, at=at)
    return int(new)


def wants_mail(person: Person, *, is_important: bool) -> bool:
    """The one place where mail wishes are read."""
    return person.mail_wish == MailWish.ALL or (
        person.mail_wish == MailWish.IMPORTANT and is_important
    )


def _mail(person: Person, notice: Notice, *, at: datetime) -> None:
    with translation.override(_language_of(person)):
        subject = headline(notice.subject, notice.facts)
        parts = [
            subject,
            explanation(notice.subject, notice.facts),
            f"{settings.SITE_ADDRESS}/notices/{notice.pk}/",
            _("You choose which mails you get under “My profile”."),
        ]
    queue_mail(
        key=f"notice-{notice.pk}",
        to=person.email,
        subject=subject,
        body="\n\n".join(part for part in parts if part),
        at=at,
    )


def _language_of(person: Person) -> str:
    """Their own choice, else their organisation's."""
    if person.language:
        return person.language
    held = person.memberships.filter(to_date=None).select_related("organisation").first()
    spoken = held.organisation.language if held else ""
    return spoken if spoken in LANGUAGES else settings.LANGUAGE_CODE


def mark_read(notice: Notice, *, actor: Actor, at: datetime) -> None:
    """Look at a notice."""
    Notice.objects.visible_to(actor).filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Look at all notices; gives how many were new."""
    return Notice.objects.visible_to(actor).unread().update(read_at=at)
