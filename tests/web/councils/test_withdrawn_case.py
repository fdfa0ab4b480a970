"""What is withdrawn is read by those who wrote it alone, on the council's page too."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from loype.councils.models import Case
from loype.trail.handovers import withdraw
from tests.cast import TODAY, World
from tests.trail_world import idea_of


def test_the_words_of_a_withdrawn_idea_leave_the_council(
    world: World, client_of: Callable[[str], Client]
) -> None:
    idea = idea_of(world, text="Nattevakt alene.\n\nSjefen min hører ikke etter.")
    case = Case.objects.get(idea=idea)
    bo, place = client_of("bo"), f"/council/cases/{case.pk}/"
    shown = bo.get(place).content.decode()
    assert "Sjefen min hører ikke etter." in shown
    assert "Ada" in shown
    withdraw(idea, actor=world.actor("ada"), at=TODAY)
    left = bo.get(place)
    assert left.status_code == 200
    assert "Sjefen min hører ikke etter." not in left.content.decode()
    assert "Ada" not in left.content.decode()
    assert "There is nothing to decide." in left.content.decode()
