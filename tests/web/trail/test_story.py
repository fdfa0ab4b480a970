"""The story page tells the whole way, and only what the reader may see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loype.ideas.models import Idea
from loype.trail.handovers import hand_in
from loype.trail.timeline import tell_story
from tests.cast import TODAY
from tests.trail_world import TrailWorld


def story_of(client: Client, kind: str, thing_id: int) -> str:
    response = client.get(f"/trail/{kind}/{thing_id}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.requirement("EP-11")
@pytest.mark.requirement("ROR-13")
def test_it_tells_from_first_word_to_latest_reuse(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    page = story_of(client_of("cai"), "solution", trail["solution"].pk)
    stations = (
        "Handed in as", "Decided: go on, as experiment, own pilot", "The activity started",
        "The activity is finished", "Evaluated: it worked", "Published as a solution",
        "Elvestrand kommune considers it",
    )  # fmt: skip
    places = [page.index(words) for words in stations]
    assert places == sorted(places)
    assert "Verdt å prøve i det små." in page


def test_it_links_both_ways(trail: TrailWorld, client_of: Callable[[str], Client]) -> None:
    cai = client_of("cai")
    from_adoption = story_of(cai, "adoption", trail["adoption"].pk)
    assert f"/ideas/{trail['finished_activity'].idea_id}/" in from_adoption
    from_idea = story_of(cai, "idea", trail["finished_activity"].idea_id)
    assert f"/adoptions/{trail['adoption'].pk}/" in from_idea


def test_it_leaves_out_what_the_reader_may_not_see(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    page = story_of(client_of("dee"), "solution", trail["solution"].pk)
    assert "Handed in as" not in page
    assert Idea.objects.get(pk=trail["finished_activity"].idea_id).case_number not in page
    assert "Published as a solution" in page


def test_it_never_names_an_anonymous_giver(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    world = trail.world
    idea = hand_in(
        organisation=world.fjordvik, text="Noe jeg ikke vil si med navn.", kind="need",
        anonymity="hidden", actor=world.actor("ada"), at=TODAY,
    )  # fmt: skip
    assert "the giver" in story_of(client_of("cai"), "idea", idea.pk)
    assert "Ada" not in story_of(client_of("cai"), "idea", idea.pk)
    assert "Ada" in story_of(client_of("ada"), "idea", idea.pk)


def test_it_shows_strangers_roles_and_no_names(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    page = story_of(client_of("eve"), "idea", trail["public_idea"].pk)
    assert "the giver" in page
    assert "Ada" not in page


@pytest.mark.parametrize(
    ("kind", "name", "most"),
    [("idea", "idea", 5), ("activity", "activity", 6), ("solution", "solution", 6)],
)
def test_it_reads_the_story_in_few_statements(
    trail: TrailWorld, statements: Callable[[], Any], kind: str, name: str, most: int
) -> None:
    cai = trail.world.actor("cai")
    with statements() as counted:
        tell_story(kind, trail[name].pk, actor=cai)
    assert len(counted) <= most
