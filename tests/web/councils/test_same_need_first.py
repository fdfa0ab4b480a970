"""Those who decide see on the page that another council has the same need, and say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case, Decision, NeedElsewhere
from loype.ideas.models import Idea
from tests.cast import TODAY, World
from tests.councils.test_same_need_elsewhere import pair_of, twins

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
PARK = {"outcome": "park", "reasons": "Vi ser på det sammen."}


@pytest.fixture
def ideas(world: World) -> tuple[Idea, Idea]:
    """The same need in Fjordvik, on the agenda, and in Elvestrand, with the decider."""
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    put_on_agenda(
        Case.objects.get(idea=ours),
        meeting=world.meeting,
        actor=world.actor("bo"),
        at=TODAY,  # type: ignore[arg-type]
    )
    return ours, theirs


def live(world: World, idea: Idea) -> tuple[str, str]:
    """The live page of a case, and where it is decided."""
    assert world.meeting is not None
    case, meeting = Case.objects.get(idea=idea).pk, world.meeting.pk
    return (
        f"/council/meetings/{meeting}/live/?case={case}",
        f"/council/meetings/{meeting}/decide/{case}/",
    )


@pytest.mark.requirement("ROR-08")
def test_both_councils_read_it_on_the_case(
    world: World, ideas: tuple[Idea, Idea], client_of: ClientOf
) -> None:
    ours, theirs = ideas
    for name, own, place in (
        ("bo", ours, "Elvestrand kommune"),
        ("cai", ours, "Elvestrand kommune"),
        ("fia", ours, "Elvestrand kommune"),
        ("mia", theirs, "Fjordvik kommune"),
    ):
        page = client_of(name).get(f"/council/cases/{Case.objects.get(idea=own).pk}/")
        assert page.status_code == 200
        said = page.content.decode()
        assert "Others may have the same need" in said, name
        assert place in said, name


@pytest.mark.requirement("ROR-08")
def test_the_council_ticks_it_before_it_decides(
    world: World, ideas: tuple[Idea, Idea], client_of: ClientOf
) -> None:
    bo, (ours, _theirs) = client_of("bo"), ideas
    page, decide = live(world, ours)
    assert "The council has seen it" in bo.get(page).content.decode()
    refused = bo.post(decide, PARK)
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "The same need stands in Elvestrand kommune" in said
    assert "Vi ser på det sammen." in said
    assert not Decision.objects.exists()
    row = NeedElsewhere.objects.get(case__idea=ours)
    assert bo.post(decide, PARK | {"seen_elsewhere": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.seen_by == world.people["bo"]
    assert "The council has seen it" not in bo.get(page).content.decode()


@pytest.mark.requirement("ROR-08")
def test_the_named_decider_ticks_it_as_well(ideas: tuple[Idea, Idea], client_of: ClientOf) -> None:
    case = Case.objects.get(idea=ideas[1])
    mia, address = client_of("mia"), f"/council/cases/{case.pk}/decide/"
    assert mia.post(address, PARK).status_code == 422
    row = NeedElsewhere.objects.get(case=case)
    sent: dict[str, Any] = PARK | {"seen_elsewhere": [str(row.pk)]}
    assert mia.post(address, sent).status_code == 302


def test_nonsense_ticked_is_not_taken_for_seen(
    world: World, ideas: tuple[Idea, Idea], client_of: ClientOf
) -> None:
    bo = client_of("bo")
    decide = live(world, ideas[0])[1]
    for ticked in ("x", "0", "99999999999999999999"):
        assert bo.post(decide, PARK | {"seen_elsewhere": ticked}).status_code == 422
    assert not Decision.objects.exists()
