"""What everybody may know about the organisations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from loype.organisations.actions import found_organisation
from loype.organisations.actor import HOUSE
from tests.cast import TODAY, World


def test_it_lists_who_takes_part_by_name_and_kind(
    world: World, client_of: Callable[[str], Client]
) -> None:
    eve, place = client_of("eve"), reverse("organisation_list")
    everybody = eve.get(place).content.decode()
    assert everybody.index("Elvestrand") < everybody.index("Fjordlaget") < everybody.index("Sund")
    assert "Fjordvik kommune" not in eve.get(place, {"kind": "joint_body"}).content.decode()
    assert "Fjordlaget IKT" in eve.get(place, {"text": "laget"}).content.decode()
    part = eve.get(place, {"text": "laget"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Fjordlaget IKT" in part


def test_it_hides_names_from_imports_from_the_street(
    world: World, client_of: Callable[[str], Client]
) -> None:
    named = found_organisation(
        name="Perhaps Somebody", short_name="PERH", kind="other", state="proposed", actor=HOUSE,
        at=TODAY,
    )  # fmt: skip
    place = reverse("organisation_page", args=[named.pk])
    assert client_of("eve").get(place).status_code == 404
    assert client_of("ada").get(place).status_code == 200
    assert "Perhaps" not in client_of("ada").get(reverse("organisation_list")).content.decode()


def test_it_counts_only_what_the_reader_may_see(
    trail: Any, client_of: Callable[[str], Client]
) -> None:
    place = reverse("organisation_page", args=[trail["organisation"].pk])

    def ideas(name: str) -> int:
        counts = client_of(name).get(place).content.decode().split(" ideas</a>")[0]
        return int(counts.rsplit(">", 1)[-1])

    assert ideas("eve") == 1
    assert ideas("eve") == ideas("olaf") < ideas("dee") < ideas("ada")


def test_it_stays_within_its_statements(
    trail: Any, client_of: Callable[[str], Client], statements: Callable[[], Any]
) -> None:
    ada = client_of("ada")
    for place, most in (
        (reverse("organisation_list"), 8),
        (reverse("organisation_page", args=[trail["organisation"].pk]), 10),
    ):
        with statements() as counted:
            ada.get(place)
        assert len(counted) <= most
