"""Closed days on the organisation's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from loype.kernel.clock import now
from loype.organisations.models import ClosedDays, Organisation
from tests.cast import World

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.requirement("ROR-20")
PLACE = "organisation_closed_days"


def test_an_administrator_writes_them_down_and_takes_them_back(
    world: World, client_of: SignIn
) -> None:
    siv, ada = client_of("siv"), client_of("ada")
    assert reverse(PLACE) in ada.get(reverse("organisation_settings")).content.decode()
    assert reverse(PLACE) in siv.get(reverse("organisation_settings")).content.decode()
    empty = ada.get(reverse(PLACE)).content.decode()
    assert "No closed days ahead" in empty
    assert "Write closed days down" not in empty
    first = localdate(now()) + timedelta(days=30)
    form = {
        "name": "Mellom jul og nyttår", "from_date": first.isoformat(),
        "to_date": (first + timedelta(days=6)).isoformat(),
    }  # fmt: skip
    unclear = siv.post(reverse(PLACE), form | {"to_date": (first - timedelta(days=1)).isoformat()})
    assert unclear.status_code == 422
    assert "Mellom jul og nyttår" in unclear.content.decode()
    assert siv.post(reverse(PLACE), form).status_code == 302
    assert "Mellom jul og nyttår" in ada.get(reverse(PLACE)).content.decode()
    closed = ClosedDays.objects.get()
    assert len(Organisation.objects.get(pk=world.fjordvik.pk).closed_dates) == 5
    siv.post(reverse("organisation_days_open", args=[closed.pk]))
    assert "No closed days ahead" in ada.get(reverse(PLACE)).content.decode()
