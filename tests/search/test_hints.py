"""“Somebody you work with has this”: only where the owner chose it, and nothing but the name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.errors import NotFound, WrongMoment
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.notices.words import explanation, headline
from loype.organisations.actions import change_organisation
from loype.search.hints import MOST_A_DAY, ask_for_contact, hints
from loype.search.indexing import index_waiting
from loype.search.models import ContactRequest
from tests.cast import TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]
TEXT = "Nøkler til hjemmetjenesten tar for lang tid å finne om kvelden."
PART = {"HX-Request": "true"}


def chosen(world: World, *, is_told: bool = True) -> None:
    """Elvestrand chooses to tell, or no longer."""
    change_organisation(
        world.organisations["elvestrand"], actor=world.actor("mia"), at=TODAY,
        tells_of_likeness=is_told,
    )  # fmt: skip


@pytest.fixture
def unseen(world: World) -> Idea:
    """An idea that only Elvestrand's own people read."""
    idea = idea_of(world, text=TEXT, by="dee")
    index_waiting(at=TODAY)
    return idea


def named(world: World, name: str, text: str = TEXT) -> list[str]:
    """What somebody is told while they type."""
    return [hint.organisation for hint in hints(text, actor=world.actor(name))]


def test_it_says_nothing_unless_the_owner_chose_it(world: World, unseen: Idea) -> None:
    assert named(world, "ada") == []
    chosen(world)
    assert named(world, "ada") == ["Elvestrand kommune"]
    chosen(world, is_told=False)
    assert named(world, "ada") == []


@pytest.mark.parametrize(
    ("name", "sees"),
    [("ada", True), ("gro", True), ("dee", False), ("mia", False), ("olaf", False), ("eve", False)],
)
def test_it_tells_those_who_work_together_and_cannot_see_it_themselves(
    world: World, unseen: Idea, name: str, sees: bool
) -> None:
    chosen(world)
    assert bool(named(world, name)) is sees


@pytest.mark.parametrize("visibility", ["confidential", "federation", "public"])
def test_it_hints_at_nothing_secret_and_nothing_that_is_found_anyway(
    world: World, visibility: str
) -> None:
    idea_of(world, text=TEXT, by="dee", visibility=visibility)
    index_waiting(at=TODAY)
    chosen(world)
    assert named(world, "ada") == []


def test_it_hints_only_at_the_same_need_and_not_from_a_word_or_two(
    world: World, unseen: Idea
) -> None:
    chosen(world)
    assert named(world, "ada", "nøkler til hjemmetjenesten") == []
    assert named(world, "ada", "Kantina bør få et bredere utvalg av varm mat til lunsj.") == []


def test_nothing_but_the_name_comes_out(world: World, unseen: Idea, client_of: SignIn) -> None:
    chosen(world)
    page = client_of("ada").post(reverse("idea_similar"), {"text": TEXT}, headers=PART).text
    assert "An organisation you work with has something like this." in page
    assert "Elvestrand kommune" in page
    assert "Ask for contact" in page
    shown = page.replace(f'value="{TEXT}"', "")
    assert unseen.title not in shown
    assert f"/ideas/{unseen.pk}/" not in page
    assert "data-band" not in page


def test_the_words_are_shared_only_when_one_asks(
    world: World, unseen: Idea, client_of: SignIn
) -> None:
    chosen(world)
    client = client_of("ada")
    client.post(reverse("idea_similar"), {"text": TEXT}, headers=PART)
    assert not ContactRequest.objects.exists()
    facts = {"owner": world.organisations["elvestrand"].pk, "text": TEXT}
    answer = client.post(reverse("idea_contact"), facts, headers=PART)
    assert "Elvestrand kommune is told who you are" in answer.text
    for event in Event.objects.filter(verb="ask_for_contact"):
        tell_about(event.pk, at=TODAY)
    [notice] = Notice.objects.filter(subject="contact_asked")
    assert notice.person == world.people["mia"]
    assert headline(notice.subject, notice.facts).startswith("Ada in Fjordvik kommune looks for")
    said = explanation(notice.subject, notice.facts)
    assert TEXT in said
    assert "ada@example.test" in said


def test_without_script_the_typed_words_stay(world: World, unseen: Idea, client_of: SignIn) -> None:
    chosen(world)
    facts = {"owner": world.organisations["elvestrand"].pk, "text": TEXT}
    page = client_of("ada").post(reverse("idea_contact"), facts).text
    assert f"{TEXT}</textarea>" in page
    assert "Elvestrand kommune is told who you are" in page


def test_both_sides_keep_it_in_their_history(world: World, unseen: Idea) -> None:
    chosen(world)
    elvestrand = world.organisations["elvestrand"]
    ask_for_contact(elvestrand, words=TEXT, actor=world.actor("ada"), at=TODAY)
    rows = Event.objects.filter(thing_kind="contact_request").order_by("pk")
    assert [(one.verb, one.organisation_id) for one in rows] == [
        ("ask_for_contact", elvestrand.pk),
        ("send_contact_request", world.fjordvik.pk),
    ]
    assert all(TEXT not in str(one.change) + one.reason for one in rows)


def test_asked_twice_it_is_told_once_and_there_is_a_limit_a_day(world: World, unseen: Idea) -> None:
    chosen(world)
    elvestrand, ada = world.organisations["elvestrand"], world.actor("ada")
    first = ask_for_contact(elvestrand, words=TEXT, actor=ada, at=TODAY)
    assert ask_for_contact(elvestrand, words=TEXT, actor=ada, at=TODAY) == first
    for number in range(1, MOST_A_DAY):
        ask_for_contact(elvestrand, words=f"{TEXT} {'!' * number}", actor=ada, at=TODAY)
    with pytest.raises(WrongMoment, match="tomorrow"):
        ask_for_contact(elvestrand, words=f"{TEXT} ?", actor=ada, at=TODAY)
    later = TODAY + timedelta(days=1, minutes=1)
    assert ask_for_contact(elvestrand, words=f"{TEXT} ?", actor=ada, at=later).pk


def test_one_cannot_ask_where_no_hint_was_given(world: World, unseen: Idea) -> None:
    elvestrand = world.organisations["elvestrand"]
    with pytest.raises(NotFound):
        ask_for_contact(elvestrand, words=TEXT, actor=world.actor("ada"), at=TODAY)
    chosen(world)
    with pytest.raises(NotFound):
        ask_for_contact(
            elvestrand, words="Noe helt annet enn det noen har skrevet om.",
            actor=world.actor("ada"), at=TODAY,
        )  # fmt: skip
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize(
    ("name", "sees"),
    [("ada", True), ("mia", True), ("bo", False), ("dee", False), ("eve", False)],
)
def test_the_request_is_read_by_who_asked_and_who_answers(
    world: World, unseen: Idea, name: str, sees: bool
) -> None:
    chosen(world)
    ask_for_contact(
        world.organisations["elvestrand"], words=TEXT, actor=world.actor("ada"), at=TODAY
    )
    assert ContactRequest.objects.visible_to(world.actor(name)).exists() is sees
