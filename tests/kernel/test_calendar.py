"""Working days are Monday to Friday without the public holidays of the country."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from loype.kernel.calendar import Calendar, calendar_of, day_in, holidays
from loype.kernel.clock import add_working_days

COUNTRIES = st.sampled_from(("no", "dk", "se", "fo"))
DAYS = st.dates(min_value=date(2021, 1, 1), max_value=date(2039, 1, 1))


@given(country=COUNTRIES, start=DAYS, count=st.integers(0, 90))
def test_it_counts_what_it_added(country: str, start: date, count: int) -> None:
    calendar = calendar_of(country)
    day = calendar.add(start, count)
    assert calendar.is_working(day)
    stepped, left = start, count
    while left:
        stepped += timedelta(days=1)
        left -= calendar.is_working(stepped)
    assert day == calendar.on_or_after(stepped)


@given(country=COUNTRIES, start=DAYS, days=st.integers(0, 200))
def test_it_counts_day_by_day(country: str, start: date, days: int) -> None:
    calendar = calendar_of(country)
    steps = (start + timedelta(days=step) for step in range(1, days + 1))
    assert calendar.between(start, start + timedelta(days=days)) == sum(
        calendar.is_working(day) for day in steps
    )


@pytest.mark.parametrize(
    ("country", "start", "count", "expected"),
    [
        ("no", date(2026, 3, 27), 5, date(2026, 4, 8)),  # over Easter: three days off
        ("no", date(2026, 5, 12), 3, date(2026, 5, 18)),  # Ascension Day; 17 May is a Sunday
        ("no", date(2027, 5, 14), 1, date(2027, 5, 18)),  # 17 May is a Monday
        ("dk", date(2026, 4, 30), 1, date(2026, 5, 1)),  # no Great Prayer Day since 2024
        ("dk", date(2023, 5, 4), 1, date(2023, 5, 8)),  # Great Prayer Day, the last one
        ("se", date(2026, 6, 18), 1, date(2026, 6, 22)),  # Midsummer Eve
        ("is", date(2026, 12, 24), 1, date(2026, 12, 25)),  # not listed: weekends only
    ],
)
def test_it_knows_the_holidays(country: str, start: date, count: int, expected: date) -> None:
    assert calendar_of(country).add(start, count) == expected


def test_its_movable_feasts_follow_easter() -> None:
    for year in range(2020, 2041):
        for country, name in (
            ("no", "2. påskedag"),
            ("dk", "2. påskedag"),
            ("se", "Annandag påsk"),
        ):
            monday = next(
                day
                for day, said in holidays()[country].items()
                if day.year == year and said == name
            )
            assert monday == easter(year) + timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def test_a_saturday_and_the_friday_before_it_end_on_the_same_day() -> None:
    for count in range(1, 30):
        friday = add_working_days(date(2026, 3, 6), count)
        assert add_working_days(date(2026, 3, 7), count) == friday
        assert add_working_days(date(2026, 3, 8), count) == friday


def test_it_says_which_day_it_is_where_the_organisation_is() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert day_in(late, "Europe/Oslo") == date(2026, 3, 3)
    assert day_in(late, "Atlantic/Reykjavik") == date(2026, 3, 2)


def test_it_refuses_to_go_back() -> None:
    with pytest.raises(ValueError, match="negative"):
        Calendar().add(date(2026, 3, 2), -1)
