"""Guard 6: no address needs more statements than its budget, and lists do not grow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from loype.councils.models import Case
from loype.ideas.models import Idea
from loype.portfolio.models import Activity
from loype.spread.models import Solution
from tests.asking import label, rooms
from tests.counting import budgets, measured, wanted, write_budgets
from tests.trail_world import TrailWorld, go_on, idea_of

RECORD = "LOYPE_RECORD_BUDGETS" in os.environ
MOST_OF_A_PAGE = 10
MOST_OF_AN_ACT = 15
LISTS = (
    "home", "idea_list", "council_room", "activity_list", "solution_list", "decision_list",
    "notice_list", "organisation_list",
)  # fmt: skip
found: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def _keep_what_was_found() -> Iterator[None]:
    yield
    if RECORD:
        write_budgets(found)


@pytest.mark.parametrize("room", rooms())
def test_it_stays_within_its_budget(
    room: str, trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    wrong = {}
    for entry in rooms()[room]:
        needed = found[label(entry)] = measured(entry, trail=trail, client_of=client_of)
        limit = entry.get("most", MOST_OF_A_PAGE if entry["method"] == "GET" else MOST_OF_AN_ACT)
        budget = needed if RECORD else budgets().get(label(entry), 0)
        if needed > budget or budget > limit:
            wrong[label(entry)] = f"needs {needed}, its budget is {budget}, the limit {limit}"
    assert not wrong


def more(trail: TrailWorld, count: int) -> None:
    """More of everything that lists show."""
    for number in range(count):
        idea = idea_of(trail.world, text=f"Enda et forslag {number}", visibility="federation")
        if number % 2:
            go_on(trail.world, idea)


@pytest.mark.parametrize("name", LISTS)
def test_it_does_not_grow_with_the_rows(
    name: str, trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    entry = next(one for one in wanted() if one["url"] == name and one["method"] == "GET")
    more(trail, 6)
    few = measured(entry, trail=trail, client_of=client_of)
    more(trail, 12)
    many = measured(entry, trail=trail, client_of=client_of)
    assert Idea.objects.count() > 20
    assert Case.objects.count() > 20
    assert Activity.objects.count() > 8
    assert Solution.objects.count() > 1
    assert many <= few
