"""Who hears of councils: whoever holds a seat on the day, however long they will."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from loype.bodies.actions import (
    activate_council,
    add_seat,
    appoint_to_seat,
    call_meeting,
    establish_body,
    move_meeting,
    plan_meeting,
    reply_to_call,
)
from loype.bodies.models import Body, Seat
from loype.councils.models import LegalBasis
from loype.councils.openness.actions import AccessWords, assess_openness
from loype.history.models import Event
from loype.ideas.actions import follow_idea
from loype.kernel.clock import now
from loype.notices.actions import tell_about
from loype.notices.doors import reader, sorted_out
from loype.notices.models import Notice
from loype.notices.telling import council_people
from loype.notices.wishes import home_of, language_of, wishes_of
from loype.organisations.models import Membership
from loype.trail.clocks.escalating import escalate
from tests.cast import TODAY, World
from tests.councils.assessing.setting import cases_of, opened
from tests.trail_world import go_on, idea_of

NEXT_MONTH = TODAY.date() + timedelta(days=30)


def hears(verb: str, *, at: datetime = TODAY) -> set[tuple[str, str]]:
    """Who is told what of the last event of a verb."""
    event = Event.objects.filter(verb=verb).order_by("pk").last()
    assert event is not None, verb
    tell_about(event.pk, at=at)
    rows = Notice.objects.filter(event_id=event.pk).values_list("person__name", "subject")
    return {(name.lower(), subject) for name, subject in rows}


@pytest.fixture
def successor(world: World) -> World:
    """Ada takes Bo's seat over in a month, and Siv takes Cai's: until then both sit there."""
    siv = world.actor("siv")
    for seat, name in (
        (Seat.objects.get(body=world.council, is_leader=True), "ada"),
        (Seat.objects.get(body=world.council, title="Helse og omsorg"), "siv"),
    ):
        appoint_to_seat(seat, person=world.people[name], from_date=NEXT_MONTH, actor=siv, at=TODAY)
    return world


def test_who_steps_down_later_is_told_of_a_meeting_before(successor: World) -> None:
    world = successor
    assert world.meeting is not None
    move_meeting(
        world.meeting, starts_at=TODAY + timedelta(days=2), place="Biblioteket",
        actor=world.actor("siv"), at=TODAY,
    )  # fmt: skip
    assert hears("move_meeting") == {
        ("bo", "meeting_moved"), ("cai", "meeting_moved"), ("fia", "meeting_moved"),
    }  # fmt: skip


def test_who_sits_there_on_the_day_is_called(successor: World) -> None:
    world, bo = successor, successor.actor("bo")
    assert world.council is not None
    late = plan_meeting(world.council, starts_at=TODAY + timedelta(days=40), actor=bo, at=TODAY)
    call_meeting(late, actor=bo, at=TODAY)
    assert {name for name, _said in hears("call_meeting")} == {"ada", "siv", "fia"}


def test_who_steps_down_later_hears_of_a_round(successor: World) -> None:
    opened(successor, cases_of(successor, "Nøkler", "Vikarer"))
    assert hears("open_round") == {("cai", "round_opened"), ("fia", "round_opened")}


def test_who_is_heard_without_a_vote_is_not_asked_to_assess(world: World) -> None:
    siv = world.actor("siv")
    assert world.council is not None
    seat = add_seat(world.council, kind="consultative", title="Tillitsvalgt", actor=siv, at=TODAY)
    appoint_to_seat(seat, person=world.people["ada"], from_date=TODAY.date(), actor=siv, at=TODAY)
    opened(world, cases_of(world, "Nøkler", "Vikarer", by="cai"))
    assert hears("open_round") == {("cai", "round_opened"), ("fia", "round_opened")}


def test_a_deputy_is_called_only_for_who_cannot_come(world: World) -> None:
    siv, meeting = world.actor("siv"), world.meeting
    assert meeting is not None
    call = meeting.calls.get(seat__title="Helse og omsorg")
    appoint_to_seat(
        call.seat, person=world.people["ada"], from_date=TODAY.date(), is_deputy=True, actor=siv,
        at=TODAY,
    )  # fmt: skip
    facts: dict[str, Any] = {"actor": siv, "at": TODAY}
    move_meeting(meeting, starts_at=TODAY + timedelta(days=2), **facts)
    assert ("ada", "meeting_moved") not in hears("move_meeting")
    reply_to_call(call, reply="absent", actor=world.actor("cai"), at=TODAY)
    move_meeting(meeting, starts_at=TODAY + timedelta(days=3), **facts)
    assert ("ada", "meeting_moved") in hears("move_meeting")


def test_a_leader_who_steps_down_later_leads_until_then(successor: World) -> None:
    world = successor
    found = council_people(world.fjordvik.pk, TODAY)
    assert world.people["bo"].pk in found
    assert world.people["ada"].pk not in found


def test_a_leader_who_steps_down_later_hears_that_a_case_is_late(successor: World) -> None:
    idea_of(successor, text="Noe som venter lenge.")
    late = TODAY + timedelta(days=29)
    escalate(at=late)
    steps = Event.objects.filter(verb="escalate_case", change__step="chair")
    heard = set()
    for event in steps:
        tell_about(event.pk, at=late)
        rows = Notice.objects.filter(event_id=event.pk)
        heard |= set(rows.values_list("person__name", flat=True))
    assert heard == {"Bo"}


def test_who_leaves_later_is_written_to_by_their_organisation_until_then(world: World) -> None:
    ada = world.people["ada"]
    ada.language = ""
    ada.save()
    last = now().date() + timedelta(days=9)
    Membership.objects.filter(person=ada).update(to_date=last)
    assert language_of(ada) == "nb"
    assert wishes_of(ada).home_zone == world.fjordvik.time_zone
    Membership.objects.filter(person=ada).update(to_date=now().date() - timedelta(days=1))
    assert home_of(ada) is None


def group_led_by_ada(world: World) -> Body:
    """A steering group that is prepared, with its leader."""
    siv = world.actor("siv")
    body = establish_body(
        world.fjordvik, kind="steering_group", name="Styringsgruppa", actor=siv, at=TODAY
    )
    appoint_to_seat(
        body.seats.get(is_leader=True), person=world.people["ada"], from_date=TODAY.date(),
        actor=siv, at=TODAY,
    )  # fmt: skip
    return body


def test_who_leads_another_body_is_not_told_of_the_council(world: World) -> None:
    body = group_led_by_ada(world)
    activate_council(body, actor=world.actor("siv"), at=TODAY)
    assert world.people["ada"].pk not in council_people(world.fjordvik.pk, TODAY)


def test_a_seat_in_a_group_leads_to_the_group(world: World) -> None:
    body = group_led_by_ada(world)
    assert hears("appoint_to_seat") == {("ada", "seated")}
    told = Notice.objects.get(subject="seated", person=world.people["ada"])
    assert (told.thing_kind, told.thing_id) == ("body", body.pk)


def test_reasons_that_are_withheld_leave_the_notices_of_others(world: World) -> None:
    idea = idea_of(world, text="Felles vakttelefon.", visibility="federation")
    follow_idea(idea, actor=world.actor("dee"))
    decision = go_on(world, idea).current_decision
    assert {"ada", "dee"} <= {name for name, _said in hears("decide_case")}
    words = AccessWords(
        access_class="withheld", legal_basis=LegalBasis.objects.filter(country="no").first(),
        reasons="Navngir en ansatt.",
    )  # fmt: skip
    assess_openness(decision, words=words, actor=world.actor("siv"), at=TODAY)
    for name, shown_to in (("ada", 1), ("dee", 0)):
        person = world.people[name]
        rows = Notice.objects.filter(person=person, subject="decided")
        shown, _hidden = sorted_out(rows, actor=reader(person, at=TODAY), at=TODAY)
        assert len(shown) == shown_to, name
