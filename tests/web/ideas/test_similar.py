"""While somebody writes, what others have is shown, and can be supported instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from loype.councils.actions import DecisionWords
from loype.councils.models import Case
from loype.ideas.actions import draft_idea, support_idea
from loype.ideas.models import Idea, Support
from loype.search.indexing import index_waiting
from loype.spread.actions import confirm_in_use, move_adoption
from loype.trail.handovers import council_to_portfolio, withdraw
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld, idea_of

SignIn = Callable[[str], Client]
SIMILAR = "/ideas/similar/"
PART = {"HX-Request": "true"}


def found(client: Client, text: str) -> str:
    index_waiting(at=TODAY)
    return client.get(SIMILAR, {"text": text}, headers=PART).content.decode()


@pytest.mark.parametrize(
    ("name", "sees"),
    [("ada", True), ("bo", True), ("cai", True), ("dee", False), ("olaf", False), ("eve", False)],
)
def test_it_shows_only_what_the_reader_may_read(
    name: str, sees: bool, world: World, client_of: SignIn
) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    shown = found(client_of(name), "nøkler til hjemmetjenesten")
    assert ("Digitale nøkler" in shown) is sees
    if not sees:
        assert "<li" not in shown


def test_it_shows_no_draft_and_nothing_withdrawn(world: World, client_of: SignIn) -> None:
    ada = world.actor("ada")
    draft_idea(
        organisation=world.fjordvik, text="Digitale nøkler", kind="idea", actor=ada, at=TODAY
    )
    gone = idea_of(world, text="Digitale nøkler en gang til")
    withdraw(gone, actor=ada, at=TODAY)
    assert "<li" not in found(client_of("ada"), "digitale nøkler")


def test_it_offers_to_support_what_is_the_same_instead(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    client = client_of("ada")
    shown = found(client, "digitale nøkler hjemme")
    address = reverse("idea_support", args=[idea.pk])
    assert f'action="{address}"' in shown
    assert "csrfmiddlewaretoken" in shown
    assert client.post(address).status_code == 302
    idea.refresh_from_db()
    assert idea.support_count == 1


def test_it_does_not_offer_to_support_ones_own(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten")
    shown = found(client_of("ada"), "digitale nøkler")
    assert "This one is yours." in shown
    assert "/support/" not in shown


def test_it_shows_solutions_in_use_first(trail: TrailWorld, client_of: SignIn) -> None:
    mia = trail.world.actor("mia")
    move_adoption(trail["adoption"], state="testing", actor=mia, at=TODAY)
    confirm_in_use(trail["adoption"], actor=mia, at=TODAY, value_seen="Svar på to dager")
    idea_of(trail.world, text="Kortere vei til svar på søknader", by="siv")
    shown = found(client_of("ada"), "kortere vei til svar på søknader")
    assert "A solution in use" in shown
    assert shown.index("A solution in use") < shown.index("An idea")
    assert f'href="{reverse("solution_page", args=[trail["solution"].pk])}"' in shown
    assert "Take this up" in shown


def test_it_says_how_alike_why_whose_and_how_far(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    support_idea(idea, actor=world.actor("cai"), at=TODAY)
    shown = found(client_of("ada"), "Digitale nøkler i hjemmetjenesten")
    for words in ("The same need", "Both: ", "nøkler", "Fjordvik kommune", "1 has this too"):
        assert words in shown, words


def test_it_shows_three_and_folds_the_rest(world: World, client_of: SignIn) -> None:
    for number in range(5):
        idea_of(world, text=f"Digitale nøkler i hjemmetjenesten {number}", by="siv")
    shown = found(client_of("ada"), "digitale nøkler i hjemmetjenesten")
    before, fold = shown.split("<details", 1)
    assert before.count("<li") == 3
    assert fold.count("<li") == 2
    assert "2 more" in fold
    assert 'data-said="5 alike found, the first: ' in shown


def test_it_waits_for_twelve_signs_while_one_types(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Digitale nøkler", by="siv")
    assert found(client_of("ada"), "digitale nø").strip() == ""
    assert "Digitale nøkler" in found(client_of("ada"), "digitale nøk")


def test_supporting_instead_takes_the_typed_words_along_and_keeps_nothing_else(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    index_waiting(at=TODAY)
    client = client_of("ada")
    typed = "Digitale nøkler, for vi leter hver kveld"
    shown = client.post(SIMILAR, {"text": typed}, headers=PART).content.decode()
    assert f'name="note" value="{typed}"' in shown
    client.post(reverse("idea_support", args=[idea.pk]), {"note": typed})
    assert Support.objects.get(idea=idea).note == typed
    assert list(Idea.objects.all()) == [idea]


def test_nothing_is_lost_by_sending_and_the_receipt_shows_who_has_it(
    world: World, client_of: SignIn
) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    index_waiting(at=TODAY)
    client = client_of("ada")
    facts = {"kind": "need", "text": "Digitale nøkler i hjemmetjenesten", "act": "send"}
    page = client.post("/ideas/new/", facts, follow=True).content.decode()
    assert "Thank you, we have it." in page
    assert Idea.objects.filter(giver__name="Ada", state="submitted").count() == 1
    assert "Others have something like it" in page
    assert "The same need" in page
    assert "Can what others have be used?" in page


def test_it_answers_a_part_to_htmx_and_a_page_without(world: World, client_of: SignIn) -> None:
    client = client_of("ada")
    assert "<html" not in found(client, "noe helt annet")
    assert "<html" in client.get(SIMILAR, {"text": "noe"}).content.decode()


def test_it_works_by_a_button_without_any_script(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    index_waiting(at=TODAY)
    facts = {"kind": "need", "text": "digitale nøkler", "act": "similar", "form_key": "x"}
    response = client_of("ada").post("/ideas/new/", facts)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Digitale nøkler i hjemmetjenesten" in page
    assert "digitale nøkler</textarea>" in page
    assert 'value="need" checked' in page.replace('id="id_kind_1" ', "") or "checked" in page
    assert Idea.objects.count() == 1


def test_half_written_words_come_by_post(world: World, client_of: SignIn) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    index_waiting(at=TODAY)
    shown = client_of("ada").post(SIMILAR, {"text": "digitale nøkler"}, headers=PART)
    assert "Digitale nøkler i hjemmetjenesten" in shown.content.decode()


@pytest.mark.parametrize(
    "text", ["", "x", "\x00\x00\x00\x00\x00", "' or 1=1 --", "& | ! ( :*", "a" * 5000]
)
def test_it_takes_any_nonsense_calmly(text: str, world: World, client_of: SignIn) -> None:
    assert client_of("ada").post(SIMILAR, {"text": text}, headers=PART).status_code == 200


def test_merging_counts_each_supporter_once(world: World, client_of: SignIn) -> None:
    first, second = (idea_of(world, text=f"Digitale nøkler {n}", by=by, visibility="federation")
                     for n, by in enumerate(("ada", "siv")))  # fmt: skip
    for idea in (first, second):
        support_idea(idea, actor=world.actor("dee"), at=TODAY, helps=4)
    support_idea(second, actor=world.actor("cai"), at=TODAY)
    case = Case.objects.get(idea=second)
    from loype.councils.actions import put_on_agenda

    put_on_agenda(case, meeting=world.meeting, actor=world.actor("bo"), at=TODAY)
    words = DecisionWords(outcome="merge", reasons="Samme sak", merged_into=first)
    council_to_portfolio(
        case, words=words, meeting=world.meeting, actor=world.actor("bo"), at=TODAY
    )
    people = set(Support.objects.filter(idea=first).values_list("person__name", flat=True))
    assert people == {"Dee", "Cai", "Siv"}
    page = client_of("ada").get(reverse("idea_page", args=[first.pk])).content.decode()
    assert "3 have this too" in page
    assert "It would help 4 people." in page
    merged = client_of("siv").get(reverse("idea_page", args=[second.pk])).content.decode()
    assert reverse("idea_page", args=[first.pk]) in merged
    assert "It lives on in" in merged
    assert "We have this too" not in merged


def test_it_shows_what_resembles_the_words_brought_from_the_front_page(
    world: World, client_of: SignIn
) -> None:
    idea_of(world, text="Digitale nøkler i hjemmetjenesten", by="siv")
    index_waiting(at=TODAY)
    page = client_of("ada").post(
        reverse("idea_new"), {"act": "begin", "text": "nøkler til hjemmetjenesten"}
    )
    assert "Others have something like it" in page.content.decode()
