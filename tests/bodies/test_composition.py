"""Who must sit on a body: dated rules, what is missing said in words, and what that stops."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from loype.bodies.actions import (
    activate_council,
    add_composition_rule,
    add_seat,
    appoint_to_seat,
    call_meeting,
    close_seat,
    hand_over_leading,
    plan_meeting,
)
from loype.bodies.as_of import body_on
from loype.bodies.composition import missing_from
from loype.bodies.models import Body, SeatKind
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.bodies.groups import Centre, build_centre, fill, subject_group
from tests.bodies.test_set_up_council import run_sql
from tests.cast import TODAY, World

DAY = TODAY.date()


@pytest.fixture
def centre(db: None) -> Centre:
    return build_centre()


def council(world: World) -> Body:
    assert world.council is not None
    return world.council


def words(body: Body, day: date = DAY) -> str:
    return " ".join(one.words for one in missing_from(body, day))


@pytest.mark.requirement("S19-41")
def test_it_shows_a_missing_member_of_a_party_and_refuses_a_fourth(centre: Centre) -> None:
    fill(centre, "state", "municipalities")
    fill(centre, "regions", most=2)
    assert "Regionernes samvirke" in words(centre.body)
    assert "2 are" in words(centre.body)
    with pytest.raises(WrongMoment, match="Regionernes samvirke"):
        activate_council(centre.body, actor=centre.actor("hans"), at=TODAY)
    with pytest.raises(BadInput, match="3 seats already"):
        add_seat(
            centre.body, kind=SeatKind.PARTY, party=centre.organisations["regions"],
            actor=centre.actor("hans"), at=TODAY,
        )  # fmt: skip
    appoint_to_seat(
        centre.seats_of("regions")[2], person=centre.people["regions_2"], from_date=DAY,
        actor=centre.actor("regions_admin"), at=TODAY,
    )  # fmt: skip
    assert words(centre.body) == ""
    assert activate_council(centre.body, actor=centre.actor("hans"), at=TODAY).state == "active"


@pytest.mark.requirement("S19-41")
def test_it_refuses_a_fourth_seat_in_the_database_too(centre: Centre) -> None:
    with pytest.raises(IntegrityError, match="no room"):
        run_sql(
            "INSERT INTO bodies_seat (body_id, kind, party_id, is_leader, title, discipline) "
            "VALUES (%s, 'party', %s, false, '', '')",
            centre.body.pk, centre.organisations["regions"].pk,
        )  # fmt: skip


@pytest.mark.requirement("S19-41")
def test_it_binds_the_chair_to_a_party(centre: Centre) -> None:
    hans = centre.actor("hans")
    with pytest.raises(BadInput, match="Statsministeriet"):
        hand_over_leading(centre.body, party=centre.organisations["regions"], actor=hans, at=TODAY)
    assert centre.seats_of("state")[0].is_leader


@pytest.mark.requirement("S19-41")
def test_the_database_binds_the_chair_to_its_party(centre: Centre) -> None:
    chair, regions = centre.seats_of("state")[0], centre.organisations["regions"]
    with pytest.raises(IntegrityError, match="bind the chair"):
        run_sql("UPDATE bodies_seat SET party_id = %s WHERE id = %s", regions.pk, chair.pk)


@pytest.mark.requirement("S19-41")
def test_it_lets_a_deputy_stand_in_without_filling_the_seat(centre: Centre) -> None:
    fill(centre, "state", "municipalities")
    fill(centre, "regions", most=2)
    appoint_to_seat(
        centre.seats_of("regions")[2], person=centre.people["regions_2"], from_date=DAY,
        is_deputy=True, actor=centre.actor("regions_admin"), at=TODAY,
    )  # fmt: skip
    assert "Regionernes samvirke" in words(centre.body)


@pytest.mark.requirement("S17-44")
def test_it_shows_the_rules_in_force_on_a_day(centre: Centre) -> None:
    def least(day: date) -> set[tuple[str, int, int | None]]:
        return {
            (one.party.short_name, one.least, one.most)
            for one in body_on(centre.body, day=day).people.rules
            if one.party is not None and one.rule == "seats_of_party"
        }

    assert least(date(2017, 6, 1)) == {("SFO", 1, None), ("KSV", 1, None), ("RSV", 1, None)}
    assert least(date(2019, 6, 1)) == {("SFO", 3, 3), ("KSV", 3, 3), ("RSV", 3, 3)}
    assert least(date(2016, 6, 1)) == set()


@pytest.mark.requirement("S17-44")
def test_it_keeps_a_rule_as_it_was(centre: Centre) -> None:
    rule = centre.body.composition_rules.filter(to_date=None).last()
    assert rule is not None
    with pytest.raises(IntegrityError, match="not rewritten"):
        run_sql("UPDATE bodies_compositionrule SET least = 9 WHERE id = %s", rule.pk)
    with pytest.raises(BadInput, match="same rule"):
        add_composition_rule(
            centre.body, rule=rule.rule, party=rule.party, from_date=DAY, least=2,
            actor=centre.actor("hans"), at=TODAY,
        )  # fmt: skip


def test_it_names_each_municipality_and_the_union_that_is_missing(world: World) -> None:
    body = subject_group(world)
    said = words(body)
    for name in ("Fjordvik kommune", "Elvestrand kommune", "Skogbygda kommune"):
        assert f"{name} is to have at least 1 seat and has 0" in said
    assert "a union" in said
    assert "the federation" in said
    with pytest.raises(WrongMoment, match="Elvestrand"):
        activate_council(body, actor=world.actor("fia"), at=TODAY)


def test_it_takes_leaders_of_subject_groups_from_a_municipality_only(world: World) -> None:
    body, fia = subject_group(world), world.actor("fia")
    with pytest.raises(BadInput, match="led from a municipality"):
        hand_over_leading(body, party=None, actor=fia, at=TODAY)
    seat = hand_over_leading(
        body, party=world.organisations["elvestrand"], actor=fia, at=TODAY + timedelta(days=1)
    )
    assert seat.party == world.organisations["elvestrand"]
    assert body.seats.filter(is_leader=True, closed_date=None).count() == 1
    with pytest.raises(IntegrityError, match="comes from the municipality"):
        run_sql(
            "UPDATE bodies_seat SET party_id = %s WHERE id = %s",
            world.organisations["fjordlaget"].pk, seat.pk,
        )  # fmt: skip


def test_it_never_lets_the_federation_fill_a_municipalitys_seat_in_a_group(world: World) -> None:
    body = subject_group(world)
    leader = body.seats.get(is_leader=True)
    with pytest.raises(NotAllowed, match="seat is for"):
        appoint_to_seat(
            leader, person=world.people["bo"], from_date=DAY, actor=world.actor("fia"), at=TODAY
        )
    term = appoint_to_seat(
        leader, person=world.people["bo"], from_date=DAY, actor=world.actor("siv"), at=TODAY
    )
    assert term.person == world.people["bo"]


@pytest.mark.requirement("ROR-03")
def test_it_says_which_disciplines_are_missing(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    add_composition_rule(
        body, rule="discipline", discipline="Schools", from_date=DAY, strength="told",
        actor=siv, at=TODAY,
    )  # fmt: skip
    add_composition_rule(
        body, rule="disciplines", least=2, from_date=DAY, strength="told", actor=siv, at=TODAY
    )
    assert words(body) == (
        "Nobody is there for Schools. 2 different disciplines are to be there, and 1 are."
    )
    seat = add_seat(body, title="Schools", discipline="schools", actor=siv, at=TODAY)
    assert "Schools" in words(body)
    appoint_to_seat(seat, person=world.people["ada"], from_date=DAY, actor=siv, at=TODAY)
    assert words(body) == ""


def test_it_stops_meetings_only_for_what_must_always_be_there(world: World) -> None:
    body, siv, bo = council(world), world.actor("siv"), world.actor("bo")
    told = {"from_date": DAY, "actor": siv, "at": TODAY}
    add_composition_rule(body, rule="disciplines", least=5, strength="told", **told)
    meeting = plan_meeting(body, starts_at=TODAY + timedelta(days=9), actor=bo, at=TODAY)
    assert call_meeting(meeting, actor=bo, at=TODAY).state == "called"
    add_composition_rule(body, rule="seats_of_kind", seat_kind="union", **told)
    other = plan_meeting(body, starts_at=TODAY + timedelta(days=10), actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="a union"):
        call_meeting(other, actor=bo, at=TODAY)


def test_it_does_not_let_go_of_a_seat_it_cannot_meet_without(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    member = body.seats.get(discipline="health")
    add_composition_rule(
        body, rule="discipline", discipline="Health", from_date=DAY, actor=siv, at=TODAY
    )
    with pytest.raises(WrongMoment, match="Nobody is there for Health"):
        close_seat(member, actor=siv, at=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "magic"},
        {"rule": "seats_of_kind"},
        {"rule": "seats_of_party"},
        {"rule": "discipline"},
        {"rule": "disciplines", "least": 3, "most": 2},
        {"rule": "disciplines", "strength": "perhaps"},
    ],
)
def test_it_refuses_rules_that_say_nothing(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        add_composition_rule(
            council(world), from_date=DAY, actor=world.actor("siv"), at=TODAY, **wrong
        )


def test_it_is_for_the_organisation_alone_to_make_rules(world: World) -> None:
    with pytest.raises(NotAllowed):
        add_composition_rule(
            council(world), rule="disciplines", from_date=DAY, actor=world.actor("fia"), at=TODAY
        )


@pytest.mark.requirement("S19-56")
def test_it_makes_a_consultative_seat_without_a_vote(world: World) -> None:
    seat = add_seat(
        council(world), kind=SeatKind.CONSULTATIVE, title="Tillitsvalgte", has_vote=True,
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    assert not seat.has_vote


@pytest.mark.requirement("S19-56")
def test_it_gives_a_consultative_seat_no_vote(centre: Centre) -> None:
    seat = centre.seats_of("employees")[0]
    assert seat.kind == SeatKind.CONSULTATIVE
    assert seat.has_vote is False
    with pytest.raises(IntegrityError, match="consultative_seat_has_no_vote"):
        run_sql("UPDATE bodies_seat SET has_vote = true WHERE id = %s", seat.pk)


@pytest.mark.requirement("ROR-10")
def test_it_keeps_the_federation_from_naming_a_leader_by_sql(world: World) -> None:
    leader = council(world).seats.get(is_leader=True)
    with pytest.raises(IntegrityError, match="filled by those it speaks for"):
        run_sql(
            "INSERT INTO bodies_term (seat_id, person_id, is_deputy, from_date, "
            "decision_reference, appointed_by_id, appointed_date) "
            "VALUES (%s, %s, true, %s, '', %s, %s)",
            leader.pk, world.people["cai"].pk, DAY, world.people["fia"].pk, DAY,
        )  # fmt: skip


def test_it_lets_one_role_alone_fill_a_seat_that_asks_for_it(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    seat = add_seat(body, title="Økonomi", appointing_role="decider", actor=siv, at=TODAY)
    assert seat.appointing_role == "decider"
    term = appoint_to_seat(seat, person=world.people["ada"], from_date=DAY, actor=siv, at=TODAY)
    assert term.appointed_date == DAY
    group = subject_group(world)
    own = add_seat(
        group, title="Leder", appointing_role="decider", actor=world.actor("fia"), at=TODAY
    )
    with pytest.raises(NotAllowed, match="the named decider alone"):
        appoint_to_seat(
            own, person=world.people["fia"], from_date=DAY, actor=world.actor("fia"), at=TODAY
        )


def test_it_opens_the_council_room_to_nobody_who_sits_elsewhere(world: World) -> None:
    body = subject_group(world)
    seat = body.seats.filter(party=world.organisations["elvestrand"]).get()
    appoint_to_seat(
        seat, person=world.people["dee"], from_date=DAY, actor=world.actor("mia"), at=TODAY
    )
    dee = world.actor("dee")
    assert dee.sits_on(body.pk)
    assert dee.council_room_ids == frozenset()
    assert world.organisations["fjordlaget"].pk not in dee.led_council_ids
