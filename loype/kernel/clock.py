"""The clock: only the ways in (web, api, cli, jobs) read it; verbs are handed the time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def add_working_days(start: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) after `start`; public holidays count as work.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count of working days is negative")
    weeks, rest = divmod(count, 5)
    if count:  # a Saturday's fifth working day is Friday, not the Monday after it
        start -= timedelta(days=max(0, start.weekday() - 4))
    day = start + timedelta(weeks=weeks)
    while rest:
        day += timedelta(days=1)
        if day.weekday() < 5:
            rest -= 1
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days (Monday to Friday) lie after `start` up to and including `end`."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    extra = sum(1 for step in range(1, rest + 1) if (start + timedelta(days=step)).weekday() < 5)
    return weeks * 5 + extra
