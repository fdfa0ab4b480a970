"""Who hears of it when mandates must be confirmed, and what the sitting said."""

from __future__ import annotations

from collections import Counter

import pytest

from loype.history.models import Event
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.words import headline
from loype.portfolio.mandates.actions import answer_mandate, ask_for_mandates, open_sitting
from tests.cast import World
from tests.portfolio.mandates.test_after_an_election import (
    AFTER,
    election_of,
    mandate_of,
    running,
)


def tell(verb: str) -> None:
    for event in Event.objects.filter(verb=verb):
        tell_about(event.pk, at=AFTER)


def told(subject: str) -> Counter[str]:
    return Counter(Notice.objects.filter(subject=subject).values_list("person__name", flat=True))


@pytest.mark.requirement("NET-07")
def test_owners_hear_of_theirs_and_deciders_once_of_all(world: World) -> None:
    mandate_of(world)
    election_of(world)
    first, second = running(world), running(world, "Benker langs elva.")
    ask_for_mandates(at=AFTER)
    tell("ask_for_mandate")
    tell("ask_for_mandates")
    assert told("mandate_asked") == {"Cai": 2}
    assert told("mandates_asked") == {"Bo": 1, "Siv": 1}
    notice = Notice.objects.filter(subject="mandates_asked").first()
    assert notice is not None
    words = headline("mandates_asked", notice.facts)
    assert words == "In Fjordvik kommune, mandates must be confirmed: 2."
    bo = world.actor("bo")
    sitting = open_sitting(
        world.fjordvik, issuing_body="Kommunestyret", held_date=AFTER.date(), actor=bo, at=AFTER
    )
    answer_mandate(
        first, sitting=sitting, answer="confirmed", reasons="Den virker.", actor=bo, at=AFTER
    )
    answer_mandate(second, sitting=sitting, answer="ended", reasons="Nei.", actor=bo, at=AFTER)
    tell("answer_mandate")
    tell("stop_activity")
    assert told("mandate_answered") == {"Cai": 1}
    assert set(told("activity_stopped")) == {"Cai", "Ada"}
