"""Decisions that cite points of the mandate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from loype.bodies.actions import (
    activate_council,
    adopt_mandate,
    appoint_to_seat,
    plan_meeting,
)
from loype.bodies.models import Body, MandatePoint
from loype.councils.actions import add_agenda_item, change_agenda_item, put_on_agenda
from loype.councils.citing import citable_points, cite_points, decisions_by_point
from loype.councils.models import Citation, Decision
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from tests.bodies.groups import forum
from tests.bodies.test_set_up_council import run_sql
from tests.cast import BEGINNING, TODAY, World
from tests.councils.test_decide_case import waiting_case
from tests.trail_world import TrailWorld


@pytest.fixture
def points(trail: TrailWorld) -> list[MandatePoint]:
    """A mandate in two points, in force since the council began."""
    world = trail.world
    assert world.council is not None
    mandate = adopt_mandate(
        world.council, points=["Spread it", "Follow up"], from_date=BEGINNING.date(),
        actor=world.actor("siv"), at=BEGINNING,
    )  # fmt: skip
    return list(mandate.points.all())


def decision_of(trail: TrailWorld) -> Decision:
    found = Decision.objects.filter(locked_at=None, body=trail.world.council).first()
    assert found is not None
    return found


@pytest.mark.requirement("ROR-25")
def test_it_lists_a_years_decisions_under_each_point(
    trail: TrailWorld, points: list[MandatePoint]
) -> None:
    world, decision = trail.world, decision_of(trail)
    assert world.council is not None
    cite_points(decision, points=points[1:], actor=world.actor("bo"), at=TODAY)
    year = decision.decided_at.year
    listed = decisions_by_point(world.council, year=year, actor=world.actor("bo"))
    assert [(one.point.number, one.decisions) for one in listed] == [(1, []), (2, [decision])]
    assert not any(
        one.decisions
        for one in decisions_by_point(world.council, year=year - 1, actor=world.actor("bo"))
    )
    assert not any(
        one.decisions
        for one in decisions_by_point(world.council, year=year, actor=world.actor("olaf"))
    )
    cite_points(decision, points=points[:1], actor=world.actor("siv"), at=TODAY)
    assert [one.point for one in Citation.objects.filter(decision=decision)] == points[:1]


@pytest.mark.requirement("ROR-25")
def test_it_cites_the_mandate_the_council_had_that_day(
    trail: TrailWorld, points: list[MandatePoint]
) -> None:
    world, decision = trail.world, decision_of(trail)
    assert world.council is not None
    later = adopt_mandate(
        world.council, points=["New"], from_date=TODAY.date() + timedelta(days=40),
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    assert citable_points(decision) == points
    new = later.points.get()
    with pytest.raises(BadInput, match="mandate that its council had"):
        cite_points(decision, points=[new], actor=world.actor("bo"), at=TODAY)
    with pytest.raises(IntegrityError, match="mandate its council had"):
        run_sql(
            "INSERT INTO councils_citation (decision_id, point_id, cited_at) VALUES (%s, %s, %s)",
            decision.pk, new.pk, TODAY,
        )  # fmt: skip


@pytest.mark.requirement("ROR-25")
def test_it_stays_when_the_decision_is_locked(
    trail: TrailWorld, points: list[MandatePoint]
) -> None:
    world, decision = trail.world, decision_of(trail)
    cite_points(decision, points=points, actor=world.actor("bo"), at=TODAY)
    Decision.objects.filter(pk=decision.pk).update(locked_at=TODAY)
    with pytest.raises(WrongMoment):
        cite_points(decision, points=[], actor=world.actor("bo"), at=TODAY)
    with pytest.raises(IntegrityError, match="keeps what it rests on"):
        run_sql("DELETE FROM councils_citation WHERE decision_id = %s", decision.pk)


def test_it_is_for_the_council_to_say(trail: TrailWorld, points: list[MandatePoint]) -> None:
    with pytest.raises(NotAllowed):
        cite_points(decision_of(trail), points=points, actor=trail.world.actor("ada"), at=TODAY)


@pytest.mark.requirement("S19-R16")
def test_only_an_innovation_council_decides_cases(trail: TrailWorld) -> None:
    decision = decision_of(trail)
    with pytest.raises(IntegrityError, match="only an innovation council"):
        run_sql(
            "WITH forum AS (INSERT INTO bodies_body (organisation_id, kind, name, state, "
            "decision_reference, established_date) VALUES (%s, 'forum', 'Forum', 'active', '', "
            "%s) RETURNING id) INSERT INTO councils_decision SELECT (jsonb_populate_record(d, "
            "jsonb_build_object('id', -1, 'number', 'X-1', 'in_force', false, 'body_id', "
            "(SELECT id FROM forum)))).* FROM councils_decision d WHERE d.id = %s",
            decision.organisation_id, TODAY.date(), decision.pk,
        )  # fmt: skip


@pytest.mark.requirement("S19-R16", "S19-47")
def test_a_forum_has_an_agenda_with_notes_and_nothing_to_decide(trail: TrailWorld) -> None:
    world = trail.world
    siv = world.actor("siv")
    body = activate_council(forum_with_leader(world), actor=siv, at=TODAY)
    meeting = plan_meeting(body, starts_at=TODAY + timedelta(days=9), actor=siv, at=TODAY)
    told = {"actor": siv, "at": TODAY}
    item = add_agenda_item(
        meeting, kind="discussion", title="Ny viden", notes="Hvad har vi set?", **told
    )
    assert (item.kind, item.notes) == ("discussion", "Hvad har vi set?")
    with pytest.raises(BadInput, match="decides nothing"):
        add_agenda_item(meeting, kind="decision", title="Nej", **told)
    with pytest.raises(BadInput, match="decides nothing"):
        change_agenda_item(item, kind="decision", title="Nej", notes="", **told)
    with pytest.raises(BadInput, match="Only the innovation council decides cases"):
        put_on_agenda(waiting_case(world), meeting=meeting, **told)
    for order in (
        "UPDATE councils_agendaitem SET kind = 'decision' WHERE id = %s",
        "UPDATE councils_agendaitem SET meeting_id = " + str(meeting.pk) + " WHERE id = %s",
    ):
        key = item.pk if "decision" in order else trail["agenda_item"].pk
        with pytest.raises(IntegrityError, match="decide"):
            run_sql(order, key)


def forum_with_leader(world: World) -> Body:
    """A forum in Fjordvik that Cai leads."""
    body = forum(world)
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people["cai"], from_date=TODAY.date(),
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    return body
