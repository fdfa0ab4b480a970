"""What each room shows to whom: councils, activities, solutions, organisations, notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loype.ideas.models import Idea
from tests.api.conftest import ApiClient
from tests.cast import World
from tests.trail_world import TrailWorld

Programs = Callable[..., ApiClient]


def test_it_shows_the_queue_with_its_clock(trail: TrailWorld, program_of: Programs) -> None:
    cases = program_of("bo").get("/cases").json()["items"]
    waits = [one["waiting_since"] for one in cases]
    assert waits == sorted(waits)
    assert min(one["waiting_days"] for one in cases) >= 0
    mine = program_of("cai").get("/cases?mine=true").json()["items"]
    assert [one["id"] for one in mine] == [trail["case"].pk]
    assert program_of("ada").get("/cases").json()["items"] == []


def test_it_leaves_the_title_of_a_withdrawn_idea_out(
    trail: TrailWorld, program_of: Programs
) -> None:
    idea = trail["public_idea"]
    program_of("ada").post(f"/ideas/{idea.pk}/withdraw", {"reason": "Løst"})
    closed = program_of("bo").get("/cases?state=closed").json()["items"]
    assert [one["idea"] for one in closed] == [None]
    assert idea.title not in program_of("bo").get("/cases?state=closed").content.decode()


def test_it_keeps_agenda_and_minutes_in_the_room(trail: TrailWorld, program_of: Programs) -> None:
    Idea.objects.filter(pk=trail["idea"].pk).update(visibility="confidential")
    address = f"/meetings/{trail['meeting'].pk}"
    inside, outside = (program_of(name).get(address).json() for name in ("bo", "siv"))
    assert inside["agenda"]
    assert inside["calls"]
    assert outside["minutes"] == ""
    other = program_of("ada").get(address).json()
    assert (other["calls"], other["minutes"]) == (None, None)
    assert trail["case"].pk in {item["case_id"] for item in inside["agenda"]}
    titles = {item["idea"]["title"] for item in other["agenda"]}
    assert titles <= {item["idea"]["title"] for item in inside["agenda"] if item["idea"]}
    assert [item["title"] for item in inside["agenda"] if not item["idea"]] == ["Møteplan"]


def test_it_moves_an_item_of_the_agenda(trail: TrailWorld, program_of: Programs) -> None:
    bo, address = program_of("bo"), f"/meetings/{trail['meeting'].pk}"
    before = [item["id"] for item in bo.get(address).json()["agenda"]]
    moved = bo.post(f"{address}/agenda/{before[0]}/move", {"upwards": False}).json()
    assert [item["id"] for item in moved["agenda"]][:2] == [before[1], before[0]]


def test_it_decides_only_in_a_meeting(trail: TrailWorld, program_of: Programs) -> None:
    sent = {"outcome": "park", "reasons": "Ikke nå."}
    answer = program_of("bo").post(f"/cases/{trail['case'].pk}/decisions", sent)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_moment")


def test_it_cannot_merge_into_what_one_may_not_see(trail: TrailWorld, program_of: Programs) -> None:
    sent = {"outcome": "merge", "reasons": "Samme.", "meeting_id": trail["meeting"].pk}
    address = f"/cases/{trail['case'].pk}/decisions"
    for target in (trail["draft"].pk, 2**40):
        answer = program_of("bo").post(address, {**sent, "merged_into_id": target})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "merged_into_id"


@pytest.mark.requirement("ROR-10")
def test_it_sets_up_a_council_step_by_step(world: World, program_of: Programs) -> None:
    gro, fia = program_of("gro"), program_of("fia")
    assert world.federation is not None
    home = world.organisations["skogbygda"].pk
    body = gro.post(
        "/councils",
        {"organisation_id": home, "federation_id": world.federation.pk, "name": "Rådet"},
    ).json()
    address = f"/councils/{body['id']}"
    assert gro.post(f"{address}/activate").status_code == 409
    seats = {seat["kind"]: seat for seat in gro.get(address).json()["seats"]}
    for program, kind, person in ((gro, "municipality", "gro"), (fia, "federation", "fia")):
        sent = {"person_id": world.people[person].pk, "from_date": "2026-03-01"}
        term = program.post(f"{address}/seats/{seats[kind]['id']}/terms", sent)
        assert term.status_code == 201
    active = gro.post(f"{address}/activate").json()
    assert active["state"] == "active"
    assert {seat["holder"]["name"] for seat in active["seats"]} == {"Gro", "Fia"}


def test_it_refuses_a_federation_one_is_not_in(world: World, program_of: Programs) -> None:
    home = world.organisations["sundkobing"].pk
    for federation in (world.federation.pk, 2**40):  # type: ignore[union-attr]
        sent = {"organisation_id": home, "federation_id": federation}
        answer = program_of("olaf").post("/councils", sent)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "federation_id"


def test_it_shows_the_idea_of_an_activity_only_to_its_readers(
    trail: TrailWorld, program_of: Programs
) -> None:
    address = f"/activities/{trail['activity'].pk}"
    inside, taking_part = (program_of(name).get(address).json() for name in ("ada", "dee"))
    assert inside["idea"]["id"] == trail["activity"].idea_id
    assert (taking_part["idea"], taking_part["decision_id"]) == (None, None)
    assert taking_part["milestones"][0]["title"] == "Ti låser på plass"
    assert taking_part["participants"][0]["organisation"]["name"] == "Elvestrand kommune"


def test_it_leaves_what_was_not_sent_of_an_activity(
    trail: TrailWorld, program_of: Programs
) -> None:
    cai, address = program_of("cai"), f"/activities/{trail['activity'].pk}"
    before = cai.get(address).json()
    after = cai.ask("patch", address, {"version": before["version"], "summary": "Ti dører"}).json()
    assert (after["summary"], after["title"]) == ("Ti dører", before["title"])
    stale = cai.ask("patch", address, {"version": before["version"], "summary": "Elleve"})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_it_hides_a_draft_solution_from_others(trail: TrailWorld, program_of: Programs) -> None:
    drafts = program_of("cai").get("/solutions?state=draft").json()["items"]
    assert [one["id"] for one in drafts] == [trail["draft_solution"].pk]
    assert program_of("dee").get("/solutions?state=draft").json()["items"] == []
    shown = program_of("dee").get("/solutions?q=søknader").json()["items"]
    assert [one["id"] for one in shown] == [trail["solution"].pk]


def test_it_refuses_a_price_without_a_currency(trail: TrailWorld, program_of: Programs) -> None:
    address = f"/solutions/{trail['draft_solution'].pk}"
    answer = program_of("cai").ask("patch", address, {"version": 1, "cost_amount": "1000.50"})
    assert answer.json()["errors"][0]["field"] == "cost_currency"
    given = {"version": 1, "cost_amount": "1000.50", "cost_currency": "nok"}
    assert program_of("cai").ask("patch", address, given).json()["cost_currency"] == "NOK"


def test_it_shows_colleagues_only_to_colleagues(trail: TrailWorld, program_of: Programs) -> None:
    address = f"/organisations/{trail['organisation'].pk}/people"
    names = {one["person"]["name"] for one in program_of("ada").get(address).json()["items"]}
    assert {"Ada", "Bo", "Cai", "Siv"} == names
    assert program_of("dee").get(address).json()["items"] == []


def test_it_never_shows_an_invitation_secret(trail: TrailWorld, program_of: Programs) -> None:
    address = f"/organisations/{trail['organisation'].pk}/invitations"
    assert trail.secret not in program_of("siv").get(address).content.decode()
    sent = {"email": "somebody@example.test", "roles": ["employee"]}
    made = program_of("siv").post(address, sent)
    assert set(made.json()) & {"secret", "secret_hash"} == set()


def test_it_gives_roles_only_to_colleagues(trail: TrailWorld, program_of: Programs) -> None:
    address = f"/organisations/{trail['organisation'].pk}/people"
    for person in (trail.world.people["dee"].pk, 2**40):
        answer = program_of("siv").post(address, {"person_id": person, "role": "decider"})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "person_id")


def test_it_reads_notices_once(trail: TrailWorld, program_of: Programs) -> None:
    ada = program_of("ada")
    assert ada.get("/me").json()["unread_notices"] == 1
    notice = ada.get("/notices?unread=true").json()["items"][0]
    assert trail["idea"].title in notice["headline"]
    assert ada.post(f"/notices/{notice['id']}/read").json()["read_at"]
    assert ada.get("/notices?unread=true").json()["items"] == []
    assert ada.post("/notices/read").json() == {"read": 0}


def test_it_refuses_a_period_that_ends_before_it_begins(world: World, program_of: Programs) -> None:
    answer = program_of("ada").get("/flow?since=2026-03-01&until=2026-02-01")
    assert answer.json()["errors"][0]["field"] == "since"
