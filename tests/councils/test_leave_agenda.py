"""Leaving an agenda: what was decided stays in its minutes, what lies on another stays there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.bodies.actions import call_meeting, plan_meeting
from loype.bodies.models import Meeting
from loype.councils.actions import (
    add_agenda_item,
    agree_on_proposal,
    approve_minutes,
    conclude_item,
    propose,
    put_on_agenda,
    take_off_agenda,
)
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import AgendaItem, Case
from loype.kernel.errors import WrongMoment
from loype.trail.handovers import call_off_meeting, end_meeting, give_information
from tests.cast import TODAY, World, everybody_comes
from tests.councils.test_decide_case import decide, meeting_of, on_agenda, waiting_case


def planned(world: World, days: int) -> Meeting:
    assert world.council is not None
    return plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=days), actor=world.actor("bo"), at=TODAY
    )


def answered(world: World, case: Case) -> Case:
    """The giver tells what the council asked, so that the case waits again."""
    give_information(case.idea, text="Det gjelder tolv dører.", actor=world.actor("ada"), at=TODAY)
    return Case.objects.get(pk=case.pk)


@pytest.mark.requirement("S19-55")
def test_a_decision_stays_in_its_minutes_though_its_case_lies_on_the_next_agenda(
    world: World,
) -> None:
    bo, case, meeting = world.actor("bo"), on_agenda(world), meeting_of(world)
    decision = decide(world, case, outcome="more_information", form="", course="", scale="",
                      responsible=None)  # fmt: skip
    item = put_on_agenda(answered(world, case), meeting=planned(world, 9), actor=bo, at=TODAY)
    meeting = end_meeting(meeting, minutes="Slutt.", actor=bo, at=TODAY)
    assert decision.number in page(read_minutes(meeting, language="nb"))
    assert Case.objects.get(pk=case.pk).state == "on_agenda"
    assert AgendaItem.objects.get(pk=item.pk).removed_at is None


def test_a_case_stays_on_the_agenda_that_still_holds_it(world: World) -> None:
    bo, case = world.actor("bo"), on_agenda(world)
    decide(world, case, outcome="more_information", form="", course="", scale="", responsible=None)
    first, second = planned(world, 7), planned(world, 8)
    items = [put_on_agenda(case, meeting=one, actor=bo, at=TODAY) for one in (first, second)]
    case = answered(world, case)
    put_on_agenda(case, meeting=planned(world, 9), actor=bo, at=TODAY)
    take_off_agenda(items[0], actor=bo, at=TODAY)
    assert Case.objects.get(pk=case.pk).state == "on_agenda"
    call_off_meeting(second, reason="Ferie.", actor=bo, at=TODAY)
    assert Case.objects.get(pk=case.pk).state == "on_agenda"
    assert AgendaItem.objects.get(pk=items[1].pk).removed_at == TODAY


def test_a_meeting_that_concluded_something_is_not_called_off(world: World) -> None:
    bo, meeting = world.actor("bo"), planned(world, 6)
    meeting = everybody_comes(call_meeting(meeting, actor=bo, at=TODAY), actor=bo, at=TODAY)
    item = add_agenda_item(meeting, kind="decision", title="Møteplan", actor=bo, at=TODAY)
    agree_on_proposal(propose(item, text="Hver måned.", actor=bo, at=TODAY), actor=bo, at=TODAY)
    conclude_item(item, conclusion="Hver måned.", actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="already decided something"):
        call_off_meeting(meeting, reason="Ferie.", actor=bo, at=TODAY)


def test_a_body_that_ends_calls_off_the_meetings_it_will_not_hold(
    world: World, client_of: Callable[[str], Client]
) -> None:
    bo, case = world.actor("bo"), waiting_case(world)
    decide(world, on_agenda(world, text="Noe som er avgjort."))
    ahead = call_meeting(planned(world, 9), actor=bo, at=TODAY)
    put_on_agenda(case, meeting=ahead, actor=bo, at=TODAY)
    assert world.council is not None
    address, siv = reverse("council_close", args=[world.council.pk]), client_of("siv")
    refused = siv.post(address)
    assert refused.status_code == 409
    assert "Approve them before it ends." in refused.content.decode()
    assert Meeting.objects.get(pk=ahead.pk).state == "called"
    held = end_meeting(meeting_of(world), actor=bo, at=TODAY)
    assert siv.post(address).status_code == 409
    approve_minutes(held, actor=bo, at=TODAY)
    assert siv.post(address).status_code == 302
    assert Meeting.objects.get(pk=ahead.pk).state == "cancelled"
    assert Case.objects.get(pk=case.pk).state == "waiting"
