"""Programs say when an organisation is closed, and everybody may read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from loype.kernel.clock import now
from tests.api.conftest import Program
from tests.cast import World


@pytest.mark.requirement("ROR-20")
def test_programs_close_days_and_take_them_back(world: World, program_of: Program) -> None:
    siv, place = program_of("siv"), f"/organisations/{world.fjordvik.pk}/closed-days"
    first = localdate(now()) + timedelta(days=30)
    said = {
        "name": "Planleggingsdager", "from_date": first.isoformat(),
        "to_date": (first + timedelta(days=6)).isoformat(),
    }  # fmt: skip
    made = siv.post(place, said)
    assert made.status_code == 201
    nobody = program_of("eve")
    assert [one["name"] for one in nobody.get(place).json()["items"]] == ["Planleggingsdager"]
    assert siv.post(f"/closed-days/{made.json()['id']}/take-back").status_code == 200
    assert nobody.get(place).json()["items"] == []
