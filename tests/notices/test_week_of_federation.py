"""Once a week the members hear what is new with the others, each only what they may know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.history.models import Event
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.weekly import VERB, tell_of_all_weeks, tell_of_the_week
from loype.notices.words import explanation, headline
from tests.cast import TODAY, World
from tests.trail_world import idea_of

pytestmark = pytest.mark.django_db
MONDAY = TODAY + timedelta(days=7)


def tell(world: World) -> dict[str, Notice]:
    """What the clock and the worker do on a Monday; the notices by name."""
    assert tell_of_all_weeks(at=MONDAY) == 1
    tell_about(Event.objects.get(verb=VERB).pk, at=MONDAY)
    return {one.person.name.lower(): one for one in Notice.objects.select_related("person")}


@pytest.mark.requirement("ROR-08")
def test_it_tells_of_the_others_week(world: World) -> None:
    assert MONDAY.weekday() == TODAY.weekday() == 0
    idea_of(world, text="Felles opplæring", visibility="federation")
    told = tell(world)
    assert set(told) == {"mia", "gro", "fia"}
    notice = told["mia"]
    said = headline(notice.subject, notice.facts)
    assert said == "The week in Fjordlaget: 1 new from the others."
    assert "Felles opplæring" in explanation(notice.subject, notice.facts)


def test_each_hears_only_what_they_may_know(world: World) -> None:
    idea_of(world, text="Bare for Fjordvik")
    idea_of(world, text="Et behov i Elvestrand", by="dee", visibility="federation")
    told = tell(world)
    assert "mia" not in told
    assert {one["title"] for one in told["bo"].facts["found"]} == {"Et behov i Elvestrand"}
    knows = {name for name, one in told.items() if "Bare for Fjordvik" in repr(one.facts)}
    assert knows == {"fia"}  # who sits in Fjordvik's council


def test_nobody_hears_of_a_week_without_news(world: World) -> None:
    assert tell(world) == {}


def test_a_week_is_told_once(world: World) -> None:
    assert world.federation is not None
    assert tell_of_the_week(world.federation, at=MONDAY) is not None
    assert tell_of_the_week(world.federation, at=MONDAY + timedelta(days=3)) is None
    assert tell_of_the_week(world.federation, at=MONDAY + timedelta(days=7)) is not None


def test_it_is_not_told_of_what_came_after_the_week(world: World) -> None:
    idea_of(world, text="Felles opplæring", visibility="federation")
    assert world.federation is not None
    tell_of_the_week(world.federation, at=TODAY)  # the week before TODAY, which is a Monday
    tell_about(Event.objects.get(verb=VERB).pk, at=TODAY)
    assert not Notice.objects.exists()
