"""The forecast says which cases pass their limit, and what would take them in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from loype.kernel.calendar import calendar_of
from loype.trail.clocks.forecast import MeetingAhead, OpenCase, earliest_days, expect, propose

TODAY = date(2026, 3, 2)  # a Monday
CALENDAR = calendar_of("no")


@dataclass(frozen=True)
class Rules:
    """The rules of procedure as far as the forecast reads them."""

    notice_days: int = 7
    paper_days: int = 5
    allows_written: bool = False
    allows_urgent: bool = False
    urgent_notice_days: int = 2


def case(number: int, *, limit: date, meeting: int | None = None) -> OpenCase:
    return OpenCase(
        id=number, title=f"Sak {number}", language="nb", since=limit - timedelta(days=28),
        began_at=datetime(2026, 2, 2, tzinfo=UTC), limit=limit,
        responsible_by=limit, meeting_id=meeting,
    )  # fmt: skip


def meeting(number: int, days: int) -> MeetingAhead:
    return MeetingAhead(id=number, day=TODAY + timedelta(days=days))


@pytest.mark.requirement("ROR-11")
def test_it_proposes_an_extra_meeting_when_the_oldest_would_pass_its_limit() -> None:
    cases = [case(1, limit=date(2026, 3, 12)), case(2, limit=date(2026, 3, 20))]
    expected = expect(cases, meetings=[meeting(9, 28)], rules=Rules(), today=TODAY)
    assert [one.will_pass for one in expected] == [True, True]
    proposal = propose(expected, rules=Rules(), calendar=CALENDAR, today=TODAY)
    assert proposal is not None
    assert (proposal.form, proposal.day) == ("extra", date(2026, 3, 12))
    assert [one.id for one in proposal.cases] == [1, 2]
    assert (proposal.in_time, proposal.next_day) == (2, date(2026, 3, 30))


@pytest.mark.requirement("ROR-11")
def test_it_proposes_nothing_when_the_next_meeting_is_in_time() -> None:
    cases = [case(1, limit=date(2026, 3, 12))]
    expected = expect(cases, meetings=[meeting(9, 8)], rules=Rules(), today=TODAY)
    assert not expected[0].will_pass
    assert propose(expected, rules=Rules(), calendar=CALENDAR, today=TODAY) is None


def test_a_meeting_whose_papers_are_out_no_longer_takes_new_cases() -> None:
    cases = [case(1, limit=date(2026, 3, 12)), case(2, limit=date(2026, 3, 12), meeting=9)]
    new, laid = expect(cases, meetings=[meeting(9, 4)], rules=Rules(), today=TODAY)
    assert new.day is None
    assert (laid.day, laid.will_pass) == (date(2026, 3, 6), False)


def test_it_leaves_what_lies_on_an_agenda_where_it_is() -> None:
    cases = [case(1, limit=date(2026, 3, 5), meeting=9)]
    expected = expect(cases, meetings=[meeting(9, 28)], rules=Rules(), today=TODAY)
    assert expected[0].will_pass
    assert propose(expected, rules=Rules(), calendar=CALENDAR, today=TODAY) is None


@pytest.mark.parametrize(
    ("rules", "form", "day"),
    [
        (Rules(), "extra", date(2026, 3, 9)),  # too late, but the soonest there is
        (Rules(allows_urgent=True), "urgent", date(2026, 3, 5)),
        (Rules(notice_days=3, paper_days=9, allows_written=True), "written", date(2026, 3, 5)),
        (Rules(notice_days=1, paper_days=1), "extra", date(2026, 3, 5)),
    ],
)
def test_it_takes_the_first_form_that_is_in_time(rules: Rules, form: str, day: date) -> None:
    cases = [case(1, limit=date(2026, 3, 5))]
    expected = expect(cases, meetings=[meeting(9, 28)], rules=rules, today=TODAY)
    proposal = propose(expected, rules=rules, calendar=CALENDAR, today=TODAY)
    assert proposal is not None
    assert (proposal.form, proposal.day) == (form, day)


@pytest.mark.requirement("ROR-11")
def test_a_meeting_takes_no_more_cases_than_it_can() -> None:
    cases = [case(number, limit=date(2026, 3, 31)) for number in range(1, 5)]
    full = MeetingAhead(id=8, day=TODAY + timedelta(days=8), on_agenda=1)
    later = meeting(9, 22)
    days = [
        one.meeting_id
        for one in expect(cases, meetings=[full, later], rules=Rules(), today=TODAY, most=2)
    ]
    assert days == [8, 9, 9, None]
    without = expect(cases, meetings=[full, later], rules=Rules(), today=TODAY)
    assert {one.meeting_id for one in without} == {8}


def test_a_case_that_is_read_alone_has_its_place_in_the_queue() -> None:
    alone = replace(case(4, limit=date(2026, 3, 31)), ahead=3)
    ahead = [meeting(8, 8), meeting(9, 22)]
    for most, found in ((2, 9), (3, 9), (4, 8), (1, None)):
        one = expect([alone], meetings=ahead, rules=Rules(), today=TODAY, most=most)[0]
        assert one.meeting_id == found


@pytest.mark.requirement("ROR-11")
def test_an_extra_meeting_takes_those_with_the_nearest_limit() -> None:
    cases = [case(number, limit=date(2026, 3, 20 - number)) for number in range(1, 5)]
    expected = expect(cases, meetings=[], rules=Rules(), today=TODAY, most=2)
    proposal = propose(expected, rules=Rules(), calendar=CALENDAR, today=TODAY, most=2)
    assert proposal is not None
    assert [one.id for one in proposal.cases] == [4, 3]


RULES = st.builds(
    Rules,
    notice_days=st.integers(0, 30), paper_days=st.integers(0, 30),
    allows_written=st.booleans(), allows_urgent=st.booleans(),
    urgent_notice_days=st.integers(0, 5),
)  # fmt: skip
OFFSETS = st.lists(st.integers(-30, 90), min_size=1, max_size=8)


@given(rules=RULES, limits=OFFSETS, meets=st.lists(st.integers(0, 90), max_size=4))
def test_what_it_proposes_can_be_called_and_helps(
    rules: Rules, limits: list[int], meets: list[int]
) -> None:
    cases = [
        case(number, limit=CALENDAR.on_or_after(TODAY + timedelta(days=days)))
        for number, days in enumerate(limits)
    ]
    ahead = [meeting(number, days) for number, days in enumerate(meets)]
    expected = expect(cases, meetings=ahead, rules=rules, today=TODAY)
    proposal = propose(expected, rules=rules, calendar=CALENDAR, today=TODAY)
    if proposal is None:
        return
    assert CALENDAR.is_working(proposal.day)
    assert proposal.day >= earliest_days(rules, calendar=CALENDAR, today=TODAY)[proposal.form]
    when = {one.case.id: one for one in expected}
    for one in proposal.cases:
        otherwise = when[one.id].day
        assert when[one.id].will_pass
        assert otherwise is None or otherwise > proposal.day
    saved = {one.id for one in proposal.cases}
    left = [one for one in expected if one.will_pass and one.case.id not in saved]
    assert all(one.day is not None and one.day <= proposal.day for one in left)
