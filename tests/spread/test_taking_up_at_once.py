"""Two people of the same organisation take the same solution up in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from loype.kernel.errors import WrongMoment
from loype.organisations.actor import Actor
from loype.spread.actions import confirm_in_use, stop_adoption, take_up
from loype.spread.models import Adoption, Solution
from tests.cast import TODAY
from tests.trail_world import TrailWorld

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_takers_at_once_is_told_the_other_was_first(trail: TrailWorld) -> None:
    world, solution = trail.world, trail["solution"]
    stop_adoption(trail["adoption"], reason="Ikke nå", actor=world.actor("dee"), at=TODAY)
    start = Barrier(2)

    def take(actor: Actor) -> str:
        try:
            start.wait(timeout=10)
            take_up(solution, actor=actor, at=TODAY)
        except WrongMoment:
            return "refused"
        finally:
            connection.close()
        return "taken"

    actors = [world.actor("dee"), world.actor("mia")]
    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(take, actors)) == ["refused", "taken"]
    open_ones = Adoption.objects.filter(solution=solution).exclude(state="stopped")
    assert open_ones.count() == 1


def test_two_confirmations_at_once_are_both_counted(trail: TrailWorld) -> None:
    world, solution = trail.world, trail["solution"]
    other = take_up(solution, actor=world.actor("fia"), at=TODAY)
    start = Barrier(2)

    def confirm(pair: tuple[Adoption, Actor]) -> None:
        try:
            start.wait(timeout=10)
            confirm_in_use(pair[0], value_seen="Svar på tre dager", actor=pair[1], at=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(
            both.map(
                confirm, [(trail["adoption"], world.actor("dee")), (other, world.actor("fia"))]
            )
        )
    assert Solution.objects.get(pk=solution.pk).in_use_count == 2
