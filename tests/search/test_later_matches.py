"""The author hears when the same turns up later: once, all in one, and only what they may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.history.models import Event
from loype.ideas.actions import add_co_author, change_visibility, support_idea
from loype.ideas.models import Idea
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.words import explanation, headline
from loype.search.indexing import index_waiting
from loype.search.later import tell_later_matches
from loype.search.models import LaterCheck, LaterMatch, SameNeed
from loype.search.needs.actions import dismiss_pair
from loype.search.needs.checking import check_needs
from loype.trail.handovers import withdraw
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

NIGHT = TODAY + timedelta(hours=18)
WORDS = "Nøkler til hjemmetjenesten tar for lang tid å finne om kvelden."


@pytest.fixture
def mine(world: World) -> Idea:
    """Ada's idea, read and looked at before anything else turned up."""
    idea = idea_of(world, text=WORDS)
    look()
    return idea


def look() -> int:
    """What the worker does at night."""
    index_waiting(at=NIGHT)
    count = tell_later_matches(at=NIGHT)
    for event in Event.objects.filter(verb="find_later"):
        tell_about(event.pk, at=NIGHT)
    return count


def told(name: str = "ada") -> list[Notice]:
    """What somebody was told of this."""
    return list(Notice.objects.filter(person__name=name.capitalize(), subject="found_later"))


def test_it_tells_the_author_of_the_same_that_turned_up(world: World, mine: Idea) -> None:
    other = idea_of(world, text=WORDS, by="dee", visibility="federation")
    look()
    [notice] = told()
    assert (notice.thing_kind, notice.thing_id, notice.is_important) == ("idea", mine.pk, True)
    assert (
        headline(notice.subject, notice.facts) == f"Others have something like “{mine.title}”: 1."
    )
    assert other.title in explanation(notice.subject, notice.facts)
    assert "Elvestrand kommune" in explanation(notice.subject, notice.facts)
    assert told("dee") == []


def test_it_says_nothing_of_what_the_author_may_not_see(world: World, mine: Idea) -> None:
    idea_of(world, text=WORDS, by="dee")
    idea_of(world, text=WORDS, by="olaf", visibility="federation")
    idea_of(world, text=WORDS, by="siv", visibility="confidential")
    look()
    assert told() == []
    assert not LaterMatch.objects.exists()


def test_it_tells_once_it_may_be_seen(world: World, mine: Idea) -> None:
    other = idea_of(world, text=WORDS, by="dee")
    look()
    change_visibility(other, visibility="federation", actor=world.actor("dee"), at=TODAY)
    look()
    assert len(told()) == 1


def test_what_is_closed_again_before_the_telling_stays_untold(world: World, mine: Idea) -> None:
    other = idea_of(world, text=WORDS, by="dee", visibility="federation")
    index_waiting(at=NIGHT)
    tell_later_matches(at=NIGHT)
    withdraw(other, actor=world.actor("dee"), at=TODAY)
    for event in Event.objects.filter(verb="find_later"):
        tell_about(event.pk, at=NIGHT)
    assert told() == []


def test_ten_are_told_in_one(world: World, mine: Idea) -> None:
    for number in range(10):
        idea_of(world, text=f"{WORDS} {number}", by="dee", visibility="federation")
    look()
    [notice] = told()
    assert notice.facts["count"] == 10
    assert explanation(notice.subject, notice.facts).count("Elvestrand kommune") == 10


def test_run_again_it_tells_nothing_again(world: World, mine: Idea) -> None:
    idea_of(world, text=WORDS, by="dee", visibility="federation")
    assert look() > 0
    assert look() == 0
    LaterCheck.objects.all().delete()  # as after a run that died before it was done
    assert look() > 0
    assert len(told()) == 1
    assert Event.objects.filter(verb="find_later", thing_id=mine.pk).count() == 1


def test_a_changed_text_tells_of_the_pair_only_once(world: World, mine: Idea) -> None:
    other = idea_of(world, text=WORDS, by="dee", visibility="federation")
    look()
    Idea.objects.filter(pk=other.pk).update(title="Nøkler om kvelden")
    look()
    assert len(told()) == 1


def test_those_who_support_or_made_it_know_already(world: World, mine: Idea) -> None:
    other = idea_of(world, text=WORDS, by="dee", visibility="federation")
    support_idea(other, actor=world.actor("ada"), at=TODAY)
    idea_of(world, text=WORDS)
    look()
    assert told() == []


def test_a_co_author_hears_it_too(world: World, mine: Idea) -> None:
    add_co_author(mine, person=world.people["cai"], actor=world.actor("ada"), at=TODAY)
    idea_of(world, text=WORDS, by="dee", visibility="federation")
    look()
    assert len(told("cai")) == 1


def test_after_two_years_nobody_is_told(world: World, mine: Idea) -> None:
    Idea.objects.filter(pk=mine.pk).update(submitted_at=TODAY - timedelta(days=800))
    idea_of(world, text=WORDS, by="dee", visibility="federation")
    look()
    assert told() == []


def test_the_council_hears_of_a_solution_while_the_case_waits(trail: TrailWorld) -> None:
    solution = trail["solution"]
    idea = idea_of(trail.world, text=f"{solution.title}. {solution.summary}")
    look()
    [notice] = [one for one in told("siv") if one.thing_id == idea.pk]
    named = {"title": solution.title, "organisation": "Fjordvik kommune"}
    assert {"kind": "solution", "id": solution.pk, **named} in (notice.facts["found"])
    assert "idea" not in {one["kind"] for one in notice.facts["found"]}
    assert not notice.is_important


def test_what_became_of_ones_own_idea_is_no_news(trail: TrailWorld) -> None:
    look()
    idea_id = trail["finished_activity"].idea_id
    found = LaterMatch.objects.filter(idea=idea_id).values_list("kind", "thing_id")
    assert ("activity", trail["finished_activity"].pk) not in set(found)
    assert ("solution", trail["solution"].pk) not in set(found)


def test_what_a_council_called_something_else_is_not_told(world: World, mine: Idea) -> None:
    change_visibility(mine, visibility="federation", actor=world.actor("ada"), at=TODAY)
    idea_of(world, text=WORDS, by="dee", visibility="federation")
    index_waiting(at=NIGHT)
    check_needs(at=NIGHT)
    dismiss_pair(SameNeed.objects.get(), actor=world.actor("bo"), at=TODAY, reason="Andre nøkler")
    look()
    assert told() == []
