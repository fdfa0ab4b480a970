"""Making an account: the code comes by mail, and a known domain lets people in by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from loype.history.models import Event
from loype.kernel.clock import now
from loype.organisations.actions import change_organisation, leave_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import Membership
from tests.cast import World
from tests.post import PostOffice

WORK = "nina@fjordvik.example"


@pytest.fixture
def open_door(world: World) -> World:
    """Fjordvik lets everybody in who has an address there."""
    change_organisation(
        world.fjordvik, email_domain="fjordvik.example", join_by_domain=True, actor=HOUSE, at=now()
    )
    return world


def sign_up(visitor: Client, email: str = WORK, language: str = "nb") -> Any:
    return visitor.post(
        reverse("account_signup"),
        {"name": "Nina", "email": email, "password1": "a long walk uphill"},
        headers={"Accept-Language": language},
    )


def code_to(post: PostOffice, email: str = WORK) -> str:
    post.deliver_waiting()
    found = re.search(r"\b[A-Z0-9]{3,}(?:-[A-Z0-9]+)*\b", post.text_to(email))
    assert found
    return found[0]


def confirm(visitor: Client, code: str) -> Any:
    return visitor.post(reverse("account_email_verification_sent"), {"code": code})


def test_it_lets_a_verified_address_in(open_door: World, post: PostOffice) -> None:
    visitor = Client()
    sign_up(visitor)
    assert not Membership.objects.filter(person__email=WORK).exists()
    answer = confirm(visitor, code_to(post))
    assert answer.headers["Location"] == reverse("home")
    held = Membership.objects.get(person__email=WORK)
    assert (held.role, held.organisation) == ("employee", open_door.fjordvik)


def test_it_lets_nobody_in_by_a_wrong_code(open_door: World, post: PostOffice) -> None:
    visitor = Client()
    sign_up(visitor)
    code_to(post)
    assert confirm(visitor, "WRONG1").status_code == 200
    assert not Membership.objects.filter(person__email=WORK).exists()
    assert visitor.get(reverse("profile")).status_code == 302


@pytest.mark.parametrize("email", ["nina@elsewhere.example", "nina@sub.fjordvik.example"])
def test_it_tells_those_of_other_domains_what_to_do(
    email: str, open_door: World, post: PostOffice
) -> None:
    visitor = Client()
    sign_up(visitor, email)
    answer = confirm(visitor, code_to(post, email))
    assert answer.headers["Location"] == reverse("organisation_none")
    page = visitor.get(reverse("organisation_none")).content.decode()
    assert email in page
    assert not Membership.objects.filter(person__email=email).exists()


def test_it_does_not_let_back_in_who_has_left(open_door: World, post: PostOffice) -> None:
    visitor = Client()
    sign_up(visitor)
    confirm(visitor, code_to(post))
    person = Person.objects.get(email=WORK)
    Membership.objects.filter(person=person).update(from_date="2026-01-01")
    leave_organisation(open_door.fjordvik, person=person, actor=HOUSE, at=now())
    visitor.post(reverse("account_email"), {"email": "n2@fjordvik.example", "action_add": "yes"})
    confirm(visitor, code_to(post, "n2@fjordvik.example"))
    assert not Membership.objects.filter(person=person, to_date=None).exists()


def test_a_second_address_lets_in_too_once_it_is_shown(open_door: World, post: PostOffice) -> None:
    visitor = Client()
    sign_up(visitor, "nina@private.example")
    confirm(visitor, code_to(post, "nina@private.example"))
    visitor.post(reverse("account_email"), {"email": WORK, "action_add": "yes"})
    assert (
        not Membership.objects.exists()
        or not Membership.objects.filter(person__name="Nina").exists()
    )
    confirm(visitor, code_to(post))
    assert Membership.objects.get(person__name="Nina").organisation == open_door.fjordvik


@pytest.mark.parametrize(
    ("header", "language"), [("no,en;q=0.5", "nb"), ("sv-FI", "sv"), ("fr, da;q=0.3", "da")]
)
def test_it_keeps_the_language_of_the_browser(header: str, language: str, post: PostOffice) -> None:
    sign_up(Client(), language=header)
    assert Person.objects.get(email=WORK).language == language


def test_it_takes_the_organisations_language_when_the_browser_says_nothing(
    open_door: World, post: PostOffice
) -> None:
    change_organisation(open_door.fjordvik, language="nn", actor=HOUSE, at=now())
    visitor = Client()
    sign_up(visitor, language="fr")
    assert Person.objects.get(email=WORK).language == ""
    confirm(visitor, code_to(post))
    assert Person.objects.get(email=WORK).language == "nn"


def test_it_writes_the_account_of_the_new_person(post: PostOffice) -> None:
    sign_up(Client())
    person = Person.objects.get(email=WORK)
    assert Event.objects.get(verb="open_account").thing_id == person.pk
    assert person.check_password("a long walk uphill")


def test_it_says_the_same_for_an_address_that_has_an_account(
    grown_up: Callable[..., Person], post: PostOffice
) -> None:
    grown_up(WORK)
    answer = sign_up(Client(), language="en")
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    post.deliver_waiting()
    assert "account" in post.to(WORK)[0]["Subject"]
    assert Person.objects.filter(email=WORK).count() == 1


def test_it_can_be_closed_to_all_but_the_invited(
    trail: Any, settings: Any, post: PostOffice
) -> None:
    settings.LOYPE_OPEN_SIGN_UP = False
    place = reverse("account_signup")
    assert "Only by invitation" in Client().get(place).content.decode()
    sign_up(Client())
    assert not Person.objects.filter(email=WORK).exists()
    invited = reverse("join", args=[trail.secret])
    assert 'name="password1"' in Client().get(place, {"next": invited}).content.decode()
    made_up = reverse("join", args=["x" * 43])
    assert "Only by invitation" in Client().get(place, {"next": made_up}).content.decode()


def test_it_leaves_nothing_half_made_when_the_mail_cannot_be_queued(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_facts: Any) -> None:
        raise OperationalError("the database went away")

    monkeypatch.setattr("loype.web.accounts.adapter.queue_mail", away)
    visitor = Client(raise_request_exception=False)
    assert sign_up(visitor).status_code == 503
    assert not Person.objects.filter(email=WORK).exists()
