"""Whoever decides waits for what is being done to the meeting or the case, and goes by that."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, connections, transaction

from loype.councils.actions import DecisionWords, take_off_agenda
from loype.councils.models import AgendaItem, Case, Decision
from loype.history.verify import find_flaws
from loype.kernel.errors import Stale, WrongMoment
from loype.organisations.actor import Actor
from loype.trail.handovers import council_to_portfolio, end_meeting
from tests.cast import TODAY
from tests.trail_world import TrailWorld

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
)


def meanwhile(first: Callable[[], object], then: Callable[[], object]) -> object:
    """What comes of an act that begins before another is done; a refusal is an answer."""

    def act() -> object:
        try:
            return then()
        except (Stale, WrongMoment) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(act)
            wait_until_it_waits()
        return answer.result(timeout=20)


def wait_until_it_waits() -> None:
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def decide(trail: TrailWorld, *, actor: Actor, version: int | None = None) -> Decision:
    """What Fjordvik's leader writes down about its case."""
    words = DecisionWords(outcome="park", reasons="Senere.")
    return council_to_portfolio(
        trail["case"], words=words, meeting=trail["meeting"], actor=actor, at=TODAY,
        version=version,
    )  # fmt: skip


def test_it_decides_nothing_in_a_meeting_that_ends_meanwhile(trail: TrailWorld) -> None:
    bo, before = trail.world.actor("bo"), Decision.objects.count()
    answer = meanwhile(
        lambda: end_meeting(trail["meeting"], actor=bo, at=TODAY),
        lambda: decide(trail, actor=bo),
    )
    assert isinstance(answer, WrongMoment)
    assert "meeting is not called" in str(answer)
    assert Decision.objects.count() == before
    assert Case.objects.get(pk=trail["case"].pk).state == "waiting"


def test_it_decides_nothing_that_is_taken_off_meanwhile(trail: TrailWorld) -> None:
    bo, before = trail.world.actor("bo"), Decision.objects.count()
    item = AgendaItem.objects.get(meeting=trail["meeting"], case=trail["case"], removed_at=None)
    answer = meanwhile(
        lambda: take_off_agenda(item, actor=bo, at=TODAY), lambda: decide(trail, actor=bo)
    )
    assert isinstance(answer, WrongMoment)
    assert "agenda" in str(answer)
    assert Decision.objects.count() == before


def test_it_decides_once(trail: TrailWorld) -> None:
    bo, before = trail.world.actor("bo"), Decision.objects.count()
    seen = Case.objects.get(pk=trail["case"].pk).version
    pressed = partial(decide, trail, actor=bo, version=seen)
    answer = meanwhile(pressed, pressed)
    assert isinstance(answer, Stale)
    assert Decision.objects.count() == before + 1
    assert list(find_flaws()) == []
