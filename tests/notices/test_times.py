"""When mail may go out: never in quiet hours, never earlier than wanted, always within days."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as some

from loype.notices.times import PAUSE, Rhythm, mail_moment

OSLO = ZoneInfo("Europe/Oslo")
WINDOW = timedelta(minutes=10)
ZONES = ["Europe/Oslo", "America/Nuuk", "Atlantic/Faroe", "Australia/Lord_Howe"]

HOURS = some.times().map(lambda hour: hour.replace(second=0, microsecond=0))
MOMENTS = some.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@some.composite
def rhythms(draw: some.DrawFn) -> Rhythm:
    """Any rhythm that a person may choose."""
    begin, end = draw(some.one_of(some.just((None, None)), some.tuples(HOURS, HOURS)))
    if begin == end:
        begin = end = None
    return Rhythm(
        zone=ZoneInfo(draw(some.sampled_from(ZONES))),
        digest_time=draw(HOURS),
        digest_weekday=draw(some.integers(0, 6)),
        quiet_from=begin,
        quiet_to=end,
        quiet_days=frozenset(draw(some.sets(some.integers(0, 6), max_size=6))),
    )


def oslo(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2026 by the clock in Oslo; 2 March is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def rhythm(**more: object) -> Rhythm:
    """Digests at half past seven on Mondays, unless said otherwise."""
    said = {"zone": OSLO, "digest_time": time(7, 30), "digest_weekday": 0, **more}
    return Rhythm(**said)  # type: ignore[arg-type]


@pytest.mark.requirement("EP-22")
@given(rhythm=rhythms(), moment=MOMENTS)
def test_it_never_falls_into_the_quiet(rhythm: Rhythm, moment: datetime) -> None:
    found = rhythm.first_open(moment)

    assert found >= moment
    assert not rhythm.is_quiet(found)
    assert found - moment < timedelta(days=8)
    if not rhythm.is_quiet(moment):
        assert found == moment


@given(
    rhythm=rhythms(), moment=MOMENTS,
    how=some.sampled_from(["at_once", "daily", "weekly"]),
    last=some.one_of(some.none(), some.timedeltas(timedelta(0), timedelta(hours=3))),
)  # fmt: skip
def test_every_wish_for_mail_has_its_moment(
    rhythm: Rhythm, moment: datetime, how: str, last: timedelta | None
) -> None:
    found = mail_moment(
        how, rhythm=rhythm, at=moment, window=WINDOW,
        last_mail_at=moment - last if last is not None else None,
    )  # fmt: skip

    assert found is not None
    assert moment < found < moment + timedelta(days=16)
    assert not rhythm.is_quiet(found)


@pytest.mark.parametrize("how", ["app", "never"])
def test_what_is_not_wanted_by_mail_has_none(how: str) -> None:
    assert mail_moment(how, rhythm=rhythm(), at=oslo(2, 9), window=WINDOW) is None


def test_news_wanted_soon_waits_for_its_window_and_for_the_pause() -> None:
    def when(**more: datetime) -> datetime | None:
        return mail_moment("at_once", rhythm=rhythm(), at=oslo(2, 9), window=WINDOW, **more)

    assert when() == oslo(2, 9, 10)
    assert when(last_mail_at=oslo(2, 8, 30)) == oslo(2, 8, 30) + PAUSE
    assert when(last_mail_at=oslo(2, 6)) == oslo(2, 9, 10)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (oslo(2, 16, 59), oslo(2, 16, 59)),  # Monday, before the evening
        (oslo(2, 17), oslo(3, 7)),
        (oslo(3, 6, 59), oslo(3, 7)),
        (oslo(6, 17), oslo(9, 7)),  # Friday evening: the weekend is quiet, too
        (oslo(7, 12), oslo(9, 7)),
    ],
)
def test_an_evening_and_a_weekend_are_waited_for(moment: datetime, expected: datetime) -> None:
    found = rhythm(quiet_from=time(17), quiet_to=time(7), quiet_days=frozenset({5, 6}))

    assert found.first_open(moment) == expected


def test_quiet_hours_within_a_day() -> None:
    lunch = rhythm(quiet_from=time(11), quiet_to=time(12))

    assert lunch.first_open(oslo(2, 11, 20)) == oslo(2, 12)
    assert lunch.first_open(oslo(2, 12)) == oslo(2, 12)


@pytest.mark.parametrize(
    ("is_weekly", "moment", "expected"),
    [
        (False, oslo(2, 7, 29), oslo(2, 7, 30)),
        (False, oslo(2, 7, 30), oslo(3, 7, 30)),
        (True, oslo(2, 7, 29), oslo(2, 7, 30)),
        (True, oslo(2, 7, 30), oslo(9, 7, 30)),
        (True, oslo(4, 12), oslo(9, 7, 30)),
        (False, oslo(28, 12), oslo(29, 7, 30)),  # the night in which the clock is put forward
    ],
)
def test_digests_come_by_the_clock_on_the_wall(
    is_weekly: bool, moment: datetime, expected: datetime
) -> None:
    assert rhythm().next_digest(moment, is_weekly=is_weekly) == expected


def test_a_digest_in_the_quiet_waits_for_its_end() -> None:
    found = rhythm(quiet_from=time(20), quiet_to=time(9))

    assert mail_moment("daily", rhythm=found, at=oslo(2, 12), window=WINDOW) == oslo(3, 9)


def test_the_clock_is_that_of_the_place_where_one_lives() -> None:
    nuuk = rhythm(zone=ZoneInfo("America/Nuuk"), quiet_from=time(17), quiet_to=time(7))

    assert not nuuk.is_quiet(oslo(2, 19))  # four in the afternoon there
    assert rhythm(quiet_from=time(17), quiet_to=time(7)).is_quiet(oslo(2, 19))
