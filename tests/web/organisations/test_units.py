"""The tree of units, and names found in imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from loype.organisations.models import MergeProposal, Organisation, Unit
from tests.cast import TODAY, World


def test_it_adds_a_part_below_a_unit(world: World, client_of: Callable[[str], Client]) -> None:
    siv = client_of("siv")
    facts = {"name": "Natt", "parent": str(world.unit.pk)}  # type: ignore[union-attr]
    assert siv.post(reverse("organisation_units"), facts).status_code == 302
    assert Unit.objects.get(name="Natt").parent == world.unit
    again = siv.post(reverse("organisation_units"), {**facts, "name": "NATT"})
    assert again.status_code == 422
    assert "already a unit with this name" in again.content.decode()


def test_it_renames_a_unit(world: World, client_of: Callable[[str], Client]) -> None:
    place = reverse("organisation_unit", args=[world.unit.pk])  # type: ignore[union-attr]
    client_of("siv").post(place, {"name": "Hjemmesykepleien"})
    assert Unit.objects.get(pk=world.unit.pk).name == "Hjemmesykepleien"  # type: ignore[union-attr]


def test_it_closes_a_unit_only_when_people_and_parts_are_gone(
    world: World, client_of: Callable[[str], Client]
) -> None:
    siv, unit = client_of("siv"), world.unit
    assert unit is not None
    ada = give_role(
        world.people["ada"], organisation=world.fjordvik, role="employee", unit=unit, actor=HOUSE,
        at=TODAY,
    )  # fmt: skip
    close = reverse("organisation_unit_close", args=[unit.pk])
    refused = siv.post(close)
    assert refused.status_code == 422
    assert "move them first" in refused.content.decode()
    siv.post(
        reverse("organisation_person_place", args=[ada.person_id]), {"unit": "", "job_title": ""}
    )
    assert siv.post(close).status_code == 302
    assert Unit.objects.get(pk=unit.pk).closed_date is not None
    assert siv.get(reverse("organisation_unit", args=[unit.pk])).status_code == 404
    assert "Hjemmetjenesten" not in siv.get(reverse("organisation_invitations")).content.decode()


def test_it_takes_no_unit_of_another_organisation(
    world: World, client_of: Callable[[str], Client]
) -> None:
    facts = {"name": "Natt", "parent": str(world.unit.pk)}  # type: ignore[union-attr]
    answer = client_of("olaf").post(reverse("organisation_units"), facts)
    assert answer.status_code == 422
    assert not Unit.objects.filter(name="Natt").exists()


@pytest.mark.parametrize(("answer", "state"), [("same", "merged"), ("not", "proposed")])
def test_it_asks_whether_an_imported_name_is_us(
    answer: str, state: str, trail: Any, client_of: Callable[[str], Client]
) -> None:
    siv = client_of("siv")
    assert "Fjordvik Municipality" in siv.get(reverse("organisation_merges")).content.decode()
    proposal = trail["merge_proposal"]
    siv.post(reverse("organisation_merge_answer", args=[proposal.pk]), {"answer": answer})
    found = Organisation.objects.get(pk=proposal.found_id)
    assert found.state == state
    assert found.merged_into_id == (trail["organisation"].pk if answer == "same" else None)
    assert MergeProposal.objects.get(pk=proposal.pk).answered_by == trail.world.people["siv"]
    assert "No questions" in siv.get(reverse("organisation_merges")).content.decode()
    page = siv.get(reverse("organisation_page", args=[found.pk])).content.decode()
    assert ("This name means:" in page) == (answer == "same")


def test_it_needs_an_answer(trail: Any, client_of: Callable[[str], Client]) -> None:
    place = reverse("organisation_merge_answer", args=[trail["merge_proposal"].pk])
    assert client_of("siv").post(place, {}).status_code == 422
    assert MergeProposal.objects.get(pk=trail["merge_proposal"].pk).answer == ""
