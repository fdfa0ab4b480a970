"""The front page says how many ideas have nobody responsible, and zero plainly."""

from collections.abc import Callable

import pytest
from django.test import Client

from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from tests.cast import TODAY, World
from tests.trail_world import idea_of


@pytest.mark.requirement("ROR-20")
def test_it_counts_ideas_without_a_responsible(
    world: World, client_of: Callable[[str], Client]
) -> None:
    case = Case.objects.get(idea=idea_of(world, text="Noe som haster"))
    for name in ("ada", "bo"):
        page = client_of(name).get("/").content.decode()
        assert "1 idea in Fjordvik kommune has nobody responsible" in page
    assert "Every idea in Elvestrand kommune" in client_of("dee").get("/").content.decode()
    appoint_responsible(case, person=world.people["cai"], actor=world.actor("bo"), at=TODAY)
    page = client_of("ada").get("/").content.decode()
    assert "Every idea in Fjordvik kommune has somebody responsible" in page
