"""To those who may not read it an idea does not exist, whatever they try."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from loype.ideas.models import Idea
from loype.web.ideas.urls import urlpatterns
from tests.trail_world import TrailWorld

SignIn = Callable[[str], Client]
NAMES = sorted(p.name for p in urlpatterns if "idea_id" in str(p.pattern))


def address_of(name: str, idea: Idea, trail: TrailWorld) -> str:
    try:
        return reverse(name, args=[idea.pk])
    except NoReverseMatch:
        return reverse(name, args=[idea.pk, trail["comment"].pk])


@pytest.mark.parametrize("thing", ["idea", "draft", "confidential_idea"])
@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_finds_nothing(
    name: str, thing: str, trail: TrailWorld, client_of: SignIn
) -> None:
    idea, client = trail[thing], client_of("olaf")
    before = Idea.objects.filter(pk=idea.pk).values().get()
    missing = client.get("/ideas/999999999/").content.decode()
    for response in (
        client.get(address_of(name, idea, trail)),
        client.post(address_of(name, idea, trail), {"text": "Hei", "visibility": "public"}),
    ):
        assert response.status_code in (404, 405)
        assert idea.title not in response.content.decode()
        if response.status_code == 404:
            shown = response.content.decode()
            assert without_path(shown, str(idea.pk)) == without_path(missing, "999999999")
    assert client.post(address_of(name, idea, trail)).status_code in (404, 405)
    assert Idea.objects.filter(pk=idea.pk).values().get() == before


def without_path(page: str, number: str) -> str:
    """A page without what differs by nature: its own address and the form's token."""
    lines = (line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
    return "\n".join(line for line in lines if number not in line and 'name="next"' not in line)


def test_there_are_addresses_to_try() -> None:
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_acts_need_a_post(name: str, trail: TrailWorld, client_of: SignIn) -> None:
    reads = {
        "idea_page", "idea_receipt", "idea_edit", "idea_files", "idea_co_authors", "idea_reuse",
    }  # fmt: skip
    status = client_of("ada").get(address_of(name, trail["idea"], trail)).status_code
    assert status == (200 if name in reads else 405)


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 60])
def test_an_impossible_number_is_simply_not_there(
    number: str, trail: TrailWorld, client_of: SignIn
) -> None:
    for place in (f"/ideas/{number}/", f"/files/{number}/", f"/notices/{number}/"):
        assert client_of("ada").get(place).status_code == 404
