"""A council works only within its federation: it is closed before its organisation leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    close_council,
    establish_council,
)
from loype.bodies.models import Body
from loype.councils.models import Case
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actions import (
    end_federation_membership,
    found_federation,
    give_role,
    join_federation,
)
from loype.organisations.actor import HOUSE
from loype.organisations.models import Federation, FederationMembership
from tests.bodies.test_set_up_council import federation_seat, leader_seat
from tests.cast import BEGINNING, TODAY, World
from tests.promises import settle_promises, write_past_verbs
from tests.trail_world import idea_of

SignIn = Callable[[str], Client]
DAY = TODAY.date()
YESTERDAY = DAY - timedelta(days=1)


def membership_of(world: World) -> FederationMembership:
    """Fjordvik's membership in the federation that its council works with."""
    assert world.federation is not None
    return world.federation.memberships.get(organisation=world.fjordvik)


def leave(world: World, *, last_day: object = YESTERDAY) -> FederationMembership:
    facts = {"to_date": last_day, "actor": world.actor("fia"), "at": TODAY}
    return end_federation_membership(membership_of(world), **facts)


def another_federation(world: World) -> Federation:
    """Olaf coordinates a federation that Fjordvik joins as well, while it is in the old one."""
    home = world.organisations["sundkobing"]
    give_role(world.people["olaf"], organisation=home, role="coordinator", actor=HOUSE, at=TODAY)
    other = found_federation(name="Sundlaget", coordinator=home, actor=HOUSE, at=TODAY)
    join_federation(
        other, organisation=world.fjordvik, from_date=DAY, actor=world.actor("olaf"), at=TODAY
    )
    return other


def council_with(world: World, federation: Federation) -> Body:
    """A council of Fjordvik's with the other federation, ready to begin."""
    siv = world.actor("siv")
    body = establish_council(
        world.fjordvik, name="Det nye rådet", federation=federation, actor=siv, at=TODAY
    )
    for seat, person, actor in (
        (leader_seat(body), "bo", siv),
        (federation_seat(body), "olaf", world.actor("olaf")),
    ):
        appoint_to_seat(seat, person=world.people[person], from_date=DAY, actor=actor, at=TODAY)
    return body


@pytest.mark.requirement("ROR-08")
@pytest.mark.requirement("S19-52")
@pytest.mark.parametrize("days", [-1, 0, 60])
def test_it_keeps_a_member_whose_council_works_with_the_federation(world: World, days: int) -> None:
    with pytest.raises(WrongMoment, match=r"Innovasjonsrådet i Fjordvik.*closed there first"):
        leave(world, last_day=DAY + timedelta(days=days))
    assert membership_of(world).to_date is None


@pytest.mark.requirement("ROR-08")
def test_it_lets_a_member_leave_that_closed_its_council(world: World) -> None:
    assert world.council is not None
    close_council(world.council, actor=world.actor("siv"), at=TODAY)
    with pytest.raises(BadInput, match="still worked with this federation after that"):
        leave(world, last_day=YESTERDAY - timedelta(days=1))
    assert leave(world).to_date == YESTERDAY
    settle_promises()


@pytest.mark.requirement("ROR-08")
def test_it_lets_a_municipality_change_its_federation_with_a_new_council(world: World) -> None:
    assert world.council is not None
    idea = idea_of(world, text="Vi trenger noe som går med oss.")
    siv, new = world.actor("siv"), council_with(world, another_federation(world))
    settle_promises()
    close_council(world.council, actor=siv, at=TODAY)
    activate_council(new, actor=siv, at=TODAY)
    leave(world)
    settle_promises()
    assert Case.objects.undecided().get(idea=idea).organisation == new.organisation
    bodies = Body.objects.councils().filter(organisation=world.fjordvik)
    assert dict(bodies.values_list("federation__name", "state")) == {
        "Fjordlaget": "closed", "Sundlaget": "active",
    }  # fmt: skip


@pytest.mark.requirement("ROR-08")
def test_it_does_not_begin_where_the_organisation_is_about_to_leave(world: World) -> None:
    assert world.council is not None
    siv, other = world.actor("siv"), another_federation(world)
    new = council_with(world, other)
    close_council(world.council, actor=siv, at=TODAY)
    joined = other.memberships.get(organisation=world.fjordvik)
    last_day = DAY + timedelta(days=30)
    end_federation_membership(joined, to_date=last_day, actor=world.actor("olaf"), at=TODAY)
    with pytest.raises(WrongMoment, match="has left this federation, or will"):
        activate_council(new, actor=siv, at=TODAY)
    settle_promises()
    with pytest.raises(IntegrityError, match="outside its federation"):
        write_past_verbs(
            "UPDATE bodies_body SET state = 'active', established_date = %s WHERE id = %s",
            DAY, new.pk,
        )  # fmt: skip


@pytest.mark.requirement("ROR-08")
@pytest.mark.parametrize(
    "write",
    [
        "UPDATE organisations_federationmembership SET to_date = current_date",
        "UPDATE organisations_federationmembership SET from_date = from_date + 1",
        "DELETE FROM organisations_federationmembership",
    ],
)
def test_the_database_keeps_a_member_whose_council_works(world: World, write: str) -> None:
    settle_promises()
    with pytest.raises(IntegrityError, match="a member stays while its council works"):
        write_past_verbs(f"{write} WHERE organisation_id = %s", world.fjordvik.pk)


@pytest.mark.requirement("ROR-08")
def test_the_database_takes_no_council_to_a_federation_its_organisation_is_not_in(
    world: World,
) -> None:
    assert world.council is not None
    home = world.organisations["sundkobing"]
    other = found_federation(name="Sundlaget", coordinator=home, actor=HOUSE, at=BEGINNING)
    settle_promises()
    with pytest.raises(IntegrityError, match="outside its federation"):
        write_past_verbs(
            "UPDATE bodies_body SET federation_id = %s WHERE id = %s", other.pk, world.council.pk
        )


@pytest.mark.requirement("ROR-08")
def test_the_page_names_the_council_and_says_what_to_do(world: World, client_of: SignIn) -> None:
    address = reverse("federation_member_end", args=[membership_of(world).pk])
    answer = client_of("fia").post(address, {"to_date": YESTERDAY})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Innovasjonsrådet i Fjordvik" in said
    assert "Then the membership can end" in said
    api = client_of("fia").post(
        f"/api/v1/organisations/{world.fjordvik.pk}/federation-memberships"
        f"/{membership_of(world).pk}/end",
        {"to_date": str(YESTERDAY)}, content_type="application/json",
    )  # fmt: skip
    assert (api.status_code, "Innovasjonsrådet i Fjordvik" in api.content.decode()) == (409, True)
