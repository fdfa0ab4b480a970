"""The flow page counts what came in and how long it took."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from loype.trail.flow import measure_flow
from loype.trail.handovers import hand_in
from tests.cast import TODAY, World


def hand_in_many(world: World, count: int) -> None:
    """Ideas handed in on the same day, each taken up one day later than the one before."""
    ada, bo = world.actor("ada"), world.actor("bo")
    for number in range(count):
        idea = hand_in(
            organisation=world.fjordvik, text=f"Forslag nummer {number}", kind="idea", actor=ada,
            at=TODAY,
        )  # fmt: skip
        appoint_responsible(
            Case.objects.get(idea=idea), person=world.people["cai"], actor=bo,
            at=TODAY + timedelta(days=number + 1),
        )  # fmt: skip


@pytest.mark.requirement("EP-21")
def test_it_gives_median_and_ninetieth_percentile(world: World) -> None:
    hand_in_many(world, 11)
    flow = measure_flow(
        [world.fjordvik.pk], since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=40),
        at=TODAY + timedelta(days=40),
    )  # fmt: skip
    took = flow.step_times["responsible"]
    assert (took.count, took.median, took.high, took.longest) == (11, 6.0, 10.0, 11.0)
    assert flow.handed_in == flow.waiting_now == 11
    assert flow.oldest_waiting_since == TODAY
    assert flow.months[-1][1] + flow.months[-2][1] == 11


@pytest.mark.requirement("EP-21")
def test_it_says_nothing_about_so_few(world: World) -> None:
    hand_in_many(world, 4)
    flow = measure_flow(
        [world.fjordvik.pk], since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=40),
        at=TODAY + timedelta(days=40),
    )  # fmt: skip
    took = flow.step_times["responsible"]
    assert (took.count, took.median) == (4, None)


def test_it_counts_only_the_period(world: World) -> None:
    hand_in_many(world, 5)
    flow = measure_flow(
        [world.fjordvik.pk], since=TODAY + timedelta(days=4), until=TODAY + timedelta(days=40),
        at=TODAY + timedelta(days=40),
    )  # fmt: skip
    assert (flow.handed_in, flow.with_responsible) == (0, 2)


def test_it_shows_the_figures_to_the_organisation(
    world: World, client_of: Callable[[str], Client]
) -> None:
    hand_in_many(world, 6)
    page = client_of("ada").get("/flow/?period=all")
    assert page.status_code == 200
    assert "6 cases wait for a decision now" in page.content.decode()
    assert client_of("dee").get(f"/flow/?organisation={world.fjordvik.pk}").status_code == 404
