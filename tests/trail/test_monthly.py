"""A month is counted once when it is over, and stays as it was reported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from loype.history.models import Event
from loype.organisations.actions import add_unit, give_role
from loype.organisations.actor import HOUSE
from loype.trail.handovers import hand_in, withdraw
from loype.trail.models import MonthlyFigures
from loype.trail.monthly import fingerprint, measure_month, report_month, report_months
from loype.trail.shape import read_ageing, read_cumulative, read_lead_times, read_public_times
from tests.cast import TODAY, World, _person
from tests.trail_world import go_on, idea_of

MARCH = date(2026, 3, 1)
APRIL = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


def hand_in_at(world: World, at: datetime, text: str = "Et forslag", **more: Any) -> Case:
    idea = hand_in(
        organisation=world.fjordvik, text=text, kind="idea", actor=world.actor("ada"), at=at, **more
    )
    return Case.objects.get(idea=idea)


def march(world: World) -> dict[str, Any]:
    return report_month(world.fjordvik, month=MARCH, at=APRIL).figures


@pytest.mark.requirement("EP-21")
def test_it_counts_in_out_and_how_far(world: World) -> None:
    for _turn in range(2):
        go_on(world, idea_of(world, text="Går videre"))
    waits = hand_in_at(world, TODAY)
    withdraw(
        hand_in_at(world, TODAY).idea, actor=world.actor("ada"), at=TODAY + timedelta(days=1)
    )  # fmt: skip
    figures = march(world)
    assert figures["volume"]["handed_in"] == 4
    assert figures["volume"]["decided"] == figures["outcomes"]["go_on"] == 2
    told = figures["conversion"]
    assert (told["handed_in"], told["decided"], told["opened"], told["started"]) == (4, 2, 2, 0)
    assert figures["ageing"]["count"] == figures["ageing"]["without_responsible"] == 1
    assert figures["ageing"]["bands"]["40"] == 1  # 21 working days, from 21 up to 40
    assert figures["stops"] == [{"kind": "idea", "reason": "withdrawn", "count": 1, "ids": []}]
    assert waits.state == "waiting"


@pytest.mark.requirement("EP-21")
def test_it_stays_exactly_as_it_was_reported(world: World) -> None:
    hand_in_at(world, TODAY)
    before = march(world)
    hand_in_at(world, TODAY + timedelta(days=1))
    assert march(world) == before
    row = MonthlyFigures.objects.get()
    assert Event.objects.get(verb="report_month").change["sha256"] == fingerprint(row.figures)
    for change in ("UPDATE trail_monthlyfigures SET figures = '{}'",
                   "DELETE FROM trail_monthlyfigures"):  # fmt: skip
        failing = pytest.raises(Error, match="stay as they were")
        with failing, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert MonthlyFigures.objects.get().figures == before


def test_the_job_counts_each_month_once_and_catches_up(world: World) -> None:
    hand_in_at(world, TODAY)
    assert report_months(at=APRIL) == 1
    assert report_months(at=APRIL + timedelta(days=20)) == 0
    assert report_months(at=APRIL + timedelta(days=70)) == 2
    months = MonthlyFigures.objects.order_by("month").values_list("month", flat=True)
    assert list(months) == [MARCH, date(2026, 4, 1), date(2026, 5, 1)]


def test_a_month_begins_and_ends_where_the_organisation_is(world: World) -> None:
    hand_in_at(world, datetime(2026, 2, 28, 23, 30, tzinfo=UTC))  # 1 March in Oslo
    hand_in_at(world, datetime(2026, 3, 31, 22, 30, tzinfo=UTC))  # 1 April in Oslo
    assert march(world)["volume"]["handed_in"] == 1


@pytest.mark.requirement("EP-21")
def test_it_gives_median_and_ninetieth_percentile_for_five_or_more(world: World) -> None:
    bo = world.actor("bo")
    cases = [hand_in_at(world, TODAY, text=f"Forslag {n}") for n in range(5)]
    for number, case in enumerate(cases[:4], start=1):
        appoint_responsible(
            case, person=world.people["cai"], actor=bo, at=TODAY + timedelta(days=number)
        )
    few = measure_month(world.fjordvik, month=MARCH)["times"]["responsible"]
    assert few == {"count": 4, "median": None, "high": None}
    appoint_responsible(
        cases[4], person=world.people["cai"], actor=bo, at=TODAY + timedelta(days=9)
    )
    told = report_month(world.fjordvik, month=MARCH, at=APRIL).figures["times"]["responsible"]
    assert told["count"] == 5
    assert (told["median"], told["high"]) == (3, pytest.approx(7))  # of 1, 2, 3, 4 and 9 days


def test_it_says_what_was_kept_of_what_was_promised(world: World) -> None:
    bo = world.actor("bo")
    for number, days in enumerate((1, 3, 7, 8)):  # five working days: until Monday 9 March
        appoint_responsible(
            hand_in_at(world, TODAY, text=f"Forslag {number}"), person=world.people["cai"],
            actor=bo, at=TODAY + timedelta(days=days),
        )  # fmt: skip
    assert march(world)["promises"]["responsible"] == {"done": 4, "in_time": 3}


@pytest.mark.requirement("EP-21")
def test_small_units_are_told_together_or_not_at_all(world: World) -> None:
    large = add_unit(world.fjordvik, name="Skole", actor=HOUSE, at=TODAY)
    for number in range(6):
        person = _person(f"skole{number}")
        give_role(
            person, organisation=world.fjordvik, role="employee", unit=large, actor=HOUSE, at=TODAY
        )
    ada = world.people["ada"]
    give_role(
        ada, organisation=world.fjordvik, role="coordinator", unit=world.unit, actor=HOUSE, at=TODAY
    )
    hand_in_at(world, TODAY, unit=world.unit)
    hand_in_at(world, TODAY, unit=large)
    hand_in_at(world, TODAY, unit=large, anonymity="hidden")
    told = march(world)["participation"]
    # One person in the small unit: shown beside the large one, the difference would name her.
    assert told == [{"unit": "", "people": 7, "givers": 1, "ideas": 2}]


def test_only_its_own_people_see_the_months(world: World) -> None:
    march(world)
    seen = {
        name: MonthlyFigures.objects.visible_to(world.actor(name)).exists()
        for name in ("ada", "bo", "dee", "fia", "olaf", "eve")
    }
    assert seen == {
        "ada": True, "bo": True, "dee": False, "fia": False, "olaf": False, "eve": False,
    }  # fmt: skip


@pytest.mark.requirement("ROR-11")
def test_everybody_may_know_the_median_but_not_of_a_few(world: World) -> None:
    for number in range(4):
        go_on(world, idea_of(world, text=f"Går videre {number}"))
    march(world)
    assert [(one.count, one.median) for one in read_public_times()] == [(4, None)]
    go_on(world, idea_of(world, text="Den femte"))
    report_month(world.fjordvik, month=date(2026, 4, 1), at=APRIL + timedelta(days=31))
    [told] = read_public_times()
    assert (told.count, told.median, told.promised, told.kept) == (5, 0.0, 20, 100)


@pytest.mark.requirement("EP-21")
def test_the_layers_add_up_to_what_came_in(world: World) -> None:
    bo = world.actor("bo")
    go_on(world, idea_of(world, text="Går videre"))
    appoint_responsible(
        hand_in_at(world, TODAY), person=world.people["cai"], actor=bo,
        at=TODAY + timedelta(days=9),
    )  # fmt: skip
    hand_in_at(world, TODAY + timedelta(days=15))
    weeks = read_cumulative(
        [world.fjordvik.pk], since=TODAY - timedelta(days=7), until=TODAY + timedelta(days=21)
    )
    assert [week.layers for week in weeks] == [
        {"waiting": 0, "with_responsible": 0, "decided": 0, "started": 0, "finished": 0},
        {"waiting": 1, "with_responsible": 0, "decided": 1, "started": 0, "finished": 0},
        {"waiting": 0, "with_responsible": 1, "decided": 1, "started": 0, "finished": 0},
        {"waiting": 1, "with_responsible": 1, "decided": 1, "started": 0, "finished": 0},
    ]


def test_lead_times_and_ages_are_working_days(world: World) -> None:
    hand_in_at(world, datetime(2026, 3, 26, 9, tzinfo=UTC))
    at = datetime(2026, 4, 8, 9, tzinfo=UTC)
    [aged] = read_ageing(world.fjordvik, at=at)
    assert (aged.place, aged.waited, aged.count) == ("nobody", 6, 1)
    go_on(world, idea_of(world, text="Samme dag"))
    found = read_lead_times(world.fjordvik, since=TODAY - timedelta(days=1), until=at)
    assert (found.counts, found.says_something) == (((0, 1),), False)


def test_percentiles_are_those_of_the_database(world: World) -> None:
    from loype.trail.shape import LeadTimes

    counts = ((0, 2), (3, 1), (8, 4), (21, 2))
    whole = [days for days, count in counts for _one in range(count)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY d)"
            " FROM unnest(%s::float[]) AS d",
            [whole],
        )
        expected = cursor.fetchone()[0]
    found = LeadTimes(counts)
    assert [found.share(part) for part in (0.1, 0.5, 0.9)] == pytest.approx(expected)
