"""The name of somebody who hid it stands nowhere; those who left are shown by role."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from loype.councils.actions import appoint_responsible
from loype.councils.models import Case
from loype.history.models import Event
from loype.ideas.actions import add_co_author, comment_on_idea, support_idea
from loype.ideas.models import Idea
from loype.mail.models import OutgoingMail
from loype.notices.actions import tell_about
from loype.notices.mailing import mail_waiting
from loype.organisations.actions import give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.trail.handovers import give_information
from tests.cast import BEGINNING, TODAY, World
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]
NAME = "Zenobia"


@pytest.fixture
def hidden(world: World) -> Idea:
    """A public idea whose giver hid her name, talked about by the giver and her co-author."""
    world.people["ada"].name = NAME
    world.people["ada"].save()
    world.people["cai"].name = "Quirin"
    world.people["cai"].save()
    idea = idea_of(world, text="Noe følsomt", visibility="public", anonymity="hidden")
    ada, bo = world.actor("ada"), world.actor("bo")
    add_co_author(idea, person=world.people["cai"], actor=ada, at=TODAY)
    comment_on_idea(idea, text="Fra giveren selv", actor=ada, at=TODAY)
    comment_on_idea(idea, text="Fra medforfatteren", actor=world.actor("cai"), at=TODAY)
    support_idea(idea, actor=bo, at=TODAY)
    appoint_responsible(Case.objects.get(idea=idea), person=world.people["siv"], actor=bo, at=TODAY)
    give_information(idea, text="Et tillegg fra giveren", actor=ada, at=TODAY)
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=TODAY)
    mail_waiting(at=TODAY + timedelta(days=2))
    return idea


def everything_shown(client: Client, idea: Idea) -> str:
    """All pages on which the idea is shown to somebody."""
    addresses = [
        "/", "/ideas/?scope=public", "/ideas/?scope=organisation", "/notices/",
        "/ideas/similar/?text=noe følsomt", reverse("idea_page", args=[idea.pk]),
        reverse("idea_page", args=[idea.pk]) + "?comments=all",
    ]  # fmt: skip
    pages = [client.get(address).content.decode() for address in addresses]
    table = client.get(reverse("idea_export") + "?scope=public")
    return "\n".join([*pages, b"".join(table.streaming_content).decode()])


@pytest.mark.parametrize("name", ["bo", "siv", "fia", "dee", "olaf", "eve"])
def test_a_hidden_name_leaks_nowhere(name: str, hidden: Idea, client_of: SignIn) -> None:
    shown = everything_shown(client_of(name), hidden)
    assert "Noe følsomt" in shown
    assert "Fra giveren selv" in shown
    assert "Et tillegg fra giveren" in shown
    assert NAME not in shown
    assert "Quirin" not in shown


def test_a_hidden_name_stands_in_no_mail_to_others(hidden: Idea, world: World) -> None:
    mails = OutgoingMail.objects.exclude(to=world.people["ada"].email)
    assert mails.exists()
    assert not [mail for mail in mails if NAME in mail.subject + mail.body + mail.html_body]


def test_the_giver_sees_their_own_name(hidden: Idea, client_of: SignIn) -> None:
    page = client_of("ada").get(reverse("idea_page", args=[hidden.pk])).content.decode()
    assert page.count(NAME) >= 3


@pytest.mark.parametrize(
    ("name", "sees"), [("bo", True), ("dee", True), ("olaf", True), ("eve", False)]
)
def test_an_open_name_is_for_those_who_belong_somewhere(
    name: str, sees: bool, world: World, client_of: SignIn
) -> None:
    world.people["ada"].name = NAME
    world.people["ada"].save()
    idea = idea_of(world, text="Noe åpent", visibility="public")
    comment_on_idea(idea, text="Fra giveren selv", actor=world.actor("ada"), at=TODAY)
    assert (NAME in everything_shown(client_of(name), idea)) is sees


def test_who_left_is_shown_by_role_only(world: World, client_of: SignIn) -> None:
    person = Person.objects.create_user("z@example.test", name=NAME, language="en")
    give_role(person, organisation=world.fjordvik, role="employee", actor=HOUSE, at=BEGINNING)
    world.people["zed"] = person
    idea = idea_of(world, text="Fra en som siden sluttet", by="zed", visibility="public")
    comment_on_idea(idea, text="Ord som blir stående", actor=world.actor("zed"), at=TODAY)
    assert NAME in everything_shown(client_of("bo"), idea)
    leave_organisation(world.fjordvik, person=person, actor=world.actor("zed"), at=TODAY)
    shown = everything_shown(client_of("bo"), idea)
    assert NAME not in shown
    assert "Ord som blir stående" in shown
    assert "A colleague" in shown


def test_the_table_names_only_who_may_be_named(
    hidden: Idea, world: World, client_of: SignIn
) -> None:
    idea_of(world, text="Noe åpent", visibility="public")
    response = client_of("bo").get(reverse("idea_export"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    given = {
        r["Title"]: r["Handed in by"] for r in csv.DictReader(io.StringIO(text), delimiter=";")
    }
    assert given == {"Noe følsomt": "", "Noe åpent": NAME}
