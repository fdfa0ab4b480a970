"""Setting up a council: one active a municipality, with the federation at the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from loype.bodies.actions import (
    activate_council,
    add_seat,
    appoint_to_seat,
    close_council,
    close_seat,
    end_term,
    establish_council,
)
from loype.bodies.models import Body, Seat, Term
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.cast import TODAY, World

SETUP = "/council/setup/"


def run_sql(sql: str, *values: object) -> None:
    """One statement past all verbs, with what the database keeps checked at once."""
    look_at_promises()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        look_at_promises()


def look_at_promises() -> None:
    """What the database checks at the end of a transaction, checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def council_in(world: World, key: str, *, by: str) -> Body:
    """A council being set up in one of the municipalities, with empty seats."""
    assert world.federation is not None
    return establish_council(
        world.organisations[key], name="", federation=world.federation,
        actor=world.actor(by), at=TODAY,
    )  # fmt: skip


def leader_seat(body: Body) -> Seat:
    return body.seats.get(is_leader=True)


def federation_seat(body: Body) -> Seat:
    return body.seats.get(kind="federation")


@pytest.fixture
def draft(world: World) -> Body:
    """Skogbygda prepares a council and has appointed its leader, Gro."""
    body = council_in(world, "skogbygda", by="gro")
    appoint_to_seat(
        leader_seat(body), person=world.people["gro"], from_date=TODAY.date(),
        actor=world.actor("gro"), at=TODAY,
    )  # fmt: skip
    return body


def fill_federation_seat(world: World, body: Body) -> Term:
    return appoint_to_seat(
        federation_seat(body), person=world.people["fia"], from_date=TODAY.date(),
        actor=world.actor("fia"), at=TODAY,
    )  # fmt: skip


@pytest.mark.requirement("ROR-07")
def test_it_refuses_a_second_active_council(world: World) -> None:
    second = council_in(world, "fjordvik", by="siv")
    siv, fia = world.actor("siv"), world.actor("fia")
    day = TODAY.date()
    appoint_to_seat(
        leader_seat(second), person=world.people["cai"], from_date=day, actor=siv, at=TODAY
    )
    appoint_to_seat(
        federation_seat(second), person=world.people["fia"], from_date=day, actor=fia, at=TODAY
    )
    with pytest.raises(WrongMoment, match="already has an active council"):
        activate_council(second, actor=siv, at=TODAY)
    assert world.council is not None
    close_council(world.council, actor=siv, at=TODAY)
    assert activate_council(second, actor=siv, at=TODAY).state == "active"
    states = Body.objects.filter(organisation=world.fjordvik).values_list("state", flat=True)
    assert sorted(states) == ["active", "closed"]


@pytest.mark.requirement("ROR-07")
def test_it_is_refused_by_the_database_too(world: World) -> None:
    second = council_in(world, "fjordvik", by="siv")
    with pytest.raises(IntegrityError, match="one_active_council"):
        run_sql(
            "UPDATE bodies_body SET state = 'active', established_date = %s WHERE id = %s",
            TODAY.date(), second.pk,
        )  # fmt: skip


@pytest.mark.requirement("ROR-09")
def test_it_does_not_begin_without_the_federation(world: World, draft: Body) -> None:
    with pytest.raises(WrongMoment, match="federation's seat is empty"):
        activate_council(draft, actor=world.actor("gro"), at=TODAY)
    fill_federation_seat(world, draft)
    assert activate_council(draft, actor=world.actor("gro"), at=TODAY).state == "active"


@pytest.mark.requirement("ROR-09")
def test_it_does_not_begin_without_the_federation_by_sql(world: World, draft: Body) -> None:
    order = "UPDATE bodies_body SET state = 'active', established_date = %s WHERE id = %s"
    with pytest.raises(IntegrityError, match="federation seat"):
        run_sql(order, TODAY.date(), draft.pk)
    fill_federation_seat(world, draft)
    run_sql(order, TODAY.date(), draft.pk)
    draft.refresh_from_db()
    assert draft.state == "active"


@pytest.mark.requirement("ROR-09")
@pytest.mark.parametrize(
    "order",
    [
        "DELETE FROM bodies_term WHERE seat_id = %s",
        "UPDATE bodies_seat SET closed_date = '2026-03-01' WHERE id = %s",
        "UPDATE bodies_seat SET kind = 'municipality' WHERE id = %s",
    ],
)
def test_it_keeps_the_federation_at_the_table(world: World, order: str) -> None:
    assert world.council is not None
    with pytest.raises(IntegrityError):
        run_sql(order, federation_seat(world.council).pk)


@pytest.mark.requirement("ROR-09")
def test_it_does_not_let_the_federation_leave_an_active_council(world: World) -> None:
    assert world.council is not None
    term = federation_seat(world.council).terms.get()
    with pytest.raises(WrongMoment, match="never left empty"):
        end_term(term, to_date=TODAY.date(), actor=world.actor("fia"), at=TODAY)
    with pytest.raises(WrongMoment, match="always stay"):
        close_seat(federation_seat(world.council), actor=world.actor("siv"), at=TODAY)


def test_it_needs_a_leader(world: World) -> None:
    body = council_in(world, "skogbygda", by="gro")
    fill_federation_seat(world, body)
    with pytest.raises(WrongMoment, match="no leader"):
        activate_council(body, actor=world.actor("gro"), at=TODAY)


def test_it_is_only_for_members_of_the_federation(world: World) -> None:
    with pytest.raises(BadInput):
        council_in(world, "sundkobing", by="olaf")
    with pytest.raises(NotAllowed):
        council_in(world, "fjordvik", by="fia")


@pytest.mark.requirement("ROR-10")
@pytest.mark.parametrize(
    ("who", "which"),
    [("fia", "leader"), ("bo", "leader"), ("gro", "federation"), ("dee", "federation")],
)
def test_it_lets_nobody_appoint_for_the_other_side(
    world: World, draft: Body, who: str, which: str
) -> None:
    seat = leader_seat(draft) if which == "leader" else federation_seat(draft)
    with pytest.raises(NotAllowed):
        appoint_to_seat(
            seat, person=world.people[who], from_date=TODAY.date(), actor=world.actor(who), at=TODAY
        )
    if which == "leader":
        with pytest.raises(NotAllowed):
            end_term(seat.terms.get(), to_date=TODAY.date(), actor=world.actor(who), at=TODAY)


@pytest.mark.requirement("ROR-10")
def test_it_takes_only_people_from_where_the_seat_comes(world: World, draft: Body) -> None:
    with pytest.raises(BadInput, match="does not work where"):
        appoint_to_seat(
            federation_seat(draft), person=world.people["gro"], from_date=TODAY.date(),
            actor=world.actor("fia"), at=TODAY,
        )  # fmt: skip
    with pytest.raises(BadInput, match="does not work where"):
        appoint_to_seat(
            leader_seat(draft), person=world.people["fia"], from_date=TODAY.date(),
            actor=world.actor("gro"), at=TODAY,
        )  # fmt: skip


def test_it_keeps_who_sat_before(world: World) -> None:
    assert world.council is not None
    seat, later = leader_seat(world.council), TODAY + timedelta(days=10)
    appoint_to_seat(
        seat, person=world.people["cai"], from_date=later.date(), actor=world.actor("siv"),
        at=TODAY, decision_reference="26/114",
    )  # fmt: skip
    before, after = seat.terms.order_by("from_date")
    assert (before.person.name, before.to_date) == ("Bo", later.date() - timedelta(days=1))
    assert (after.person.name, after.to_date, after.decision_reference) == ("Cai", None, "26/114")
    assert world.actor("bo", at=later).leads_body(world.council.pk) is False
    assert world.actor("cai", at=later).leads_body(world.council.pk) is True


def test_it_takes_a_members_seat_away(world: World) -> None:
    assert world.council is not None
    siv = world.actor("siv")
    seat = add_seat(world.council, title="Skole", actor=siv, at=TODAY)
    appoint_to_seat(seat, person=world.people["ada"], from_date=TODAY.date(), actor=siv, at=TODAY)
    assert world.fjordvik.pk in world.actor("ada").council_room_ids
    with pytest.raises(NotAllowed):
        close_seat(seat, actor=world.actor("bo"), at=TODAY)
    close_seat(seat, actor=siv, at=TODAY)
    assert world.fjordvik.pk not in world.actor("ada").council_room_ids
    with pytest.raises(WrongMoment, match="no longer there"):
        appoint_to_seat(
            seat, person=world.people["ada"], from_date=TODAY.date(), actor=siv, at=TODAY
        )


@pytest.mark.requirement("ROR-07", "ROR-09", "ROR-10")
def test_it_goes_from_nothing_to_an_active_council_on_the_pages(
    world: World, client_of: Callable[[str], Client]
) -> None:
    gro, fia = client_of("gro"), client_of("fia")
    assert world.federation is not None
    answer = gro.post(
        f"{SETUP}establish/",
        {
            "name": "Innovasjonsrådet",
            "federation": world.federation.pk,
            "decision_reference": "26/9",
        },
    )
    body = Body.objects.get(organisation=world.organisations["skogbygda"])
    assert answer.status_code == 302
    page = gro.get(SETUP).content.decode()
    assert "Nobody leads it" in page
    assert "seat is empty" in page
    assert "Let the council begin" not in page
    seats = {"leader": leader_seat(body).pk, "federation": federation_seat(body).pk}
    person = world.people
    refused = fia.post(
        f"/council/seats/{seats['leader']}/",
        {"person": person["fia"].pk, "from_date": "2026-01-10"},
    )
    assert refused.status_code == 403
    assert "Only the municipality appoints" in refused.content.decode()
    refused = gro.post(f"{SETUP}{body.pk}/activate/")
    assert refused.status_code == 409
    assert "The federation must name" in refused.content.decode().replace("&#x27;", "'")
    for client, seat, who in ((gro, "leader", "gro"), (fia, "federation", "fia")):
        done = client.post(
            f"/council/seats/{seats[seat]}/", {"person": person[who].pk, "from_date": "2026-01-10"}
        )
        assert done.status_code == 302
    assert "Let the council begin" in gro.get(SETUP).content.decode()
    assert gro.post(f"{SETUP}{body.pk}/activate/").status_code == 302
    body.refresh_from_db()
    assert body.state == "active"
    assert body.decision_reference == "26/9"


@pytest.mark.requirement("ROR-09")
def test_it_shows_the_federation_which_seats_are_empty(
    world: World, draft: Body, client_of: Callable[[str], Client]
) -> None:
    page = client_of("fia").get("/council/federation/").content.decode()
    assert "1 seat is empty" in page
    assert f"/council/seats/{federation_seat(draft).pk}/" in page
    assert "Elvestrand kommune" in page
    fill_federation_seat(world, draft)
    page = client_of("fia").get("/council/federation/").content.decode()
    assert "Every council has somebody" in page
    assert client_of("bo").get("/council/federation/").status_code == 404
