"""An administrator's settings, colour and logo; the short form for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loype.files.models import StoredFile
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from loype.organisations.models import Organisation
from tests.cast import TODAY, World
from tests.trail_world import PICTURE

FACTS = {
    "name": "Fjordvik kommune", "language": "nn", "inhabitants": "8200", "receipt_days": "2",
    "responsible_days": "7", "decision_days": "30", "email_domain": "@Fjordvik.Example",
    "join_by_domain": "on",
}  # fmt: skip


def save(client: Client, **facts: str) -> Any:
    return client.post(reverse("organisation_settings"), {**FACTS, **facts})


def test_it_saves_the_settings(world: World, client_of: Callable[[str], Client]) -> None:
    assert save(client_of("siv")).status_code == 302
    saved = Organisation.objects.get(pk=world.fjordvik.pk)
    assert (saved.language, saved.decision_days, saved.inhabitants) == ("nn", 30, 8200)
    assert (saved.email_domain, saved.join_by_domain) == ("fjordvik.example", True)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"email_domain": "", "join_by_domain": "on"}, "Write the e-mail domain"),
        ({"email_domain": "gmail.com"}, "Anybody can get an address there"),
        ({"email_domain": "not a domain"}, "after the @"),
        ({"decision_days": "0"}, "greater than or equal to 1"),
        ({"name": "\u200b"}, "Write the organisation"),
    ],
)
def test_it_says_beside_the_field_what_to_mend(
    facts: dict[str, str], said: str, world: World, client_of: Callable[[str], Client]
) -> None:
    answer = save(client_of("siv"), responsible_days="9", **facts)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert 'value="9"' in shown
    assert Organisation.objects.get(pk=world.fjordvik.pk).responsible_days == 5


def test_it_lets_one_organisation_have_a_domain(
    world: World, client_of: Callable[[str], Client]
) -> None:
    save(client_of("siv"))
    answer = save(client_of("olaf"), name="Sundkøbing")
    assert answer.status_code == 422
    assert "already lets people join by this domain" in answer.content.decode()


def test_it_shows_others_whom_to_ask(client_of: Callable[[str], Client]) -> None:
    shown = client_of("ada").get(reverse("organisation_settings")).content.decode()
    assert "siv@example.test" in shown
    assert "Hjemmetjenesten" in shown
    assert 'name="decision_days"' not in shown


def test_it_shows_a_colour_before_it_is_saved(
    world: World, client_of: Callable[[str], Client]
) -> None:
    siv = client_of("siv")
    place = reverse("organisation_look")
    assert "preview" not in siv.get(place).content.decode()
    shown = siv.get(place, {"colour": "#b3261e"}).content.decode()
    sheet = reverse("organisation_preview", args=["b3261e"])
    assert f'href="{sheet}"' in shown
    assert "--ds-color-accent-base-default" in siv.get(sheet).content.decode()
    assert Organisation.objects.get(pk=world.fjordvik.pk).colour == "#005b6b"
    assert siv.post(place, {"colour": "#B3261E"}).status_code == 302
    assert Organisation.objects.get(pk=world.fjordvik.pk).colour == "#b3261e"


@pytest.mark.parametrize("colour", ["red;}body{display:none", "<script>", "#12345"])
def test_it_takes_only_colours_as_colours(colour: str, client_of: Callable[[str], Client]) -> None:
    siv = client_of("siv")
    shown = siv.get(reverse("organisation_look"), {"colour": colour}).content.decode()
    assert "<script>" not in shown
    assert 'rel="stylesheet" href="/organisation/look/' not in shown
    assert siv.post(reverse("organisation_look"), {"colour": colour}).status_code == 422


def put_up(client: Client, content: bytes, name: str, alt: str = "Kommunevåpenet") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("organisation_logo_change"), {"file": file, "alt_text": alt})


def test_it_puts_up_a_logo_and_serves_it_as_a_picture_only(
    world: World, client_of: Callable[[str], Client]
) -> None:
    siv = client_of("siv")
    assert put_up(siv, PICTURE, "logo.png").status_code == 302
    served = client_of("eve").get(reverse("organisation_logo", args=[world.fjordvik.pk]))
    assert b"".join(served.streaming_content) == PICTURE  # type: ignore[attr-defined]
    assert served.headers["Content-Type"] == "image/png"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    page = client_of("eve").get(reverse("organisation_page", args=[world.fjordvik.pk]))
    assert 'alt="Kommunevåpenet"' in page.content.decode()
    assert siv.post(reverse("organisation_logo_change"), {"remove": "yes"}).status_code == 302
    gone = client_of("eve").get(reverse("organisation_logo", args=[world.fjordvik.pk]))
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "alt"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo.svg", "x"),
        (b"<html><script>alert(1)</script>", "logo.png", "x"),
        (b"%PDF-1.7 ...", "logo.pdf", "x"),
        (PICTURE, "logo.png", ""),
        (PICTURE, "logo.png", "  "),
    ],
)
def test_it_refuses_what_is_no_described_picture(
    content: bytes, name: str, alt: str, world: World, client_of: Callable[[str], Client]
) -> None:
    answer = put_up(client_of("siv"), content, name, alt)
    assert answer.status_code == 422
    assert Organisation.objects.get(pk=world.fjordvik.pk).logo is None
    assert not StoredFile.objects.exists()


def test_it_says_when_the_disk_is_away(
    world: World, client_of: Callable[[str], Client], settings: Any, tmp_path: Any
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    settings.MEDIA_ROOT = blocked
    answer = put_up(client_of("siv"), PICTURE, "logo.png")
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.content.decode()
    assert Organisation.objects.get(pk=world.fjordvik.pk).logo is None


def test_it_works_for_the_chosen_organisation(
    world: World, client_of: Callable[[str], Client]
) -> None:
    other = world.organisations["elvestrand"]
    give_role(world.people["ada"], organisation=other, role="employee", actor=HOUSE, at=TODAY)
    ada = client_of("ada")
    assert "Fjordvik" in ada.get(reverse("organisation_settings")).content.decode()
    ada.post(reverse("choose_organisation"), {"organisation": other.pk})
    assert (
        "<h1>Elvestrand kommune</h1>" in ada.get(reverse("organisation_settings")).content.decode()
    )
    stranger = world.organisations["sundkobing"]
    place = reverse("choose_organisation")
    assert ada.post(place, {"organisation": stranger.pk}).status_code == 404
    assert ada.post(place, {"organisation": "x"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["organisation_settings", "organisation_look", "organisation_invitations",
             "organisation_units", "organisation_merges"],
)  # fmt: skip
def test_it_stays_within_ten_statements(
    name: str, client_of: Callable[[str], Client], statements: Callable[[], Any]
) -> None:
    siv = client_of("siv")
    with statements() as counted:
        assert siv.get(reverse(name)).status_code == 200
    assert len(counted) <= 8
