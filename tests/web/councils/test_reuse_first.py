"""The council sees who has it already, and says before a new project whether that can be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.models import Case, Decision
from loype.ideas.actions import answer_reuse
from loype.ideas.models import ReuseAnswer
from loype.search.indexing import index_waiting
from tests.cast import TODAY, World
from tests.councils.test_decide_case import on_agenda
from tests.trail_world import idea_of

pytestmark = pytest.mark.requirement("S19-19")
SignIn = Callable[[str], Client]
TEXT = "Nøkler til hjemmetjenesten tar for lang tid å finne."


@pytest.fixture
def case(world: World) -> Case:
    """A case on the agenda, and the same need in the neighbour municipality."""
    idea_of(world, text=TEXT, by="dee", visibility="federation")
    found = on_agenda(world, text=TEXT)
    index_waiting(at=TODAY)
    return found


def decided(client: Client, world: World, case: Case, **more: Any) -> Any:
    """Send the decision form of the live meeting: a project, unless said otherwise."""
    assert world.meeting is not None
    facts = {
        "outcome": "go_on", "form": "project", "course": "own_pilot", "scale": "small",
        "reasons": "Verdt det.", "responsible": str(world.people["cai"].pk), **more,
    }  # fmt: skip
    return client.post(reverse("meeting_decide", args=[world.meeting.pk, case.pk]), facts)


def test_the_case_page_shows_who_has_it_already(case: Case, client_of: SignIn) -> None:
    page = client_of("bo").get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Who has this already" in page
    assert "Elvestrand kommune" in page
    assert "The same need" in page
    assert "Nobody has said yet whether what others have can be used." in page


def test_the_gate_stops_in_the_meeting_and_keeps_what_was_typed(
    case: Case, world: World, client_of: SignIn
) -> None:
    response = decided(client_of("bo"), world, case)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Before a new project: say whether" in page
    assert "Verdt det.</textarea>" in page
    assert not Decision.objects.exists()


def test_the_decision_form_answers_the_question_too(
    case: Case, world: World, client_of: SignIn
) -> None:
    client = client_of("bo")
    page = client.get(reverse("meeting_live", args=[world.meeting.pk])).content.decode()
    assert 'name="reuse_answer"' in page
    other = Case.objects.exclude(pk=case.pk).get().idea_id
    assert f'name="seen" value="idea-{other}"' in page
    facts = {"reuse_answer": "none", "reuse_reason": "De har ingen.", "seen": [f"idea-{other}"]}
    assert decided(client, world, case, **facts).status_code == 302
    kept = ReuseAnswer.objects.get(idea=case.idea_id)
    assert (kept.answer, kept.reason) == ("none", "De har ingen.")
    assert kept.seen == [{"kind": "idea", "id": other}]
    shown = client.get(reverse("case_page", args=[case.pk])).content.decode()
    assert "De har ingen." in shown
    assert "Compared with:" in shown


def test_a_reason_is_demanded_where_none_fits(case: Case, world: World, client_of: SignIn) -> None:
    response = decided(client_of("bo"), world, case, reuse_answer="none")
    assert response.status_code == 422
    assert "Say why none fits" in response.content.decode()


def test_an_answer_given_before_is_shown_and_not_asked_again(
    case: Case, world: World, client_of: SignIn
) -> None:
    answer_reuse(
        case.idea, answer="adapt", reason="Med egne skap.", actor=world.actor("ada"), at=TODAY
    )
    client = client_of("bo")
    page = client.get(reverse("meeting_live", args=[world.meeting.pk])).content.decode()
    assert 'name="reuse_answer"' not in page
    assert "Med egne skap." in page
    assert decided(client, world, case).status_code == 302


def test_what_was_compared_is_shown_only_to_those_who_may_see_it(
    case: Case, world: World, client_of: SignIn
) -> None:
    hidden = idea_of(world, text="Noe hemmelig i Elvestrand.", by="dee")
    answer_reuse(
        case.idea, answer="inspired", actor=world.actor("ada"), at=TODAY,
        seen=[("idea", hidden.pk)],
    )  # fmt: skip
    page = client_of("bo").get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Noe hemmelig" not in page
    assert "Compared with:" not in page


def test_a_form_cannot_name_what_its_sender_may_not_see(
    case: Case, world: World, client_of: SignIn
) -> None:
    hidden = idea_of(world, text="Noe hemmelig i Elvestrand.", by="dee")
    facts = {"reuse_answer": "copy", "seen": [f"idea-{hidden.pk}", "idea-x", "nonsense"]}
    assert decided(client_of("bo"), world, case, **facts).status_code == 302
    assert ReuseAnswer.objects.get(idea=case.idea_id).seen == []


def test_an_experiment_needs_no_answer(case: Case, world: World, client_of: SignIn) -> None:
    assert decided(client_of("bo"), world, case, form="experiment").status_code == 302
    page = client_of("bo").get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Nobody has said yet whether what others have can be used." in page
