"""Changing an idea while it waits; adding to it afterwards; never losing what was typed."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from loype.ideas.actions import add_co_author, edit_idea
from loype.ideas.models import CoAuthor, Idea
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from tests.cast import TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]


def facts_of(idea: Idea, **changed: str) -> dict[str, str]:
    facts = {
        "title": idea.title, "text": idea.text, "kind": idea.kind, "language": idea.language,
        "visibility": idea.visibility, "anonymity": idea.anonymity, "version": str(idea.version),
    }  # fmt: skip
    return facts | changed


def test_it_changes_the_words(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Første utkast")
    address = reverse("idea_edit", args=[idea.pk])
    client = client_of("ada")
    assert "Første utkast</textarea>" in client.get(address).content.decode()
    response = client.post(address, facts_of(idea, title="Ny tittel", text="Andre utkast"))
    assert response["Location"] == reverse("idea_page", args=[idea.pk])
    idea.refresh_from_db()
    assert (idea.title, idea.text) == ("Ny tittel", "Andre utkast")


def test_it_keeps_what_a_co_author_typed_beside_what_they_may_not(
    world: World, client_of: SignIn
) -> None:
    idea, dee = idea_of(world, text="Opprinnelig tekst"), world.people["dee"]
    give_role(dee, organisation=world.fjordvik, role="employee", actor=HOUSE, at=TODAY)
    add_co_author(idea, person=dee, actor=world.actor("ada"), at=TODAY)
    address = reverse("idea_edit", args=[idea.pk])
    response = client_of("dee").post(
        address, facts_of(idea, text="Tekst fra Dee", visibility="public")
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert "Tekst fra Dee</textarea>" in page
    assert "Only the owner lets more people read this." in page
    idea.refresh_from_db()
    assert (idea.text, idea.visibility) == ("Opprinnelig tekst", "organisation")


def test_it_says_what_is_wrong_with_a_withdrawal(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Opprinnelig tekst")
    response = client_of("ada").post(
        reverse("idea_withdraw", args=[idea.pk]), {"reason": "Løst.\r\n" * 80}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Løst.") == 80
    assert 'class="fold" open><summary>Withdraw it' in page
    assert page.count('href="#withdraw_reason"') == 1
    idea.refresh_from_db()
    assert idea.state == "submitted"


def test_it_shows_both_texts_when_somebody_was_quicker(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Opprinnelig tekst")
    add_co_author(idea, person=world.people["cai"], actor=world.actor("ada"), at=TODAY)
    edit_idea(idea, actor=world.actor("cai"), at=TODAY, text="Tekst fra Cai")
    client = client_of("ada")
    response = client.post(
        reverse("idea_edit", args=[idea.pk]), facts_of(idea, text="Tekst fra Ada", title="Min")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "<p>Tekst fra Cai</p>" in page
    assert "Tekst fra Ada</textarea>" in page
    assert 'value="Min"' in page
    newest = Idea.objects.get(pk=idea.pk)
    assert newest.text == "Tekst fra Cai"
    assert f'name="version" value="{newest.version}"' in page
    again = client.post(
        reverse("idea_edit", args=[idea.pk]), facts_of(newest, text="Tekst fra Ada")
    )
    assert again.status_code == 302
    assert Idea.objects.get(pk=idea.pk).text == "Tekst fra Ada"


def test_it_keeps_what_was_typed_when_something_is_wrong(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="En tekst")
    response = client_of("ada").post(
        reverse("idea_edit", args=[idea.pk]), facts_of(idea, text=" ", title="Behold meg")
    )
    assert response.status_code == 422
    assert 'value="Behold meg"' in response.content.decode()
    idea.refresh_from_db()
    assert idea.text == "En tekst"


def test_once_taken_up_the_words_become_an_addition(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe som er tatt opp")
    appoint_responsible(
        Case.objects.get(idea=idea), person=world.people["cai"], actor=world.actor("bo"), at=TODAY
    )
    client, address = client_of("ada"), reverse("idea_edit", args=[idea.pk])
    page = client.get(address)
    assert page.status_code == 200
    assert "What you add stands below them" in page.content.decode()
    late = client.post(address, facts_of(idea, text="Det jeg rakk å skrive"))
    assert late.status_code == 409
    assert "Det jeg rakk å skrive</textarea>" in late.content.decode()
    client.post(reverse("idea_comment", args=[idea.pk]), {"text": "Et tillegg", "kind": "addition"})
    shown = client.get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "Et tillegg" in shown
    assert "addition from the giver" in shown
    idea.refresh_from_db()
    assert idea.text == "Noe som er tatt opp"


def test_nobody_else_adds_in_the_givers_name(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe som er tatt opp")
    response = client_of("bo").post(
        reverse("idea_comment", args=[idea.pk]), {"text": "Jeg later som", "kind": "addition"}
    )
    assert response.status_code == 422
    assert idea.comments.count() == 0


def test_a_colleague_writes_along_by_name_or_address(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="En felles idé")
    client, address = client_of("ada"), reverse("idea_co_authors", args=[idea.pk])
    assert client.post(address, {"person": " cai "}).status_code == 302
    assert client.post(address, {"person": "BO@example.test"}).status_code == 302
    assert set(CoAuthor.objects.values_list("person__name", flat=True)) == {"Cai", "Bo"}
    for wrong in ("Nobody", "Dee", "ada"):
        refused = client.post(address, {"person": wrong})
        assert refused.status_code == 422
        assert f'value="{wrong}"' in refused.content.decode()
    assert client_of("cai").get(reverse("idea_edit", args=[idea.pk])).status_code == 200
    assert client_of("cai").post(address, {"person": "Siv"}).status_code == 403
    client.post(address, {"remove": str(world.people["bo"].pk)})
    assert list(CoAuthor.objects.values_list("person__name", flat=True)) == ["Cai"]
    assert client.post(address, {"remove": "9" * 400}).status_code == 404


def test_two_of_the_same_name_need_an_address(world: World, client_of: SignIn) -> None:
    world.people["bo"].name = "Cai"
    world.people["bo"].save()
    idea = idea_of(world, text="En felles idé")
    refused = client_of("ada").post(reverse("idea_co_authors", args=[idea.pk]), {"person": "Cai"})
    assert refused.status_code == 422
    assert "Write the e-mail address instead" in refused.content.decode()
