"""Ending and moving a meeting: who came, and for which day it may be called."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    call_meeting,
    end_term,
    establish_body,
    move_meeting,
    plan_meeting,
)
from loype.bodies.models import Meeting
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.models import Membership
from loype.trail.handovers import end_meeting
from tests.cast import TODAY, World


def called(world: World) -> Meeting:
    assert world.council is not None
    bo = world.actor("bo")
    meeting = plan_meeting(world.council, starts_at=TODAY + timedelta(days=9), actor=bo, at=TODAY)
    return call_meeting(meeting, actor=bo, at=TODAY)


def test_nobody_comes_for_a_seat_after_they_have_left(world: World) -> None:
    bo, meeting = world.actor("bo"), called(world)
    seat = meeting.calls.get(seat__title="Helse og omsorg").seat_id
    Membership.objects.filter(person=world.people["cai"]).update(to_date=TODAY.date())
    with pytest.raises(BadInput, match="who holds it that day"):
        end_meeting(meeting, attended=[seat], actor=bo, at=TODAY)
    leader = meeting.calls.get(seat__is_leader=True).seat_id
    meeting = end_meeting(meeting, attended=[leader], actor=bo, at=TODAY)
    assert [call.attended_by for call in meeting.calls.filter(attended=True)] == [
        world.people["bo"]
    ]


@pytest.mark.requirement("S19-52")
def test_a_called_meeting_is_not_moved_past_the_last_day_or_to_an_empty_seat(world: World) -> None:
    siv, day = world.actor("siv"), TODAY.date()
    body = establish_body(
        world.fjordvik, kind="task_committee", name="Nøkkelutvalget", commission="Finn nøkler.",
        ends_date=day + timedelta(days=20), actor=siv, at=TODAY,
    )  # fmt: skip
    leader = body.seats.get(is_leader=True)
    term = appoint_to_seat(leader, person=world.people["bo"], from_date=day, actor=siv, at=TODAY)
    body = activate_council(body, actor=siv, at=TODAY)
    meeting = plan_meeting(body, starts_at=TODAY + timedelta(days=9), actor=siv, at=TODAY)
    facts: dict[str, Any] = {"actor": siv, "at": TODAY}
    meeting = call_meeting(meeting, **facts)
    with pytest.raises(WrongMoment, match="last day is before that"):
        move_meeting(meeting, starts_at=TODAY + timedelta(days=21), **facts)
    end_term(term, to_date=day + timedelta(days=10), **facts)
    with pytest.raises(WrongMoment, match="no leader yet"):
        move_meeting(meeting, starts_at=TODAY + timedelta(days=11), **facts)
    assert move_meeting(meeting, starts_at=TODAY + timedelta(days=10), **facts).sequence == 1
