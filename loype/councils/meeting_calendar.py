"""A meeting for somebody's calendar (RFC 5545), as an invitation, a change or a cancellation
(RFC 5546)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.models import Meeting

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PRODUCT = "-//Loype//Meetings//EN"


def method_of(meeting: Meeting) -> str:
    """What a calendar is asked to do: take the meeting in (or change it), or take it out."""
    return CANCEL if meeting.state == "cancelled" else REQUEST


def calendar_file(meeting: Meeting, *, address: str, at: datetime, to: Person | None = None) -> str:
    """The meeting as a calendar file; with a person, as the invitation to that person.

    The same meeting has the same UID for ever, and a SEQUENCE that grows with every change, so
    that the calendar replaces what it has. An invitation names organizer and attendee.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415  needed only where one is asked for

    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("summary", summary_of(meeting))
    start, end = _span(meeting)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    event.add("location", meeting.place)
    event.add("url", address)
    event.add("description", _("The agenda and the papers: %(address)s") % {"address": address})
    _name_people(event, meeting, to=to)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method_of(meeting) if to else PUBLISH)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def summary_of(meeting: Meeting) -> str:
    """What the entry in the calendar is called."""
    if meeting.is_in_writing:
        return _("Answer by today: %(body)s") % {"body": meeting.body.name}
    return meeting.body.name


def _span(meeting: Meeting) -> tuple[datetime | date, datetime | date]:
    """From when to when; a written procedure is its last day."""
    if meeting.answer_by is not None:
        return meeting.answer_by, meeting.answer_by + timedelta(days=1)
    return meeting.starts_at.astimezone(UTC), meeting.ends_at.astimezone(UTC)


def _name_people(event: object, meeting: Meeting, *, to: Person | None) -> None:
    from icalendar import vCalAddress, vText  # noqa: PLC0415

    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{sender}")
    organizer.params["CN"] = vText(meeting.body.name)
    event["organizer"] = organizer  # type: ignore[index]
    if to is None:
        return
    attendee = vCalAddress(f"mailto:{to.email}")
    attendee.params["CN"] = vText(to.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=0)  # type: ignore[attr-defined]
