"""Working days: Monday to Friday without a country's public holidays and one's own closed days.

The holidays are data (`holidays.csv`, one line a day), so that a law that moves one needs a line
and no code. A country that is not listed has weekends only.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from loype.kernel.clock import add_working_days, working_days_between

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are worked somewhere."""

    closed: frozenset[date] = field(default_factory=frozenset)

    @cached_property
    def closed_weekdays(self) -> list[date]:
        """The holidays that do not fall on a weekend, in order."""
        return sorted(day for day in self.closed if day.weekday() < 5)

    def is_working(self, day: date) -> bool:
        """Whether people are at work on a day."""
        return day.weekday() < 5 and day not in self.closed

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next on which people work."""
        while not self.is_working(day):
            day += DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last before it on which people work."""
        while not self.is_working(day):
            day -= DAY
        return day

    def add(self, start: date, count: int) -> date:
        """The day `count` working days after `start`; ValueError for a negative count."""
        day = add_working_days(start, count)
        while (missing := count - self.between(start, day)) > 0:
            day = add_working_days(day, missing)
        return self.on_or_after(day)

    def before(self, end: date, count: int) -> date:
        """The day `count` working days before `end`."""
        day = end
        for _step in range(count):
            day = self.on_or_before(day - DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; never below 0."""
        if end <= start:
            return 0
        closed = bisect_right(self.closed_weekdays, end) - bisect_right(self.closed_weekdays, start)
        return working_days_between(start, end) - closed

    def count(self, start: date, end: date) -> int:
        """As `between`, and below 0 when `end` lies before `start`."""
        return self.between(start, end) if end >= start else -self.between(end, start)


@lru_cache
def holidays() -> dict[str, dict[date, str]]:
    """Every country's public holidays with their names, as they are shipped."""
    found: dict[str, dict[date, str]] = {}
    text = resources.files("loype.kernel").joinpath("holidays.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["country"], {})[date.fromisoformat(row["day"])] = row["name"]
    return found


def calendar_of(country: str, own: Iterable[date] = ()) -> Calendar:
    """The working days of a country, two letters, without the days of one's own closing."""
    return _calendar(country.lower(), frozenset(own))


@lru_cache(maxsize=512)
def _calendar(country: str, own: frozenset[date]) -> Calendar:
    return Calendar(frozenset(holidays().get(country, {})) | own)


def day_in(moment: datetime, time_zone: str) -> date:
    """The day it is somewhere at a moment."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
