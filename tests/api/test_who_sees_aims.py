"""The aims of a confidential plan are read in the council's room, and named nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loype.councils.assessing.actions import profile_from_plans
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    adopt_period,
    draft_period,
    weigh_items,
    write_plan,
)
from tests.cast import TODAY, World

WIDTHS = {"Legge ned skolen": "confidential", "Bo hjemme": "organisation", "Ren luft": "public"}


@pytest.fixture
def weighed(world: World) -> World:
    """A period that weighs the aims of three plans, and criteria that follow it."""
    siv, points = world.actor("siv"), {}
    facts: dict[str, Any] = {"actor": siv, "at": TODAY}
    for title, width in WIDTHS.items():
        words = PlanWords(title=f"Plan: {title}", from_date=TODAY.date(), visibility=width)
        plan = write_plan(world.fjordvik, words=words, **facts)
        said = ItemWords(title=title, involvement="involved", involvement_words="Ja.")
        points[add_plan_item(plan, words=said, **facts).pk] = 10
    period = draft_period(world.fjordvik, name="2026", from_date=TODAY.date(), **facts)
    weigh_items(period, points=points, **facts)
    profile_from_plans(adopt_period(period, **facts), **facts)
    return world


def named(text: str) -> set[str]:
    return {title for title in WIDTHS if title in text}


@pytest.mark.parametrize(
    ("name", "seen"),
    [("bo", set(WIDTHS)), ("fia", set(WIDTHS)), ("ada", {"Bo hjemme", "Ren luft"})],
)
def test_the_direction_of_a_year_names_what_one_may_read(
    weighed: World,
    client_of: Callable[[str], Client],
    program_of: Callable[..., Any],
    name: str,
    seen: set[str],
) -> None:
    place = f"?organisation={weighed.fjordvik.pk}&year={TODAY.year}"
    for page in ("/strategy/direction/", "/strategy/direction.csv"):
        assert named(client_of(name).get(page + place).content.decode()) == seen, page
    api = program_of(name).get(f"/organisations/{weighed.fjordvik.pk}/direction?year={TODAY.year}")
    assert named(api.content.decode()) == seen


@pytest.mark.parametrize(
    ("name", "seen"),
    [("bo", set(WIDTHS)), ("ada", {"Bo hjemme", "Ren luft"}), ("dee", set()), ("mia", set())],
)
def test_criteria_that_follow_plans_are_named_at_home(
    weighed: World, program_of: Callable[..., Any], name: str, seen: set[str]
) -> None:
    listed = program_of(name).get("/criteria-profiles")
    assert named(listed.content.decode()) == seen
    assert [one["name"] for one in listed.json()["items"]] == ["2026"]
