"""Two municipalities hand in the same need: both councils and the federation know first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.actions import DecisionWords, end_same_need, put_on_agenda, tell_of_same_need
from loype.councils.models import Case, Decision, NeedElsewhere
from loype.history.models import Event
from loype.ideas.actions.handing_in import change_visibility
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.search.needs.actions import (
    confirm_pair,
    dismiss_pair,
    link_ideas,
    propose_pair,
    take_back_answer,
)
from loype.trail.federation.reading import read_overview
from loype.trail.handovers import council_to_portfolio
from tests.cast import TODAY, World
from tests.trail_world import idea_of

pytestmark = pytest.mark.django_db

ALIKE = {"words_a": ["alarm"], "words_b": ["alarm"], "concepts": []}


def twins(world: World, **more: Any) -> tuple[Idea, Idea]:
    """One in Fjordvik and one in Elvestrand, in other words."""
    more.setdefault("visibility", "federation")
    return (
        idea_of(world, text="Trygghetsalarmen går tom uten at noen ser det.", **more),
        idea_of(world, text="Ingen merker når batteriet i alarmen er flatt.", by="dee", **more),
    )


def pair_of(one: Idea, other: Idea) -> Any:
    """What the worker does when it finds them alike."""
    return propose_pair(one, other, probability=0.8, evidence=ALIKE, embedder="", at=TODAY)


def decide(world: World, idea: Idea, **more: Any) -> Decision:
    """Fjordvik's council parks it."""
    case, bo = Case.objects.get(idea=idea), world.actor("bo")
    if case.state == "waiting":
        put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    words = DecisionWords(outcome="park", reasons="Vi ser på det sammen.", **more)
    return council_to_portfolio(case, words=words, actor=bo, at=TODAY, meeting=world.meeting)


def decide_elsewhere(world: World, idea: Idea, **more: Any) -> Decision:
    """Elvestrand has no council: its named decider parks it."""
    words = DecisionWords(outcome="park", reasons="Vi venter på Fjordvik.", **more)
    case = Case.objects.get(idea=idea)
    return council_to_portfolio(case, words=words, actor=world.actor("mia"), at=TODAY)


def told_to(idea: Idea) -> NeedElsewhere:
    """What the idea's council was told."""
    return NeedElsewhere.objects.get(case__idea=idea)


@pytest.mark.requirement("ROR-08")
def test_it_tells_both_councils_and_the_federation_before_either_decides(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    event = Event.objects.get(verb="propose_same_need")
    tell_about(event.pk, at=TODAY)
    told = set(Notice.objects.filter(event_id=event.pk).values_list("person__name", flat=True))
    assert {"Bo", "Mia", "Fia"} <= told
    assert told_to(ours).other.idea == theirs
    assert told_to(theirs).other.idea == ours
    assert world.federation is not None
    seen = read_overview(world.federation, actor=world.actor("fia"), at=TODAY)
    assert [need.places for need in seen.needs] == [["Fjordvik kommune", "Elvestrand kommune"]]


@pytest.mark.requirement("ROR-08")
def test_it_refuses_a_decision_before_the_deciders_have_seen_it(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    with pytest.raises(BadInput) as problem:
        decide(world, ours)
    assert "Elvestrand kommune" in str(problem.value.fields["seen_elsewhere"])
    with pytest.raises(BadInput):
        decide_elsewhere(world, theirs)
    assert not Decision.objects.exists()


@pytest.mark.requirement("ROR-08")
def test_it_records_who_saw_it_and_when(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    row = told_to(ours)
    decide(world, ours, seen_elsewhere=frozenset({row.pk}))
    row.refresh_from_db()
    assert (row.seen_at, row.seen_by) == (TODAY, world.people["bo"])
    assert told_to(theirs).seen_at is None
    event = Event.objects.get(verb="see_same_need")
    assert event.change["other"] == row.other_id
    decide(world, ours)  # seen once is seen


@pytest.mark.requirement("ROR-08")
def test_the_database_refuses_it_as_well(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    case = Case.objects.get(idea=theirs)
    refused = pytest.raises(IntegrityError, match="nobody who decides has seen it")
    with refused, transaction.atomic():
        Decision.objects.create(
            number="ELV-V-1", case=case, organisation=case.organisation, outcome="park",
            decided_by=world.people["mia"], decided_at=TODAY, reasons="Uten å se.",
        )  # fmt: skip


def test_it_does_not_stop_for_another_case(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    with pytest.raises(BadInput):
        decide(world, ours, seen_elsewhere=frozenset({told_to(theirs).pk}))


def test_it_tells_nobody_of_twins_in_one_organisation(world: World) -> None:
    one = idea_of(world, text="Trygghetsalarmen går tom uten at noen ser det.")
    other = idea_of(world, text="Ingen merker at alarmen er flat.", by="cai")
    pair_of(one, other)
    assert not NeedElsewhere.objects.exists()
    decide(world, one)


def test_it_tells_nobody_of_what_stays_inside(world: World) -> None:
    ours, theirs = twins(world, visibility="organisation")
    assert pair_of(ours, theirs) is None
    decide(world, ours)
    assert not NeedElsewhere.objects.exists()


def test_it_asks_no_longer_once_the_other_is_hidden(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    change_visibility(theirs, visibility="organisation", actor=world.actor("dee"), at=TODAY)
    decide(world, ours)
    row = told_to(ours)
    assert row.seen_at is None
    assert row.ended_at == TODAY


def test_it_asks_no_longer_once_a_council_says_it_is_not_the_same(world: World) -> None:
    ours, theirs = twins(world)
    pair = dismiss_pair(pair_of(ours, theirs), actor=world.actor("mia"), at=TODAY)
    decide(world, ours)
    take_back_answer(pair, actor=world.actor("mia"), at=TODAY)
    with pytest.raises(BadInput):
        decide(world, ours)


def test_it_asks_of_what_a_council_says_is_the_same(world: World) -> None:
    ours, theirs = twins(world)
    link_ideas(ours, theirs, relation="related", actor=world.actor("bo"), at=TODAY)
    decide(world, ours)
    link_ideas(ours, theirs, relation="same_need", actor=world.actor("bo"), at=TODAY)
    with pytest.raises(BadInput):
        decide(world, ours)


def test_it_keeps_asking_when_the_pair_is_confirmed(world: World) -> None:
    ours, theirs = twins(world)
    confirm_pair(pair_of(ours, theirs), actor=world.actor("fia"), at=TODAY)
    with pytest.raises(BadInput):
        decide(world, ours)


def test_told_twice_it_asks_once(world: World) -> None:
    ours, theirs = twins(world)
    assert tell_of_same_need(ours, theirs, at=TODAY) == 2
    assert tell_of_same_need(theirs, ours, at=TODAY) == 0
    assert end_same_need(ours, theirs, at=TODAY) == 2
    assert tell_of_same_need(ours, theirs, at=TODAY) == 2
    assert NeedElsewhere.objects.count() == 2


def test_only_who_may_read_both_sees_it(world: World) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    seen = {
        name: NeedElsewhere.objects.visible_to(world.actor(name)).count()
        for name in ("ada", "fia", "olaf", "eve")
    }
    assert seen == {"ada": 2, "fia": 2, "olaf": 0, "eve": 0}
