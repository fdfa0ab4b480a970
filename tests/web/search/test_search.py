"""The search page: what is found and why, how it is narrowed, and what nobody may learn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from loype.ideas.models import Idea
from loype.portfolio.actions import finish_activity
from loype.search.indexing import index_waiting
from loype.spread.actions import confirm_in_use, draft_solution, publish_solution
from loype.spread.models import Solution
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, go_on, idea_of

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _by_words(settings: Any) -> None:
    """These tests are about the page; how meaning is found is tested in tests/search."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"


def page(client: Client, address: str = "", **headers: str) -> str:
    """The page as text."""
    answer = client.get(reverse("search") + address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def part(client: Client, address: str) -> str:
    """What comes back while somebody types."""
    return page(client, address, **{"HX-Request": "true"})


def read_all() -> None:
    """What the worker does."""
    index_waiting(at=TODAY)


def case_of(
    world: World, *, by: str = "cai", publish: bool = True, idea: Idea | None = None, **facts: Any
) -> Solution:
    """A solution that came of a trial in Fjordvik."""
    actor = world.actor(by)
    idea = idea or idea_of(world, text="Noe nytt.")
    activity = start_running(go_on(world, idea), actor=actor, at=TODAY)
    finished = finish_activity(activity, result="Det virket.", actor=actor, at=TODAY)
    told = {
        "title": "Roligere kvelder", "summary": "Faste turer etter middag.",
        "for_whom": "Bofellesskap", "core_parts": "Turen", "contact_role": "Leder",
        "visibility": "public", **facts,
    }  # fmt: skip
    solution = draft_solution(finished, actor=actor, at=TODAY, **told)
    return publish_solution(solution, actor=actor, at=TODAY) if publish else solution


# --- what is found ------------------------------------------------------------------------------


def test_it_shows_the_newest_where_nothing_is_asked(trail: TrailWorld, client_of: SignIn) -> None:
    read_all()
    shown = page(client_of("ada"))
    assert "Felles nattpatrulje med nabokommunen" in shown
    assert "Newest" in shown
    assert "night staff and fall sensors" in shown
    assert "Tell me when something new turns up" not in shown


@pytest.mark.requirement("S19-08")
def test_it_finds_says_why_and_marks_the_words(trail: TrailWorld, client_of: SignIn) -> None:
    read_all()
    shown = page(client_of("ada"), "?q=nattpatrulje")
    assert "<mark>nattpatrulje</mark>" in shown
    assert "Fjordvik kommune" in shown
    assert "both:" in shown.lower()
    assert 'lang="nb"' in shown
    assert "written in Norwegian" in shown  # Ada reads English


def test_it_shows_the_words_around_what_met(world: World, client_of: SignIn) -> None:
    before, after = "Først litt om noe annet. " * 30, " Så mer om noe annet." * 30
    idea_of(world, text=f"Om dagen vår. {before}Vi mangler en gravemaskin her.{after}")
    read_all()
    shown = page(client_of("ada"), "?q=gravemaskin")
    assert "<mark>gravemaskin</mark>" in shown
    assert "… " in shown
    assert " …" in shown
    assert len(shown.split("hit__excerpt")[1].split("</p>")[0]) < 400


def test_it_shows_what_people_wrote_as_text(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Gravemaskin <script>alert(1)</script> og <b>mer</b>", visibility="public")
    read_all()
    shown = page(client_of("eve"), "?q=gravemaskin")
    assert "<script>alert" not in shown
    assert escape("<script>") in shown
    shown = page(client_of("eve"), "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in shown


@pytest.mark.requirement("S19-18")
def test_it_finds_what_is_in_use_and_where_it_comes_from(
    trail: TrailWorld, client_of: SignIn
) -> None:
    solution, dee = trail["solution"], trail.world.actor("dee")
    confirm_in_use(
        trail["adoption"], value_seen="Kortere kø på torget.", actor=trail.world.actor("mia"),
        at=TODAY + timedelta(days=9),
    )  # fmt: skip
    read_all()
    shown = page(client_of("dee"), "?q=søknader&kind=solution")
    assert "In use elsewhere" in shown
    used = page(client_of("dee"), "?q=søknader&kind=adoption")
    assert reverse("adoption_page", args=[trail["adoption"].pk]) in used
    its_page = client_of("cai").get(reverse("solution_page", args=[solution.pk])).content.decode()
    assert reverse("adoption_page", args=[trail["adoption"].pk]) in its_page  # used in
    assert reverse("activity_page", args=[solution.activity_id]) in its_page  # builds on
    assert "Kortere kø på torget." in its_page
    assert dee.organisation_id == trail["adoption"].organisation_id


@pytest.mark.requirement("S19-18")
def test_it_tells_the_source_of_what_was_taken_over(client_of: SignIn, db: None) -> None:
    from loype.organisations.models import Organisation

    solution = Solution.objects.create(
        organisation=Organisation.objects.first(), title="Gravemaskin på deling",
        summary="Delt mellom tre.", language="nb", visibility="public", state="published",
        created_at=TODAY, published_at=TODAY, source="cases", external_id="17",
        source_address="https://example.test/17", source_licence="CC BY 4.0",
    )  # fmt: skip
    read_all()
    place = reverse("solution_page", args=[solution.pk])
    assert place in page(client_of("eve"), "?q=gravemaskin")
    its_page = client_of("eve").get(place).content.decode()
    assert "https://example.test/17" in its_page
    assert "CC BY 4.0" in its_page


# --- who finds what -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["olaf", "eve"])
def test_it_gives_a_stranger_nothing_not_even_a_count(
    name: str, trail: TrailWorld, client_of: SignIn
) -> None:
    read_all()
    shown = page(client_of(name), "?q=nattpatrulje")
    assert "0 found" in shown
    assert "Nobody seems to have done this yet" in shown
    for address in ("", "?kind=idea", f"?organisation={trail.world.fjordvik.pk}"):
        shown = page(client_of(name), address)
        assert "nattpatrulje" not in shown
        assert "Noe som bare rådet bør vite om" not in shown
        assert "Et utkast som ingen andre skal se" not in shown


def test_it_names_no_federation_to_those_outside(trail: TrailWorld, client_of: SignIn) -> None:
    read_all()
    number = trail.world.federation.pk  # type: ignore[union-attr]
    assert "Working together in" in page(client_of("dee"), f"?federation={number}")
    assert "Fjordlaget<" not in page(client_of("olaf"), f"?federation={number}")


# --- narrowing ----------------------------------------------------------------------------------


def test_it_narrows_and_keeps_everything_in_the_address(
    trail: TrailWorld, client_of: SignIn
) -> None:
    read_all()
    ada = client_of("ada")
    everything = page(ada, "?q=svar")
    assert "Clear all" not in everything
    only = page(ada, "?q=svar&kind=solution&language=nb")
    assert "Clear all" in only
    assert reverse("solution_page", args=[trail["solution"].pk]) in only
    assert reverse("idea_page", args=[trail["solution"].activity.idea_id]) not in only
    assert 'href="/search/?q=svar&amp;kind=solution"' in only  # without the language
    assert 'name="kind" value="solution"' in only  # typing on keeps the choice


@pytest.mark.parametrize(
    "odd",
    [
        "?kind=cat", "?organisation=x", "?year=12345678901", "?page=99", "?page=-1", "?page=x",
        "?state=%00", "?keyword=%00", "?federation=999999999999999999", "?q=%00", "?q=%27%3A*%26",
        "?organisation=99999999999999999999", "?language=xx&kind=&q=", "?q=%22", "?q=a%20%7C%20b",
        "?keyword=" + "x" * 300, "?q=" + "ord%20" * 300,
    ],
)  # fmt: skip
def test_it_leaves_out_what_makes_no_sense(odd: str, trail: TrailWorld, client_of: SignIn) -> None:
    for name in ("ada", "eve"):
        page(client_of(name), odd)


def test_it_turns_pages_and_says_how_many(world: World, client_of: SignIn) -> None:
    for number in range(23):
        idea_of(world, text=f"Gravemaskin nummer {number}", visibility="public")
    read_all()
    first = page(client_of("eve"), "?q=gravemaskin")
    assert "23 found" in first
    assert "Page 1 of 2" in first
    assert "page=2" in first
    second = page(client_of("eve"), "?q=gravemaskin&page=2")
    assert second.count('class="row hit"') == 3
    assert "Page before" in second


# --- as one types -------------------------------------------------------------------------------


def test_it_answers_with_the_parts_while_somebody_types(
    trail: TrailWorld, client_of: SignIn
) -> None:
    read_all()
    answer = part(client_of("ada"), "?q=nattpatrulje&kind=idea")
    assert "<h1" not in answer
    assert '<p id="count" hx-swap-oob="innerHTML">' in answer
    assert '<div id="narrow" hx-swap-oob="innerHTML">' in answer
    assert 'name="q" value="nattpatrulje"' in answer  # what would be kept follows what is typed
    assert "1 found" in answer


def test_it_takes_a_choice_off_what_is_typed_now(trail: TrailWorld, client_of: SignIn) -> None:
    read_all()
    answer = part(client_of("ada"), "?q=nattpatrulje&kind=idea")
    chosen = answer.partition('<div id="chosen" hx-swap-oob="innerHTML">')[2].partition("</div>")[0]
    assert chosen.count('href="/search/?q=nattpatrulje"') == 2  # the choice's own, and all


def test_it_lets_go_of_a_choice_that_one_may_not_know_by_name(
    trail: TrailWorld, client_of: SignIn
) -> None:
    read_all()
    assert trail.world.federation is not None
    shown = page(client_of("olaf"), f"?q=nattpatrulje&federation={trail.world.federation.pk}")
    assert "Fjordlaget" not in shown
    assert '<a class="ds-link" href="/search/?q=nattpatrulje">Clear all</a>' in shown


def test_it_waits_for_three_signs_while_somebody_types(
    trail: TrailWorld, client_of: SignIn
) -> None:
    address = reverse("search") + "?q=na"
    assert client_of("ada").get(address, headers={"HX-Request": "true"}).status_code == 204
    assert client_of("ada").get(address).status_code == 200


def test_it_says_when_meaning_is_not_there(trail: TrailWorld, client_of: SignIn) -> None:
    read_all()
    said = "The part that understands meaning is not there just now"
    assert said in page(client_of("ada"), "?q=nattpatrulje")
    assert said not in page(client_of("ada"))
    assert said not in part(client_of("ada"), "?q=natt")  # not asked for yet


@pytest.mark.parametrize("name", ["ada", "bo", "dee", "olaf", "eve"])
def test_it_asks_at_most_ten_statements(
    name: str, trail: TrailWorld, client_of: SignIn, statements: Any
) -> None:
    read_all()
    client = client_of(name)
    addresses = (
        "", "?q=svar", f"?q=svar&federation={trail.world.federation.pk}&page=2",  # type: ignore[union-attr]
        f"?q=finnesikke&organisation={trail.world.fjordvik.pk}&keyword=home_care&year=2026",
    )  # fmt: skip
    for address in addresses:
        page(client, address)  # what the planner expects is asked once a minute
        with statements() as counted:
            page(client, address)
        assert len(counted) <= 10, address


def test_it_stands_in_the_menu_and_on_the_first_page(world: World, client_of: SignIn) -> None:
    for name in ("ada", "eve"):
        shown = client_of(name).get(reverse("home")).content.decode()
        assert '<a href="/search/">Search</a>' in shown
        assert 'action="/search/"' in shown


# --- keywords -----------------------------------------------------------------------------------


@pytest.mark.requirement("EP-32", "EP-35")
@pytest.mark.parametrize("asked", ["dementia", "demens", "demensomsorg"])
def test_it_finds_a_norwegian_case_by_a_keyword_of_any_language(
    asked: str, world: World, client_of: SignIn
) -> None:
    solution = case_of(world, keywords=["demens", "kveldsturer"], english_summary="Calm evenings.")
    assert solution.keywords == ["dementia", "kveldsturer"]
    read_all()
    place = reverse("solution_page", args=[solution.pk])
    assert place in page(client_of("eve"), f"?keyword={asked}") or asked == "demensomsorg"
    assert place not in page(client_of("eve"), "?keyword=noise")
    assert place in page(client_of("eve"), "?keyword=kveldsturer")


@pytest.mark.requirement("EP-32")
def test_it_finds_a_norwegian_case_by_an_english_word(world: World, client_of: SignIn) -> None:
    solution = case_of(
        world, title="Rolige kvelder ved demens", summary="Faste turer.",
        english_summary="Walks after dinner keep evenings calm.", sector="health",
        activity_type="service",
    )  # fmt: skip
    read_all()
    place = reverse("solution_page", args=[solution.pk])
    assert place in page(client_of("eve"), "?q=dementia")
    assert place in page(client_of("eve"), "?q=walks")
    its_page = client_of("eve").get(place).content.decode()
    assert "Walks after dinner" in its_page
    assert "Health and care" in its_page
    assert "A service to citizens or businesses" in its_page


@pytest.mark.requirement("EP-35")
def test_it_counts_by_keyword(world: World, client_of: SignIn) -> None:
    for number in range(3):
        idea_of(world, text=f"Noe {number}", visibility="public", keywords=["demens", "tur"])
    idea_of(world, text="Noe mer", visibility="public", keywords=["tur"])
    idea_of(world, text="Noe hemmelig", visibility="organisation", keywords=["tur"])
    read_all()
    shown = page(client_of("eve"), "?kind=idea")
    assert '>Tur</span><span class="facet__count">4</span>' in shown
    assert '>Dementia</span><span class="facet__count">3</span>' in shown
    narrowed = page(client_of("eve"), "?kind=idea&keyword=dementia")
    assert "3 found" in narrowed
    assert '>Tur</span><span class="facet__count">4</span>' in page(client_of("eve"), "?kind=idea")
