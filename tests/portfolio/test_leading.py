"""What the owner does while an activity runs, and what only others may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.portfolio import actions
from loype.portfolio.models import Activity, StatusReport
from tests.cast import TODAY
from tests.trail_world import TrailWorld


@pytest.fixture
def activity(trail: TrailWorld) -> Activity:
    """Cai's activity, running."""
    running: Activity = trail["activity"]
    return running


def test_it_is_stopped_only_with_a_reason(trail: TrailWorld, activity: Activity) -> None:
    bo = trail.world.actor("bo")
    with pytest.raises(BadInput) as refused:
        actions.stop_activity(activity, reason=" \n ", actor=bo, at=TODAY)
    assert set(refused.value.fields) == {"reason"}
    with pytest.raises(IntegrityError, match="stopped_has_reason"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(state="stopped", ended_at=TODAY)
    with pytest.raises(NotAllowed):
        actions.stop_activity(activity, reason="Nei", actor=trail.world.actor("ada"), at=TODAY)
    stopped = actions.stop_activity(activity, reason="Låsene fryser.", actor=bo, at=TODAY)
    assert (stopped.state, stopped.end_reason) == ("stopped", "Låsene fryser.")
    event = Event.objects.filter(verb="stop_activity", thing_id=activity.pk).get()
    assert (event.reason, event.change) == ("Låsene fryser.", {"state": ["running", "stopped"]})
    with pytest.raises(WrongMoment):
        actions.resume_activity(stopped, actor=trail.world.actor("cai"), at=TODAY)


def test_a_report_has_light_text_and_next_step(trail: TrailWorld, activity: Activity) -> None:
    cai = trail.world.actor("cai")
    with pytest.raises(BadInput) as refused:
        actions.report_status(activity, light="blue", text="", next_step=" ", actor=cai, at=TODAY)
    assert set(refused.value.fields) == {"light", "text", "next_step"}
    with pytest.raises(IntegrityError, match="report_has_text"), transaction.atomic():
        StatusReport.objects.filter(activity=activity).update(next_step="")
    later = TODAY + timedelta(days=1)
    actions.report_status(
        activity, light="green", text="Alle ti er oppe", next_step="Måle", actor=cai, at=later
    )
    activity.refresh_from_db()
    assert (activity.light, activity.reported_at) == ("green", later)
    assert [report.light for report in activity.reports.all()] == ["green", "yellow"]


def test_people_of_a_participant_read_it_while_they_take_part(
    trail: TrailWorld, activity: Activity
) -> None:
    dee, gro = trail.world.actor("dee"), trail.world.actor("gro")
    assert activity.visibility == "organisation"
    assert Activity.objects.visible_to(dee).filter(pk=activity.pk).exists()
    assert not Activity.objects.visible_to(gro).filter(pk=activity.pk).exists()
    cai = trail.world.actor("cai")
    actions.remove_participant(trail["participant"], actor=cai, at=TODAY)
    assert not Activity.objects.visible_to(dee).filter(pk=activity.pk).exists()
    with pytest.raises(WrongMoment):
        actions.remove_participant(trail["participant"], actor=cai, at=TODAY)
    elvestrand = trail.world.organisations["elvestrand"]
    actions.add_participant(activity, organisation=elvestrand, role="", actor=cai, at=TODAY)
    assert Activity.objects.visible_to(dee).filter(pk=activity.pk).exists()
    with pytest.raises(BadInput):
        actions.add_participant(activity, organisation=elvestrand, role="", actor=cai, at=TODAY)


def test_a_move_is_made_from_what_one_saw(trail: TrailWorld, activity: Activity) -> None:
    cai = trail.world.actor("cai")
    seen = activity.version
    moved = actions.move_to_phase(activity, phase="trial", actor=cai, at=TODAY, version=seen)
    assert moved.phase == "trial"
    with pytest.raises(Stale):
        actions.move_to_phase(activity, phase="learning", actor=cai, at=TODAY, version=seen)
    with pytest.raises(BadInput):
        actions.move_to_phase(activity, phase="closing", actor=cai, at=TODAY)


def test_a_milestone_that_was_taken_away_stays_away(trail: TrailWorld) -> None:
    cai, milestone = trail.world.actor("cai"), trail["milestone"]
    actions.reach_milestone(milestone, reached_date=TODAY.date(), actor=cai, at=TODAY)
    actions.reach_milestone(milestone, reached_date=None, actor=cai, at=TODAY)
    with pytest.raises(BadInput):
        actions.reach_milestone(
            milestone, reached_date=TODAY.date() + timedelta(days=1), actor=cai, at=TODAY
        )
    actions.remove_milestone(milestone, actor=cai, at=TODAY)
    with pytest.raises(WrongMoment):
        actions.reach_milestone(milestone, reached_date=TODAY.date(), actor=cai, at=TODAY)


def test_the_new_owner_works_in_the_organisation(trail: TrailWorld, activity: Activity) -> None:
    cai, people = trail.world.actor("cai"), trail.world.people
    with pytest.raises(BadInput):
        actions.hand_over_activity(activity, person=people["dee"], actor=cai, at=TODAY)
    actions.hand_over_activity(activity, person=people["ada"], actor=cai, at=TODAY)
    with pytest.raises(NotAllowed):
        actions.pause_activity(activity, reason="Ferie", actor=cai, at=TODAY)
    ada = trail.world.actor("ada")
    assert actions.pause_activity(activity, reason="Ferie", actor=ada, at=TODAY).state == "paused"
