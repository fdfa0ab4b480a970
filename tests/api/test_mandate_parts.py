"""Programs of a co-owner read its folder and answer for its own part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from loype.kernel.clock import now
from loype.portfolio.mandates.actions import record_election
from tests.api.conftest import Program
from tests.cast import TODAY, World
from tests.councils.together import agreed
from tests.web.portfolio.test_parts_of_owners import mandate_of


@pytest.mark.requirement("NET-07")
def test_it_answers_for_its_own_part(world: World, program_of: Program) -> None:
    mandate, activity = mandate_of(world), agreed(world)
    elvestrand, today = world.organisations["elvestrand"], localdate(now())
    record_election(
        elvestrand, name="Kommunevalg", election_date=today - timedelta(days=1),
        actor=world.actor("mia"), at=TODAY,
    )  # fmt: skip
    mia = program_of("mia")
    [line] = mia.get(f"/organisations/{elvestrand.pk}/mandate-folder").json()["lines"]
    told = (line["activity_id"], line["is_part"], line["mandate_id"], line["standing"])
    assert told == (activity.pk, True, mandate.pk, "to_confirm")
    assert (float(line["share"]), line["currency"]) == (33333.33, "NOK")
    sat = mia.post(
        "/mandate-sittings",
        {
            "organisation_id": elvestrand.pk, "issuing_body": "Kommunestyret",
            "held_date": today.isoformat(),
        },
    )  # fmt: skip
    place = f"/mandate-sittings/{sat.json()['id']}/answers"
    said = {"activity_id": activity.pk, "answer": "confirmed", "reasons": "Vi vil ha den."}
    assert program_of("dee").post(place, said).status_code == 403
    assert mia.post(place, said).status_code == 200
    assert mia.post(place, said).status_code == 409
