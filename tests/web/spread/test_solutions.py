"""Finding solutions, reading one, writing one's own, and taking up those of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.organisations.actor import HOUSE
from loype.spread.actions import ImportedSolution, import_solutions
from loype.spread.models import Adoption, Solution
from tests.cast import TODAY
from tests.trail_world import TrailWorld, go_on, idea_of

SignIn = Callable[[str], Client]


def html(client: Client, name: str, *ids: int, query: str = "") -> str:
    answer = client.get(reverse(name, args=ids) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, name: str, *ids: int, **data: Any) -> Any:
    return client.post(reverse(name, args=ids), data)


@pytest.fixture
def imported(trail: TrailWorld) -> list[Solution]:
    """Thirty solutions from another collection, of an organisation in Denmark."""
    rows = [
        ImportedSolution(
            external_id=f"X-{number}",
            organisation=trail.world.organisations["sundkobing"],
            title=f"Bådplads nummer {number}",
            summary="<script>alert(1)</script> Vinterpladser tildeles efter anciennitet.",
            language="da",
            published_at=TODAY - timedelta(days=number),
            source_address="javascript:alert(1)",
        )
        for number in range(30)
    ]
    taken = import_solutions(
        rows, source="test collection", licence="CC BY 4.0", fetched_date=TODAY.date(),
        actor=HOUSE, at=TODAY,
    )  # fmt: skip
    return taken.solutions


@pytest.mark.requirement("S17-34")
def test_the_page_counts_only_what_the_taker_confirmed(
    trail: TrailWorld, client_of: SignIn
) -> None:
    solution, adoption, dee = trail["solution"].pk, trail["adoption"].pk, client_of("dee")
    counted = "other organisation uses it"
    assert counted not in html(client_of("ada"), "solution_page", solution)
    assert act(dee, "adoption_move", adoption, state="testing").status_code == 302
    assert counted not in html(client_of("ada"), "solution_page", solution)
    for giver in ("ada", "bo", "cai", "fia"):
        refused = act(client_of(giver), "adoption_confirm", adoption, value_seen="Flott")
        assert refused.status_code == 403
    assert "has not confirmed yet" in html(client_of("cai"), "adoption_page", adoption)
    assert act(dee, "adoption_confirm", adoption, value_seen="").status_code == 422
    assert counted not in html(client_of("ada"), "solution_page", solution)
    assert act(dee, "adoption_confirm", adoption, value_seen="Svar på tre dager").status_code == 302
    page = html(client_of("ada"), "solution_page", solution)
    assert counted in page
    assert "Svar på tre dager" in page
    assert "In use at 1 other" in html(client_of("ada"), "solution_list")
    assert act(dee, "adoption_stop", adoption, reason="Nytt fagsystem").status_code == 302
    page = html(client_of("ada"), "solution_page", solution)
    assert counted not in page
    assert "Nytt fagsystem" in page


def test_one_big_button_for_those_who_may_take_it_up(trail: TrailWorld, client_of: SignIn) -> None:
    solution = trail["solution"].pk
    button = reverse("solution_take_up", args=[solution])
    assert button not in html(client_of("ada"), "solution_page", solution)
    assert button not in html(client_of("dee"), "solution_page", solution)
    page = html(client_of("gro"), "solution_page", solution)
    assert page.count(button) == 1
    assert page[page.index("<main") : page.index("</main")].count('data-variant="primary"') == 1
    answer = act(client_of("gro"), "solution_take_up", solution)
    adoption = Adoption.objects.get(organisation=trail.world.organisations["skogbygda"])
    assert answer.headers["Location"] == reverse("adoption_page", args=[adoption.pk])
    assert reverse("adoption_page", args=[adoption.pk]) in html(
        client_of("gro"), "solution_page", solution
    )
    assert reverse("solution_page", args=[solution]) in html(
        client_of("gro"), "adoption_page", adoption.pk
    )


def test_the_verdict_goes_along_and_the_rest_for_whoever_reads_the_activity(
    trail: TrailWorld, client_of: SignIn
) -> None:
    from loype.portfolio.actions import share_activity

    solution = trail["solution"].pk
    assert "Færre telefoner." in html(client_of("gro"), "solution_page", solution)
    share_activity(
        trail["finished_activity"], visibility="organisation", actor=trail.world.actor("cai"),
        at=TODAY,
    )  # fmt: skip
    page = html(client_of("gro"), "solution_page", solution)
    assert "it worked" in page
    assert "Færre telefoner." not in page
    assert reverse("activity_page", args=[trail["finished_activity"].pk]) not in page


def test_from_draft_to_published_to_retired_by_the_forms(
    trail: TrailWorld, client_of: SignIn
) -> None:
    from loype.portfolio.actions import finish_activity
    from loype.trail.handovers import start_running

    world, cai = trail.world, client_of("cai")
    owner = {"actor": world.actor("cai"), "at": TODAY}
    activity = start_running(go_on(world, idea_of(world, text="Noe nytt.")), **owner)
    assert cai.get(reverse("solution_new", args=[activity.pk])).status_code == 409
    finish_activity(activity, result="Det virket godt.", **owner)
    assert "Det virket godt." in html(cai, "solution_new", activity.pk)
    facts = {
        "title": "Kortere kø", "summary": "Køen ble kortere.", "for_whom": "Servicetorg",
        "core_parts": "Én inngang", "contact_role": "Leder", "language": "nb",
        "visibility": "public", "english_summary": "The queue became shorter.",
        "cost": "To dager", "cost_amount": "1.200,50",
        "cost_currency": "nok",
    }  # fmt: skip
    refused = act(cai, "solution_new", activity.pk, **(facts | {"cost_currency": "kroner"}))
    assert refused.status_code == 422
    assert "Kortere kø" in refused.content.decode()
    assert act(cai, "solution_new", activity.pk, **facts).status_code == 302
    solution = Solution.objects.get(title="Kortere kø")
    assert (str(solution.cost_amount), solution.cost_currency) == ("1200.50", "NOK")
    assert client_of("ada").get(reverse("solution_page", args=[solution.pk])).status_code == 404
    assert "Kortere kø" in html(cai, "solution_list")
    assert "Kortere kø" not in html(client_of("ada"), "solution_list")
    assert act(cai, "solution_publish", solution.pk).status_code == 302
    assert "Køen ble kortere." in html(client_of("eve"), "solution_page", solution.pk)
    assert "Sign in to use this" in html(client_of("eve"), "solution_page", solution.pk)
    stale = act(cai, "solution_edit", solution.pk, **facts, version=1)
    assert stale.status_code == 409
    assert act(cai, "solution_retire", solution.pk, reason="").status_code == 422
    assert act(cai, "solution_retire", solution.pk, reason="Erstattet").status_code == 302
    page = html(client_of("gro"), "solution_page", solution.pk)
    assert "Erstattet" in page
    assert reverse("solution_take_up", args=[solution.pk]) not in page
    assert "Kortere kø" not in html(client_of("gro"), "solution_list")


def test_publishing_asks_for_what_is_missing(trail: TrailWorld, client_of: SignIn) -> None:
    draft = trail["draft_solution"]
    Solution.objects.filter(pk=draft.pk).update(contact_role="")
    answer = act(client_of("cai"), "solution_publish", draft.pk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Whom to ask: This must be filled in." in page
    assert draft.title in page


@pytest.mark.parametrize("name", ["olaf", "eve"])
def test_a_stranger_finds_nothing(name: str, trail: TrailWorld, client_of: SignIn) -> None:
    client, title = client_of(name), trail["solution"].title
    for page, thing in (("solution_page", "solution"), ("adoption_page", "adoption")):
        answer = client.get(reverse(page, args=[trail[thing].pk]))
        assert answer.status_code == 404
        assert title not in answer.content.decode()
    assert title not in html(client, "solution_list")
    assert title not in html(client, "solution_list", query="?text=svar")


def test_it_is_found_by_words_country_maker_and_use(
    trail: TrailWorld, client_of: SignIn, imported: list[Solution]
) -> None:
    gro = client_of("gro")
    ours, boats = trail["solution"].title, "Bådplads nummer 3"
    assert boats in html(gro, "solution_list", query="?text=vinterplads")
    assert ours not in html(gro, "solution_list", query="?text=vinterplads")
    assert boats in html(gro, "solution_list", query="?text=PLADS")
    assert ours in html(gro, "solution_list", query="?scope=near")
    assert boats not in html(gro, "solution_list", query="?scope=near")
    assert boats in html(gro, "solution_list", query="?maker=sundk")
    assert boats not in html(gro, "solution_list", query="?maker=fjord")
    assert boats not in html(gro, "solution_list", query="?spread=on")
    assert ours in html(client_of("dee"), "solution_list", query="?scope=used")
    assert ours in html(client_of("ada"), "solution_list", query="?scope=mine")
    assert boats not in html(gro, "solution_list", query="?country=dk")
    for nonsense in ("?text=%00", "?country=xx", "?text=((", "?text=%22", "?after=!!"):
        assert gro.get(reverse("solution_list") + nonsense).status_code == 200


def test_the_list_goes_on_from_where_one_was(
    trail: TrailWorld, client_of: SignIn, imported: list[Solution]
) -> None:
    import re

    eve = client_of("eve")
    first = html(eve, "solution_list")
    older = re.search(r'href="(\?after=[^"]+)"', first)
    assert older
    second = html(eve, "solution_list", query=older[1])
    titles = re.compile(r">(Bådplads nummer \d+)<")
    assert len(titles.findall(first)) == 25
    assert len(set(titles.findall(first)) | set(titles.findall(second))) == 30


def test_imported_words_are_only_text_and_say_where_they_come_from(
    trail: TrailWorld, client_of: SignIn, imported: list[Solution]
) -> None:
    page = html(client_of("eve"), "solution_page", imported[0].pk)
    assert "<script>alert" not in page
    assert "javascript:alert(1)" in page
    assert 'href="javascript:' not in page
    assert "CC BY 4.0" in page
    assert "test collection, X-0" in page


def test_the_list_is_given_as_a_part_when_one_types(trail: TrailWorld, client_of: SignIn) -> None:
    answer = client_of("gro").get(reverse("solution_list"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert trail["solution"].title in answer.content.decode()


def test_lists_and_pages_keep_their_statements(
    trail: TrailWorld, client_of: SignIn, imported: list[Solution], statements: Any
) -> None:
    from loype.spread.actions import take_up

    client = client_of("cai")
    addresses = {
        reverse("solution_list"): 8,
        reverse("solution_page", args=[trail["solution"].pk]): 10,
        reverse("adoption_page", args=[trail["adoption"].pk]): 10,
    }

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with statements() as counted:
                assert client.get(address).status_code == 200
            found.append(len(counted))
        return found

    few = counts()
    for name in ("gro", "fia"):
        take_up(trail["solution"], actor=trail.world.actor(name), at=TODAY)
    assert counts() == few
    assert all(count <= most for count, most in zip(few, addresses.values(), strict=True))


def test_the_taker_writes_what_was_changed_and_may_begin_anew(
    trail: TrailWorld, client_of: SignIn
) -> None:
    adoption, dee = trail["adoption"].pk, client_of("dee")
    act(dee, "adoption_move", adoption, state="adapting", adaptation_notes="Uten fullmakt")
    page = html(client_of("cai"), "adoption_page", adoption)
    assert "Uten fullmakt" in page
    assert "Confirm that it is in use" not in page
    assert act(dee, "adoption_move", adoption, state="in_use").status_code == 422
    assert act(dee, "adoption_stop", adoption, reason=" ").status_code == 422
    assert act(dee, "adoption_stop", adoption, reason="Ikke nå").status_code == 302
    assert "Ikke nå" in html(client_of("ada"), "adoption_page", adoption)
    assert act(dee, "adoption_confirm", adoption, value_seen="Likevel").status_code == 409
    assert act(dee, "solution_take_up", trail["solution"].pk).status_code == 302
