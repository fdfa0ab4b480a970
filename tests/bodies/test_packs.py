"""Default bodies from packs."""

from __future__ import annotations

from typing import Any

import pytest

from loype.bodies.actions import activate_council, appoint_to_seat
from loype.bodies.composition import missing_from
from loype.bodies.models import Body, BodyKind
from loype.bodies.packing import establish_from_pack, load_pack, pack_names, take_up_pack
from loype.bodies.procedure import procedure_on
from loype.kernel.errors import BadInput, NotAllowed, NotFound
from loype.organisations.actions import give_role
from loype.organisations.actor import HOUSE
from tests.bodies.groups import build_centre
from tests.cast import TODAY, World

DAY = TODAY.date()


def test_there_are_packs_that_can_be_read() -> None:
    assert pack_names() == ["dk-coi", "no-ror"]
    for name in pack_names():
        pack = load_pack(name)
        assert pack.title
        assert {one["kind"] for one in pack.bodies} <= set(BodyKind.values)
    with pytest.raises(NotFound):
        load_pack("../../secret")


@pytest.mark.requirement("ROR-01")
def test_it_gives_municipalities_the_same_council_with_texts_of_their_own(world: World) -> None:
    def founded(key: str, by: str, name: str) -> Body:
        return establish_from_pack(
            world.organisations[key], pack=load_pack("no-ror"), kind="innovation_council",
            federation=world.federation, name=name, actor=world.actor(by), at=TODAY,
        )  # fmt: skip

    one, other = founded("skogbygda", "gro", ""), founded("elvestrand", "mia", "Idérådet")
    assert (one.name, other.name) == ("Innovasjonsrådet", "Idérådet")

    def common(body: Body) -> list[Any]:
        return [
            list(body.mandates.get().points.values_list("number", "text")),
            list(body.composition_rules.values_list("rule", "seat_kind", "least", "strength")),
            [one for one in procedure_on(body, day=DAY).__dict__.items() if "id" not in one[0]],
            list(body.seats.values_list("kind", "title", "is_leader")),
        ]

    assert common(one) == common(other)
    assert len(one.mandates.get().points.all()) == 6


@pytest.mark.requirement("ROR-01", "ROR-09")
def test_it_can_begin_when_the_obligatory_seats_are_filled(world: World) -> None:
    gro, fia = world.actor("gro"), world.actor("fia")
    body = establish_from_pack(
        world.organisations["skogbygda"], pack=load_pack("no-ror"), kind="innovation_council",
        federation=world.federation, actor=gro, at=TODAY,
    )  # fmt: skip
    for kind, who in (("municipality", gro), ("federation", fia)):
        seat = body.seats.filter(kind=kind).order_by("-is_leader")[0]
        name = "gro" if kind == "municipality" else "fia"
        appoint_to_seat(seat, person=world.people[name], from_date=DAY, actor=who, at=TODAY)
    assert [one.strength for one in missing_from(body, DAY)] == ["told", "told"]
    assert activate_council(body, actor=gro, at=TODAY).state == "active"


def test_it_changes_nothing_the_second_time(world: World) -> None:
    body = world.council
    assert body is not None
    siv = world.actor("siv")
    first = take_up_pack(body, pack=load_pack("no-ror"), actor=siv, at=TODAY)
    assert "a mandate" in first
    seats = body.seats.count()
    assert take_up_pack(body, pack=load_pack("no-ror"), actor=siv, at=TODAY) == []
    assert body.seats.count() == seats
    assert "seats" not in first


def test_it_asks_which_organisations_the_parties_are(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        establish_from_pack(
            world.fjordvik, pack=load_pack("dk-coi"), kind="steering_group",
            actor=world.actor("siv"), at=TODAY,
        )  # fmt: skip
    assert set(refused.value.fields) == {"party_state", "party_municipalities", "party_regions"}
    assert not Body.objects.filter(kind="steering_group").exists()


def test_it_is_for_the_organisation_alone(world: World) -> None:
    assert world.council is not None
    with pytest.raises(NotAllowed):
        take_up_pack(world.council, pack=load_pack("no-ror"), actor=world.actor("fia"), at=TODAY)


@pytest.mark.django_db
def test_it_gives_the_steering_group_all_its_seats() -> None:
    centre = build_centre()
    kinds = [one.kind for one in centre.body.seats.all()]
    assert (kinds.count("party"), kinds.count("consultative")) == (9, 1)
    assert centre.body.instructions.get().powers.count() == 4
    assert centre.body.wheel_items.count() == 3


def test_an_administrator_takes_up_all_but_the_year_that_others_keep(world: World) -> None:
    assert world.council is not None
    give_role(
        world.people["ada"], organisation=world.fjordvik, role="administrator", actor=HOUSE,
        at=TODAY,
    )  # fmt: skip
    pack = load_pack("no-ror")
    added = take_up_pack(world.council, pack=pack, actor=world.actor("ada"), at=TODAY)
    assert "a mandate" in added
    assert not world.council.wheel_items.exists()
    siv = world.actor("siv")
    assert take_up_pack(world.council, pack=pack, actor=siv, at=TODAY) == ["a year wheel"]
