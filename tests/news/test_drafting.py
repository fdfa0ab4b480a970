"""News is drafted by itself from what happens: once a step, in plain words, of nothing hidden."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from loype.councils.actions import answer_joint_invitation
from loype.councils.models import JointInvitation
from loype.evaluation.actions import (
    add_indicator,
    conclude_evaluation,
    measure,
    plan_evaluation,
)
from loype.history.models import Event
from loype.ideas.actions import answer_reuse
from loype.jobs.tasks import follow_up
from loype.news.drafting import draft_news
from loype.news.models import NewsItem
from loype.notices.models import Notice
from loype.portfolio.actions import finish_activity, move_to_phase, share_activity
from loype.spread.actions import (
    confirm_in_use,
    draft_solution,
    move_adoption,
    publish_solution,
    take_up,
)
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.news.telling import activity_of, drafted
from tests.trail_world import go_on, idea_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("EP-22")]


def test_a_decision_to_go_on_is_drafted_in_the_organisations_language(world: World) -> None:
    activity = activity_of(world)

    item = drafted("decide_case", activity.decision)

    assert item is not None
    assert (item.kind, item.state, item.language) == ("decided", "draft", "nb")
    assert activity.title in item.headline
    assert "Fjordvik kommune" in item.text
    assert "Verdt å prøve i det små." in item.text
    assert "Ada" not in item.headline + item.text
    assert "Cai" not in item.headline + item.text


def test_a_step_is_drafted_once_however_often_the_job_runs(world: World) -> None:
    activity = activity_of(world)
    event = Event.objects.get(verb="decide_case", thing_id=activity.decision_id)

    follow_up(event.pk)
    for _again in range(2):
        draft_news(event.pk, at=TODAY)
    start_running(activity, actor=world.actor("cai"), at=TODAY)
    started = Event.objects.get(verb="start_activity", thing_id=activity.pk)
    for _again in range(2):
        draft_news(started.pk, at=TODAY)

    assert sorted(NewsItem.objects.values_list("kind", flat=True)) == ["decided", "started"]
    assert Event.objects.filter(verb="draft_news").count() == 2


def test_a_no_is_no_news(world: World) -> None:
    activity = activity_of(world)
    assert drafted("decide_case", activity.decision) is not None
    assert drafted("open_activity", activity) is None


def test_of_what_is_confidential_nothing_is_drafted(world: World) -> None:
    activity = activity_of(world, visibility="confidential")
    start_running(activity, actor=world.actor("cai"), at=TODAY)

    assert drafted("decide_case", activity.decision) is None
    assert drafted("start_activity", activity) is None
    share_activity(activity, visibility="organisation", actor=world.actor("cai"), at=TODAY)
    assert drafted("start_activity", activity) is not None
    assert NewsItem.objects.count() == 1


def test_a_joint_course_tells_who_is_asked_and_who_joins(world: World) -> None:
    activity = activity_of(
        world, course="inter_municipal_should", answer_by=TODAY.date() + timedelta(days=20)
    )
    item = drafted("decide_case", activity.decision)
    assert item is not None
    assert item.kind == "together"
    assert "Elvestrand kommune, Skogbygda kommune" in item.text

    for name, place, answer in (("mia", "elvestrand", "no"), ("gro", "skogbygda", "yes")):
        invitation = JointInvitation.objects.get(
            decision=activity.decision, organisation=world.organisations[place]
        )
        answer_joint_invitation(
            invitation, answer=answer, reasons="Slik er det.", actor=world.actor(name), at=TODAY
        )
        found = drafted("answer_joint_invitation", invitation)
        assert (found is not None) == (answer == "yes")
    joined = NewsItem.objects.get(kind="joined")
    assert joined.organisation == world.fjordvik
    assert "Skogbygda kommune" in joined.headline
    assert "Slik er det." not in joined.text


def test_a_projects_next_phase_is_news_and_the_way_back_is_not(world: World) -> None:
    idea = idea_of(world, text="Felles vaktplan for hele kommunen.")
    answer_reuse(idea, answer="copy", actor=world.actor("bo"), at=TODAY)
    project, cai = go_on(world, idea, form="project"), world.actor("cai")
    project = start_running(project, actor=cai, at=TODAY)

    project = move_to_phase(project, phase="planning", actor=cai, at=TODAY)
    first = drafted("move_to_phase", project)
    project = move_to_phase(project, phase="concept", actor=cai, at=TODAY)
    back = drafted("move_to_phase", project)
    project = move_to_phase(project, phase="planning", actor=cai, at=TODAY)
    again = drafted("move_to_phase", project)

    assert first is not None
    assert first.kind == "gate"
    assert back is None
    assert again == first


def test_a_small_forms_phases_are_no_news(world: World) -> None:
    cai = world.actor("cai")
    trial = start_running(activity_of(world), actor=cai, at=TODAY)
    trial = move_to_phase(trial, phase="trial", actor=cai, at=TODAY)
    assert drafted("move_to_phase", trial) is None


def test_what_came_of_it_and_who_uses_it_is_told(world: World) -> None:
    cai, dee = world.actor("cai"), world.actor("dee")
    running = start_running(activity_of(world), actor=cai, at=TODAY)
    done = finish_activity(running, result="Svar på to dager", actor=cai, at=TODAY)
    evaluation = plan_evaluation(
        done, question="Ble det tryggere?", depth="light", values=["quality"], actor=cai, at=TODAY
    )
    indicator = add_indicator(
        evaluation, value="quality", name="Tid", unit="minutter", better="down",
        baseline=Decimal(20),
        target=Decimal(5), actor=cai, at=TODAY,
    )  # fmt: skip
    measure(indicator, value=Decimal(8), measured_date=TODAY.date(), actor=cai, at=TODAY)
    conclude_evaluation(
        evaluation, verdict="worked", conclusion="Ja, mye.",
        unexpected_findings="Færre telefoner.", actor=cai, at=TODAY,
    )  # fmt: skip
    solution = draft_solution(
        done, actor=cai, at=TODAY, visibility="public", for_whom="Hjemmetjenester",
        core_parts="Låsene", contact_role="Leder for hjemmetjenesten",
    )  # fmt: skip
    solution = publish_solution(solution, actor=cai, at=TODAY)
    adoption = move_adoption(
        take_up(solution, actor=dee, at=TODAY), state="testing", actor=dee, at=TODAY
    )
    confirm_in_use(adoption, value_seen="En time spart hver natt.", actor=dee, at=TODAY)

    evaluated = drafted("conclude_evaluation", evaluation)
    offered = drafted("publish_solution", solution)
    used = drafted("confirm_in_use", adoption)

    assert evaluated is not None
    assert "Færre telefoner." in evaluated.text
    assert offered is not None
    assert "Leder for hjemmetjenesten" in offered.text
    assert used is not None
    assert "Elvestrand kommune" in used.headline
    assert used.organisation == world.fjordvik
    assert used.idea == done.idea


def test_a_draft_is_told_to_the_secretary_and_to_nobody_else(world: World) -> None:
    item = drafted("decide_case", activity_of(world).decision)
    event = Event.objects.get(verb="draft_news", thing_id=item.pk)  # type: ignore[union-attr]
    follow_up(event.pk)

    told = Notice.objects.filter(subject="news_drafted")
    assert [one.person for one in told] == [world.people["siv"]]
