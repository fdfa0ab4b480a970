"""Who takes part in a federation, from when to when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from loype.kernel.clock import now
from loype.organisations.models import FederationMembership
from tests.cast import World


def page_of(world: World) -> str:
    assert world.federation is not None
    return reverse("federation_page", args=[world.federation.pk])


def test_its_coordinator_takes_a_member_in(
    world: World, client_of: Callable[[str], Client]
) -> None:
    fia, today = client_of("fia"), now().date()
    answer = fia.post(page_of(world), {"organisation": "sundkøbing kommune", "from_date": today})
    assert answer.status_code == 302
    assert FederationMembership.objects.filter(
        organisation=world.organisations["sundkobing"], from_date=today
    ).exists()
    assert client_of("olaf").get(page_of(world)).status_code == 200
    again = fia.post(page_of(world), {"organisation": "SUN", "from_date": today})
    assert again.status_code == 422
    assert "already a member" in again.content.decode()


def test_it_names_the_nearest_when_a_name_is_not_known(
    world: World, client_of: Callable[[str], Client]
) -> None:
    fia = client_of("fia")
    facts = {"organisation": "Sund", "from_date": "2026-03-02"}
    assert "Sundkøbing Kommune" in fia.post(page_of(world), facts).content.decode()
    facts["organisation"] = "Nowhere"
    assert "No organisation here is called that" in fia.post(page_of(world), facts).content.decode()


def test_it_ends_a_membership_but_not_the_coordinators(
    world: World, client_of: Callable[[str], Client]
) -> None:
    fia = client_of("fia")
    member = FederationMembership.objects.get(organisation=world.organisations["skogbygda"])
    yesterday = now().date() - timedelta(days=1)
    place = reverse("federation_member_end", args=[member.pk])
    assert fia.post(place, {"to_date": yesterday}).status_code == 302
    assert client_of("gro").get(page_of(world)).status_code == 404
    assert "not a member today" in fia.get(page_of(world)).content.decode().lower()
    own = FederationMembership.objects.get(organisation=world.organisations["fjordlaget"])
    answer = fia.post(reverse("federation_member_end", args=[own.pk]), {"to_date": yesterday})
    assert answer.status_code == 409
    assert "cannot leave its own federation" in answer.content.decode()
    assert fia.post(place, {"to_date": "soon"}).status_code == 422
