"""Passwords, sessions, the second step: what allauth does, in our pages and our mails."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from loype.accounts.models import Person
from tests.cast import PASSWORD, World
from tests.post import PostOffice

EMAIL = "kari@fjordvik.example"
GrownUp = Callable[..., Person]


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_it_signs_in_whatever_the_case_of_the_address(grown_up: GrownUp) -> None:
    grown_up(EMAIL)
    client = Client()
    assert sign_in(client, email=EMAIL.upper()).status_code == 302
    assert client.get(reverse("profile")).status_code == 200


def test_it_says_one_thing_for_a_wrong_password_and_an_unknown_address(grown_up: GrownUp) -> None:
    grown_up(EMAIL)
    known = sign_in(Client(), "wrong").content.decode()
    unknown = sign_in(Client(), "wrong", "nobody@fjordvik.example").content.decode()
    for shown in (known, unknown):
        assert "are not correct" in shown


def test_it_sends_one_back_to_the_page_asked_for(grown_up: GrownUp) -> None:
    grown_up(EMAIL)
    client = Client()
    wanted = client.get(reverse("token_list")).headers["Location"]
    answer = client.post(
        wanted, {"login": EMAIL, "password": PASSWORD, "next": reverse("token_list")}
    )
    assert answer.headers["Location"] == reverse("token_list")
    away = client.post(reverse("account_logout"), {"next": "https://elsewhere.example/"})
    assert "elsewhere" not in away.headers["Location"]


def show_again(client: Client) -> None:
    """Before anything that protects the account, the password is asked for once more."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("language", ["nb", "da"])
def test_it_resets_a_password_by_mail_in_the_persons_language(
    language: str, grown_up: GrownUp, post: PostOffice
) -> None:
    from django.utils import translation
    from django.utils.translation import gettext

    person = grown_up(EMAIL, language=language)
    visitor = Client()
    visitor.post(
        reverse("account_reset_password"), {"email": EMAIL}, headers={"Accept-Language": "sv"}
    )
    post.deliver_waiting()
    with translation.override(language):
        subject = gettext("Choose a new password")
    assert post.to(EMAIL)[0]["Subject"] == f"{subject} – Løype"
    place = post.address_in_last(EMAIL)
    form = visitor.get(place, follow=True)
    answer = visitor.post(
        form.redirect_chain[-1][0],
        {"password1": "another walk downhill", "password2": "another walk downhill"},
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password("another walk downhill")
    assert "does not work any more" in Client().get(place, follow=True).content.decode()


def test_the_mail_is_rendered_in_the_persons_language(
    grown_up: GrownUp, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import translation

    from loype.web.accounts.adapter import Adapter

    spoken = []
    real = Adapter.render_mail

    def watched(self: Adapter, *arguments: Any, **options: Any) -> Any:
        spoken.append(translation.get_language())
        return real(self, *arguments, **options)

    monkeypatch.setattr(Adapter, "render_mail", watched)
    grown_up(EMAIL, language="nn")
    Client().post(
        reverse("account_reset_password"), {"email": EMAIL}, headers={"Accept-Language": "sv"}
    )
    assert spoken == ["nn"]


def test_it_tells_an_unknown_address_that_there_is_no_account(post: PostOffice) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": "x@example.test"})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    post.deliver_waiting()
    assert "no account" in post.text_to("x@example.test")


def test_it_lists_sessions_and_ends_the_others(grown_up: GrownUp) -> None:
    grown_up(EMAIL)
    phone, office = Client(), Client()
    phone.post(
        reverse("account_login"), {"login": EMAIL, "password": PASSWORD},
        headers={"User-Agent": "Telephone in the field"},
    )  # fmt: skip
    sign_in(office)
    for client, agent in ((phone, "Telephone in the field"), (office, "Office")):
        client.get(reverse("profile"), headers={"User-Agent": agent})
    shown = office.get(reverse("usersessions_list")).content.decode()
    assert "Telephone in the field" in shown
    office.post(reverse("usersessions_list"))
    assert phone.get(reverse("profile")).status_code == 302
    assert office.get(reverse("profile")).status_code == 200


def test_it_ends_no_session_of_somebody_else(grown_up: GrownUp) -> None:
    grown_up(EMAIL)
    grown_up("ola@fjordvik.example")
    kari, ola = Client(), Client()
    sign_in(kari)
    sign_in(ola, email="ola@fjordvik.example")
    ola.post(reverse("usersessions_list"))
    assert kari.get(reverse("profile")).status_code == 200


def six_digits(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_it_asks_for_the_second_step_once_an_app_is_in_use(
    grown_up: GrownUp, post: PostOffice, django_capture_on_commit_callbacks: Any
) -> None:
    grown_up(EMAIL)
    client = Client()
    sign_in(client)
    place = reverse("mfa_activate_totp")
    assert client.get(place).headers["Location"].startswith(reverse("account_reauthenticate"))
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert "Incorrect password" in wrong.content.decode()
    show_again(client)
    page = client.get(place)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert client.post(place, {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(place, {"code": six_digits(secret)}).status_code == 302
    post.deliver_waiting()
    assert "second step" in post.text_to(EMAIL)

    again = Client()
    answer = sign_in(again)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert again.get(reverse("profile")).status_code == 302
    wrong = again.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert again.get(reverse("profile")).status_code == 200


def test_it_offers_demo_people_only_where_the_operator_names_them(
    grown_up: GrownUp, settings: Any
) -> None:
    grown_up(EMAIL)
    place = reverse("account_login")
    assert EMAIL not in Client().get(place).content.decode()
    settings.LOYPE_DEMO_PEOPLE = f"{EMAIL}=Kari, a nurse in Fjordvik; bo@fjordvik.example"
    assert EMAIL not in Client().get(place).content.decode()
    settings.LOYPE_DEMO_PASSWORD = PASSWORD
    shown = Client().get(place).content.decode()
    assert "Kari, a nurse in Fjordvik" in shown
    assert "bo@fjordvik.example" in shown


PAGES = (
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
)  # fmt: skip
OWN_PAGES = (
    "account_logout", "account_email", "account_change_password", "account_reauthenticate",
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "usersessions_list",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES + OWN_PAGES)
def test_its_pages_look_like_the_rest_and_run_no_script_of_their_own(
    name: str, grown_up: GrownUp
) -> None:
    client = Client()
    if name in OWN_PAGES:
        grown_up(EMAIL)
        sign_in(client)
        show_again(client)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert 'class="wrap page"' in shown
    assert shown.count("<h1>") == 1
    assert "placeholder=" not in shown
    assert not re.search(r'\sstyle="|\son[a-z]+="', shown)
    for tag in re.findall(r"<script\b[^>]*>", shown):
        assert "src=" in tag or 'type="application/json"' in tag


def test_the_hashes_of_passwords_are_slow_enough(world: World, grown_up: GrownUp) -> None:
    person = grown_up(EMAIL)
    assert person.password.startswith("scrypt$")
    begun = time.perf_counter()
    person.check_password("wrong")
    assert time.perf_counter() - begun > 0.005
