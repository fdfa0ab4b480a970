"""Handing in: three choices and a few words, then a receipt."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from loype.councils.models import Case
from loype.ideas.models import Idea
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from loype.web.ideas.views import handing_in
from tests.cast import BEGINNING, World

SignIn = Callable[[str], Client]
NEW = "/ideas/new/"
KEY = "11111111-2222-4333-8444-555555555555"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Fields(HTMLParser):
    """The controls of the form that is called hand-in, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside = False
        self.kinds: dict[str, str] = {}
        self.required: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "form":
            self.inside = facts.get("id") == "hand-in"
        name = facts.get("name")
        if not self.inside or tag not in ("input", "textarea", "select") or not name:
            return
        kind = facts.get("type") or tag
        if kind != "hidden":
            self.kinds[name] = kind
            if "required" in facts:
                self.required.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def send(client: Client, **facts: str) -> str:
    """Send the form and give the address that it leads to."""
    response = client.post(NEW, {"kind": "idea", "text": "En idé", "act": "send", **facts})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


@pytest.mark.requirement("EP-13")
def test_it_asks_for_one_text_and_one_choice(client_of: SignIn) -> None:
    fields = Fields(client_of("ada").get(NEW).content.decode())
    assert fields.kinds == {"kind": "radio", "text": "textarea"}
    assert fields.required == {"kind", "text"}


@pytest.mark.requirement("EP-13")
def test_it_asks_where_only_those_who_belong_to_several(world: World, client_of: SignIn) -> None:
    give_role(
        world.people["ada"], organisation=world.organisations["elvestrand"], role="employee",
        actor=HOUSE, at=BEGINNING,
    )  # fmt: skip
    client = client_of("ada")
    fields = Fields(client.get(NEW).content.decode())
    assert fields.kinds == {"organisation": "radio", "kind": "radio", "text": "textarea"}
    send(client, organisation=str(world.organisations["elvestrand"].pk))
    assert Idea.objects.get().organisation == world.organisations["elvestrand"]


def test_it_refuses_an_organisation_one_does_not_belong_to(world: World, client_of: SignIn) -> None:
    give_role(
        world.people["ada"], organisation=world.organisations["elvestrand"], role="employee",
        actor=HOUSE, at=BEGINNING,
    )  # fmt: skip
    facts = {"kind": "idea", "text": "En idé", "act": "send",
             "organisation": str(world.organisations["sundkobing"].pk)}  # fmt: skip
    response = client_of("ada").post(NEW, facts)
    assert response.status_code == 422
    assert not Idea.objects.exists()


@pytest.mark.requirement("EP-13")
@pytest.mark.requirement("ROR-04")
def test_it_gives_a_receipt_with_number_next_step_and_days(
    world: World, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "now", lambda: MONDAY)
    client = client_of("ada")
    page = client.get(send(client)).content.decode()
    idea = Idea.objects.get()
    assert idea.case_number == "FJO-2026-0001"
    assert "FJO-2026-0001" in page
    assert 'datetime="2026-03-03"' in page  # the receipt: one working day
    assert 'datetime="2026-03-09"' in page  # somebody responsible: five
    assert 'datetime="2026-03-30"' in page  # the decision: twenty
    assert "Innovasjonsrådet i Fjordvik names one colleague who is responsible" in page
    assert Case.objects.get(idea=idea).waiting_since.date() == date(2026, 3, 2)


def test_the_receipt_names_who_is_responsible_once_somebody_is(
    world: World, client_of: SignIn
) -> None:
    from loype.councils.actions import appoint_responsible

    client = client_of("ada")
    address = send(client)
    appoint_responsible(
        Case.objects.get(), person=world.people["cai"], actor=world.actor("bo"), at=MONDAY
    )
    assert "Cai follows it up." in client.get(address).content.decode()


@pytest.mark.requirement("ROR-21")
def test_a_need_is_handed_in_without_any_solution(client_of: SignIn) -> None:
    client = client_of("ada")
    page = client.get(NEW).content.decode()
    assert page.index('value="need"') < page.index("<textarea")
    assert "Something does not work. I have no solution." in page
    send(client, kind="need", text="Vi finner ikke nøklene.")
    idea = Idea.objects.get()
    assert (idea.kind, idea.state, idea.title) == ("need", "submitted", "Vi finner ikke nøklene")


@pytest.mark.requirement("ROR-05")
def test_a_change_of_the_service_without_anything_digital_is_welcome(
    world: World, client_of: SignIn
) -> None:
    client = client_of("ada")
    client.get(send(client))
    idea = Idea.objects.get()
    facts = {
        "part": "details", "title": "", "changes_service": "yes", "digital_element": "none",
        "unit": str(world.unit.pk), "visibility": "federation", "language": "nb",
        "anonymity": "hidden", "version": str(idea.version),
    }  # fmt: skip
    assert client.post(reverse("idea_edit", args=[idea.pk]), facts).status_code == 302
    idea.refresh_from_db()
    assert (idea.changes_service, idea.digital_element) == (True, "none")
    assert (idea.unit, idea.visibility, idea.anonymity) == (world.unit, "federation", "hidden")
    assert (idea.title, idea.text) == ("En idé", "En idé")
    page = client.get(reverse("idea_page", args=[idea.pk])).content.decode()
    assert "Nothing digital" in page
    assert "Changes how the service is delivered" in page


@pytest.mark.requirement("ROR-04")
def test_it_is_taken_in_on_any_day_and_waits_in_the_queue(client_of: SignIn) -> None:
    send(client_of("ada"))
    assert Case.objects.get().state == "waiting"


def test_the_home_page_hands_its_words_over(client_of: SignIn) -> None:
    client = client_of("ada")
    response = client.post(NEW, {"act": "begin", "text": "Nøklene <b>ligger</b> på kontoret"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Nøklene &lt;b&gt;ligger&lt;/b&gt; på kontoret</textarea>" in page
    assert "error-summary" not in page
    assert not Idea.objects.exists()


def test_it_keeps_everything_typed_when_something_is_missing(client_of: SignIn) -> None:
    response = client_of("ada").post(NEW, {"text": "Lang tekst", "act": "send", "form_key": KEY})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Lang tekst</textarea>" in page
    assert KEY in page
    assert 'href="#id_kind"' in page
    assert not Idea.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 20_001, "\u200b"])
def test_it_refuses_a_text_that_cannot_be_used(text: str, client_of: SignIn) -> None:
    response = client_of("ada").post(NEW, {"kind": "idea", "text": text, "act": "send"})
    assert response.status_code == 422
    assert not Idea.objects.exists()


def test_a_draft_is_seen_by_its_giver_only_and_sent_later(client_of: SignIn) -> None:
    client = client_of("ada")
    response = client.post(NEW, {"text": "Halvferdig tanke", "act": "draft"})
    idea = Idea.objects.get()
    address = reverse("idea_page", args=[idea.pk])
    assert response["Location"] == address
    assert (idea.state, idea.case_number) == ("draft", None)
    assert client_of("bo").get(address).status_code == 404
    assert "Halvferdig tanke" in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert "Not handed in yet" in page
    assert f'action="{reverse("idea_submit", args=[idea.pk])}"' in page
    sent = client.post(reverse("idea_submit", args=[idea.pk]))
    assert sent["Location"] == reverse("idea_receipt", args=[idea.pk])
    idea.refresh_from_db()
    assert (idea.state, idea.case_number is not None) == ("submitted", True)


def test_sending_the_same_form_twice_makes_one_idea(client_of: SignIn) -> None:
    client = client_of("ada")
    first, second = send(client, form_key=KEY), send(client, form_key=KEY)
    assert first == second
    assert Idea.objects.count() == Case.objects.count() == 1


def test_a_draft_that_is_sent_from_the_same_form_becomes_that_idea(client_of: SignIn) -> None:
    client = client_of("ada")
    client.post(NEW, {"text": "Først", "act": "draft", "form_key": KEY})
    send(client, text="Så mer", kind="need", form_key=KEY)
    idea = Idea.objects.get()
    assert (idea.text, idea.kind, idea.state) == ("Så mer", "need", "submitted")


def test_the_same_words_in_a_new_form_are_a_new_idea(client_of: SignIn) -> None:
    client = client_of("ada")
    keys = [re.search(r'name="form_key" value="([^"]+)"', client.get(NEW).content.decode())[1]
            for _ in range(2)]  # fmt: skip
    assert send(client, form_key=keys[0]) != send(client, form_key=keys[1])


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_idea(world: World, client_of: SignIn) -> None:
    clients = [client_of("ada") for _ in range(4)]
    ready = threading.Barrier(len(clients))
    found: list[str] = []

    def press(client: Client) -> None:
        ready.wait()
        try:
            found.append(send(client, form_key=KEY))
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(client,)) for client in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert list(Idea.objects.values_list("case_number", flat=True)) == ["FJO-2026-0001".replace(
        "2026", str(Idea.objects.get().submitted_at.year))]  # fmt: skip


def test_somebody_who_belongs_nowhere_is_told_so(world: World) -> None:
    from loype.accounts.models import Person

    client = Client()
    nobody = Person.objects.create_user("new@example.test", name="New", language="en")
    client.force_login(nobody, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(NEW)
    assert response.status_code == 403
    assert "do not belong to an organisation" in response.content.decode()
    assert "do not belong to an organisation" in client.get("/").content.decode()
