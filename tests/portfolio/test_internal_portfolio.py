"""A portfolio is its organisation's own, until somebody shares an activity."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.cli.exporting.fields import KINDS
from loype.cli.exporting.writing import write_rows
from loype.portfolio.actions import share_activity
from loype.portfolio.models import Activity
from loype.search.models import SearchText
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

SignIn = Callable[[str], Client]
TITLE = "Hemmelig test i det stille"
EVERYBODY = ("ada", "bo", "cai", "fia", "dee", "mia", "olaf", "eve")
INSIDE = ["ada", "bo", "cai", "fia"]


@pytest.fixture
def activity(world: World) -> Activity:
    """An activity of Fjordvik's that nobody has shared."""
    return go_on(world, idea_of(world, text=f"{TITLE}."))


def places(world: World, activity: Activity, client_of: SignIn) -> dict[str, list[str]]:
    """Who finds it where."""
    page = reverse("activity_page", args=[activity.pk])
    story = reverse("trail_page", args=["activity", activity.pk])
    asks = {
        "list": lambda one: TITLE in one.get("/portfolio/?scope=all&view=list").content.decode(),
        "board": lambda one: TITLE in one.get("/portfolio/?scope=all").content.decode(),
        "page": lambda one: one.get(page).status_code == 200,
        "story": lambda one: one.get(story).status_code == 200,
        "api": lambda one: TITLE in one.get("/api/v1/activities").content.decode(),
        "api, one": lambda one: one.get(f"/api/v1/activities/{activity.pk}").status_code == 200,
    }
    found = {
        place: [name for name in EVERYBODY if ask(client_of(name))] for place, ask in asks.items()
    }
    texts = SearchText.objects.filter(kind="activity", thing_id=activity.pk)
    found["search"] = [n for n in EVERYBODY if texts.visible_to(world.actor(n)).exists()]
    found["export"] = [name for name in EVERYBODY if TITLE in exported(world, name)]
    return found


def exported(world: World, name: str) -> str:
    """What somebody gets when they export the activities."""
    file = io.StringIO()
    write_rows(KINDS["activities"], file, form="csv", actor=world.actor(name))
    return file.getvalue()


@pytest.mark.requirement("ROR-23")
def test_it_is_hidden_from_other_municipalities_unless_shared(
    world: World, activity: Activity, client_of: SignIn
) -> None:
    assert activity.visibility == "organisation"
    for place, readers in places(world, activity, client_of).items():
        assert readers == INSIDE, place
    cai = world.actor("cai")
    share_activity(activity, visibility="federation", actor=cai, at=TODAY)
    for place, readers in places(world, activity, client_of).items():
        assert readers == [*INSIDE, "dee", "mia"], place
    share_activity(activity, visibility="public", actor=cai, at=TODAY)
    for place, readers in places(world, activity, client_of).items():
        assert readers == list(EVERYBODY), place
    share_activity(activity, visibility="organisation", actor=cai, at=TODAY)
    assert places(world, activity, client_of)["page"] == INSIDE


@pytest.mark.requirement("ROR-23")
def test_the_mandate_behind_it_stays_inside_when_it_is_shared(
    world: World, activity: Activity, client_of: SignIn
) -> None:
    share_activity(activity, visibility="public", actor=world.actor("cai"), at=TODAY)
    address = reverse("activity_mandate", args=[activity.pk])
    answers = {name: client_of(name).get(address).status_code for name in EVERYBODY}
    assert answers == {
        "ada": 200, "bo": 200, "cai": 200, "fia": 200, "dee": 403, "mia": 403, "olaf": 403,
        "eve": 302,
    }  # fmt: skip
