"""Ending a meeting: who came is who may come for the seat that day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.bodies.actions import call_meeting, plan_meeting
from loype.bodies.models import Meeting
from loype.kernel.errors import BadInput
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
