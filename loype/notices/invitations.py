"""Calendar invitations by mail: called, moved, called off, or standing in for somebody absent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from loype.accounts.models import Person
from loype.bodies.models import Meeting, MeetingCall, Reply, Term
from loype.councils.meeting_calendar import calendar_file, method_of, summary_of
from loype.history.models import Event
from loype.mail.actions import keep_mail
from loype.notices.kinds import NoticeKind
from loype.notices.models import Notice
from loype.notices.stopping import stop_headers
from loype.notices.wishes import Wishes, wishes_of

VERBS = frozenset({"call_meeting", "move_meeting", "cancel_meeting", "reply_to_call"})


@transaction.atomic
def send_invitations(event_id: int, *, at: datetime) -> int:
    """Mail what an event means for the calendars of those called; run twice it mails once.

    The mail with the calendar entry takes the place of the mail about the notice.
    """
    event = Event.objects.filter(pk=event_id, verb__in=VERBS).first()
    if event is None:
        return 0
    meeting = _meeting_of(event)
    if meeting is None or meeting.called_at is None:
        return 0
    sent = 0
    for person in _addressed(event, meeting):
        wishes = wishes_of(person)
        if wishes.wants_mail(NoticeKind.WAITS):
            sent += _send(person, meeting, wishes=wishes, at=at)
            Notice.objects.filter(person=person, event_id=event.pk, mail=None).update(mail_at=None)
    return sent


def _meeting_of(event: Event) -> Meeting | None:
    key = event.change["meeting"] if event.verb == "reply_to_call" else event.thing_id
    return Meeting.objects.select_related("body", "organisation").filter(pk=key).first()


def _addressed(event: Event, meeting: Meeting) -> Iterable[Person]:
    """Everybody who holds a called seat that day, and deputies of those who cannot come."""
    calls = meeting.calls.all()
    if event.verb == "reply_to_call":
        calls = calls.filter(pk=event.thing_id, reply=Reply.ABSENT)
    terms = _terms(meeting, calls)
    if event.verb == "reply_to_call":
        terms = [term for term in terms if term.is_deputy]
    people = {term.person_id: term.person for term in terms if term.person.is_active}
    return people.values()


def _terms(meeting: Meeting, calls: Iterable[MeetingCall]) -> list[Term]:
    day = meeting.starts_at.date()
    absent = {call.seat_id: call.reply == Reply.ABSENT for call in calls}
    held = (
        Term.objects.filter(seat__in=list(absent), from_date__lte=day)
        .on_or_after(day)
        .select_related("person")
        .order_by("pk")
    )
    return [term for term in held if not term.is_deputy or absent[term.seat_id]]


def _send(person: Person, meeting: Meeting, *, wishes: Wishes, at: datetime) -> bool:
    address = f"{settings.SITE_ADDRESS}/council/meetings/{meeting.pk}/"
    with translation.override(wishes.language), timezone.override(wishes.rhythm.zone):
        calendar = calendar_file(meeting, address=address, at=at, to=person)
        subject = _subject(meeting)
        body = "\n\n".join([subject, _when(meeting), address])
    _mail, new = keep_mail(
        key=f"meeting-{meeting.pk}-{meeting.sequence}-{method_of(meeting)}-{person.pk}",
        to=person.email, subject=subject, body=body, calendar=calendar, at=at,
        not_before=wishes.not_before(at), headers=stop_headers(person, kinds=[NoticeKind.WAITS]),
    )  # fmt: skip
    return new


def _subject(meeting: Meeting) -> str:
    name = {"body": summary_of(meeting)}
    if meeting.state == "cancelled":
        return _("Called off: %(body)s") % name
    return (_("Changed: %(body)s") if meeting.sequence else _("You are called: %(body)s")) % name


def _when(meeting: Meeting) -> str:
    if meeting.answer_by is not None:
        return date_format(meeting.answer_by, pgettext("a date", "j F Y"))
    local = timezone.localtime(meeting.starts_at)
    day = date_format(local, pgettext("a date", "j F Y"))
    return ", ".join(part for part in (f"{day} {local:%H:%M}", meeting.place) if part)
