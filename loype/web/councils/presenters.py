"""Shapes the council's pages are made of; no rules, only what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from loype.accounts.models import Person
from loype.bodies.models import Meeting, MeetingCall, Seat, SeatKind, Term
from loype.councils.models import Case, Decision
from loype.kernel.calendar import Calendar
from loype.organisations.actor import Actor
from loype.organisations.models import Membership, Organisation
from loype.portfolio.models import Activity
from loype.trail.clocks.forecast import Expected
from loype.trail.clocks.reading import CouncilClocks
from loype.web.councils.same_needs import places_of
from loype.web.shared.parts.moments import plain_date, weekday


@dataclass(frozen=True)
class Age:
    """How long something has waited against how long it may, in working days."""

    waited: int
    limit: int

    @property
    def is_late(self) -> bool:
        """Whether it has waited longer than agreed."""
        return self.waited > self.limit

    @property
    def share(self) -> int:
        """How much of the bar is used, in percent."""
        return min(100, round(100 * self.waited / max(self.limit, 1)))

    @property
    def words(self) -> str:
        """The bar in words."""
        if self.is_late:
            return ngettext(
                "Waited %(waited)s working day, the limit is %(limit)s",
                "Waited %(waited)s working days, the limit is %(limit)s",
                self.waited,
            ) % {"waited": self.waited, "limit": self.limit}
        return ngettext(
            "%(waited)s of %(limit)s working day",
            "%(waited)s of %(limit)s working days",
            self.limit,
        ) % {"waited": self.waited, "limit": self.limit}


def age_of(
    since: datetime | None, *, limit: int, at: datetime, calendar: Calendar
) -> Age | None:  # fmt: skip
    """How long something has waited at a moment; None when it does not wait."""
    if since is None:
        return None
    waited = calendar.between(timezone.localdate(since), timezone.localdate(at))
    return Age(waited=waited, limit=limit)


def age_by(clocks: CouncilClocks, since: datetime | None) -> Age | None:
    """How long something has waited by a council's clocks; None when it does not wait."""
    if since is None:
        return None
    return Age(waited=clocks.waited(since), limit=clocks.targets_of(since).decision_days)


@dataclass(frozen=True)
class QueueRow:
    """One case of the queue."""

    case: Case
    age: Age | None
    responsible_by: date | None
    is_responsible_late: bool
    elsewhere: tuple[str, ...] = ()
    will_pass: bool = False
    limit_words: str = ""


def queue_row(case: Case, *, organisation: Organisation, at: datetime) -> QueueRow:
    """A case with its age bar, and until when somebody responsible is to be named."""
    waits = case.state in ("waiting", "on_agenda")
    calendar, by = organisation.calendar, None
    if case.responsible_id is None:
        since = timezone.localdate(case.waiting_since)
        by = calendar.add(since, organisation.responsible_days)
    return QueueRow(
        case=case,
        age=age_of(
            case.waiting_since if waits else None,
            limit=organisation.decision_days,
            at=at,
            calendar=calendar,
        ),
        responsible_by=by,
        is_responsible_late=by is not None and by < timezone.localdate(at),
        elsewhere=tuple(places_of(case)),
    )


def clocked_row(case: Case, *, clocks: CouncilClocks) -> QueueRow:
    """The same by what was promised to the case, and with what the forecast says of it."""
    waits = case.state in ("waiting", "on_agenda")
    by = clocks.responsible_by(case.waiting_since) if case.responsible_id is None else None
    expected = clocks.expected_of(case.pk) if waits else None
    return QueueRow(
        case=case,
        age=age_by(clocks, case.waiting_since if waits else None),
        responsible_by=by,
        is_responsible_late=by is not None and by < clocks.today,
        elsewhere=tuple(places_of(case)),
        will_pass=expected is not None and expected.will_pass,
        limit_words=limit_words(expected) if expected is not None else "",
    )


def limit_words(expected: Expected) -> str:
    """What the forecast says of a case whose limit has not passed; "" when all is well."""
    if expected.is_late or not expected.will_pass:
        return ""
    if expected.day is None:
        return _("no meeting ahead before its limit, %(limit)s") % {
            "limit": plain_date(expected.case.limit)
        }
    return _("passes its limit on %(limit)s, before the meeting on %(day)s") % {
        "limit": plain_date(expected.case.limit),
        "day": plain_date(expected.day),
    }


@dataclass
class Agenda:
    """A meeting with the cases on its agenda, in order."""

    meeting: Meeting
    lines: list[Any] = field(default_factory=list)


def agendas(rows: Iterable[Any]) -> list[Agenda]:
    """Meetings from rows of `with_agenda`: one row for each case on the agenda."""
    found: dict[int, Agenda] = {}
    for row in rows:
        agenda = found.setdefault(row.pk, Agenda(row))
        if row.item_id is not None:
            agenda.lines.append(row)
    return list(found.values())


@dataclass(frozen=True)
class Running:
    """An open activity, and whether it is past its day."""

    activity: Activity
    is_late: bool


def running(activities: Iterable[Activity], *, at: datetime) -> list[Running]:
    """Open activities with whether they are late."""
    today = timezone.localdate(at)
    return [
        Running(one, is_late=one.due_date is not None and one.due_date < today)
        for one in activities
    ]


def decider_words(decision: Decision) -> str:
    """Who decided, by role: never a person's name."""
    if decision.body is not None:
        return decision.body.name
    return _("The named decider in %(organisation)s") % {"organisation": decision.organisation.name}


def trail_look(outcome: str) -> str:
    """How the decision's station on the trail line looks after an outcome."""
    if outcome in ("go_on", "join"):
        return "done"
    return "stopped" if outcome in ("reject", "merge") else "now"


def colleagues(actor: Actor, organisation_id: int, *, at: datetime) -> dict[str, Person]:
    """Everybody who works in an organisation today, by name; nobody for those outside it."""
    found = (
        Membership.objects.visible_to(actor)
        .filter(organisation=organisation_id)
        .on(timezone.localdate(at))
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    return {str(one.person_id): one.person for one in found}


def names(people: dict[str, Person]) -> list[tuple[str, str]]:
    """Colleagues as choices of a list."""
    return [(key, person.name) for key, person in people.items()]


def meeting_words(meeting: Meeting) -> str:
    """A meeting as a choice of a list."""
    moment = timezone.localtime(meeting.starts_at)
    place = f", {meeting.place}" if meeting.place else ""
    return f"{weekday(moment.date(), timezone.localdate())} {moment:%H:%M}{place}"


@dataclass(frozen=True)
class SeatShown:
    """A seat with who holds it on a day."""

    seat: Seat
    holder: Person | None
    deputy: Person | None
    attended: bool | None = None
    came_by: Person | None = None

    @property
    def stood_in(self) -> Person | None:
        """Who came in the holder's place."""
        return None if self.came_by == self.holder else self.came_by

    @property
    def title(self) -> str:
        """What the seat is called."""
        if self.seat.is_leader:
            return self.seat.title or _("Leader")
        if self.seat.kind == SeatKind.FEDERATION:
            return self.seat.title or _("The federation's seat")
        return self.seat.title or _("Member")

    @property
    def words(self) -> str:
        """The seat and who holds it."""
        return f"{self.title}: {self.holder.name}" if self.holder else self.title

    @property
    def is_federation(self) -> bool:
        """Whether it is the federation's own seat."""
        return self.seat.kind == SeatKind.FEDERATION

    @property
    def is_filled_federation(self) -> bool:
        """Whether it is the federation's seat and somebody holds it."""
        return self.is_federation and self.holder is not None


def seats_shown(
    seats: Iterable[Seat], terms: Iterable[Term], *, calls: Iterable[MeetingCall] = ()
) -> list[SeatShown]:
    """Seats with their holders and deputies, and who came where that is known."""
    called = {call.seat_id: call for call in calls}
    holders: dict[tuple[int, bool], Person] = {}
    for term in terms:
        holders.setdefault((term.seat_id, term.is_deputy), term.person)
    return [
        SeatShown(
            seat=seat,
            holder=holders.get((seat.pk, False)),
            deputy=holders.get((seat.pk, True)),
            attended=called[seat.pk].attended if seat.pk in called else None,
            came_by=called[seat.pk].attended_by if seat.pk in called else None,
        )
        for seat in sorted(seats, key=lambda one: (not one.is_leader, one.kind, one.pk))
    ]
