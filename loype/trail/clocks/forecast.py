"""When a case can be decided at the earliest, and what to do when that is too late.

Plain sums over days: no database, no Django. A case that is not on an agenda reaches the first
meeting whose papers may still be sent; a new meeting needs its notice and its papers, unless the
rules of procedure allow writing between meetings or an urgent call. Where it is known how many
cases a meeting can take, those that wait longest fill the meetings first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from loype.kernel.calendar import Calendar


class Rules(Protocol):
    """What the forecast asks of a body's rules of procedure."""

    @property
    def notice_days(self) -> int: ...
    @property
    def paper_days(self) -> int: ...
    @property
    def allows_written(self) -> bool: ...
    @property
    def allows_urgent(self) -> bool: ...
    @property
    def urgent_notice_days(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A case that waits, and the days by which it should have got further."""

    id: int
    title: str
    language: str
    began_at: datetime
    since: date
    limit: date
    responsible_by: date
    responsible_id: int | None = None
    follow_up_by: date | None = None
    meeting_id: int | None = None
    ahead: int | None = None  # how many waiting cases come before it; None: as they are handed in

    @property
    def is_on_agenda(self) -> bool:
        """Whether a meeting ahead will treat it."""
        return self.meeting_id is not None


@dataclass(frozen=True, kw_only=True)
class MeetingAhead:
    """A meeting that is planned or called, on a day; a written one on the day it closes."""

    id: int
    day: date
    is_called: bool = False
    on_agenda: int = 0


@dataclass(frozen=True)
class Expected:
    """When a case can be decided at the earliest (None: no meeting ahead reaches it)."""

    case: OpenCase
    day: date | None
    meeting_id: int | None
    is_late: bool

    @property
    def will_pass(self) -> bool:
        """Whether it passes its limit before it can be decided, or has passed it."""
        return self.is_late or self.day is None or self.day > self.case.limit


@dataclass(frozen=True)
class Proposal:
    """A meeting (or a written or urgent procedure) that takes cases before they are too late."""

    form: str
    day: date
    cases: tuple[OpenCase, ...]
    next_day: date | None

    @property
    def in_time(self) -> int:
        """How many of them it decides within their limit."""
        return sum(1 for case in self.cases if case.limit >= self.day)


def expect(
    cases: Iterable[OpenCase],
    *,
    meetings: Sequence[MeetingAhead],
    rules: Rules,
    today: date,
    most: int | None = None,
) -> list[Expected]:
    """For each case, when it can be decided at the earliest; a meeting takes `most` cases."""
    ahead = sorted((one for one in meetings if one.day >= today), key=lambda one: one.day)
    days = {one.id: one for one in ahead}
    papers = timedelta(days=rules.paper_days)
    reachable = [one for one in ahead if one.day - papers >= today]
    found, waiting = [], 0
    for case in cases:
        if case.meeting_id is not None:
            meeting = days.get(case.meeting_id)
        else:
            place = waiting if case.ahead is None else case.ahead
            meeting = _first_with_room(reachable, place=place, most=most)
            waiting += 1
        found.append(
            Expected(
                case=case,
                day=meeting.day if meeting else None,
                meeting_id=meeting.id if meeting else None,
                is_late=today > case.limit,
            )
        )
    return found


def _first_with_room(
    reachable: Sequence[MeetingAhead], *, place: int, most: int | None
) -> MeetingAhead | None:
    """The first meeting that takes a case when so many others come before it."""
    if most is None:
        return next(iter(reachable), None)
    for meeting in reachable:
        room = max(0, most - meeting.on_agenda)
        if place < room:
            return meeting
        place -= room
    return None


def earliest_days(rules: Rules, *, calendar: Calendar, today: date) -> dict[str, date]:
    """The first day on which each form that the rules allow could decide something."""

    def after(days: int) -> date:
        return calendar.on_or_after(today + timedelta(days=max(days, 1)))

    found = {"extra": after(max(rules.notice_days, rules.paper_days))}
    if rules.allows_written:
        found["written"] = after(rules.notice_days)
    if rules.allows_urgent:
        found["urgent"] = after(rules.urgent_notice_days)
    return found


def propose(
    expected: Iterable[Expected],
    *,
    rules: Rules,
    calendar: Calendar,
    today: date,
    most: int | None = None,
) -> Proposal | None:
    """What would take the cases that otherwise pass their limit; None when nothing is gained.

    An extra meeting comes first, then writing between meetings, then an urgent call: the first
    that is in time for the oldest case. Where none is, the soonest. It takes `most` cases, those
    with the nearest limit.
    """
    waiting = [one for one in expected if one.will_pass and not one.case.is_on_agenda]
    if not waiting:
        return None
    oldest = min(one.case.limit for one in waiting)
    earliest = earliest_days(rules, calendar=calendar, today=today)
    form = next((form for form, day in earliest.items() if day <= oldest), None)
    if form is None:
        form = min(earliest, key=lambda one: earliest[one])
        day = earliest[form]
    else:
        day = max(earliest[form], calendar.on_or_before(oldest))
    helped = [one for one in waiting if one.day is None or one.day > day]
    if not helped:
        return None
    if most is not None and len(helped) > most:
        helped = sorted(helped, key=lambda one: (one.case.limit, one.case.id))[:most]
    usual = [one.day for one in helped if one.day is not None]
    return Proposal(
        form=form,
        day=day,
        cases=tuple(one.case for one in helped),
        next_day=min(usual, default=None),
    )
