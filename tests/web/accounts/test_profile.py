"""One's own profile, data and tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.accounts.actions import hash_secret, use_token
from loype.accounts.models import ApiToken, Person
from loype.kernel.clock import now
from tests.cast import World

FACTS = {"name": "Ada Berg", "language": "da", "colour_scheme": "dark"}


def test_it_saves_the_profile(world: World, client_of: Callable[[str], Client]) -> None:
    ada = client_of("ada")
    assert ada.post(reverse("profile"), FACTS).status_code == 302
    saved = Person.objects.get(pk=world.people["ada"].pk)
    assert {key: getattr(saved, key) for key in FACTS} == FACTS
    shown = ada.get(reverse("profile")).content.decode()
    assert '<html lang="da" data-color-scheme="dark"' in shown


@pytest.mark.parametrize("facts", [{"name": " "}, {"language": "fr"}])
def test_it_keeps_what_was_typed_when_something_must_be_mended(
    facts: dict[str, str], client_of: Callable[[str], Client]
) -> None:
    answer = client_of("ada").post(reverse("profile"), {**FACTS, **facts})
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()


def test_it_exports_what_is_kept_about_oneself(
    trail: Any, client_of: Callable[[str], Client]
) -> None:
    answer = client_of("ada").get(reverse("profile_export"))
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["account"]["email"] == "ada@example.test"
    assert {one["title"] for one in told["ideas"]} >= {trail["idea"].title, trail["draft"].title}
    assert told["memberships"][0]["organisation"] == "Fjordvik kommune"
    assert told["tokens"][0]["name"] == "Regneark"
    text = answer.content.decode()
    assert "secret" not in text
    assert "password" not in text
    others = client_of("cai").get(reverse("profile_export"))
    assert trail["draft"].title not in others.content.decode()
    assert json.loads(others.content)["comments"][0]["text"] == trail["comment"].text


def make_token(client: Client, **facts: Any) -> Any:
    wanted = {"name": "Regneark", "scopes": ["read", "write"], "days": "30", **facts}
    return client.post(reverse("token_list"), wanted)


def secret_in(answer: Any) -> str:
    return str(answer.content.decode().split('id="secret">')[1].split("<")[0])


def test_it_shows_a_tokens_secret_once_and_keeps_only_its_hash(
    world: World, client_of: Callable[[str], Client]
) -> None:
    ada = client_of("ada")
    answer = make_token(ada)
    secret = secret_in(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in ada.get(reverse("token_list")).content.decode()
    token = ApiToken.objects.get(person=world.people["ada"])
    assert token.secret_hash == hash_secret(secret)
    assert secret not in str(token.__dict__)
    assert token.beginning == secret[:12]
    found = use_token(secret, at=now())
    assert found == token
    assert sorted(token.scopes) == ["read", "write"]
    assert "not used yet" not in ada.get(reverse("token_list")).content.decode()


def test_a_token_ends_by_itself_and_by_hand(
    world: World, client_of: Callable[[str], Client]
) -> None:
    ada = client_of("ada")
    secret = secret_in(make_token(ada))
    token = ApiToken.objects.get(person=world.people["ada"])
    assert use_token(secret, at=token.expires_at - timedelta(seconds=1)) is not None
    assert use_token(secret, at=token.expires_at) is None
    assert ada.post(reverse("token_revoke", args=[token.pk])).status_code == 302
    assert use_token(secret, at=now()) is None
    assert "Revoked" in ada.get(reverse("token_list")).content.decode()


def test_a_token_dies_with_its_account(world: World, client_of: Callable[[str], Client]) -> None:
    secret = secret_in(make_token(client_of("ada")))
    Person.objects.filter(pk=world.people["ada"].pk).update(is_active=False)
    assert use_token(secret, at=now()) is None


@pytest.mark.parametrize(
    "facts", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}]
)
def test_it_makes_no_token_without_what_it_needs(
    facts: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    assert make_token(client_of("ada"), **facts).status_code == 422
    assert not ApiToken.objects.exists()


def test_it_hides_the_tokens_of_others(trail: Any, client_of: Callable[[str], Client]) -> None:
    place = reverse("token_revoke", args=[trail["token"].pk])
    assert client_of("cai").post(place).status_code == 404
    assert "Regneark" not in client_of("cai").get(reverse("token_list")).content.decode()
    assert ApiToken.objects.get(pk=trail["token"].pk).revoked_at is None


@pytest.mark.parametrize(("name", "most"), [("profile", 10), ("token_list", 8)])
def test_it_stays_within_its_statements(
    name: str, most: int, trail: Any, client_of: Callable[[str], Client],
    statements: Callable[[], Any],
) -> None:  # fmt: skip
    ada = client_of("ada")
    with statements() as counted:
        ada.get(reverse(name))
    assert len(counted) <= most
