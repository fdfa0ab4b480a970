"""Of a decision, the API names whoever the page names, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

from tests.api.conftest import ApiClient
from tests.cast import World
from tests.trail_world import go_on, idea_of


def test_it_names_the_responsible_of_a_decision_at_home_only(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    idea = idea_of(world, text="Benker langs turveien.", visibility="public")
    decision = go_on(world, idea).current_decision
    place = f"/decisions/{decision.pk}"
    assert program_of("ada").get(place).json()["responsible"]["name"] == "Cai"
    assert program_of("fia").get(place).json()["responsible"]["name"] == "Cai"  # sits there
    for name in ("dee", "olaf", "eve"):
        told = program_of(name).get(place).json()
        assert told["number"] == decision.number, name
        assert told["responsible"] is None, name
        listed = program_of(name).get("/decisions").json()["items"]
        assert [one["responsible"] for one in listed if one["id"] == decision.pk] == [None]
