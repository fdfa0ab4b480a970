"""Whoever has gone to work elsewhere leads no longer what they owned, though they may read it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.kernel.errors import NotAllowed
from loype.organisations.actions import give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.portfolio.actions import hand_over_activity, report_status, share_activity
from loype.portfolio.models import Activity, Participant
from loype.portfolio.rules import can_lead_activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.councils.together import agree, answer, joint_of, propose, run_together
from tests.trail_world import go_on, idea_of

pytestmark = pytest.mark.requirement("NET-08")
LATER = TODAY + timedelta(days=1)
STATUS = {"light": "green", "text": "Det går bra", "next_step": "Måle"}


def test_whoever_moved_to_a_neighbour_reads_it_but_leads_it_no_longer(world: World) -> None:
    cai = world.actor("cai")
    activity = start_running(go_on(world, idea_of(world, text="Låser.")), actor=cai, at=TODAY)
    share_activity(activity, visibility="federation", actor=cai, at=TODAY)
    report_status(activity, actor=cai, at=TODAY, **STATUS)
    leave_organisation(world.fjordvik, person=world.people["cai"], actor=HOUSE, at=LATER)
    give_role(
        world.people["cai"], organisation=world.organisations["elvestrand"], role="employee",
        actor=HOUSE, at=LATER,
    )  # fmt: skip
    moved = world.actor("cai", at=LATER)
    assert Activity.objects.visible_to(moved).filter(pk=activity.pk).exists()
    for act in (
        lambda: report_status(activity, actor=moved, at=LATER, **STATUS),
        lambda: share_activity(activity, visibility="public", actor=moved, at=LATER),
        lambda: hand_over_activity(activity, person=world.people["siv"], actor=moved, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            act()
    bo = world.actor("bo", at=LATER)
    hand_over_activity(activity, person=world.people["siv"], actor=bo, at=LATER)
    activity.refresh_from_db()
    assert can_lead_activity(world.actor("siv", at=LATER), activity)


def test_an_owner_from_a_co_owner_leads_while_that_one_is_part_of_it(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "yes")
    agree(world, propose(world, joint_of(activity)), "elvestrand", "skogbygda")
    cai, dee = world.actor("cai"), world.actor("dee")
    activity = start_running(activity, actor=cai, at=TODAY)
    activity = hand_over_activity(activity, person=world.people["dee"], actor=cai, at=TODAY)
    assert can_lead_activity(dee, activity)
    assert not can_lead_activity(cai, activity)
    shares = Participant.objects.filter(activity=activity)
    shares.filter(organisation=world.organisations["elvestrand"]).update(left_date=TODAY.date())
    assert not can_lead_activity(dee, activity)
