"""A call is an entry in the calendar: taken in, changed, taken out, and the deputy's too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

from loype.accounts.models import MailWish
from loype.bodies.actions import appoint_to_seat, call_meeting, move_meeting, reply_to_call
from loype.bodies.models import Meeting
from loype.history.models import Event
from loype.mail.actions import deliver_mail
from loype.mail.models import OutgoingMail
from loype.notices.actions import tell_about
from loype.notices.invitations import send_invitations
from loype.trail.handovers import call_off_meeting
from tests.cast import TODAY, World
from tests.councils.test_decide_in_writing import planned


def sent(verb: str) -> list[OutgoingMail]:
    """The mails that follow from the newest event of a kind; asked twice they are the same."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    event = Event.objects.filter(verb=verb).latest("id")
    for _turn in range(2):
        tell_about(event.pk, at=TODAY)
        send_invitations(event.pk, at=TODAY)
    return list(OutgoingMail.objects.exclude(pk__in=before).order_by("to"))


def entry(written: str) -> tuple[Any, Any]:
    calendar: Any = Calendar.from_ical(written)
    [event] = calendar.walk("VEVENT")
    return calendar, event


@pytest.fixture
def called(world: World) -> Meeting:
    return call_meeting(planned(world, place="Rom 2"), actor=world.actor("bo"), at=TODAY)


def test_it_is_called_changed_and_called_off(world: World, called: Meeting) -> None:
    bo = world.actor("bo")
    first = sent("call_meeting")
    assert [one.to for one in first] == [f"{name}@example.test" for name in ("bo", "cai", "fia")]
    calendar, event = entry(first[1].calendar)
    assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
    assert event["sequence"] == 0
    assert event["status"] == "CONFIRMED"
    assert event["dtstart"].dt == called.starts_at
    assert event["dtend"].dt == called.starts_at + timedelta(hours=2)
    assert event["attendee"] == "mailto:cai@example.test"
    assert event["organizer"].startswith("mailto:")
    assert (event["location"], "dtstamp" in event) == ("Rom 2", True)
    moved = move_meeting(called, starts_at=TODAY + timedelta(days=12), actor=bo, at=TODAY)
    _calendar, changed = entry(sent("move_meeting")[1].calendar)
    assert (changed["uid"], changed["sequence"]) == (event["uid"], 1)
    assert changed["dtstart"].dt == moved.starts_at
    call_off_meeting(moved, reason="Storm", actor=bo, at=TODAY)
    calendar, gone = entry(sent("cancel_meeting")[1].calendar)
    assert (calendar["method"], gone["status"]) == ("CANCEL", "CANCELLED")
    assert (gone["uid"], gone["sequence"]) == (event["uid"], 2)


def test_the_mail_carries_its_method(called: Meeting) -> None:
    for one in sent("call_meeting"):
        deliver_mail(one.pk, at=TODAY)
    [part] = [
        part for part in mail.outbox[0].message().walk()
        if part.get_content_type() == "text/calendar"
    ]  # fmt: skip
    assert part.get_param("method") == "REQUEST"
    assert part.get_param("charset") == "utf-8"
    assert b"BEGIN:VCALENDAR" in part.get_payload(decode=True)


def test_who_wants_no_mail_gets_none(world: World, called: Meeting) -> None:
    world.people["cai"].mail_wish = MailWish.NONE
    world.people["cai"].save()
    assert [one.to for one in sent("call_meeting")] == ["bo@example.test", "fia@example.test"]


def test_the_deputy_is_called_for_who_cannot_come(world: World) -> None:
    assert world.council is not None
    seat = world.council.seats.get(title="Helse og omsorg")
    appoint_to_seat(
        seat, person=world.people["ada"], from_date=TODAY.date(), is_deputy=True,
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    meeting = call_meeting(planned(world), actor=world.actor("bo"), at=TODAY)
    assert "ada@example.test" not in [one.to for one in sent("call_meeting")]
    call = meeting.calls.get(seat=seat)
    reply_to_call(call, reply="coming", actor=world.actor("cai"), at=TODAY)
    assert sent("reply_to_call") == []
    reply_to_call(call, reply="absent", actor=world.actor("cai"), at=TODAY)
    [mail_to_deputy] = sent("reply_to_call")
    assert mail_to_deputy.to == "ada@example.test"


def test_the_page_gives_the_entry(
    world: World, called: Meeting, client_of: Callable[[str], Client]
) -> None:
    answer = client_of("ada").get(f"/council/meetings/{called.pk}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    calendar, event = entry(answer.content.decode())
    assert calendar["method"] == "PUBLISH"
    assert event["uid"].startswith(f"meeting-{called.pk}@")
    assert "attendee" not in event
