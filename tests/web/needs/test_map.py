"""The map of needs: a picture that leads to lists, its table, and only what one may read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.search.indexing import index_waiting
from tests.cast import TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]
ALARM = "Trygghetsalarmene hos eldre går tomme for batteri uten at noen merker det."


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


@pytest.fixture
def needs(world: World) -> list[int]:
    """The same need twice openly, and once for the council only."""
    made = [
        idea_of(world, text=ALARM, visibility="federation"),
        idea_of(world, text=f"{ALARM} Også her.", by="dee", visibility="federation"),
        idea_of(world, text=f"{ALARM} Batteriet!", visibility="confidential"),
    ]
    index_waiting(at=TODAY)
    return [idea.pk for idea in made]


def links(page: str) -> set[str]:
    """The groups that the picture leads to."""
    return set(re.findall(r'class="needs-map__group" href="([^"]+)"', page))


def test_each_circle_leads_to_its_ideas(needs: list[int], client_of: SignIn) -> None:
    bo = client_of("bo")

    page = bo.get(reverse("need_map")).content.decode()
    (place,) = links(page)
    group = bo.get(place).content.decode()

    assert "<svg" in page
    assert page.count(f'href="{place}"') == 3, "two sheets and the table"
    for idea in needs:
        assert reverse("idea_page", args=[idea]) in group


def test_the_group_of_another_reader_is_another(needs: list[int], client_of: SignIn) -> None:
    mia = client_of("mia")

    (place,) = links(mia.get(reverse("need_map")).content.decode())
    group = mia.get(place).content.decode()

    assert reverse("idea_page", args=[needs[1]]) in group
    assert reverse("idea_page", args=[needs[2]]) not in group
    assert mia.get(reverse("need_cluster", args=[needs[2]])).status_code == 404


def test_an_empty_map_says_what_would_be_there(needs: list[int], client_of: SignIn) -> None:
    page = client_of("olaf").get(reverse("need_map")).content.decode()

    assert "No groups yet" in page
    assert links(page) == set()


def test_it_is_narrowed_to_a_federation(needs: list[int], world: World, client_of: SignIn) -> None:
    federation = world.federation
    assert federation is not None
    bo = client_of("bo")

    page = bo.get(f"{reverse('need_map')}?federation={federation.pk}").content.decode()
    (place,) = links(page)

    assert f"federation={federation.pk}" in place
    assert bo.get(place).status_code == 200
    assert bo.get(f"{reverse('need_map')}?federation=999").status_code == 200


def test_it_says_when_meaning_is_away(needs: list[int], client_of: SignIn) -> None:
    page = client_of("bo").get(reverse("need_map")).content.decode()

    assert "Made of the words alone" in page
