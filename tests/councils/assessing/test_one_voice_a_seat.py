"""A seat speaks once in a round: by its holder, or by the deputy who handed in before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.bodies.actions import appoint_to_seat, end_term
from loype.bodies.models import Seat, Term
from loype.councils.assessing.actions import declare_interests, hand_in_assessment
from loype.councils.models import Assessment, Case
from loype.kernel.errors import WrongMoment
from tests.cast import TODAY, World
from tests.councils.assessing.setting import begun, cases_of, gives, opened

pytestmark = pytest.mark.requirement("NET-08")


@pytest.fixture
def cases(world: World) -> list[Case]:
    """Two cases in the queue."""
    return cases_of(world, "Nøkler", "Vikarer")


def seat_of(world: World, name: str) -> Seat:
    """The seat that somebody holds."""
    term = Term.objects.select_related("seat__body").get(
        person=world.people[name], is_deputy=False, to_date=None
    )
    return term.seat


def deputy(world: World, name: str, *, of: str) -> None:
    """Let somebody be deputy of the seat that another holds."""
    appoint_to_seat(
        seat_of(world, of), person=world.people[name], is_deputy=True, from_date=TODAY.date(),
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [("cai", "siv"), ("siv", "cai")])
def test_whoever_hands_in_first_speaks_for_the_seat(
    world: World, cases: list[Case], first: str, second: str
) -> None:
    deputy(world, "siv", of="cai")
    round = opened(world, cases)
    late = gives(world, round, second, dict.fromkeys(cases, 2), hands_in=False)
    gives(world, round, first, dict.fromkeys(cases, 4))
    with pytest.raises(WrongMoment, match=world.people[first].name):
        hand_in_assessment(late, actor=world.actor(second), at=TODAY)
    late.refresh_from_db()
    assert late.handed_in_at is None
    gives(world, round, "fia", dict.fromkeys(cases, 3))
    assert Assessment.objects.filter(round=round, handed_in_at__isnull=False).count() == 2


def test_nobody_begins_in_vain(world: World, cases: list[Case]) -> None:
    deputy(world, "siv", of="cai")
    round = opened(world, cases)
    gives(world, round, "cai", dict.fromkeys(cases, 4))
    with pytest.raises(WrongMoment, match="A seat speaks once"):
        begun(world, round, "siv")
    assert not Assessment.objects.filter(round=round, person=world.people["siv"]).exists()


def test_a_member_who_is_deputy_elsewhere_speaks_for_the_own_seat(
    world: World, cases: list[Case]
) -> None:
    deputy(world, "bo", of="cai")
    round = opened(world, cases)
    for name in ("cai", "bo"):
        gives(world, round, name, dict.fromkeys(cases, 4))
    assert Assessment.objects.filter(round=round, handed_in_at__isnull=False).count() == 2


def test_a_successor_does_not_speak_again_for_who_left_the_seat(
    world: World, cases: list[Case]
) -> None:
    round = opened(world, cases)
    gives(world, round, "cai", dict.fromkeys(cases, 4))
    seat, tomorrow = seat_of(world, "cai"), TODAY + timedelta(days=1)
    term = Term.objects.select_related("seat__body").get(seat=seat, is_deputy=False, to_date=None)
    end_term(term, to_date=TODAY.date(), actor=world.actor("siv"), at=TODAY)
    appoint_to_seat(
        seat, person=world.people["siv"], from_date=tomorrow.date(), actor=world.actor("siv"),
        at=TODAY,
    )  # fmt: skip
    siv = world.actor("siv", at=tomorrow)
    with pytest.raises(WrongMoment, match=world.people["cai"].name):
        declare_interests(round, interests={}, actor=siv, at=tomorrow)
