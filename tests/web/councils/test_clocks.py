"""The council room proposes what is needed in time, and one press plans it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.bodies.models import Meeting
from loype.councils.actions import appoint_responsible
from loype.councils.models import AgendaItem, Case
from loype.kernel.clock import now
from loype.trail.handovers import call_off_meeting, hand_in
from loype.trail.models import ServiceTarget
from tests.cast import TODAY, World


@pytest.fixture
def late(world: World) -> Case:
    """A case that waits, and no meeting ahead that could take it."""
    assert world.meeting is not None
    call_off_meeting(world.meeting, reason="Sykdom", actor=world.actor("bo"), at=TODAY)
    idea = hand_in(
        organisation=world.fjordvik, text="Venter på rådet", kind="idea",
        actor=world.actor("ada"), at=now() - timedelta(days=20),
    )  # fmt: skip
    return Case.objects.get(idea=idea)


@pytest.mark.requirement("ROR-11")
def test_the_chair_sees_the_proposal_first_and_plans_it_with_one_press(
    late: Case, client_of: Callable[[str], Client]
) -> None:
    bo = client_of("bo")
    room = bo.get("/council/")
    page = room.content.decode()
    assert "1 case passes its limit: no meeting ahead can take it" in page
    assert page.index("passes its limit") < page.index('id="waiting"')
    proposal = room.context["proposal"]
    answer = bo.post("/council/clocks/plan/", {"form": proposal.form, "day": proposal.day})
    meeting = Meeting.objects.exclude(state="cancelled").get()
    assert answer.headers["Location"] == f"/council/meetings/{meeting.pk}/"
    assert AgendaItem.objects.get(meeting=meeting).case == late
    assert "passes its limit" not in bo.get("/council/").content.decode()
    again = bo.post("/council/clocks/plan/", {"form": proposal.form, "day": proposal.day})
    assert again.status_code == 409


@pytest.mark.parametrize(("who", "proposed"), [("siv", True), ("cai", False), ("fia", False)])
def test_only_chair_and_secretary_see_the_proposal(
    late: Case, client_of: Callable[[str], Client], who: str, proposed: bool
) -> None:
    assert late.state == "waiting"
    fjordvik = {"organisation": late.organisation_id}
    room = client_of(who).get("/council/", fjordvik)
    assert (room.context["proposal"] is not None) is proposed
    clocks = client_of(who).get("/council/clocks/", fjordvik)
    assert (clocks.context["proposal"] is not None) is proposed
    assert "no meeting ahead takes it" in clocks.content.decode()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30"])
def test_a_day_that_is_none_is_refused(
    late: Case, client_of: Callable[[str], Client], day: str
) -> None:
    sent = {"form": "extra", "day": day}
    assert client_of("bo").post("/council/clocks/plan/", sent).status_code == 422
    assert not AgendaItem.objects.filter(case=late).exists()


@pytest.mark.requirement("ROR-11")
def test_the_leader_sets_what_is_promised(world: World, client_of: Callable[[str], Client]) -> None:
    bo = client_of("bo")
    sent = {
        "valid_from": now().date().isoformat(), "receipt_days": "1", "responsible_days": "3",
        "decision_days": "2", "feedback_days": "2", "warn_days": "3", "decider_days": "5",
        "stand_in": str(world.people["siv"].pk), "decision_reference": "Sak 12/26",
    }  # fmt: skip
    answer = bo.post("/council/targets/set/", sent)
    assert answer.status_code == 422
    assert "Give the first decision at least as many days" in answer.content.decode()
    assert "Sak 12/26" in answer.content.decode()
    assert bo.post("/council/targets/set/", {**sent, "decision_days": "12"}).status_code == 302
    target = ServiceTarget.objects.get(valid_to=None)
    assert (target.decision_days, target.stand_in) == (12, world.people["siv"])
    page = bo.get("/council/targets/").content.decode()
    assert "Sak 12/26" in page
    assert "first decision within 12 working days" in bo.get("/council/clocks/").content.decode()


@pytest.mark.requirement("ROR-20")
def test_the_responsible_answers_on_the_case(
    world: World, late: Case, client_of: Callable[[str], Client]
) -> None:
    at = late.waiting_since + timedelta(hours=1)
    appoint_responsible(late, person=world.people["cai"], actor=world.actor("bo"), at=at)
    cai, place = client_of("cai"), f"/council/cases/{late.pk}/"
    assert "I take it on" in cai.get(place).content.decode()
    assert "I take it on" not in client_of("bo").get(place).content.decode()
    refused = cai.post(f"{place}decline/", {"reason": ""})
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    assert cai.post(f"{place}accept/").status_code == 302
    late.refresh_from_db()
    assert late.accepted_at is not None
    load = client_of("bo").get("/council/clocks/").context["load"]
    assert [(one.name, one.cases, one.unaccepted) for one in load] == [("Cai", 1, 0)]


@pytest.mark.requirement("ROR-20")
def test_a_deputy_and_a_day_are_arranged_on_the_case(
    world: World, late: Case, client_of: Callable[[str], Client]
) -> None:
    at = late.waiting_since + timedelta(hours=1)
    appoint_responsible(late, person=world.people["cai"], actor=world.actor("bo"), at=at)
    day = (now() + timedelta(days=9)).date()
    place = f"/council/cases/{late.pk}/follow-up/"
    sent = {"deputy": str(world.people["ada"].pk), "follow_up_by": day.isoformat()}
    assert client_of("bo").post(place, sent).status_code == 302
    late.refresh_from_db()
    assert (late.deputy, late.follow_up_by) == (world.people["ada"], day)
    assert client_of("ada").get(f"/council/cases/{late.pk}/").status_code == 200
    sent["deputy"] = str(world.people["cai"].pk)
    assert client_of("bo").post(place, sent).status_code == 422


def test_a_long_queue_is_shown_whole_when_asked_for(
    world: World, client_of: Callable[[str], Client]
) -> None:
    for number in range(52):
        hand_in(
            organisation=world.fjordvik, text=f"Forslag {number}", kind="idea",
            actor=world.actor("ada"), at=now() - timedelta(days=3),
        )  # fmt: skip
    shown = client_of("bo").get("/council/clocks/")
    assert (len(shown.context["rows"]), shown.context["left_out"]) == (50, 2)
    address = f"?organisation={world.fjordvik.pk}&amp;all=yes#forecast"
    assert f'href="{address}">Show all 52 cases that wait</a>' in shown.content.decode()
    whole = client_of("bo").get("/council/clocks/", {"all": "yes"})
    assert (len(whole.context["rows"]), whole.context["left_out"]) == (52, 0)
    assert "Show all" not in whole.content.decode()
