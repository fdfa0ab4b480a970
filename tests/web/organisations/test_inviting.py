"""Inviting somebody: the letter goes out by SMTP, and its address lets one person in, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from loype.accounts.actions import hash_secret
from loype.kernel.clock import now
from loype.mail.models import OutgoingMail
from loype.organisations.models import Invitation, Membership
from tests.cast import World
from tests.post import PostOffice

NEW = "nina@example.test"


def invite(client: Client, **facts: Any) -> Any:
    return client.post(
        reverse("organisation_invitations"), {"email": NEW, "roles": ["decider"], **facts}
    )


def test_it_leads_a_newcomer_from_the_letter_to_the_organisation(
    world: World, client_of: Callable[[str], Client], post: PostOffice
) -> None:
    answer = invite(client_of("siv"), unit=str(world.unit.pk), job_title="Rådgiver")  # type: ignore[union-attr]
    assert answer.status_code == 302
    assert post.deliver_waiting() == 1
    letter = post.to(NEW)[0]
    with translation.override("nb"):  # the organisation's language: nobody knows Nina's yet
        subject = gettext("Join %(organisation)s in Løype") % {"organisation": world.fjordvik}
    assert letter["Subject"] == subject
    place = post.address_in_last(NEW)

    visitor = Client()
    shown = visitor.get(place).content.decode()
    assert "Siv" in shown
    assert "Fjordvik kommune" in shown
    assert "Rådgiver" in shown
    assert (
        visitor.post(place).headers["Location"]
        == f"{reverse('account_login')}?next={place.replace('/', '%2F')}"
    )
    sign_up = re.search(r'href="(/account/signup/\?next=[^"]+)"', shown)
    assert sign_up
    page = visitor.get(sign_up[1]).content.decode()
    assert f'name="next" value="{place}"' in page
    visitor.post(
        reverse("account_signup"),
        {"name": "Nina", "email": NEW, "password1": "a long walk uphill", "next": place},
        headers={"Accept-Language": "da"},
    )
    post.deliver_waiting()
    code = re.search(r"\b[A-Z0-9-]{6,}\b", post.text_to(NEW))
    assert code
    answer = visitor.post(reverse("account_email_verification_sent"), {"code": code[0]})
    assert answer.headers["Location"] == place

    assert visitor.post(place).status_code == 302
    held = Membership.objects.filter(person__email=NEW)
    assert {(one.role, one.organisation_id) for one in held} == {
        ("employee", world.fjordvik.pk),
        ("decider", world.fjordvik.pk),
    }
    assert {(one.unit_id, one.job_title) for one in held} == {(world.unit.pk, "Rådgiver")}  # type: ignore[union-attr]
    assert held[0].person.language == "da"
    assert Client().get(place).status_code == 410
    assert "already used" in Client().get(place).content.decode()


def test_it_keeps_only_the_fingerprint_of_the_secret(
    client_of: Callable[[str], Client], post: PostOffice
) -> None:
    invite(client_of("siv"))
    post.deliver_waiting()
    secret = post.address_in_last(NEW).split("/")[2]
    kept = Invitation.objects.get(email=NEW)
    assert kept.secret_hash == hash_secret(secret)
    assert secret not in str(kept.__dict__)
    assert OutgoingMail.objects.get(to=NEW).body == ""


def test_it_says_that_an_old_letter_no_longer_works(
    client_of: Callable[[str], Client], post: PostOffice
) -> None:
    invite(client_of("siv"))
    post.deliver_waiting()
    place = post.address_in_last(NEW)
    Invitation.objects.filter(email=NEW).update(expires_at=now() - timedelta(minutes=1))
    answer = client_of("dee").get(place)
    assert answer.status_code == 410
    assert "no longer works" in answer.content.decode()
    assert client_of("dee").post(place).status_code == 410
    assert not Membership.objects.filter(person__name="Dee", role="decider").exists()


def test_it_says_nothing_about_letters_that_never_were(client_of: Callable[[str], Client]) -> None:
    answer = client_of("eve").get(reverse("join", args=["made-up"]))
    assert answer.status_code == 404
    assert "no invitation at this address" in answer.content.decode()


def test_it_stops_the_old_letter_when_it_sends_a_new_one(
    client_of: Callable[[str], Client], post: PostOffice
) -> None:
    siv = client_of("siv")
    invite(siv)
    post.deliver_waiting()
    first = post.address_in_last(NEW)
    siv.post(reverse("organisation_invitation_resend", args=[Invitation.objects.get().pk]))
    post.deliver_waiting()
    second = post.address_in_last(NEW)
    assert first != second
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    assert len(post.to(NEW)) == 2


def test_it_takes_a_letter_back(client_of: Callable[[str], Client], post: PostOffice) -> None:
    siv = client_of("siv")
    invite(siv)
    post.deliver_waiting()
    siv.post(reverse("organisation_invitation_withdraw", args=[Invitation.objects.get().pk]))
    assert Client().get(post.address_in_last(NEW)).status_code == 410
    assert (
        "All invitations are answered"
        in siv.get(reverse("organisation_invitations")).content.decode()
    )


def test_it_warns_somebody_signed_in_with_another_address(
    world: World, client_of: Callable[[str], Client], post: PostOffice
) -> None:
    invite(client_of("siv"))
    post.deliver_waiting()
    shown = client_of("dee").get(post.address_in_last(NEW)).content.decode()
    assert "dee@example.test" in shown
    assert "another address" in shown


def test_it_says_beside_the_field_that_somebody_is_here_already(
    client_of: Callable[[str], Client],
) -> None:
    answer = invite(client_of("siv"), email="ADA@example.test", job_title="Kept")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "already belongs" in shown
    assert 'value="Kept"' in shown


@pytest.mark.parametrize("act", ["resend", "withdraw"])
def test_it_hides_the_letters_of_other_organisations(
    act: str, client_of: Callable[[str], Client], post: PostOffice
) -> None:
    invite(client_of("siv"))
    place = reverse(f"organisation_invitation_{act}", args=[Invitation.objects.get().pk])
    assert client_of("olaf").post(place).status_code == 404
    assert NEW not in client_of("olaf").get(reverse("organisation_invitations")).content.decode()
