"""What ideas and solutions are about: offered from the text, kept as codes, shown as links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.ideas.actions import edit_idea
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput
from loype.keywords import concepts
from loype.keywords.given import MOST_KEYWORDS, as_kept, label_of
from loype.spread.actions import edit_solution
from loype.spread.models import Solution
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

SignIn = Callable[[str], Client]


def details(client: Client, idea: Idea, **facts: Any) -> Any:
    """Fill the form that is offered after the receipt."""
    idea.refresh_from_db()
    known = {
        "part": "details", "version": idea.version, "title": idea.title,
        "language": idea.language, "visibility": idea.visibility, "anonymity": idea.anonymity,
    }  # fmt: skip
    return client.post(reverse("idea_edit", args=[idea.pk]), known | facts)


@pytest.mark.requirement("EP-35")
def test_it_offers_what_the_text_speaks_of_in_the_readers_language(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Beboere med demens går tur alene om kvelden.")
    ada = client_of("ada")
    shown = ada.get(reverse("idea_receipt", args=[idea.pk])).content.decode()
    assert 'value="dementia"' in shown
    assert ">Dementia<" in shown
    world.people["ada"].language = "nb"
    world.people["ada"].save()
    assert ">Demens<" in ada.get(reverse("idea_receipt", args=[idea.pk])).content.decode()


@pytest.mark.requirement("EP-35")
def test_it_keeps_codes_and_own_words_and_shows_them_as_links(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Beboere med demens går tur alene om kvelden.")
    ada = client_of("ada")
    facts = {"keywords": ["dementia"], "more_keywords": "Kveldstur, hjemmetjeneste; kveldstur,,"}
    assert details(ada, idea, **facts).status_code == 302
    idea.refresh_from_db()
    assert idea.keywords == ["dementia", "Kveldstur", as_kept(["hjemmetjeneste"])[0]]
    shown = ada.get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert 'href="/search/?keyword=dementia"' in shown
    assert ">Dementia</a>" in shown
    again = ada.get(reverse("idea_edit", args=[idea.pk])).content.decode()
    assert 'value="dementia" class="ds-input"' in again or 'value="dementia"' in again
    assert "checked" in again.split('value="dementia"')[1].split(">")[0]
    assert 'value="Kveldstur"' in again
    assert details(ada, idea, keywords=[], more_keywords="").status_code == 302
    idea.refresh_from_db()
    assert idea.keywords == []


def test_it_says_what_is_wrong_with_keywords(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Beboere med demens går tur.")
    answer = details(client_of("ada"), idea, more_keywords="x" * 81)
    assert answer.status_code == 422
    assert "A keyword has at most 80 signs" in answer.content.decode()
    many = [f"ord {number}" for number in range(MOST_KEYWORDS + 1)]
    with pytest.raises(BadInput) as refused:
        edit_idea(idea, actor=world.actor("ada"), at=TODAY, keywords=many)
    assert set(refused.value.fields) == {"keywords"}


@pytest.mark.parametrize("word", ["dementia", "Demens", "DEMENTIA", " demens  "])
def test_it_keeps_a_word_for_a_concept_as_its_code(word: str) -> None:
    assert as_kept([word, "noe eget", "Noe eget", ""]) == ["dementia", "noe eget"]


def test_it_names_every_concept_in_every_language() -> None:
    for code, said in concepts().items():
        for language in said:
            assert label_of(code, language=language)
        assert as_kept([code]) == [code]
    assert label_of("dementia", language="fi") == label_of("dementia", language="en")
    assert label_of("noe eget", language="nb") == "noe eget"


@pytest.mark.requirement("EP-32")
def test_it_asks_for_english_before_a_solution_is_made_public(
    trail: TrailWorld, client_of: SignIn
) -> None:
    solution, cai = trail["solution"], {"actor": trail.world.actor("cai"), "at": TODAY}
    with pytest.raises(BadInput) as refused:
        edit_solution(solution, visibility="public", **cai)
    assert set(refused.value.fields) == {"english_summary"}
    facts = {
        "title": solution.title, "summary": solution.summary, "for_whom": "Alle",
        "core_parts": "Malene", "contact_role": "Leder", "language": "nb",
        "visibility": "public", "sector": "citizens", "activity_type": "process",
        "more_keywords": "svartid, saksbehandling",
    }  # fmt: skip
    place = reverse("solution_edit", args=[solution.pk])
    client = client_of("cai")
    answer = client.post(place, facts)
    assert answer.status_code == 422
    assert "Say in English what it does." in answer.content.decode()
    assert client.post(place, facts | {"english_summary": "Quicker."}).status_code == 302
    solution = Solution.objects.get(pk=solution.pk)
    assert (solution.sector, solution.activity_type) == ("citizens", "process")
    assert "case_handling" in solution.keywords
    shown = client_of("eve").get(reverse("solution_page", args=[solution.pk])).content.decode()
    assert "Quicker." in shown
    assert "/search/?keyword=case_handling" in shown
    with pytest.raises(BadInput):
        edit_solution(solution, sector="moon", **cai)
