"""When a mail may go out: quiet hours and days, digests, bundles; plain Python, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PAUSE = timedelta(hours=1)
LONGEST_LOOK = 24  # steps: a week of quiet days, each with quiet hours before and after
STEP = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a person wants mail, by the clock on their own wall; Monday is day 0."""

    zone: ZoneInfo
    digest_time: time
    digest_weekday: int
    quiet_from: time | None = None
    quiet_to: time | None = None
    quiet_days: frozenset[int] = frozenset()

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing is mailed at this moment."""
        there = moment.astimezone(self.zone)
        return there.weekday() in self.quiet_days or self._is_quiet_hour(there.time())

    def _is_quiet_hour(self, hour: time) -> bool:
        if self.quiet_from is None or self.quiet_to is None:
            return False
        if self.quiet_from < self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def first_open(self, moment: datetime) -> datetime:
        """The moment itself, or the first after it at which mail may go out; in UTC."""
        for _step in range(LONGEST_LOOK):
            if not self.is_quiet(moment):
                return moment.astimezone(UTC)
            moment = self._end_of_quiet(moment)
        while self.is_quiet(moment):
            moment += STEP
        return moment.astimezone(UTC)

    def _end_of_quiet(self, moment: datetime) -> datetime:
        there = moment.astimezone(self.zone)
        if there.weekday() in self.quiet_days:
            return self._later(there.date() + timedelta(days=1), time(0), than=moment)
        assert self.quiet_to is not None
        days = 0 if there.time() < self.quiet_to else 1
        return self._later(there.date() + timedelta(days=days), self.quiet_to, than=moment)

    def _later(self, day: date, hour: time, *, than: datetime) -> datetime:
        """A moment on the wall; where the clock is turned back, the one still to come."""
        for fold in (0, 1):
            found = datetime.combine(day, hour.replace(fold=fold), self.zone).astimezone(UTC)
            if found > than:
                return found
        return than + STEP

    def next_digest(self, moment: datetime, *, is_weekly: bool) -> datetime:
        """The next time after a moment at which a digest is due; in UTC, quiet or not."""
        day = moment.astimezone(self.zone).date()
        for ahead in range(9):
            on = day + timedelta(days=ahead)
            if is_weekly and on.weekday() != self.digest_weekday:
                continue
            due = datetime.combine(on, self.digest_time, self.zone).astimezone(UTC)
            if due > moment:
                return due
        raise AssertionError("every week has every day")


def mail_moment(
    how: str,
    *,
    rhythm: Rhythm,
    at: datetime,
    window: timedelta,
    last_mail_at: datetime | None = None,
) -> datetime | None:
    """When news of `at` is mailed: None for not at all; never within quiet hours.

    News wanted soon waits for a bundling window, and until an hour after the last mail; without a
    window it waits for nothing.
    """
    if how == "at_once":
        soon = at + window
        if last_mail_at is not None and window:
            soon = max(soon, last_mail_at + PAUSE)
        return rhythm.first_open(soon)
    if how in ("daily", "weekly"):
        return rhythm.first_open(rhythm.next_digest(at, is_weekly=how == "weekly"))
    return None
