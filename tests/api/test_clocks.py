"""A program reads the forecast, plans what is proposed, and reads months as they were reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from loype.bodies.models import Meeting
from loype.councils.models import Case
from loype.kernel.clock import now
from loype.trail.handovers import call_off_meeting, hand_in
from tests.api.conftest import ApiClient
from tests.cast import TODAY, World
from tests.trail_world import TrailWorld


@pytest.mark.requirement("ROR-11")
def test_it_plans_what_it_read(world: World, program_of: Callable[..., ApiClient]) -> None:
    assert world.meeting is not None
    call_off_meeting(world.meeting, reason="Sykdom", actor=world.actor("bo"), at=TODAY)
    idea = hand_in(
        organisation=world.fjordvik, text="Venter", kind="idea", actor=world.actor("ada"),
        at=now() - timedelta(days=2),
    )  # fmt: skip
    case = Case.objects.get(idea=idea)
    bo, place = program_of("bo"), f"/organisations/{world.fjordvik.pk}/clocks"
    told = bo.get(place).json()
    assert (told["undecided"], told["without_responsible"]) == (1, 1)
    assert [(one["case_id"], one["will_pass"]) for one in told["cases"]] == [(case.pk, True)]
    assert program_of("cai").get(place).json()["proposal"] is None
    wanted = {key: told["proposal"][key] for key in ("form", "day")}
    planned = bo.post(f"{place}/plan", wanted)
    assert planned.status_code == 200
    assert planned.json()["case_ids"] == [case.pk]
    assert Meeting.objects.get(pk=planned.json()["meeting_id"]).form == wanted["form"]
    assert bo.post(f"{place}/plan", wanted).status_code == 409


@pytest.mark.requirement("EP-21")
def test_it_reads_a_month_as_it_was_reported(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    ada = program_of("ada")
    month = ada.get("/flow/months/2026-02").json()
    assert month["figures"] == trail["month"].figures
    assert ada.get("/flow/months").json() == [month]
    assert ada.get("/flow/months/2026-13").status_code == 422
    assert ada.get("/flow/months/2025-02").status_code == 404


@pytest.mark.requirement("EP-21")
def test_the_shape_says_nothing_of_so_few(
    trail: TrailWorld, program_of: Callable[..., ApiClient]
) -> None:
    told = program_of("ada").get("/flow/shape").json()
    assert told["organisation_id"] == trail.world.fjordvik.pk
    assert told["promised"] == 20
    assert (told["median"], told["took"]) == (None, [])
    assert sum(one["count"] for one in told["ageing"]) == 4
    assert len(told["weeks"]) == 52
