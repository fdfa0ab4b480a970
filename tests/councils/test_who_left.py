"""Who has left a municipality sees its internal cases no longer, whatever was theirs to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.councils.actions import appoint_responsible, arrange_follow_up
from loype.councils.models import Case
from loype.organisations.actions import leave_organisation
from loype.organisations.actor import HOUSE
from loype.portfolio.models import Activity
from loype.search.models import SearchText
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

LATER = TODAY + timedelta(days=1)


def leaves(world: World, name: str) -> None:
    leave_organisation(world.fjordvik, person=world.people[name], actor=HOUSE, at=LATER)


@pytest.mark.requirement("NET-08")
def test_the_responsible_and_the_deputy_see_the_case_while_they_work_there(world: World) -> None:
    bo = world.actor("bo")
    case = Case.objects.get(idea=idea_of(world, text="Noe internt.", by="siv"))
    appoint_responsible(case, person=world.people["ada"], actor=bo, at=TODAY)
    arrange_follow_up(case, deputy=world.people["cai"], follow_up_by=None, actor=bo, at=TODAY)
    assert Case.objects.visible_to(world.actor("ada")).get() == case
    leaves(world, "ada")
    assert not Case.objects.visible_to(world.actor("ada", at=LATER)).exists()
    assert Case.objects.visible_to(world.actor("cai", at=LATER)).get() == case


@pytest.mark.requirement("NET-08")
def test_the_owner_sees_the_activity_while_they_work_there(world: World) -> None:
    activity = go_on(world, idea_of(world, text="Noe hemmelig.", visibility="confidential"))
    Activity.objects.filter(pk=activity.pk).update(owner=world.people["ada"])
    texts = SearchText.objects.filter(kind="activity")
    ada = world.actor("ada")
    assert Activity.objects.visible_to(ada).get() == activity
    assert texts.visible_to(ada).get().thing_id == activity.pk
    leaves(world, "ada")
    ada = world.actor("ada", at=LATER)
    assert not Activity.objects.visible_to(ada).exists()
    assert not texts.visible_to(ada).exists()
