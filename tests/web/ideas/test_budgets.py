"""Pages of ideas ask the database a fixed number of times, however much there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.actions import comment_on_idea, support_idea
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

# EXPLAIN: the planner's estimates, which search asks once a minute.
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "EXPLAIN")
SignIn = Callable[[str], Client]


def asked(counted: Any) -> int:
    """Statements that ask or change something; the brackets around them do not count."""
    return len([q for q in counted.captured_queries if not q["sql"].startswith(CONTROL)])


def count(client: Client, address: str, statements: Any) -> int:
    with statements() as counted:
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return asked(counted)


LISTS = ("home", "idea_list", "idea_export", "notice_list")


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("name", ["ada", "bo", "cai", "dee", "siv", "olaf", "eve"])
def test_it_lists_with_at_most_eight_statements_however_many_rows(
    where: str, name: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    client = client_of(name)
    if where == "notice_list" and name == "eve":
        assert client.get(reverse(where)).status_code == 302
        return
    first = count(client, reverse(where), statements)
    for number in range(12):
        idea_of(trail.world, text=f"Enda en idé {number}", visibility="public", by="siv")
        idea_of(trail.world, text=f"Og en til {number}", visibility="public")
    assert count(client, reverse(where), statements) <= first <= 8


@pytest.mark.parametrize("scope", ["organisation", "federation", "public", "mine"])
def test_it_filters_within_the_same_budget(
    scope: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    address = f"{reverse('idea_list')}?scope={scope}&q=nøkler&kind=idea&language=nb"
    assert count(client_of("ada"), address, statements) <= 8


@pytest.mark.parametrize("name", ["ada", "bo", "cai", "dee", "olaf", "eve"])
def test_it_shows_an_idea_with_at_most_ten_statements_whatever_was_said(
    name: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    idea = trail["public_idea"]
    address = reverse("idea_page", args=[idea.pk])
    first = count(client_of(name), address, statements)
    for number in range(60):
        who = trail.world.actor(("bo", "dee", "cai")[number % 3])
        comment_on_idea(idea, text=f"Ord {number}", actor=who, at=TODAY)
    for who in ("bo", "cai", "dee"):
        support_idea(idea, actor=trail.world.actor(who), at=TODAY, helps=3)
    assert count(client_of(name), address, statements) == first <= 10
    assert count(client_of(name), address + "?comments=all", statements) == first


@pytest.mark.parametrize("thing", ["idea", "decided"])
def test_it_shows_what_it_became_within_the_same_budget(
    thing: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    idea = trail["solution"].activity.idea if thing == "decided" else trail["idea"]
    for page in ("idea_page", "idea_receipt", "idea_files", "idea_co_authors", "idea_edit"):
        address = reverse(page, args=[idea.pk])
        assert count(client_of("ada"), address, statements) <= 10, page


def test_it_hands_in_with_at_most_fifteen_statements(
    world: World, client_of: SignIn, statements: Any
) -> None:
    client = client_of("ada")
    facts = {
        "kind": "idea",
        "text": "En idé",
        "act": "send",
        "form_key": "4" * 8 + "-" + "4" * 4 + "-4444-8444-" + "4" * 12,
    }
    with statements() as counted:
        assert client.post(reverse("idea_new"), facts).status_code == 302
    assert asked(counted) <= 15
