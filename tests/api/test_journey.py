"""A program walks the whole trail, from a draft to use elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import ApiClient
from tests.cast import World


def done(answer: Any) -> Any:
    """What a request that must work gave back."""
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


@pytest.mark.requirement("EP-11")
def test_it_leads_from_a_draft_to_use_elsewhere(
    world: World, program_of: Callable[..., ApiClient]
) -> None:
    ada, bo, cai, dee = (program_of(name) for name in ("ada", "bo", "cai", "dee"))
    assert world.meeting is not None
    draft = done(ada.post("/ideas", {
        "text": "Vi leter etter nøkler hver natt.", "kind": "need", "visibility": "federation",
        "hand_in": False,
    }))  # fmt: skip
    assert (draft["state"], draft["case_number"]) == ("draft", None)
    idea = done(ada.post(f"/ideas/{draft['id']}/submit"))
    assert idea["case_number"].startswith("FJO-")
    assert idea["next_step"]["responsible_by"] < idea["next_step"]["decision_by"]

    case = next(one for one in done(bo.get("/cases"))["items"] if one["idea"]["id"] == idea["id"])
    case = done(bo.ask("put", f"/cases/{case['id']}/responsible", {
        "person_id": world.people["cai"].pk, "version": case["version"],
    }))  # fmt: skip
    assert case["responsible"]["name"] == "Cai"
    done(bo.post(f"/meetings/{world.meeting.pk}/agenda", {"case_id": case["id"]}))
    decision = done(bo.post(f"/cases/{case['id']}/decisions", {
        "outcome": "go_on", "form": "experiment", "course": "own_pilot", "scale": "small",
        "reasons": "Verdt å prøve.", "responsible_id": world.people["cai"].pk,
        "meeting_id": world.meeting.pk,
    }))  # fmt: skip
    assert decision["responsible"]["name"] == "Cai"
    done(bo.post(f"/meetings/{world.meeting.pk}/close", {"minutes": "Ja.", "attended": []}))
    done(bo.post(f"/meetings/{world.meeting.pk}/approve"))
    assert done(ada.get(f"/decisions/{decision['id']}"))["locked_at"]

    activity = done(cai.get("/activities?mine=true"))["items"][0]
    at = f"/activities/{activity['id']}"
    done(cai.post(f"{at}/start"))
    done(cai.post(f"{at}/reports", {"light": "green", "text": "Bra", "next_step": "Videre"}))
    assert done(cai.get(at))["latest_report"]["light"] == "green"
    evaluation = done(cai.post(f"{at}/evaluation", {
        "question": "Ble runden kortere?", "depth": "light", "values": ["efficiency"],
    }))  # fmt: skip
    measured = f"/evaluations/{evaluation['id']}"
    indicator = done(cai.post(f"{measured}/indicators", {
        "value": "efficiency", "name": "Nattrunde", "unit": "minutter", "better": "down",
        "baseline": 60, "target": 30,
    }))  # fmt: skip
    done(cai.post(f"{measured}/indicators/{indicator['id']}/measurements", {
        "value": "45", "measured_date": "2026-03-05",
    }))  # fmt: skip
    assert done(cai.get(measured))["indicators"][0]["realised_share"] == "0.5000"
    done(cai.post(f"{measured}/conclude", {
        "verdict": "worked", "conclusion": "Ja.", "unexpected_findings": "Pårørende sov bedre.",
    }))  # fmt: skip
    done(cai.post(f"{at}/finish", {"result": "Nattrunden er kortere"}))

    solution = done(cai.post(f"{at}/solution", {
        "for_whom": "Hjemmetjenester", "core_parts": "Låsen", "contact_role": "Leder",
        "visibility": "federation",
    }))  # fmt: skip
    done(cai.post(f"/solutions/{solution['id']}/publish"))
    adoption = done(dee.post(f"/solutions/{solution['id']}/adoptions", {}))
    done(dee.post(f"/adoptions/{adoption['id']}/move", {"state": "testing"}))
    done(dee.post(f"/adoptions/{adoption['id']}/confirm", {"value_seen": "Vi også."}))
    assert done(cai.get(f"/solutions/{solution['id']}"))["in_use_count"] == 1

    story = done(ada.get(f"/trail/idea/{idea['id']}"))
    assert story["stations"][0]["thing_kind"] == "idea"
    assert {"activity", "solution", "adoption"} <= {link["kind"] for link in story["links"]}
    figures = done(ada.get(f"/flow?organisation_id={world.fjordvik.pk}"))
    assert (figures["decided"], figures["in_use"]) == (1, 1)
