"""An organisation's own closed days are said beforehand, and no clock counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.models import Case
from loype.history.models import Event
from loype.kernel.calendar import calendar_of
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actions import close_days, take_back_closed_days
from loype.organisations.models import ClosedDays, Organisation
from loype.trail.clocks.escalating import escalate
from loype.trail.clocks.reading import read_clocks
from loype.trail.models import MonthlyFigures
from loype.trail.monthly import report_month
from loype.trail.shape import read_ageing, read_lead_times
from loype.trail.standing import promised_days
from tests.cast import TODAY, World
from tests.trail.test_clocks import waiting_case

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ROR-20")]
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)  # the week after next, seen from Monday 2 March


def close(world: World, *, by: str = "siv", at: datetime = TODAY, **more: Any) -> ClosedDays:
    """Fjordvik is closed for a week."""
    facts = {"name": "Flyttedager", "from_date": FIRST, "to_date": LAST, **more}
    return close_days(world.fjordvik, **facts, actor=world.actor(by), at=at)


def fjordvik(world: World) -> Organisation:
    """The municipality as the database has it now."""
    return Organisation.objects.get(pk=world.fjordvik.pk)


def test_every_clock_leaves_them_out(world: World) -> None:
    case = waiting_case(world)
    before = read_clocks(world.fjordvik.pk, at=TODAY)
    limit = before.limit(case.waiting_since)
    promise = promised_days(fjordvik(world), handed_in=TODAY.date())
    close(world)
    clocks = read_clocks(world.fjordvik.pk, at=TODAY)
    assert clocks.limit(case.waiting_since) == calendar_of("no").add(limit, 5)
    later = promised_days(fjordvik(world), handed_in=TODAY.date())
    assert later.decision == calendar_of("no").add(promise.decision, 5)
    assert later.receipt == promise.receipt
    at = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
    assert read_clocks(world.fjordvik.pk, at=at).waited(case.waiting_since) == 5
    [age] = read_ageing(fjordvik(world), at=at)
    assert age.waited == 5


def test_nobody_is_told_of_a_clock_on_a_closed_day(world: World) -> None:
    waiting_case(world)
    close(world)
    Organisation.objects.filter(pk=world.fjordvik.pk).update(responsible_days=1)
    assert escalate(at=datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) == 0
    assert escalate(at=datetime(2026, 3, 16, 9, 0, tzinfo=UTC)) > 0


def test_lead_times_leave_them_out_but_reported_months_stay(world: World) -> None:
    case = waiting_case(world)
    close(world)
    Case.objects.filter(pk=case.pk).update(first_decided_at=datetime(2026, 3, 17, 9, 0, tzinfo=UTC))
    took = read_lead_times(
        fjordvik(world), since=TODAY - timedelta(days=9), until=TODAY + timedelta(days=60)
    )
    assert took.counts == ((6, 1),)
    kept = report_month(
        world.fjordvik, month=date(2026, 3, 1), at=datetime(2026, 4, 2, 3, 0, tzinfo=UTC)
    )
    figures = kept.figures
    close(world, from_date=date(2026, 4, 7), to_date=date(2026, 4, 8), at=TODAY)
    again = report_month(
        world.fjordvik, month=date(2026, 3, 1), at=datetime(2026, 4, 9, 3, 0, tzinfo=UTC)
    )
    assert again.pk == kept.pk
    assert MonthlyFigures.objects.get(pk=kept.pk).figures == figures


def test_what_has_passed_stays(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        close(world, from_date=date(2026, 3, 1), to_date=LAST)
    assert set(refused.value.fields) == {"from_date"}
    closed = close(world)
    with pytest.raises(WrongMoment, match="have begun"):
        take_back_closed_days(
            closed, actor=world.actor("siv"), at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
        )
    with pytest.raises(IntegrityError, match="said_before"), transaction.atomic():
        ClosedDays.objects.create(
            organisation=world.fjordvik, name="I fjor", from_date=date(2025, 12, 29),
            to_date=date(2025, 12, 31), recorded_date=TODAY.date(),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="taken_back_before"), transaction.atomic():
        ClosedDays.objects.filter(pk=closed.pk).update(taken_back_date=FIRST)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        ClosedDays.objects.filter(pk=closed.pk).update(to_date=FIRST)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        ClosedDays.objects.filter(pk=closed.pk).delete()


def test_taken_back_in_time_they_are_worked(world: World) -> None:
    closed = close(world)
    assert fjordvik(world).closed_dates == [FIRST + timedelta(days=step) for step in range(5)]
    # Whatever is written into the sum of them, it is what the rows say.
    Organisation.objects.filter(pk=world.fjordvik.pk).update(closed_dates=[date(2026, 3, 3)])
    assert len(fjordvik(world).closed_dates) == 5
    take_back_closed_days(closed, actor=world.actor("siv"), at=TODAY)
    assert fjordvik(world).closed_dates == []
    take_back_closed_days(closed, actor=world.actor("siv"), at=TODAY)
    told = Event.objects.filter(thing_kind="closed_days").order_by("id")
    assert [one.verb for one in told] == ["close_days", "take_back_closed_days"]
    assert told[0].change == {"name": "Flyttedager", "from": str(FIRST), "to": str(LAST)}


def test_it_refuses_what_makes_no_sense(world: World) -> None:
    for more, field in (
        ({"name": " "}, "name"),
        ({"from_date": None}, "from_date"),
        ({"to_date": FIRST - timedelta(days=1)}, "to_date"),
        ({"to_date": FIRST + timedelta(days=200)}, "to_date"),
        ({"from_date": date(2026, 3, 7), "to_date": date(2026, 3, 8)}, "from_date"),
        ({"from_date": date(2026, 5, 4), "to_date": date(2026, 6, 30)}, "to_date"),
    ):
        with pytest.raises(BadInput) as refused:
            close(world, **more)
        assert set(refused.value.fields) == {field}
    first = close(world)
    assert close(world) == first
    with pytest.raises(BadInput, match="already"):
        close(world, name="Noe annet", from_date=LAST, to_date=LAST + timedelta(days=3))
    for nobody in ("ada", "bo", "mia"):
        with pytest.raises(NotAllowed):
            close(world, by=nobody, from_date=date(2026, 4, 7), to_date=None)
