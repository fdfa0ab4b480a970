"""Who hears of what a body goes by, of what is put before it, and that its time is up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loype.bodies.actions import (
    Procedural,
    adopt_mandate,
    adopt_rules_of_procedure,
    decide_by_instruction,
    end_finished_bodies,
    warn_of_ends,
)
from loype.bodies.models import Body
from loype.councils.assessing.spread import pairs_apart, scores_apart
from loype.history.models import Event
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.words import explanation, headline
from tests.bodies.test_year import committee
from tests.cast import TODAY, World
from tests.councils.assessing.setting import cases_of, closed, gives, opened

DAY = TODAY.date()


def told_of(verb: str) -> dict[str, Notice]:
    """Who was told of the last event of a verb, and what."""
    event = Event.objects.filter(verb=verb).latest("pk")
    tell_about(event.pk, at=event.at)
    rows = Notice.objects.filter(event_id=event.pk).select_related("person")
    return {one.person.name: one for one in rows}


def council(world: World) -> Body:
    assert world.council is not None
    return world.council


@pytest.mark.requirement("EP-22")
def test_members_hear_of_new_rules_and_from_when(world: World) -> None:
    adopt_rules_of_procedure(
        council(world), procedure=Procedural(), from_date=DAY + timedelta(days=3),
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    told = told_of("adopt_rules_of_procedure")
    assert set(told) == {"Cai", "Fia"}
    words = headline(told["Cai"].subject, told["Cai"].facts)
    assert words == "Innovasjonsrådet i Fjordvik has new rules of procedure."
    assert "In force from 5 March 2026." in explanation(told["Cai"].subject, told["Cai"].facts)
    adopt_mandate(council(world), points=["Én"], from_date=DAY, actor=world.actor("siv"), at=TODAY)
    assert set(told_of("adopt_mandate")) == {"Bo", "Cai", "Fia"}


@pytest.mark.requirement("EP-22", "S19-54")
def test_chair_and_secretary_hear_of_a_referral(world: World) -> None:
    decide_by_instruction(
        council(world), matter="Innkjøp", title="Sensorer", reasons="Trengs.",
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    told = told_of("refer_to_body")
    assert set(told) == {"Bo"}  # Siv is the secretary and did it herself
    assert told["Bo"].facts["title"] == "Sensorer"


@pytest.mark.requirement("EP-22", "S19-R17")
def test_a_committee_that_ends_is_told_of_before_and_after(world: World) -> None:
    committee(world, last=DAY + timedelta(days=20))
    assert warn_of_ends(at=TODAY) == 0
    assert warn_of_ends(at=TODAY + timedelta(days=6)) == 1
    assert warn_of_ends(at=TODAY + timedelta(days=7)) == 0
    told = told_of("warn_of_end")
    assert set(told) == {"Cai", "Siv"}  # who sits there, and who fills its seats
    assert told["Cai"].facts["day"] == (DAY + timedelta(days=20)).isoformat()
    end_finished_bodies(at=TODAY + timedelta(days=21))
    assert set(told_of("end_body")) == {"Cai", "Siv"}


@pytest.mark.requirement("EP-22", "ROR-12")
def test_a_closed_round_tells_how_far_apart_members_lie_and_not_who_said_what(
    world: World,
) -> None:
    cases = cases_of(world, "Nøkler", "Sensorer")
    round = opened(world, cases)
    for name, points in (("bo", (1, 3)), ("cai", (5, 3)), ("fia", (3, 4))):
        gives(world, round, name, dict(zip(cases, points, strict=True)))
    closed(world, round)
    told = told_of("close_round")
    assert set(told) == {"Cai", "Fia"}
    facts: dict[str, Any] = told["Cai"].facts
    assert facts["spread"] == {"usual": 2.5, "most": 4.0}
    words = explanation("round_closed", facts)
    assert "3 members handed in." in words
    assert "usually lie 2.5 points apart, at most 4.0, on a scale from 1 to 5" in words
    for name in ("Bo", "Cai", "Fia", "Nøkler", "Sensorer"):
        assert name not in words


def test_spread_counts_only_what_several_said() -> None:
    assert scores_apart([(1, 7, 1, 5)]) == {}
    assert scores_apart([(1, 7, 3, 5), (1, 7, 1, 1), (1, 8, 1, 2)]) == {"usual": 2.0, "most": 2.0}
    pairs = [(1, 2, "first"), (1, 2, "second"), (1, 3, "first"), (1, 3, "first"), (2, 3, "equal")]
    assert pairs_apart(pairs) == {"pairs": 2, "differ": 1}
    assert pairs_apart([(2, 3, "equal")]) == {}
