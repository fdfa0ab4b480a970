"""A program reads the federation's register and agrees on what is run together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loype.councils.actions import put_on_agenda
from loype.councils.models import Case, NeedElsewhere
from tests.api.conftest import ApiClient
from tests.cast import TODAY, World
from tests.councils.joining import asked_to_join, need_of_fjordvik
from tests.councils.test_same_need_elsewhere import pair_of, twins
from tests.councils.together import EXIT, answer, joint_of, run_together
from tests.trail_world import idea_of

pytestmark = pytest.mark.django_db

ProgramOf = Callable[..., ApiClient]


@pytest.mark.requirement("ROR-08")
def test_it_reads_of_the_same_need_and_says_that_it_was_seen(
    world: World, program_of: ProgramOf
) -> None:
    ours, theirs = twins(world)
    pair_of(ours, theirs)
    mia = program_of("mia")
    (case,) = mia.get("/cases").json()["items"]
    (told,) = case["needs_elsewhere"]
    assert (told["organisation"], told["is_seen"]) == ("Fjordvik kommune", False)
    wanted = {"outcome": "park", "reasons": "Vi venter."}
    refused = mia.post(f"/cases/{case['id']}/decisions", wanted)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "seen_elsewhere"
    done = mia.post(f"/cases/{case['id']}/decisions", wanted | {"seen_elsewhere": [told["id"]]})
    assert done.status_code == 201
    assert NeedElsewhere.objects.get(pk=told["id"]).seen_by == world.people["mia"]


@pytest.mark.requirement("ROR-08")
def test_it_joins_what_is_run_together_on_the_same_need(
    world: World, program_of: ProgramOf
) -> None:
    ours = need_of_fjordvik(world)
    invitation = asked_to_join(world, ours)
    case, bo = Case.objects.get(idea=ours), program_of("bo")
    put_on_agenda(case, meeting=world.meeting, actor=world.actor("bo"), at=TODAY)  # type: ignore[arg-type]
    (told,) = bo.get(f"/cases/{case.pk}").json()["needs_elsewhere"]
    assert told["invitation_id"] == invitation.pk
    assert world.meeting is not None
    wanted = {
        "outcome": "join", "reasons": "Sammen.", "meeting_id": world.meeting.pk,
        "seen_elsewhere": [told["id"]],
    }  # fmt: skip
    for number in (None, 2**40):
        refused = bo.post(f"/cases/{case.pk}/decisions", wanted | {"joins_id": number})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "joins_id"
    done = bo.post(f"/cases/{case.pk}/decisions", wanted | {"joins_id": invitation.pk})
    assert done.status_code == 201
    joined = {"invitation_id": invitation.pk, "lead": "Elvestrand kommune"}
    assert done.json()["joins"] == joined
    listed = bo.get("/decisions?outcome=join").json()["items"]
    assert [one["joins"] for one in listed] == [joined]


@pytest.mark.requirement("ROR-08")
def test_it_pages_through_the_register(world: World, program_of: ProgramOf) -> None:
    assert world.federation is not None
    for number in range(5):
        idea_of(world, text=f"Behov {number}", visibility="federation")
    idea_of(world, text="Indre sak")
    dee, place = program_of("dee"), f"/federations/{world.federation.pk}/works"
    found, cursor = [], ""
    while True:
        page = dee.get(f"{place}?limit=2{cursor}").json()
        found += [one["title"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == [f"Behov {number}" for number in (4, 3, 2, 1, 0)]
    assert dee.get(f"{place}?cursor=x").status_code == 422


@pytest.mark.requirement("ROR-15")
def test_two_programs_agree_on_terms(world: World, program_of: ProgramOf) -> None:
    activity = run_together(world)
    answer(world, activity, "elvestrand", "yes")
    joint, elvestrand = joint_of(activity), world.organisations["elvestrand"]
    bo, mia = program_of("bo"), program_of("mia")
    wanted = {
        "organisation_id": world.fjordvik.pk, "lead_id": elvestrand.pk, "cost_key": "users",
        "amount": "90.00", "exit_terms": EXIT, "exit_days": 60,
        "users": {str(world.fjordvik.pk): 2, str(elvestrand.pk): 1},
    }  # fmt: skip
    proposed = bo.post(f"/joint-cases/{joint.pk}/terms", wanted)
    assert proposed.status_code == 201
    shares = {one["organisation"]["name"]: one["amount"] for one in proposed.json()["shares"]}
    assert shares == {"Fjordvik kommune": "60.00", "Elvestrand kommune": "30.00"}
    place = f"/joint-terms/{proposed.json()['id']}/agree"
    agreed = mia.post(place, {"organisation_id": elvestrand.pk}).json()
    assert agreed["agreed_at"] is not None
    told = bo.get(f"/joint-cases/{joint.pk}").json()
    assert (told["state"], told["terms"][0]["lead"]["name"]) == ("agreed", "Elvestrand kommune")
    assert {one["answer"] for one in told["answers"]} == {"yes", ""}
    owners = program_of("cai").get(f"/activities/{activity.pk}").json()["participants"]
    assert [(one["is_owner"], one["is_lead"]) for one in owners] == [(True, True)]


def test_it_says_what_is_shared(world: World, program_of: ProgramOf) -> None:
    place = f"/organisations/{world.fjordvik.pk}/sharing"
    told = {one["kind"]: one for one in program_of("dee").get(place).json()}
    assert told["idea"]["fields_told"] == ["title", "form", "state", "since"]
    wanted = {"kind": "idea", "tells_internal": True, "fields_told": ["state"]}
    assert program_of("siv").ask("put", place, wanted).json() == wanted
    told = {one["kind"]: one for one in program_of("dee").get(place).json()}
    assert told["idea"] == wanted
