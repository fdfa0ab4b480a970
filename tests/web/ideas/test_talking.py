"""Support, follow, comment: each by a plain form that works without any script."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from loype.history.models import Event
from loype.ideas.actions import add_co_author
from loype.ideas.models import Comment, Follow, Mention, Support
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from tests.cast import TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]


def test_support_is_counted_once_and_can_be_taken_back(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe flere har")
    client, address = client_of("bo"), reverse("idea_support", args=[idea.pk])
    assert client.post(address, {"helps": "12", "note": "Hver morgen"})["Location"] == (
        reverse("idea_page", args=[idea.pk]) + "#support"
    )
    client.post(address, {"helps": "14"})
    assert Support.objects.get().helps == 14
    page = client.get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "1 has this too" in page
    assert "It would help 14 people." in page
    client.post(reverse("idea_unsupport", args=[idea.pk]))
    idea.refresh_from_db()
    assert (idea.support_count, idea.helps_count) == (0, 0)


def test_a_number_that_cannot_be_is_refused_with_the_words_kept(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Noe flere har")
    response = client_of("bo").post(
        reverse("idea_support", args=[idea.pk]), {"helps": "-3", "note": "Behold meg"}
    )
    assert response.status_code == 422
    assert "Behold meg" in response.content.decode()
    assert not Support.objects.exists()


def test_a_co_author_may_follow_what_only_the_council_reads(
    world: World, client_of: SignIn
) -> None:
    dee, home = world.people["dee"], world.fjordvik
    give_role(dee, organisation=home, role="employee", actor=HOUSE, at=TODAY)
    idea = idea_of(world, text="Om turnusen.", visibility="confidential")
    client, address = client_of("dee"), reverse("idea_follow", args=[idea.pk])
    assert client.post(address).status_code == 404
    add_co_author(idea, person=dee, actor=world.actor("ada"), at=TODAY)
    client.post(reverse("idea_unfollow", args=[idea.pk]))
    assert client.post(address).status_code == 302
    assert Follow.objects.filter(idea=idea, person=dee).exists()


def test_following_brings_news(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe å følge med på")
    client = client_of("cai")
    client.post(reverse("idea_follow", args=[idea.pk]))
    assert Follow.objects.filter(person=world.people["cai"]).exists()
    page = client.get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "Stop following" in page
    client.post(reverse("idea_unfollow", args=[idea.pk]))
    assert not Follow.objects.filter(person=world.people["cai"]).exists()


def test_a_colleague_is_called_with_their_name(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe å snakke om")
    client_of("bo").post(
        reverse("idea_comment", args=[idea.pk]), {"text": "Hva mener du, @cai? Og @dee?"}
    )
    assert list(Mention.objects.values_list("person__name", flat=True)) == ["Cai"]
    tell_about(Event.objects.filter(verb="comment_on_idea").latest("pk").pk, at=TODAY)
    assert Notice.objects.get(person=world.people["cai"]).subject == "mentioned"


def test_a_question_to_the_giver_is_marked_as_one(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe å spørre om")
    address = reverse("idea_comment", args=[idea.pk])
    client_of("bo").post(address, {"text": "Hvor ofte?", "kind": "question"})
    page = client_of("ada").get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "question to the giver" in page


def test_words_are_taken_away_by_who_wrote_them_or_an_administrator(
    world: World, client_of: SignIn
) -> None:
    idea = idea_of(world, text="Noe å snakke om")
    for text in ("Første ord", "Andre ord"):
        client_of("bo").post(reverse("idea_comment", args=[idea.pk]), {"text": text})
    first, second = Comment.objects.order_by("pk")

    def remove(name: str, comment: Comment) -> int:
        address = reverse("idea_comment_remove", args=[idea.pk, comment.pk])
        return client_of(name).post(address).status_code

    assert remove("cai", first) == 403
    assert remove("bo", first) == 302
    assert remove("siv", second) == 302
    page = client_of("ada").get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "Første ord" not in page
    assert page.count("Taken away.") == 2


def test_an_empty_comment_is_refused(world: World, client_of: SignIn) -> None:
    idea = idea_of(world, text="Noe å snakke om")
    response = client_of("bo").post(reverse("idea_comment", args=[idea.pk]), {"text": " "})
    assert response.status_code == 422
    assert not Comment.objects.exists()
