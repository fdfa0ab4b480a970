"""What the coordinator knows across the councils."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loype.bodies.actions import call_meeting, plan_meeting
from loype.bodies.models import MeetingCall
from loype.kernel.errors import NotAllowed
from loype.search.needs.actions import propose_pair
from loype.trail.federation.common import NeedCase, grouped
from loype.trail.federation.overview import CouncilRow, Overview
from loype.trail.federation.reading import read_overview
from loype.trail.handovers import end_meeting
from tests.cast import TODAY, World
from tests.councils.together import answer, run_together
from tests.trail_world import idea_of

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=40)


def overview(world: World, *, at: Any = TODAY) -> Overview:
    """As Fia, who coordinates, sees it."""
    assert world.federation is not None
    return read_overview(world.federation, actor=world.actor("fia"), at=at)


def row_of(world: World, place: str, **more: Any) -> CouncilRow:
    """One council's row."""
    wanted = world.organisations[place].pk
    return next(one for one in overview(world, **more).councils if one.organisation_id == wanted)


def meet(world: World, *, in_days: int, federation_came: bool) -> None:
    """Fjordvik's council meets, with or without the federation's seat."""
    bo, at = world.actor("bo"), TODAY + timedelta(days=in_days)
    meeting = plan_meeting(world.council, starts_at=at, actor=bo, at=TODAY)  # type: ignore[arg-type]
    meeting = call_meeting(meeting, actor=bo, at=TODAY)
    calls = MeetingCall.objects.filter(meeting=meeting)
    if not federation_came:
        calls = calls.exclude(seat__kind="federation")
    came = list(calls.values_list("seat_id", flat=True))
    end_meeting(meeting, minutes="Vi møttes.", attended=came, actor=bo, at=at)


@pytest.mark.requirement("ROR-09")
def test_it_counts_how_often_the_federations_seat_came(world: World) -> None:
    meet(world, in_days=3, federation_came=True)
    meet(world, in_days=5, federation_came=False)
    meet(world, in_days=7, federation_came=True)
    row = row_of(world, "fjordvik", at=LATER)
    assert (row.came, row.missed, len(row.held)) == (2, 1, 3)
    assert row_of(world, "elvestrand", at=LATER).held == []


def test_it_says_when_they_meet_next(world: World) -> None:
    assert row_of(world, "fjordvik").next_meeting == TODAY.date() + timedelta(days=1)
    assert row_of(world, "skogbygda").next_meeting is None


def test_it_counts_no_meeting_as_next_that_is_past(world: World) -> None:
    assert row_of(world, "fjordvik", at=LATER).next_meeting is None  # nobody closed the one before
    assert world.council is not None
    bo, day = world.actor("bo"), LATER + timedelta(days=12)
    plan_meeting(world.council, starts_at=day, actor=bo, at=LATER)
    assert row_of(world, "fjordvik", at=LATER).next_meeting == day.date()


def test_it_says_how_long_the_oldest_case_waits(world: World) -> None:
    idea_of(world, text="Noe som venter lenge")
    row = row_of(world, "fjordvik", at=LATER)
    assert row.undecided == row.without_responsible == 1
    assert row.oldest_waited is not None
    assert row.is_late == (row.oldest_waited > row.limit)
    assert row_of(world, "fjordvik").oldest_waited == 0
    assert overview(world, at=LATER).late == ([row] if row.is_late else [])


@pytest.mark.requirement("ROR-08")
def test_it_finds_what_could_be_run_together(world: World) -> None:
    one = idea_of(world, text="Alarmen er flat", visibility="federation")
    two = idea_of(world, text="Flat alarm", by="dee", visibility="federation")
    three = idea_of(world, text="Alarmer uten strøm", by="gro", visibility="federation")
    for first, second in ((one, two), (two, three)):
        propose_pair(first, second, probability=0.8, evidence={}, embedder="", at=TODAY)
    (need,) = overview(world).needs
    assert len(need.places) == 3
    assert need.is_candidate
    assert need.is_undecided_everywhere


@pytest.mark.requirement("ROR-15")
def test_it_shows_what_is_run_together_and_who_has_not_answered(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    (row,) = overview(world).joint
    assert (row.yes, row.no, row.later, row.silent, row.is_overdue) == (1, 0, 0, 1, False)
    (late,) = overview(world, at=LATER).joint
    assert late.is_overdue


def test_it_names_no_idea_that_stays_inside(world: World) -> None:
    idea_of(world, text="En hemmelighet i Elvestrand", by="dee")
    assert "hemmelighet" not in repr(overview(world))


def test_only_the_coordinator_sees_it(world: World) -> None:
    assert world.federation is not None
    for name in ("ada", "bo", "siv", "dee", "mia", "olaf", "eve"):
        with pytest.raises(NotAllowed):
            read_overview(world.federation, actor=world.actor(name), at=TODAY)


def a_case(number: int, place: str, **more: Any) -> NeedCase:
    """A case in a place."""
    facts: dict[str, Any] = {
        "case_id": number, "idea_id": number, "title": f"Behov {number}", "language": "nb",
        "organisation_id": number, "organisation": place, "state": "waiting",
        "submitted_at": TODAY + timedelta(days=number), **more,
    }  # fmt: skip
    return NeedCase(**facts)


def test_what_is_decided_together_already_is_no_candidate() -> None:
    one, two = a_case(1, "A"), a_case(2, "B", state="decided", course="inter_municipal_should")
    assert not grouped([(one, two)])[0].is_candidate
    assert grouped([(one, two)])[0].can_join
    alone = a_case(2, "B", state="decided", course="own_pilot")
    assert grouped([(one, alone)])[0].is_candidate


def test_candidates_in_most_places_come_first() -> None:
    one, two, three = (a_case(number, "ABC"[number - 1]) for number in (1, 2, 3))
    four, five = a_case(4, "A"), a_case(5, "B")
    found = grouped([(four, five), (one, two), (two, three)])
    assert [len(need.places) for need in found] == [3, 2]
    assert found[0].cases == (one, two, three)
