"""The federation's seat on an active council is held every day, by somebody who works there; and
who has left counts nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    call_meeting,
    end_term,
    move_meeting,
    plan_meeting,
    register_attendance,
)
from loype.bodies.models import Meeting, Seat, Term
from loype.kernel.errors import BadInput, WrongMoment
from loype.organisations.actions import end_membership, give_role, leave_organisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import Membership
from tests.bodies.test_set_up_council import council_in, fill_federation_seat, leader_seat, run_sql
from tests.cast import TODAY, World
from tests.councils.test_decide_in_writing import adopt
from tests.promises import settle_promises, write_past_verbs

DAY = TODAY.date()


def federation_seat(world: World) -> Seat:
    assert world.council is not None
    return world.council.seats.get(kind="federation")


def somebody_else(world: World) -> Any:
    """Dee works for the federation as well from today on."""
    give_role(
        world.people["dee"], organisation=world.organisations["fjordlaget"], role="employee",
        actor=HOUSE, at=TODAY,
    )  # fmt: skip
    return world.people["dee"]


@pytest.mark.requirement("ROR-09")
def test_it_does_not_begin_while_the_federation_leaves_a_gap(world: World) -> None:
    mia, fia = world.actor("mia"), world.actor("fia")
    body = council_in(world, "elvestrand", by="mia")
    fill_federation_seat(world, body)
    appoint_to_seat(
        leader_seat(body), person=world.people["dee"], from_date=DAY, actor=mia, at=TODAY
    )
    seat = Seat.objects.get(body=body, kind="federation")
    term = Term.objects.get(seat=seat)
    end_term(term, to_date=DAY + timedelta(days=30), actor=fia, at=TODAY)
    with pytest.raises(WrongMoment, match="Nobody holds the federation's seat from 2 April 2026"):
        activate_council(body, actor=mia, at=TODAY)
    settle_promises()
    begin = "UPDATE bodies_body SET state = 'active', established_date = %s WHERE id = %s"
    with pytest.raises(IntegrityError, match="federation seat filled"):
        write_past_verbs(begin, DAY, body.pk)
    then = {"from_date": DAY + timedelta(days=31), "actor": fia, "at": TODAY}
    appoint_to_seat(seat, person=world.people["fia"], **then)
    assert activate_council(body, actor=mia, at=TODAY).state == "active"
    settle_promises()


@pytest.mark.requirement("ROR-09")
@pytest.mark.parametrize("change", ["to_date = %s::date + 30", "from_date = %s::date + 30"])
def test_the_database_leaves_no_gap_in_an_active_council(world: World, change: str) -> None:
    settle_promises()
    term = Term.objects.get(seat=federation_seat(world))
    with pytest.raises(IntegrityError, match="federation seat filled"):
        write_past_verbs(f"UPDATE bodies_term SET {change} WHERE id = %s", DAY, term.pk)


@pytest.mark.requirement("ROR-09")
def test_who_holds_the_federations_seat_does_not_leave_before_somebody_else_holds_it(
    world: World,
) -> None:
    office, fia = world.organisations["fjordlaget"], world.people["fia"]
    held = Membership.objects.filter(person=fia, organisation=office)
    give_role(world.people["dee"], organisation=office, role="administrator", actor=HOUSE, at=TODAY)
    later = TODAY + timedelta(days=1)
    end_membership(held.get(role="coordinator"), actor=HOUSE, at=later)
    with pytest.raises(WrongMoment, match="federation's seat on a council"):
        leave_organisation(office, person=fia, actor=HOUSE, at=later)
    settle_promises()
    with pytest.raises(IntegrityError, match="works there"), transaction.atomic():
        held.update(to_date=DAY)
    appoint_to_seat(
        federation_seat(world), person=somebody_else(world), from_date=DAY,
        actor=world.actor("dee"), at=TODAY,
    )  # fmt: skip
    assert leave_organisation(office, person=fia, actor=HOUSE, at=later)


@pytest.mark.requirement("S19-52")
def test_who_has_left_is_neither_counted_nor_present(world: World) -> None:
    assert world.council is not None
    bo, tomorrow = world.actor("bo"), TODAY + timedelta(days=1)
    leave_organisation(world.fjordvik, person=world.people["cai"], actor=HOUSE, at=tomorrow)
    meeting = plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=9), actor=bo, at=tomorrow
    )
    called = call_meeting(meeting, actor=bo, at=tomorrow)
    assert (called.calls.count(), called.quorum_needed) == (2, 1)
    seat = Seat.objects.get(terms__person=world.people["cai"])
    earlier = world.meeting
    assert earlier is not None
    with pytest.raises(BadInput, match="comes who holds it"):
        register_attendance(
            earlier, present={seat.pk: world.people["cai"].pk}, actor=bo, at=tomorrow
        )


@pytest.mark.requirement("S19-52")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("quorum_needed = 0", "keeps the rules"),
        ("state = 'planned'", "cannot become"),
        ("answer_by = starts_at::date, form = 'urgent'", "keeps the rules"),
    ],
)
def test_the_database_keeps_a_called_meeting_on_its_course(
    world: World, change: str, words: str
) -> None:
    assert world.meeting is not None
    with pytest.raises(IntegrityError, match=words):
        run_sql(f"UPDATE bodies_meeting SET {change} WHERE id = %s", world.meeting.pk)


@pytest.mark.requirement("S19-52")
def test_the_database_calls_nobody_without_a_quorum(world: World) -> None:
    assert world.council is not None
    meeting = plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=9), actor=world.actor("bo"), at=TODAY
    )
    with pytest.raises(IntegrityError, match="nobody_is_no_quorum"):
        run_sql(
            "UPDATE bodies_meeting SET state = 'called', called_at = now(), quorum_needed = 0"
            " WHERE id = %s", meeting.pk,
        )  # fmt: skip


@pytest.mark.requirement("S19-52")
def test_answers_in_writing_bring_nobody_to_a_table(world: World) -> None:
    adopt(world)
    assert world.council is not None
    bo, week = world.actor("bo"), DAY + timedelta(days=7)
    meeting: Meeting = plan_meeting(
        world.council, starts_at=TODAY, answer_by=week, form="urgent", actor=bo, at=TODAY
    )
    at_table = {"starts_at": TODAY + timedelta(days=8), "actor": bo, "at": TODAY}
    assert not move_meeting(meeting, **at_table).is_in_writing  # it is not called yet
    move_meeting(meeting, **at_table | {"starts_at": TODAY, "answer_by": week})
    call_meeting(meeting, actor=bo, at=TODAY)
    with pytest.raises(BadInput, match="stays as it was called"):
        move_meeting(meeting, **at_table)
