"""The page of an activity: where it stands, what comes next, why it exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.kernel.clock import now
from loype.portfolio.models import Activity
from tests.cast import TODAY
from tests.trail_world import TrailWorld, go_on, idea_of

SignIn = Callable[[str], Client]


def page_of(client: Client, activity: Activity, name: str = "activity_page") -> str:
    answer = client.get(reverse(name, args=[activity.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, name: str, activity: Activity, *more: int, **data: Any) -> Any:
    return client.post(reverse(name, args=[activity.pk, *more]), data)


def test_it_tells_why_it_exists(trail: TrailWorld, client_of: SignIn) -> None:
    activity = trail["activity"]
    page = page_of(client_of("ada"), activity)
    assert activity.decision.number in page
    assert "Verdt å prøve i det små." in page
    assert reverse("idea_page", args=[activity.idea_id]) in page
    assert "Bestille" in page
    assert "Say how it goes now" not in page


def test_people_of_a_participant_read_it_but_not_the_decision_behind(
    trail: TrailWorld, client_of: SignIn
) -> None:
    activity = trail["activity"]
    page = page_of(client_of("dee"), activity)
    assert "To låser mangler" in page
    assert activity.decision.number in page
    assert "Verdt å prøve i det små." not in page
    assert reverse("idea_page", args=[activity.idea_id]) not in page


@pytest.mark.parametrize("name", ["olaf", "gro", "eve"])
@pytest.mark.parametrize("page", ["activity_page", "evaluation_page"])
def test_a_stranger_finds_nothing(
    name: str, page: str, trail: TrailWorld, client_of: SignIn
) -> None:
    answer = client_of(name).get(reverse(page, args=[trail["activity"].pk]))
    assert answer.status_code == 404
    assert trail["activity"].title not in answer.content.decode()


def test_a_start_that_waits_says_for_what(trail: TrailWorld, client_of: SignIn, world: Any) -> None:
    idea = idea_of(world, text="Felles vaktordning.", visibility="federation")
    shall = go_on(
        world, idea, course="inter_municipal_shall", answer_by=now().date().replace(year=2099)
    )
    cai = client_of("cai")
    page = page_of(cai, shall)
    assert "another council says yes" in page
    assert reverse("activity_start", args=[shall.pk]) not in page
    assert "Not answered yet" in page
    answer = act(cai, "activity_start", shall)
    assert answer.status_code == 409
    assert "another council says yes" in answer.content.decode()
    assert "Not answered yet" not in page_of(client_of("dee"), shall)


def test_its_whole_life_by_the_forms_of_its_page(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["planned_activity"], client_of("cai")
    assert reverse("activity_start", args=[activity.pk]) in page_of(cai, activity)
    assert act(cai, "activity_start", activity).status_code == 302
    assert "Nobody has heard yet" in page_of(cai, activity)
    report = {"light": "green", "text": "I gang", "next_step": "Møte"}
    assert act(cai, "activity_report", activity, **report).status_code == 302
    assert "Your next step" not in page_of(cai, activity)
    milestone = {"title": "Første natt", "due_date": "2026-12-01"}
    assert act(cai, "activity_milestone_add", activity, **milestone).status_code == 302
    set_one = activity.milestones.get()
    assert act(cai, "activity_milestone_reach", activity, set_one.pk).status_code == 302
    assert "Not reached after all" in page_of(cai, activity)
    assert act(cai, "activity_milestone_undo", activity, set_one.pk).status_code == 302
    assert act(cai, "activity_pause", activity, reason="Ferie").status_code == 302
    assert "Take up again" in page_of(cai, activity)
    assert act(cai, "activity_resume", activity).status_code == 302
    assert act(cai, "activity_finish", activity, result="Det gikk").status_code == 302
    page = page_of(cai, activity)
    assert "Plan the evaluation" in page
    assert "Det gikk" in page
    activity.refresh_from_db()
    assert activity.state == "finished"


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("activity_report", {"text": "Nesten i mål", "light": "green"}, "Nesten i mål"),
        ("activity_milestone_add", {"title": "Ferdig", "due_date": "en dag"}, "Ferdig"),
        ("activity_finish", {"result": "  "}, "Finish it"),
        ("activity_pause", {"reason": ""}, "Let it rest"),
        ("activity_stop", {"reason": ""}, "Stop the activity"),
        ("activity_describe", {"title": "", "summary": "Om låser"}, "Om låser"),
        ("activity_share", {"visibility": "world"}, "Readers"),
        ("activity_participant_add", {"organisation": "Nowhere", "role": "prøver"}, "prøver"),
        ("activity_participant_add", {"organisation": "Fjordvik kommune"}, "Fjordvik kommune"),
        ("activity_hand_over", {"person": "nobody@example.test"}, "nobody@example.test"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_what_was_typed(
    name: str, data: dict[str, str], kept: str, trail: TrailWorld, client_of: SignIn
) -> None:
    answer = act(client_of("cai"), name, trail["activity"], **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ds-error-summary" in page
    assert kept in page


def test_it_is_stopped_with_a_reason_everybody_reads(trail: TrailWorld, client_of: SignIn) -> None:
    activity = trail["activity"]
    page = page_of(client_of("bo"), activity, "activity_manage")
    assert "data-confirm" in page
    assert "Words and due date" not in page
    act(client_of("bo"), "activity_stop", activity, reason="Låsene fryser i kulda.")
    page = page_of(client_of("dee"), activity)
    assert "Låsene fryser i kulda." in page
    assert "Why it was stopped" in page


def test_it_changes_owner_by_name_or_mail(trail: TrailWorld, client_of: SignIn) -> None:
    activity = trail["activity"]
    act(client_of("cai"), "activity_hand_over", activity, person="Ada")
    activity.refresh_from_db()
    assert activity.owner == trail.world.people["ada"]
    act(client_of("ada"), "activity_hand_over", activity, person="cai@example.test")
    activity.refresh_from_db()
    assert activity.owner == trail.world.people["cai"]


def test_a_name_that_means_several_is_asked_again(trail: TrailWorld, client_of: SignIn) -> None:
    answer = act(
        client_of("cai"), "activity_participant_add", trail["activity"], organisation="kommune"
    )
    assert answer.status_code == 422
    assert "That may mean several: " in answer.content.decode()


def test_participants_come_and_go_by_the_forms(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["activity"], client_of("cai")
    data = {"organisation": "skogbygda", "role": "Tester det samme"}
    assert act(cai, "activity_participant_add", activity, **data).status_code == 302
    assert "Tester det samme" in page_of(client_of("gro"), activity)
    participant = activity.participants.get(organisation=trail.world.organisations["skogbygda"])
    act(cai, "activity_participant_remove", activity, participant.pk)
    gone = client_of("gro").get(reverse("activity_page", args=[activity.pk]))
    assert gone.status_code == 404


def test_words_are_changed_from_what_one_read(trail: TrailWorld, client_of: SignIn) -> None:
    activity, cai = trail["activity"], client_of("cai")
    data = {"title": "Digitale låser", "summary": "Ti dører.", "version": activity.version}
    assert act(cai, "activity_describe", activity, **data).status_code == 302
    assert "Digitale låser" in page_of(cai, activity)
    assert act(cai, "activity_describe", activity, **data).status_code == 409


def test_a_milestone_of_another_activity_is_not_found(trail: TrailWorld, client_of: SignIn) -> None:
    other, milestone = trail["planned_activity"], trail["milestone"]
    for name in ("reach", "undo", "remove"):
        answer = act(client_of("cai"), f"activity_milestone_{name}", other, milestone.pk)
        assert answer.status_code == 404


def test_after_the_evaluation_the_next_step_is_a_solution(
    trail: TrailWorld, client_of: SignIn
) -> None:
    from loype.evaluation.actions import conclude_evaluation

    cai, activity = client_of("cai"), trail["second_finished"]
    assert "Go on with the evaluation" in page_of(cai, activity)
    conclude_evaluation(
        trail["evaluation"], verdict="worked", conclusion="Ja.", unexpected_findings="Ingen.",
        actor=trail.world.actor("cai"), at=TODAY,
    )  # fmt: skip
    assert "Read it through and publish" in page_of(cai, activity)
    draft = reverse("solution_page", args=[trail["draft_solution"].pk])
    assert draft not in page_of(client_of("dee"), activity)


@pytest.mark.parametrize("name", ["cai", "dee"])
@pytest.mark.parametrize("thing", ["activity", "planned_activity", "finished_activity"])
def test_it_shows_an_activity_with_at_most_ten_statements(
    name: str, thing: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    client = client_of(name)
    with statements() as counted:
        page_of(client, trail[thing])
    assert len(counted) <= 10
    if name == "cai":
        with statements() as counted:
            page_of(client, trail[thing], "activity_manage")
        assert len(counted) <= 10


def test_names_of_people_are_for_those_who_sign_in(trail: TrailWorld, client_of: SignIn) -> None:
    activity = trail["activity"]
    act(client_of("cai"), "activity_share", activity, visibility="public")
    page = page_of(client_of("eve"), activity)
    assert "To låser mangler" in page
    assert ">Cai<" not in page
    assert "Verdt å prøve i det små." not in page
    assert ">Cai<" in page_of(client_of("olaf"), activity)
