"""What a body goes by: versions that follow each other, limits, and what does not match."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from loype.bodies.actions import (
    PowerLine,
    Procedural,
    activate_council,
    adopt_instruction,
    adopt_mandate,
    adopt_rules_of_procedure,
    appoint_to_seat,
    call_meeting,
    decide_by_instruction,
    plan_meeting,
    settle_referral,
)
from loype.bodies.models import Body, Mandate, Power, Referral
from loype.bodies.powers import mismatches
from loype.bodies.procedure import Procedure, procedure_on, quorum_needed, voting_seats
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.bodies.groups import Centre, build_centre, fill, forum
from tests.bodies.test_set_up_council import run_sql
from tests.cast import TODAY, World

DAY = TODAY.date()
LATER = DAY + timedelta(days=30)


def council(world: World) -> Body:
    assert world.council is not None
    return world.council


@pytest.fixture
def centre(db: None) -> Centre:
    """The centre with every seat filled and its group at work."""
    made = build_centre()
    fill(made, "state", "municipalities", "regions")
    made.group = activate_council(made.body, actor=made.actor("hans"), at=TODAY)
    return made


@pytest.mark.requirement("ROR-25")
def test_it_gives_a_mandate_in_versions_with_points(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    first = adopt_mandate(body, points=["One", " ", "Two"], from_date=DAY, actor=siv, at=TODAY)
    second = adopt_mandate(body, points=["New"], from_date=LATER, actor=siv, at=TODAY)
    first.refresh_from_db()
    assert [one.text for one in first.points.all()] == ["One", "Two"]
    assert (first.number, second.number) == (1, 2)
    assert first.to_date == LATER - timedelta(days=1)
    assert Mandate.objects.filter(body=body).on(DAY).get() == first
    assert Mandate.objects.filter(body=body).on(LATER).get() == second


def test_it_takes_no_version_that_reaches_back(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    adopt_mandate(body, points=["One"], from_date=date(2020, 1, 1), actor=siv, at=TODAY)
    with pytest.raises(BadInput, match="today or later"):
        adopt_mandate(body, points=["Two"], from_date=DAY - timedelta(days=1), actor=siv, at=TODAY)


@pytest.mark.requirement("ROR-25")
def test_it_never_rewrites_what_was_adopted(world: World) -> None:
    body, siv = council(world), world.actor("siv")
    mandate = adopt_mandate(body, points=["One"], from_date=DAY, actor=siv, at=TODAY)
    point = mandate.points.get()
    for order, key in (
        ("UPDATE bodies_mandatepoint SET text = 'Two' WHERE id = %s", point.pk),
        ("DELETE FROM bodies_mandatepoint WHERE id = %s", point.pk),
        ("UPDATE bodies_mandate SET from_date = '2020-01-01' WHERE id = %s", mandate.pk),
    ):
        with pytest.raises(IntegrityError, match="not rewritten"):
            run_sql(order, key)


@pytest.mark.requirement("S19-55")
def test_it_lets_the_secretary_prepare_but_not_adopt(centre: Centre) -> None:
    sofie, body = centre.actor("sofie"), centre.body
    meeting = plan_meeting(body, starts_at=TODAY + timedelta(days=20), actor=sofie, at=TODAY)
    assert call_meeting(meeting, actor=sofie, at=TODAY).state == "called"
    with pytest.raises(NotAllowed):
        adopt_mandate(body, points=["Mine"], from_date=LATER, actor=sofie, at=TODAY)
    with pytest.raises(NotAllowed, match="secretary prepares"):
        adopt_rules_of_procedure(
            body, procedure=Procedural(), from_date=LATER, actor=sofie, at=TODAY
        )
    with pytest.raises(NotAllowed, match="secretary prepares"):
        adopt_instruction(body, powers=[], from_date=LATER, actor=sofie, at=TODAY)


@pytest.mark.requirement("S19-52")
def test_it_lets_the_rules_in_force_drive_notice_and_quorum(world: World) -> None:
    body, bo = council(world), world.actor("bo")
    adopt_rules_of_procedure(
        body,
        procedure=Procedural(notice_days=10, paper_days=5, quorum="all", decides_by="consensus"),
        from_date=LATER, actor=bo, at=TODAY,
    )  # fmt: skip
    assert procedure_on(body, day=DAY) == Procedure()
    after = procedure_on(body, day=LATER)
    assert (after.notice_days, after.quorum, after.decides_by) == (10, "all", "consensus")
    moment = TODAY + timedelta(days=35)
    meeting = plan_meeting(body, starts_at=moment, actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="10 days' notice"):
        call_meeting(meeting, actor=bo, at=moment - timedelta(days=9))
    called = call_meeting(meeting, actor=bo, at=moment - timedelta(days=10))
    assert called.quorum_needed == len(voting_seats(body, day=moment.date())) == 3


@pytest.mark.parametrize(
    ("quorum", "seats", "needed"),
    [
        ("half", 3, 2), ("half", 4, 2), ("half", 0, 0), ("two_thirds", 9, 6),
        ("two_thirds", 7, 5), ("all", 7, 7), ("number", 3, 3), ("number", 9, 5), ("none", 9, 0),
    ],
)  # fmt: skip
def test_it_counts_the_quorum(quorum: str, seats: int, needed: int) -> None:
    assert quorum_needed(Procedure(quorum=quorum, quorum_number=5), seats) == needed


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum": "most"},
        {"quorum": "number"},
        {"decides_by": "lot"},
        {"paper_days": 8, "notice_days": 7},
        {"allows_urgent": True, "urgent_notice_days": 3, "notice_days": 2},
        {"least_meetings": 4, "most_meetings": 3},
        {"least_meetings": 4},
    ],
)
def test_it_refuses_rules_that_cannot_be_followed(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        adopt_rules_of_procedure(
            council(world), procedure=Procedural(**wrong), from_date=LATER,
            actor=world.actor("bo"), at=TODAY,
        )  # fmt: skip


@pytest.mark.requirement("S19-56")
def test_it_counts_no_vote_for_those_who_are_only_heard(centre: Centre) -> None:
    assert len(voting_seats(centre.body, day=DAY)) == 9
    appoint_to_seat(
        centre.seats_of("employees")[0], person=centre.people["employees_0"], from_date=DAY,
        actor=centre.actor("employees_admin"), at=TODAY,
    )  # fmt: skip
    assert len(voting_seats(centre.body, day=DAY)) == 9


def asked(centre: Centre, amount: str, *, matter: str = "Indkøb", by: str = "hans") -> Referral:
    return decide_by_instruction(
        centre.body, matter=matter, title="Nyt system", reasons="Det gamle kan ikke mere.",
        amount=Decimal(amount), currency="dkk", actor=centre.actor(by), at=TODAY,
    )  # fmt: skip


@pytest.mark.requirement("S19-54")
def test_it_routes_what_is_above_the_heads_limit_to_the_group(centre: Centre) -> None:
    assert asked(centre, "500000.00").state == "decided"
    above = asked(centre, "500000.01")
    assert above.state == "with_the_body"
    assert "500,000 DKK" in above.why_here
    assert asked(centre, "1", matter="Budget").state == "with_the_body"
    assert asked(centre, "1", matter="Rejser").why_here.startswith("The instruction says nothing")
    assert asked(centre, "1", by="sofie").state == "with_the_body"


@pytest.mark.requirement("S19-54")
def test_it_is_checked_by_the_database_too(centre: Centre) -> None:
    above = asked(centre, "500000.01")
    with pytest.raises(IntegrityError, match="nobody below the body"):
        run_sql(
            "INSERT INTO bodies_referral (body_id, matter, title, amount, currency, reasons, "
            "asked_by_id, asked_at, state, why_here, answer) SELECT body_id, matter, title, "
            "amount, currency, reasons, asked_by_id, asked_at, 'decided', '', '' "
            "FROM bodies_referral WHERE id = %s",
            above.pk,
        )  # fmt: skip


@pytest.mark.parametrize("facts", ["amount = NULL", "currency = ''", "amount = -1"])
def test_an_amount_and_its_currency_stand_together(centre: Centre, facts: str) -> None:
    above = asked(centre, "900000")
    with pytest.raises(IntegrityError, match="referral_amount_has_currency"):
        run_sql(f"UPDATE bodies_referral SET {facts} WHERE id = %s", above.pk)


@pytest.mark.requirement("S19-54")
def test_it_is_settled_by_the_group_in_a_called_meeting(centre: Centre) -> None:
    above, chair = asked(centre, "900000"), centre.actor("state_0")
    hans = centre.actor("hans")
    meeting = plan_meeting(centre.body, starts_at=TODAY + timedelta(days=20), actor=chair, at=TODAY)
    said = {"meeting": meeting, "is_agreed": True, "answer": "Det er vigtigt.", "at": TODAY}
    with pytest.raises(WrongMoment, match="called"):
        settle_referral(above, actor=chair, **said)
    call_meeting(meeting, actor=chair, at=TODAY)
    with pytest.raises(NotAllowed):
        settle_referral(above, actor=hans, **said)
    done = settle_referral(above, actor=chair, **said)
    assert (done.state, done.meeting) == ("agreed", meeting)
    with pytest.raises(WrongMoment, match="already"):
        settle_referral(above, actor=chair, **said)
    with pytest.raises(IntegrityError, match="stays"):
        run_sql("UPDATE bodies_referral SET answer = 'No' WHERE id = %s", above.pk)


@pytest.mark.requirement("S19-54")
def test_it_tells_where_instruction_and_rules_of_procedure_do_not_match(centre: Centre) -> None:
    body, hans = centre.body, centre.actor("hans")
    assert mismatches(body, day=DAY) == []
    adopt_instruction(
        body,
        powers=[
            PowerLine(matter="Indkøb", holder="head", up_to=Decimal(300000), currency="DKK"),
            PowerLine(matter="Ansættelser", holder="head"),
        ],
        from_date=LATER, actor=hans, at=TODAY,
    )  # fmt: skip
    assert mismatches(body, day=DAY) == []
    found = mismatches(body, day=LATER)
    assert any("300,000 DKK" in one and "500,000 DKK" in one for one in found)
    assert any(one.startswith("Ansættelser") and one.endswith("nothing.") for one in found)
    assert any(one.startswith("Strategi: the rules of procedure say") for one in found)


def test_it_needs_lines_that_say_something(centre: Centre) -> None:
    told = {"from_date": LATER, "actor": centre.actor("hans"), "at": TODAY}
    for powers in (
        [],
        [PowerLine(matter="", holder="head")],
        [PowerLine(matter="X", holder="somebody")],
        [PowerLine(matter="X", holder="head", up_to=Decimal(1))],
        [PowerLine(matter="X", holder="head"), PowerLine(matter="x", holder="head")],
    ):
        with pytest.raises(BadInput):
            adopt_instruction(centre.body, powers=powers, **told)
    assert Power.objects.filter(instruction__body=centre.body).count() == 4


@pytest.mark.requirement("S19-R16")
def test_a_forum_decides_nothing(world: World) -> None:
    body, siv = forum(world), world.actor("siv")
    active = activate_council(body, actor=siv, at=TODAY)
    meeting = plan_meeting(active, starts_at=TODAY + timedelta(days=9), actor=siv, at=TODAY)
    assert meeting.state == "planned"
    with pytest.raises(WrongMoment, match="decides nothing"):
        decide_by_instruction(active, matter="X", title="Y", reasons="Z", actor=siv, at=TODAY)
    with pytest.raises(IntegrityError, match="forum decides nothing"):
        run_sql(
            "INSERT INTO bodies_referral (body_id, matter, title, currency, reasons, "
            "asked_by_id, asked_at, state, why_here, answer) "
            "VALUES (%s, 'X', 'Y', '', 'Z', %s, %s, 'with_the_body', '', '')",
            body.pk, world.people["siv"].pk, TODAY,
        )  # fmt: skip
