"""Inviting, as the verbs see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, NotFound, WrongMoment
from loype.mail.models import OutgoingMail
from loype.organisations.actions import (
    accept_invitation,
    close_unit,
    find_invitation,
    invite_person,
    join_by_domain,
    place_person,
    resend_invitation,
    withdraw_invitation,
)
from loype.organisations.actor import HOUSE
from loype.organisations.models import Invitation, Membership
from tests.cast import TODAY, World


def invite(world: World, email: str = "nina@example.test") -> tuple[Invitation, str]:
    return invite_person(
        world.fjordvik, email=email, roles=["decider"], actor=world.actor("siv"), at=TODAY
    )


def test_it_works_once_and_for_three_weeks(world: World) -> None:
    invitation, secret = invite(world)
    assert find_invitation(secret, at=TODAY + timedelta(days=20)) == invitation
    with pytest.raises(WrongMoment):
        find_invitation(secret, at=TODAY + timedelta(days=21))
    accept_invitation(secret, person=world.people["dee"], actor=world.actor("dee"), at=TODAY)
    with pytest.raises(WrongMoment):
        accept_invitation(secret, person=world.people["olaf"], actor=world.actor("olaf"), at=TODAY)
    assert not Membership.objects.filter(
        person=world.people["olaf"], organisation=world.fjordvik
    ).exists()
    with pytest.raises(NotFound):
        find_invitation("made-up", at=TODAY)


def test_it_replaces_an_open_one(world: World) -> None:
    _first, old = invite(world)
    _second, new = invite(world, "NINA@example.test")
    with pytest.raises(WrongMoment):
        find_invitation(old, at=TODAY)
    assert find_invitation(new, at=TODAY)
    assert OutgoingMail.objects.filter(to="nina@example.test").count() == 2


@pytest.mark.parametrize("email", ["nonsense", "a@b", "x" * 250 + "@example.test", "a b@c.no"])
def test_it_needs_a_whole_address(email: str, world: World) -> None:
    with pytest.raises(BadInput):
        invite(world, email)


def test_it_is_withdrawn_and_resent_only_while_open(world: World) -> None:
    siv = world.actor("siv")
    invitation, secret = invite(world)
    again, new = resend_invitation(invitation, actor=siv, at=TODAY)
    assert again.roles == ["decider", "employee"]
    with pytest.raises(WrongMoment):
        resend_invitation(invitation, actor=siv, at=TODAY)
    accept_invitation(new, person=world.people["dee"], actor=world.actor("dee"), at=TODAY)
    with pytest.raises(WrongMoment):
        withdraw_invitation(again, actor=siv, at=TODAY)
    with pytest.raises(WrongMoment):
        find_invitation(secret, at=TODAY)


def test_only_its_administrators_invite_and_place(world: World) -> None:
    for name in ("ada", "olaf", "fia", "eve"):
        with pytest.raises(NotAllowed):
            invite_person(
                world.fjordvik, email="x@example.test", roles=[], actor=world.actor(name), at=TODAY
            )
        with pytest.raises(NotAllowed):
            place_person(
                world.people["ada"], organisation=world.fjordvik, unit=None, job_title="x",
                actor=world.actor(name), at=TODAY,
            )  # fmt: skip


def test_it_takes_only_open_units(world: World) -> None:
    siv, unit = world.actor("siv"), world.unit
    assert unit is not None
    close_unit(unit, actor=siv, at=TODAY)
    unit.refresh_from_db()
    with pytest.raises(BadInput):
        invite_person(
            world.fjordvik, email="x@example.test", roles=[], unit=unit, actor=siv, at=TODAY
        )
    with pytest.raises(BadInput):
        place_person(
            world.people["ada"], organisation=world.fjordvik, unit=unit, job_title="", actor=siv,
            at=TODAY,
        )  # fmt: skip


def test_it_places_only_those_who_belong(world: World) -> None:
    with pytest.raises(NotAllowed):
        place_person(
            world.people["dee"], organisation=world.fjordvik, unit=None, job_title="x",
            actor=world.actor("siv"), at=TODAY,
        )  # fmt: skip


def test_it_joins_nobody_by_a_domain_that_lets_nobody_in(world: World) -> None:
    world.fjordvik.email_domain = "example.test"
    world.fjordvik.save()
    assert join_by_domain(world.people["dee"], actor=world.actor("dee"), at=TODAY) is None


def test_every_act_is_in_the_account(world: World) -> None:
    _invitation, secret = invite(world)
    accept_invitation(secret, person=world.people["dee"], actor=world.actor("dee"), at=TODAY)
    place_person(
        world.people["dee"], organisation=world.fjordvik, unit=world.unit, job_title="x",
        actor=HOUSE, at=TODAY,
    )  # fmt: skip
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"invite_person", "accept_invitation", "open_membership", "place_person"} <= verbs
