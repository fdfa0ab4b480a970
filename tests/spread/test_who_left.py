"""A draft of a solution is seen by whoever owns the activity now and works there, and by the
council's room; who wrote it sees it no longer once they have left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.kernel.clock import now
from loype.organisations.actions import leave_organisation
from loype.organisations.actor import HOUSE
from loype.portfolio.actions import finish_activity, hand_over_activity, share_activity
from loype.portfolio.models import Activity, Participant
from loype.search.models import SearchText
from loype.spread.actions import draft_solution, publish_solution, take_up
from loype.spread.models import Adoption, Solution
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.councils.together import agree, answer, joint_of, propose, run_together
from tests.trail_world import TrailWorld, go_on, idea_of

pytestmark = pytest.mark.requirement("NET-08")
LATER = TODAY + timedelta(days=1)
WORDS = {"for_whom": "Vakter", "core_parts": "Malene", "contact_role": "Leder"}


def seen(world: World, name: str, *, solution: Solution) -> bool:
    """Whether somebody sees a solution; search must say the same."""
    actor = world.actor(name, at=LATER)
    found = Solution.objects.visible_to(actor).filter(pk=solution.pk).exists()
    texts = SearchText.objects.visible_to(actor).filter(kind="solution", thing_id=solution.pk)
    assert texts.exists() == found
    return found


def test_the_writer_sees_the_draft_while_they_work_there(trail: TrailWorld) -> None:
    world, draft = trail.world, trail["draft_solution"]
    assert seen(world, "cai", solution=draft)
    leave_organisation(world.fjordvik, person=world.people["cai"], actor=HOUSE, at=LATER)
    assert not seen(world, "cai", solution=draft)
    assert seen(world, "bo", solution=draft)
    assert not seen(world, "ada", solution=draft)


def test_no_page_shows_it_to_whoever_has_left(
    trail: TrailWorld, client_of: Callable[[str], Client]
) -> None:
    draft, cai = trail["draft_solution"], client_of("cai")
    share_activity(draft.activity, visibility="public", actor=trail.world.actor("cai"), at=TODAY)
    page = reverse("solution_page", args=[draft.pk])
    activity = reverse("activity_page", args=[draft.activity_id])
    assert cai.get(page).status_code == 200
    assert page in cai.get(activity).content.decode()
    leave_organisation(
        trail.world.fjordvik, person=trail.world.people["cai"], actor=HOUSE, at=now()
    )
    assert cai.get(page).status_code == 404
    assert page not in cai.get(activity).content.decode()
    assert draft.title not in cai.get(reverse("solution_list")).content.decode()


def test_whoever_takes_over_sees_it_and_whoever_handed_over_does_not(world: World) -> None:
    ada, planned = world.actor("ada"), idea_of(world, text="Låser.")
    activity = start_running(go_on(world, planned, responsible=world.people["ada"]), actor=ada,
                             at=TODAY)  # fmt: skip
    activity = finish_activity(activity, result="Ja", actor=ada, at=TODAY)
    draft = draft_solution(activity, actor=ada, at=TODAY, **WORDS)
    assert seen(world, "ada", solution=draft)
    Activity.objects.filter(pk=activity.pk).update(owner=world.people["siv"])
    assert seen(world, "siv", solution=draft)
    assert not seen(world, "ada", solution=draft)


def test_an_owner_from_a_co_owner_sees_it_while_that_one_is_part_of_it(world: World) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    answer(world, activity, "skogbygda", "yes")
    agree(world, propose(world, joint_of(activity)), "elvestrand", "skogbygda")
    cai = world.actor("cai")
    activity = start_running(activity, actor=cai, at=TODAY)
    activity = hand_over_activity(activity, person=world.people["dee"], actor=cai, at=TODAY)
    dee = world.actor("dee")
    activity = finish_activity(activity, result="Ja", actor=dee, at=TODAY)
    draft = draft_solution(activity, actor=dee, at=TODAY, **WORDS)
    assert seen(world, "dee", solution=draft)
    shares = Participant.objects.filter(activity=activity)
    shares.filter(organisation=world.organisations["elvestrand"]).update(left_date=TODAY.date())
    assert not seen(world, "dee", solution=draft)


def test_what_others_took_up_is_found_no_longer_either(world: World) -> None:
    cai = world.actor("cai")
    activity = start_running(go_on(world, idea_of(world, text="Låser.")), actor=cai, at=TODAY)
    activity = finish_activity(activity, result="Ja", actor=cai, at=TODAY)
    solution = draft_solution(activity, actor=cai, at=TODAY, visibility="federation", **WORDS)
    solution = publish_solution(solution, actor=cai, at=TODAY)
    adoption = take_up(solution, actor=world.actor("dee"), at=TODAY)
    Solution.objects.filter(pk=solution.pk).update(visibility="confidential")
    texts = SearchText.objects.filter(kind="adoption", thing_id=adoption.pk)
    for is_there in (True, False):
        cai = world.actor("cai", at=LATER)
        assert Adoption.objects.visible_to(cai).exists() is is_there
        assert texts.visible_to(cai).exists() is is_there
        if is_there:
            leave_organisation(world.fjordvik, person=world.people["cai"], actor=HOUSE, at=LATER)
