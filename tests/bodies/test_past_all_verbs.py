"""What the database keeps about bodies when somebody writes past all verbs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from loype.bodies.actions import (
    activate_council,
    adopt_rules_of_procedure,
    call_meeting,
    decide_by_instruction,
    plan_meeting,
    promise_introduction,
    put_on_wheel,
)
from loype.bodies.actions.papers import Procedural
from loype.bodies.models import (
    Body,
    CompositionRule,
    Introduction,
    Meeting,
    Referral,
    RulesOfProcedure,
    Seat,
    WheelItem,
)
from tests.bodies.groups import Centre, build_centre, fill
from tests.bodies.test_set_up_council import run_sql
from tests.cast import TODAY, World

DAY = TODAY.date()


@pytest.fixture
def centre(db: None) -> Centre:
    """The centre with every seat filled and its group at work."""
    made = build_centre()
    fill(made, "state", "municipalities", "regions")
    made.group = activate_council(made.body, actor=made.actor("hans"), at=TODAY)
    return made


def council(world: World) -> Body:
    assert world.council is not None
    return world.council


def planned(world: World) -> Meeting:
    """A further meeting of the council, not called."""
    return plan_meeting(
        council(world), starts_at=TODAY + timedelta(days=20), actor=world.actor("bo"), at=TODAY
    )


# --- councils ------------------------------------------------------------------------------------


@pytest.mark.requirement("ROR-09")
def test_no_meeting_was_held_that_the_federation_was_not_called_to(world: World) -> None:
    with pytest.raises(IntegrityError, match="called without the federation"):
        run_sql(
            "INSERT INTO bodies_meeting SELECT (jsonb_populate_record(m, jsonb_build_object("
            "'id', -1, 'state', 'held', 'called_at', now(), 'held_at', now(), "
            "'quorum_needed', 1))).* FROM bodies_meeting m WHERE m.id = %s",
            planned(world).pk,
        )  # fmt: skip


@pytest.mark.requirement("ROR-10")
@pytest.mark.parametrize("order", ["party_id = {elvestrand}", "kind = 'union'"])
def test_the_leader_of_a_council_is_its_own(world: World, order: str) -> None:
    leader = council(world).seats.get(is_leader=True)
    places = {key: one.pk for key, one in world.organisations.items()}
    with pytest.raises(IntegrityError, match="comes from the municipality"):
        run_sql(f"UPDATE bodies_seat SET {order.format(**places)} WHERE id = %s", leader.pk)


@pytest.mark.requirement("ROR-10")
def test_the_federation_has_one_seat_and_does_not_lead(world: World) -> None:
    with pytest.raises(IntegrityError, match="one_federation_seat"), transaction.atomic():
        Seat.objects.create(body=council(world), kind="federation", from_date=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(body=council(world), kind="federation").update(is_leader=True)


@pytest.mark.requirement("ROR-03")
def test_a_rule_about_a_discipline_names_it(world: World) -> None:
    refused = pytest.raises(IntegrityError, match="names_its_discipline")
    with refused, transaction.atomic():
        CompositionRule.objects.create(
            body=council(world), rule="discipline", from_date=DAY, strength="told"
        )


# --- meetings ------------------------------------------------------------------------------------


@pytest.mark.requirement("S19-52")
def test_a_meeting_keeps_the_rules_it_was_called_by(world: World) -> None:
    assert world.meeting is not None
    for change in ({"quorum_needed": 0}, {"decides_by": "consensus"}, {"casting_vote": False}):
        with pytest.raises(IntegrityError, match="rules it was called by"), transaction.atomic():
            Meeting.objects.filter(pk=world.meeting.pk).update(**change)


@pytest.mark.requirement("S19-53")
def test_the_rules_ask_for_no_fewer_meetings_at_most_than_at_least(world: World) -> None:
    rules = adopt_rules_of_procedure(
        council(world), procedure=Procedural(least_meetings=3, most_meetings=4), from_date=DAY,
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    facts = {
        field.attname: getattr(rules, field.attname)
        for field in RulesOfProcedure._meta.concrete_fields
        if field.name != "id"
    }
    later = {"number": 2, "from_date": DAY + timedelta(days=9), "most_meetings": 2}
    rules.to_date = DAY + timedelta(days=8)
    rules.save(update_fields=["to_date"])
    with pytest.raises(IntegrityError, match="meetings_a_year_are_a_range"), transaction.atomic():
        RulesOfProcedure.objects.create(**facts | later)
    RulesOfProcedure.objects.create(**facts | later | {"most_meetings": 3})


# --- the centre's year ---------------------------------------------------------------------------


@pytest.mark.requirement("S19-44")
def test_an_evaluation_says_what_it_asks_and_how(centre: Centre) -> None:
    facts = {"body": centre.body, "kind": "evaluation", "title": "Alt", "due_date": DAY}
    for lacking in ({"questions": "Virker det?"}, {"method": "Interview"}):
        refused = pytest.raises(IntegrityError, match="evaluation_says_what_and_how")
        with refused, transaction.atomic():
            WheelItem.objects.create(**facts, **lacking)


@pytest.mark.requirement("S19-44")
def test_what_is_done_tells_what_came_of_it(centre: Centre) -> None:
    item = centre.body.wheel_items.filter(kind="evaluation").get()
    with pytest.raises(IntegrityError, match="wheel_item_done_tells"), transaction.atomic():
        WheelItem.objects.filter(pk=item.pk).update(done_date=DAY)


@pytest.mark.requirement("S19-56")
def test_how_those_who_are_heard_take_part_says_why(centre: Centre) -> None:
    item = put_on_wheel(
        centre.body, kind="plan", title="Plan", due_date=DAY, involvement="takes_part",
        involvement_reason="Hører på.", actor=centre.actor("sofie"), at=TODAY,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="involvement_says_why"), transaction.atomic():
        WheelItem.objects.filter(pk=item.pk).update(involvement_reason="")


@pytest.mark.requirement("S19-49")
def test_a_promised_introduction_is_settled_in_words_only(centre: Centre) -> None:
    promised = promise_introduction(
        centre.body, whom="Centeret", to_whom="Direktøren", due_date=DAY,
        actor=centre.actor("state_0"), at=TODAY,
    )  # fmt: skip
    for change in ({"state": "made"}, {"state": "made", "settled_date": DAY}, {"outcome": "Ja",
                    "settled_date": DAY}):  # fmt: skip
        refused = pytest.raises(IntegrityError, match="introduction_settled_tells")
        with refused, transaction.atomic():
            Introduction.objects.filter(pk=promised.pk).update(**change)


# --- the centre's instruction --------------------------------------------------------------------


@pytest.mark.requirement("S19-54")
def test_what_is_referred_to_a_body_is_settled_in_its_own_meeting(centre: Centre) -> None:
    chair = centre.actor("state_0")
    above = decide_by_instruction(
        centre.body, matter="Indkøb", title="Nyt system", reasons="Det gamle kan ikke mere.",
        amount=Decimal(900_000), currency="DKK", actor=centre.actor("hans"), at=TODAY,
    )  # fmt: skip
    meeting = plan_meeting(centre.body, starts_at=TODAY + timedelta(days=20), actor=chair, at=TODAY)
    call_meeting(meeting, actor=chair, at=TODAY)
    other = Body.objects.create(
        organisation=centre.body.organisation, kind="portfolio_board", name="Et andet råd"
    )
    stray = Meeting.objects.create(
        body=other, organisation=other.organisation, starts_at=TODAY + timedelta(days=1)
    )
    settled = {
        "state": "agreed", "answer": "Ja", "settled_at": TODAY, "settled_by": chair.person_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="settled in its own meeting"), transaction.atomic():
        Referral.objects.filter(pk=above.pk).update(meeting=stray, **settled)
    Referral.objects.filter(pk=above.pk).update(meeting=meeting, **settled)


# --- committees ----------------------------------------------------------------------------------


@pytest.mark.requirement("S19-R17")
@pytest.mark.parametrize("lacking", [{"commission": ""}, {"ends_date": None}])
def test_a_committee_has_a_task_and_a_last_day(world: World, lacking: dict[str, object]) -> None:
    facts = {
        "organisation": world.fjordvik, "kind": "task_committee", "name": "Utvalg",
        "commission": "Se på det", "ends_date": date(2026, 6, 1),
    }  # fmt: skip
    refused = pytest.raises(IntegrityError, match="committee_has_task_and_last_day")
    with refused, transaction.atomic():
        Body.objects.create(**facts | lacking)


# --- what they go by -----------------------------------------------------------------------------


@pytest.mark.requirement("S19-52", "S19-54")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("bodies_rulesofprocedure", "notice_days = notice_days + 1"),
        ("bodies_instruction", "text = 'Andet'"),
        ("bodies_power", "up_to = 9, currency = 'DKK'"),
    ],
)
def test_rules_of_procedure_and_instruction_are_not_rewritten(
    centre: Centre, table: str, change: str
) -> None:
    with pytest.raises(IntegrityError, match="not rewritten"):
        run_sql(f"UPDATE {table} SET {change}")
