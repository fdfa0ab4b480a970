"""Groups that are no councils hold their meetings on the same pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    call_meeting,
    establish_body,
    plan_meeting,
)
from loype.bodies.models import Body, Meeting
from loype.councils.actions import add_agenda_item
from loype.councils.models import AgendaItem
from loype.kernel.clock import now
from tests.cast import TODAY, World

Clients = Callable[[str], Client]


def steering_group(world: World, *, leader: str = "ada") -> Body:
    """An active steering group in Fjordvik; its leader has no seat on the council."""
    siv = world.actor("siv")
    body = establish_body(
        world.fjordvik, kind="steering_group", name="Styringsgruppa", actor=siv, at=TODAY
    )
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people[leader], from_date=TODAY.date(),
        actor=siv, at=TODAY,
    )  # fmt: skip
    return activate_council(body, actor=siv, at=TODAY)


def meeting_of(world: World, body: Body) -> Meeting:
    return plan_meeting(
        body, starts_at=now() + timedelta(days=3), place="Rådhuset", actor=world.actor("ada"),
        at=TODAY,
    )  # fmt: skip


def test_the_leader_of_a_group_prepares_and_holds_its_meeting(
    world: World, client_of: Clients
) -> None:
    body = steering_group(world)
    meeting, ada = meeting_of(world, body), client_of("ada")
    place = f"/council/meetings/{meeting.pk}"
    page = ada.get(f"{place}/").content.decode()
    assert "Put another matter on the agenda" in page
    assert ada.get(f"{place}/change/").status_code == 200
    sent = {"kind": "decision", "title": "Neste fase", "notes": ""}
    assert ada.post(f"{place}/items/", sent).status_code == 302
    item = AgendaItem.objects.get(meeting=meeting)
    for address in (f"{place}/", f"{place}/live/", f"{place}/items/{item.pk}/"):
        shown = ada.get(address)
        assert shown.status_code == 200, address
        assert "/council/?organisation=" not in shown.content.decode(), address  # not her room
    call_meeting(meeting, actor=world.actor("ada"), at=TODAY)
    page = ada.get(f"{place}/").content.decode()
    assert "Open the live meeting" in page
    assert "Who is there" in page
    assert ada.get(f"{place}/live/").status_code == 200
    assert ada.get(f"{place}/minutes/").status_code == 200
    assert ada.get(f"{place}/minutes/pdf/").status_code == 200


def test_colleagues_outside_a_group_see_when_it_meets_and_no_more(
    world: World, client_of: Clients
) -> None:
    body = steering_group(world)
    meeting = meeting_of(world, body)
    item = add_agenda_item(
        meeting, kind="decision", title="Neste fase", actor=world.actor("ada"), at=TODAY
    )
    call_meeting(meeting, actor=world.actor("ada"), at=TODAY)
    place = f"/council/meetings/{meeting.pk}"
    member = world.actor("siv")
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people["cai"], from_date=now().date(),
        actor=member, at=TODAY,
    )  # fmt: skip
    ada = client_of("ada")
    page = ada.get(f"{place}/")
    assert page.status_code == 200
    assert "Neste fase" not in page.content.decode()
    for address in (f"items/{item.pk}/", "live/", "minutes/", "change/"):
        assert ada.get(f"{place}/{address}").status_code == 404, address


@pytest.mark.parametrize("name", ["dee", "olaf"])
def test_strangers_see_nothing_of_a_group(world: World, client_of: Clients, name: str) -> None:
    meeting = meeting_of(world, steering_group(world))
    assert client_of(name).get(f"/council/meetings/{meeting.pk}/").status_code == 404
