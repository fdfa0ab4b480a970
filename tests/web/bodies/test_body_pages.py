"""The pages of bodies: what is missing first, people, papers, the year, and any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from loype.bodies.actions import (
    PowerLine,
    add_composition_rule,
    adopt_instruction,
    adopt_mandate,
    appoint_to_seat,
    decide_by_instruction,
    promise_introduction,
    put_on_wheel,
    settle_introduction,
)
from loype.bodies.models import (
    Body,
    Introduction,
    Mandate,
    Meeting,
    Referral,
    RulesOfProcedure,
)
from loype.councils.citing import cite_points
from loype.councils.models import Decision
from loype.organisations.actions import end_membership, give_role
from loype.organisations.actor import HOUSE
from tests.bodies.groups import subject_group
from tests.cast import BEGINNING, TODAY, World
from tests.trail_world import TrailWorld

DAY = TODAY.date()
Clients = Callable[[str], Client]


def council(world: World) -> Body:
    assert world.council is not None
    return world.council


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.requirement("ROR-03")
def test_it_shows_first_which_disciplines_are_missing(world: World, client_of: Clients) -> None:
    add_composition_rule(
        council(world), rule="discipline", discipline="Schools", from_date=DAY, strength="told",
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    shown = text(client_of("bo"), f"/bodies/{council(world).pk}/")
    assert "Nobody is there for Schools." in shown
    assert shown.index("Nobody is there for Schools.") < shown.index("Who sits on it</h2>")


@pytest.mark.requirement("ROR-07")
def test_it_shows_who_sat_there_on_another_day(world: World, client_of: Clients) -> None:
    leader = council(world).seats.get(is_leader=True)
    later = DAY + timedelta(days=10)
    appoint_to_seat(
        leader, person=world.people["ada"], from_date=later, actor=world.actor("siv"), at=TODAY
    )
    address = f"/bodies/{council(world).pk}/"
    client = client_of("siv")
    assert ">Bo<" in text(client, f"{address}?on={DAY}")
    then = text(client, f"{address}?on={later}")
    assert ">Ada<" in then
    assert ">Bo<" not in then
    assert "eing set up" in text(client, f"{address}?on={BEGINNING.date() - timedelta(days=1)}")
    assert client.get(f"{address}?on=tomorrow").status_code == 200


def test_it_sets_up_a_group_from_the_usual_rules(world: World, client_of: Clients) -> None:
    assert world.federation is not None
    client = client_of("fia")
    sent = {
        "kind": "subject_group", "pack": "no-ror", "name": "Helsegruppa",
        "federation": str(world.federation.pk), "leader_party": "FJO",
    }  # fmt: skip
    wrong = client.post("/bodies/new/", sent | {"leader_party": "Nowhere"})
    assert wrong.status_code == 422
    assert "No organisation is called this" in wrong.content.decode()
    assert "Helsegruppa" in wrong.content.decode()
    assert client.post("/bodies/new/", sent).status_code == 302
    body = Body.objects.get(name="Helsegruppa")
    shown = text(client, f"/bodies/{body.pk}/")
    assert "Skogbygda kommune is to have at least 1 seat" in shown
    assert "Let it begin" not in shown
    assert client.post(f"/bodies/{body.pk}/begin/").status_code == 409


def test_it_takes_up_a_pack_by_a_button(world: World, client_of: Clients) -> None:
    body = council(world)
    answer = client_of("siv").post(f"/bodies/{body.pk}/pack/", {"pack": "no-ror"})
    assert answer.status_code == 302
    assert body.mandates.get().points.count() == 6
    papers = text(client_of("dee"), f"/bodies/{body.pk}/papers/")
    assert "Utnevne ansvarlig for oppfølging av innmeldte idéer" in papers
    assert "Called 7 days ahead." in papers


def test_it_keeps_what_was_typed_when_a_rule_cannot_be(world: World, client_of: Clients) -> None:
    answer = client_of("siv").post(
        f"/bodies/{council(world).pk}/rules/",
        {"rule": "discipline", "least": "1", "strength": "told", "from_date": str(DAY),
         "decision_reference": "Sak 12"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Sak 12" in answer.content.decode()
    assert "Say which discipline" in answer.content.decode()


def test_it_adopts_papers(world: World, client_of: Clients) -> None:
    body, bo = council(world), client_of("bo")
    at = f"/bodies/{body.pk}"
    told = {"from_date": "2099-01-01"}
    assert client_of("siv").post(
        f"{at}/mandate/", told | {"points": "One\n\nTwo"}
    ).status_code == 302  # fmt: skip
    assert [one.text for one in Mandate.objects.get(body=body).points.all()] == ["One", "Two"]
    lines = {"matter_1": "Innkjøp", "holder_1": "head", "up_to_1": "500000", "currency": "NOK"}
    assert bo.post(f"{at}/instruction/", told | lines).status_code == 302
    rules = {"notice_days": "3", "paper_days": "5", "quorum": "half", "decides_by": "vote"}
    assert bo.post(f"{at}/procedure/", told | rules).status_code == 422
    assert bo.post(f"{at}/procedure/", told | rules | {"paper_days": "2"}).status_code == 302
    assert RulesOfProcedure.objects.get(body=body).notice_days == 3
    shown = text(bo, f"{at}/papers/?on=2099-01-01")
    assert "do not match" in shown
    assert "do not match" not in text(bo, f"{at}/papers/")


@pytest.mark.requirement("S19-54")
def test_it_routes_a_decision_and_lets_the_chair_answer(
    trail: TrailWorld, client_of: Clients
) -> None:
    world = trail.world
    body = council(world)
    sent = {"matter": "Innkjøp", "title": "Mer", "reasons": "Trengs", "amount": "9"}
    said = client_of("siv").post(
        f"/bodies/{body.pk}/referrals/", sent | {"currency": "NOK"}, follow=True
    )
    assert "The instruction says nothing of this, so the body decides." in said.content.decode()
    referral = Referral.objects.get(title="Mer")
    assert world.meeting is not None
    answer = {"meeting": str(world.meeting.pk), "is_agreed": "no", "answer": "Ikke nå"}
    assert client_of("bo").post(f"/bodies/referrals/{referral.pk}/", answer).status_code == 302
    referral.refresh_from_db()
    assert referral.state == "refused"
    assert "Ikke nå" in text(client_of("ada"), f"/bodies/{body.pk}/year/")


@pytest.mark.requirement("S19-49")
def test_it_follows_up_introductions(world: World, client_of: Clients) -> None:
    body = council(world)
    sent = {"whom": "Ada", "to_whom": "Direktøren", "due_date": "2099-01-01"}
    assert client_of("cai").post(f"/bodies/{body.pk}/introductions/", sent).status_code == 302
    promise = Introduction.objects.get()
    blank = client_of("cai").post(f"/bodies/introductions/{promise.pk}/", {"is_made": "yes"})
    assert blank.status_code == 422
    done = {"is_made": "yes", "outcome": "De snakket"}
    assert client_of("cai").post(f"/bodies/introductions/{promise.pk}/", done).status_code == 302
    assert "De snakket" in text(client_of("bo"), f"/bodies/{body.pk}/year/")


@pytest.mark.requirement("S19-49")
def test_what_is_open_stands_before_what_is_settled(world: World, client_of: Clients) -> None:
    body, bo = council(world), world.actor("bo")
    facts = {"body": body, "actor": bo, "at": TODAY}
    promise_introduction(
        whom="Sist lovet", to_whom="Rektor", due_date=DAY + timedelta(days=9), **facts
    )
    adopt_instruction(
        powers=[PowerLine(matter="Rutine", holder="head", up_to=None)], from_date=DAY, **facts
    )
    refer = {"matter": "Innkjøp", "reasons": "Trengs", **facts}
    decide_by_instruction(title="Venter på rådet", **refer)
    for number in range(30):
        done = promise_introduction(
            whom=f"Nummer {number}", to_whom="Rektor", due_date=DAY, **facts
        )
        settle_introduction(done, is_made=True, outcome="Ja.", actor=bo, at=TODAY)
        decide_by_instruction(
            body, matter="Rutine", title=f"Avgjort {number}", reasons="Trengs",
            actor=world.actor("siv"), at=TODAY + timedelta(hours=1),
        )  # fmt: skip
    assert Referral.objects.filter(state="decided").count() == 30
    shown = text(client_of("bo"), f"/bodies/{body.pk}/year/")
    assert "Sist lovet" in shown
    assert "Venter på rådet" in shown


def test_a_form_of_another_year_comes_back_in_that_year(world: World, client_of: Clients) -> None:
    body, bo = council(world), client_of("bo")
    item = put_on_wheel(
        body, kind="plan", title="Årsplan", due_date=DAY.replace(year=2024),
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    shown = text(bo, f"/bodies/{body.pk}/year/?year=2024")
    sent_to = f"/bodies/year/{item.pk}/done/?year=2024"
    assert f'action="{sent_to}"' in shown
    back = bo.post(sent_to, {"result": "", "follow_up": "Vi gjør det om igjen."})
    assert back.status_code == 422
    assert "Vi gjør det om igjen." in back.content.decode()
    done = bo.post(sent_to, {"result": "Gjort."})
    assert done["Location"] == f"/bodies/{body.pk}/year/?year=2024"


def test_the_day_of_a_meeting_is_said_where_it_meets(world: World, client_of: Clients) -> None:
    body = council(world)
    assert world.meeting is not None
    Meeting.objects.filter(pk=world.meeting.pk).update(
        starts_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    )
    decide_by_instruction(
        body, matter="Innkjøp", title="Mer", reasons="Trengs", actor=world.actor("siv"), at=TODAY
    )
    shown = text(client_of("bo"), f"/bodies/{body.pk}/year/?year=2026")
    assert f'<option value="{world.meeting.pk}">3 March' in shown


@pytest.mark.requirement("S19-44")
def test_it_shows_the_evaluation_on_the_year_wheel(world: World, client_of: Clients) -> None:
    body = council(world)
    sent = {
        "kind": "evaluation", "title": "Alt vi gjør", "due_date": f"{DAY.year}-11-01",
        "questions": "Virker det?", "method": "Intervju",
    }  # fmt: skip
    assert client_of("bo").post(f"/bodies/{body.pk}/year/add/", sent).status_code == 302
    shown = text(client_of("cai"), f"/bodies/{body.pk}/year/?year={DAY.year}")
    assert "Alt vi gjør" in shown
    assert "Virker det?" in shown


@pytest.mark.requirement("ROR-25")
def test_it_lists_decisions_under_each_point(trail: TrailWorld, client_of: Clients) -> None:
    world = trail.world
    adopt_mandate(
        council(world), points=["Utbre", "Følge opp"], from_date=BEGINNING.date(),
        actor=world.actor("siv"), at=BEGINNING,
    )  # fmt: skip
    decision = Decision.objects.filter(body=council(world), locked_at=None).first()
    assert decision is not None
    second = council(world).mandates.get().points.get(number=2)
    sent = {"points": [str(second.pk)]}
    answer = client_of("bo").post(f"/council/decisions/{decision.pk}/points/", sent)
    assert answer.status_code == 302
    address = f"/bodies/{council(world).pk}/decisions/?year={decision.decided_at.year}"
    shown = text(client_of("bo"), address)
    assert shown.index("Følge opp") < shown.index(decision.number)
    cite_points(decision, points=[], actor=world.actor("bo"), at=TODAY)
    assert decision.number not in text(client_of("bo"), address)


@pytest.mark.requirement("ROR-26")
def test_the_contact_page_follows_the_role(world: World, client_of: Clients) -> None:
    assert world.federation is not None
    address = f"/bodies/federations/{world.federation.pk}/"
    assert ">Fia<" in text(client_of("dee"), address)
    home = world.organisations["fjordlaget"]
    membership = world.people["fia"].memberships.get(role="coordinator")
    end_membership(membership, actor=HOUSE, at=TODAY)
    give_role(world.people["olaf"], organisation=home, role="coordinator", actor=HOUSE, at=TODAY)
    shown = text(client_of("dee"), address)
    assert ">Olaf<" in shown
    assert ">Fia<" not in shown


def test_a_party_appoints_through_the_seat_page(world: World, client_of: Clients) -> None:
    body = subject_group(world)
    seat = body.seats.get(party=world.organisations["elvestrand"])
    sent = {"person": str(world.people["dee"].pk), "from_date": str(DAY)}
    address = f"/council/seats/{seat.pk}/"
    assert client_of("fia").post(address, sent).status_code == 403
    assert client_of("mia").post(address, sent).status_code == 302
    assert "Dee" in text(client_of("dee"), f"/bodies/{body.pk}/")
    assert client_of("dee").get(f"/bodies/{body.pk}/year/").status_code == 200
    assert client_of("gro").get(f"/bodies/{body.pk}/year/").status_code == 404


def test_a_council_is_not_mistaken_for_another_body(world: World, client_of: Clients) -> None:
    subject_group(world)
    assert client_of("fia").get("/council/").status_code == 200
    assert "Faggruppe" in text(client_of("fia"), "/bodies/")
    assert "Faggruppe" in text(client_of("dee"), "/bodies/?scope=all")
    assert "Faggruppe" not in text(client_of("dee"), "/bodies/")
    assert "Faggruppe" not in text(client_of("olaf"), "/bodies/?scope=all")
