"""The page of an idea tells where it stands, who has it, and why it was decided so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.actions import DecisionWords, put_on_agenda
from loype.councils.models import Case
from loype.ideas.actions import ImportedIdea, comment_on_idea
from loype.ideas.models import Comment, Idea
from loype.organisations.actor import HOUSE
from loype.trail.handovers import council_to_portfolio, take_ideas_over
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

SignIn = Callable[[str], Client]


def page_of(client: Client, idea: Idea, query: str = "") -> str:
    response = client.get(reverse("idea_page", args=[idea.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def decide(world: World, idea: Idea, outcome: str, reasons: str) -> None:
    case = Case.objects.get(idea=idea)
    put_on_agenda(case, meeting=world.meeting, actor=world.actor("bo"), at=TODAY)
    words = DecisionWords(outcome=outcome, reasons=reasons)
    council_to_portfolio(
        case, words=words, meeting=world.meeting, actor=world.actor("bo"), at=TODAY
    )


def test_it_shows_the_words_in_their_own_language(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Første avsnitt.\n\nAndre avsnitt.", language="nn")
    page = page_of(client_of("bo"), idea)
    assert '<h1 lang="nn">Første avsnitt</h1>' in page
    assert '<blockquote class="quote prose" lang="nn"><p>Første avsnitt.</p>' in page
    assert 'aria-current="step"' in page


def test_it_says_who_has_it_and_what_comes_next(trail: TrailWorld, client_of: SignIn) -> None:
    page = page_of(client_of("ada"), trail["idea"])
    assert "Cai has it since" in page
    assert "It was to be decided by" in page  # the demo's spring has passed
    waiting = page_of(client_of("ada"), trail["public_idea"])
    assert "Innovasjonsrådet i Fjordvik has it since" in waiting
    assert "it takes longer than promised" in waiting


def test_a_no_is_shown_with_its_reasons(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="En idé som ikke går")
    decide(world, idea, "reject", "Det finnes allerede.\n\nSe løsningen fra i fjor.")
    page = page_of(client_of("ada"), idea)
    assert "The answer is no, and the reasons are given." in page
    assert "Det finnes allerede." in page
    assert "Se løsningen fra i fjor." in page
    assert 'data-look="stopped"' in page


def test_the_giver_answers_a_question_and_the_case_waits_again(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="En idé med hull i")
    decide(world, idea, "more_information", "Hvor mange gjelder det?")
    assert Case.objects.get(idea=idea).state == "decided"
    client = client_of("ada")
    assert "asks you for more information" in client.get("/").content.decode()
    address = reverse("idea_comment", args=[idea.pk])
    assert client.post(address, {"text": "Rundt tretti.", "kind": "addition"}).status_code == 302
    assert Case.objects.get(idea=idea).state == "waiting"
    assert Comment.objects.get().kind == "addition"
    assert "Rundt tretti." in page_of(client_of("bo"), idea)


def test_it_leads_to_what_the_idea_became(trail: TrailWorld, client_of: SignIn) -> None:
    idea = trail["solution"].activity.idea
    page = page_of(client_of("ada"), idea)
    assert "Now a solution that others can use." in page
    assert trail["finished_activity"].title in page


def test_it_does_not_tell_of_an_activity_the_reader_may_not_see(
    trail: TrailWorld, client_of: SignIn
) -> None:
    idea = trail["activity"].idea
    Idea.objects.filter(pk=idea.pk).update(visibility="public")
    page = page_of(client_of("olaf"), idea)
    assert "It was decided: go on." in page
    assert f"/portfolio/{trail['activity'].pk}/" not in page


def test_it_shows_the_last_fifty_words_and_a_way_to_all(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="En idé mange mener noe om")
    for number in range(53):
        comment_on_idea(idea, text=f"Innspill {number:02}", actor=world.actor("bo"), at=TODAY)
    page = page_of(client_of("ada"), idea)
    assert "Innspill 02" not in page
    assert "Innspill 03" in page
    assert "Show all 53" in page
    assert page.index("Innspill 03") < page.index("Innspill 52")
    everything = page_of(client_of("ada"), idea, "?comments=all")
    assert "Innspill 00" in everything
    assert "Show all" not in everything


@pytest.mark.requirement("EP-36")
def test_an_imported_idea_says_where_it_came_from(world: World, client_of: SignIn) -> None:
    address = "https://example.test/proposal?id=1&x=<script>"
    row = ImportedIdea(
        external_id="1", title="Bancos <script>alert(1)</script>", text="Más bancos", kind="idea",
        language="es", submitted_at=TODAY, source_address=address,
    )  # fmt: skip
    [idea] = take_ideas_over(
        rows=[row], organisation=world.fjordvik, source="A petition site", licence="CC BY 4.0",
        fetched_date=date(2026, 1, 9), actor=HOUSE, at=TODAY,
    )  # fmt: skip
    page = page_of(client_of("ada"), idea)
    assert "From A petition site, fetched on" in page
    assert 'datetime="2026-01-09"' in page
    assert "Licence: CC BY 4.0." in page
    assert "https://example.test/proposal?id=1&amp;x=&lt;script&gt;" in page
    assert 'href="https://example.test' not in page
    assert 'src="https://' not in page


ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}'


def test_what_people_write_never_becomes_markup(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text=ATTACK)
    client = client_of("bo")
    client.post(reverse("idea_comment", args=[idea.pk]), {"text": ATTACK})
    client.post(reverse("idea_support", args=[idea.pk]), {"note": ATTACK, "helps": "2"})
    for address in (
        reverse("idea_page", args=[idea.pk]), "/ideas/", "/", "/ideas/similar/?text=script alert",
        f"/ideas/?q={ATTACK}",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "alert(1)" in page, address
    mine = client_of("ada")
    for name in ("idea_edit", "idea_receipt", "idea_files", "idea_co_authors"):
        page = mine.get(reverse(name, args=[idea.pk])).content.decode()
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name


def test_the_giver_widens_and_then_the_council_does(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe andre også trenger")
    address = reverse("idea_visibility", args=[idea.pk])
    assert client_of("dee").get(reverse("idea_page", args=[idea.pk])).status_code == 404
    assert client_of("ada").post(address, {"visibility": "federation"}).status_code == 302
    assert client_of("dee").get(reverse("idea_page", args=[idea.pk])).status_code == 200
    assert client_of("dee").post(address, {"visibility": "public"}).status_code == 403
    assert client_of("bo").post(address, {"visibility": "public"}).status_code == 302
    assert client_of("eve").get(reverse("idea_page", args=[idea.pk])).status_code == 200
    assert client_of("bo").post(address, {"visibility": "everybody"}).status_code == 422


def test_withdrawing_asks_in_a_fold_and_takes_it_out_of_the_queue(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Noe jeg angrer på")
    client = client_of("ada")
    assert 'data-confirm="Withdraw this idea?"' in page_of(client, idea)
    client.post(reverse("idea_withdraw", args=[idea.pk]), {"reason": "Løst på annen måte"})
    idea.refresh_from_db()
    assert idea.state == "withdrawn"
    assert Case.objects.get(idea=idea).state == "closed"
    assert client_of("bo").get(reverse("idea_page", args=[idea.pk])).status_code == 404
    assert "Withdrawn by its giver." in page_of(client, idea)
