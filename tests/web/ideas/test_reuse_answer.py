"""The giver says whether what others have can be used; nobody must, and all is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.actions import answer_reuse
from loype.ideas.models import Idea, ReuseAnswer
from loype.search.indexing import index_waiting
from tests.cast import TODAY, World
from tests.trail_world import idea_of

pytestmark = pytest.mark.requirement("S19-19")
SignIn = Callable[[str], Client]
TEXT = "Nøkler til hjemmetjenesten tar for lang tid å finne."


@pytest.fixture
def idea(world: World) -> Idea:
    """Ada's idea, with a twin of Siv's."""
    idea_of(world, text=TEXT, by="siv")
    found = idea_of(world, text=TEXT, visibility="public")
    index_waiting(at=TODAY)
    return found


def test_the_page_lists_what_is_compared_and_asks(idea: Idea, client_of: SignIn) -> None:
    page = client_of("ada").get(reverse("idea_reuse", args=[idea.pk])).content.decode()
    twin = Idea.objects.get(giver__name="Siv")
    assert f'name="seen" value="idea-{twin.pk}"' in page
    assert f'name="seen" value="idea-{idea.pk}"' not in page
    for value in ("copy", "adapt", "inspired", "none"):
        assert f'name="answer" value="{value}"' in page


def test_the_answer_is_kept_and_shown_to_colleagues_only(idea: Idea, client_of: SignIn) -> None:
    facts = {"answer": "none", "reason": "De leter selv.", "version": "0"}
    address = reverse("idea_reuse", args=[idea.pk])
    assert client_of("ada").post(address, facts).status_code == 302
    shown = {
        name: "De leter selv." in client_of(name).get(reverse("idea_page", args=[idea.pk])).text
        for name in ("ada", "bo", "cai", "dee", "olaf", "eve")
    }
    assert shown == {
        "ada": True, "bo": True, "cai": True, "dee": False, "olaf": False, "eve": False,
    }  # fmt: skip


def test_a_reason_that_is_missing_is_asked_for_and_nothing_typed_is_lost(
    idea: Idea, client_of: SignIn
) -> None:
    facts = {"answer": "none", "reason": " ", "version": "0"}
    response = client_of("ada").post(reverse("idea_reuse", args=[idea.pk]), facts)
    assert response.status_code == 422
    assert "Say why none fits" in response.text
    assert re.search(r'value="none"[^>]* checked', response.text)
    assert not ReuseAnswer.objects.exists()


def test_two_who_answer_at_once_do_not_overwrite_each_other(
    idea: Idea, world: World, client_of: SignIn
) -> None:
    answer_reuse(idea, answer="copy", actor=world.actor("bo"), at=TODAY)
    facts = {"answer": "adapt", "reason": "", "version": "0"}
    response = client_of("ada").post(reverse("idea_reuse", args=[idea.pk]), facts)
    assert response.status_code == 409
    assert ReuseAnswer.objects.get().answer == "copy"


def test_the_receipt_asks_and_does_not_demand(idea: Idea, client_of: SignIn) -> None:
    page = client_of("ada").get(reverse("idea_receipt", args=[idea.pk])).text
    assert "Can what others have be used?" in page
    assert Idea.objects.get(pk=idea.pk).state == "submitted"
