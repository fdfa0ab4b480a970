"""Planning, calling, cancelling and closing meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from loype.bodies.actions import call_meeting, close_meeting, plan_meeting
from loype.bodies.models import Meeting, Term
from loype.councils.actions import put_on_agenda, take_off_agenda
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.trail.handovers import call_off_meeting, end_meeting
from tests.bodies.test_set_up_council import run_sql
from tests.cast import TODAY, World
from tests.promises import settle_promises, without_promise
from tests.trail_world import TrailWorld


@pytest.fixture
def planned(world: World) -> Meeting:
    """A further meeting, not called yet."""
    assert world.council is not None
    return plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=20), actor=world.actor("bo"), at=TODAY
    )


def federation_steps_down(world: World, *, after: int) -> None:
    """The federation's holder steps down some days from now, and nobody follows; written before
    the database refused it."""
    with without_promise("council_keeps_federation_seat", table="bodies_term"):
        Term.objects.filter(seat__kind="federation").update(
            to_date=TODAY.date() + timedelta(days=after)
        )
        settle_promises()


@pytest.mark.requirement("ROR-09")
def test_it_is_not_called_while_the_federation_seat_is_empty(
    world: World, planned: Meeting
) -> None:
    federation_steps_down(world, after=5)
    with pytest.raises(WrongMoment, match="federation's seat is empty"):
        call_meeting(planned, actor=world.actor("bo"), at=TODAY)
    federation_steps_down(world, after=25)
    assert call_meeting(planned, actor=world.actor("bo"), at=TODAY).state == "called"
    kinds = planned.calls.values_list("seat__kind", flat=True)
    assert sorted(kinds) == ["federation", "municipality", "municipality"]


CALL = (
    "UPDATE bodies_meeting SET state = 'called', called_at = now(), quorum_needed = 1 WHERE id = %s"
)
INVITE = (
    "INSERT INTO bodies_meetingcall (meeting_id, seat_id, has_vote, reply) "
    "SELECT %s, id, true, '' FROM bodies_seat WHERE kind = 'federation'"
)


@pytest.mark.requirement("ROR-09")
def test_the_database_does_not_call_it_without_the_federation(
    world: World, planned: Meeting
) -> None:
    with pytest.raises(IntegrityError, match="federation seat"):
        run_sql(CALL, planned.pk)
    run_sql(INVITE, planned.pk)
    federation_steps_down(world, after=5)
    with pytest.raises(IntegrityError, match="nobody holds the federation seat"):
        run_sql(CALL, planned.pk)


@pytest.mark.requirement("ROR-09")
def test_the_database_keeps_the_federation_on_the_call(world: World) -> None:
    assert world.meeting is not None
    with pytest.raises(IntegrityError, match="stays called"):
        run_sql("DELETE FROM bodies_meetingcall WHERE meeting_id = %s", world.meeting.pk)


@pytest.mark.requirement("ROR-09")
def test_it_is_refused_in_plain_words_on_the_page(
    world: World, client_of: Callable[[str], Client]
) -> None:
    assert world.council is not None
    meeting = plan_meeting(
        world.council, starts_at=now() + timedelta(days=9), actor=world.actor("bo"), at=TODAY
    )
    federation_steps_down(world, after=(now() - TODAY).days)
    bo = client_of("bo")
    page = bo.get(f"/council/meetings/{meeting.pk}/").content.decode()
    assert "The federation's seat is empty" in page
    answer = bo.post(f"/council/meetings/{meeting.pk}/call/")
    assert answer.status_code == 409
    assert "must name who holds it" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_it_is_prepared_only_by_leader_and_secretary(world: World, planned: Meeting) -> None:
    for who in ("cai", "fia", "ada", "dee"):
        with pytest.raises(NotAllowed):
            call_meeting(planned, actor=world.actor(who), at=TODAY)
    assert call_meeting(planned, actor=world.actor("siv"), at=TODAY).state == "called"


def test_it_is_cancelled_with_a_reason_and_its_cases_wait_again(trail: TrailWorld) -> None:
    world, case = trail.world, trail["case"]
    bo = world.actor("bo")
    meeting = plan_meeting(world.council, starts_at=TODAY + timedelta(days=9), actor=bo, at=TODAY)  # type: ignore[arg-type]
    take_off_agenda(trail["agenda_item"], actor=bo, at=TODAY)
    put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    with pytest.raises(BadInput):
        call_off_meeting(meeting, reason=" ", actor=bo, at=TODAY)
    call_off_meeting(meeting, reason="Storm", actor=bo, at=TODAY)
    case.refresh_from_db()
    assert case.state == "waiting"


def test_it_is_not_cancelled_once_it_has_decided(trail: TrailWorld) -> None:
    meeting = trail["meeting"]
    with pytest.raises(WrongMoment, match="already decided"):
        call_off_meeting(meeting, reason="Storm", actor=trail.world.actor("bo"), at=TODAY)
    meeting.refresh_from_db()
    assert meeting.state == "called"


def test_it_closes_with_minutes_and_who_came(trail: TrailWorld, planned: Meeting) -> None:
    bo, case = trail.world.actor("bo"), trail["case"]
    take_off_agenda(trail["agenda_item"], actor=bo, at=TODAY)
    put_on_agenda(case, meeting=planned, actor=bo, at=TODAY)
    meeting = call_meeting(planned, actor=bo, at=TODAY)
    came = list(meeting.calls.filter(seat__is_leader=True).values_list("seat_id", flat=True))
    with pytest.raises(BadInput):
        close_meeting(meeting, minutes="Bo møtte.", attended=[0], actor=bo, at=TODAY)
    end_meeting(meeting, minutes="Bo møtte.", attended=came, actor=bo, at=TODAY)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes) == ("held", "Bo møtte.")
    assert sorted(meeting.calls.values_list("attended", flat=True)) == [False, False, True]
    trail["case"].refresh_from_db()
    assert trail["case"].state == "waiting"
