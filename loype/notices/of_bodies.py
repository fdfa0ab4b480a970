"""Who hears of what a body goes by, what is put before it, and that its time is up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from loype.bodies.models import Body, Seat, SeatKind, Term
from loype.councils.models import DecisionPaper
from loype.history.models import Event
from loype.notices.telling import Telling, role_holders
from loype.organisations.labels import Role


def members(body_id: int, at: datetime) -> set[int]:
    """Who holds a seat on a body on a day, deputies too."""
    held = Term.objects.on(at.date()).filter(seat__body=body_id, seat__closed_date=None)
    return set(held.values_list("person_id", flat=True))


def adopted(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """A new version of what a body goes by: its members hear from which day it is in force."""

    def tell(event: Event) -> Iterable[Telling]:
        body = Body.objects.get(pk=event.change["body"])
        facts = {"organisation": body.name, "day": event.change["from_date"]}
        for person in sorted(members(body.pk, event.at)):
            yield Telling(person, subject, "body_papers", body.pk, facts)

    return tell


def paper_added(event: Event) -> Iterable[Telling]:
    """A paper on an agenda that was sent out, or one that is late: those who are called hear, or
    the members where nobody is called yet."""
    paper = DecisionPaper.objects.select_related("item__meeting__body", "item__case__idea").get(
        pk=event.thing_id
    )
    meeting = paper.item.meeting
    facts = {
        "title": paper.item.shown_title,
        "organisation": meeting.body.name,
        "day": meeting.decides_on.isoformat(),
        "is_late": event.change["late"],
    }
    called = Term.objects.on(event.at.date()).filter(
        seat__in=meeting.calls.values("seat"), is_deputy=False
    )
    people = set(called.values_list("person_id", flat=True))
    for person in sorted(people or members(meeting.body_id, event.at)):
        yield Telling(person, "paper_added", "meeting", meeting.pk, facts)


def referral_came(event: Event) -> Iterable[Telling]:
    """Whoever leads the body, and its secretary."""
    body = Body.objects.get(pk=event.change["body"])
    leaders = Term.objects.on(event.at.date()).filter(
        seat__body=body, seat__is_leader=True, is_deputy=False
    )
    people = set(leaders.values_list("person_id", flat=True))
    people |= role_holders(body.organisation_id, (Role.COUNCIL_SECRETARY,), event.at)
    facts = {"organisation": body.name, "title": event.change["title"], "reason": event.reason}
    for person in sorted(people):
        yield Telling(person, "referral_came", "body_year", body.pk, facts)


def ending(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """A committee's time is nearly or all up: its members hear, and whoever fills its seats."""

    def tell(event: Event) -> Iterable[Telling]:
        body = Body.objects.select_related("organisation", "federation").get(pk=event.thing_id)
        facts = {"organisation": body.name, "day": event.change["last_day"]}
        people = members(body.pk, event.at) | appointing_side(body, event.at)
        for person in sorted(people):
            yield Telling(person, subject, "body", body.pk, facts)

    return tell


def appointing_side(body: Body, at: datetime) -> set[int]:
    """Who set the body up, and who may fill its seats."""
    usual = (Role.ADMINISTRATOR, Role.DECIDER)
    people = role_holders(body.organisation_id, usual, at)
    for seat in Seat.objects.filter(body=body, closed_date=None):
        people |= _appointing(seat, body, at)
    return people


def _appointing(seat: Seat, body: Body, at: datetime) -> set[int]:
    if seat.kind == SeatKind.FEDERATION:
        home = body.federation.coordinator_id if body.federation else body.organisation_id
        return role_holders(home, (Role.COORDINATOR, Role.ADMINISTRATOR), at)
    roles = (seat.appointing_role,) if seat.appointing_role else (Role.ADMINISTRATOR, Role.DECIDER)
    return role_holders(seat.home_id(body), roles, at)
