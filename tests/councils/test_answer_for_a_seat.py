"""In a written procedure a seat has one voice: of whoever holds it that day, or its deputy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loype.bodies.actions import appoint_to_seat, call_meeting, mark_answered
from loype.bodies.models import Meeting, MeetingCall
from loype.councils.actions import (
    cast_vote,
    count_answers,
    declare_interest,
    propose,
    put_on_agenda,
    record_dissent,
    withdraw_interest,
)
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import AgendaItem, Proposal, Vote
from loype.kernel.errors import NotAllowed, WrongMoment
from loype.trail.handovers import end_meeting
from tests.cast import TODAY, World
from tests.councils.test_decide_case import waiting_case
from tests.councils.test_decide_in_writing import DAY, adopt, planned

Asked = tuple[Meeting, list[Proposal], MeetingCall]


@pytest.fixture
def asked(world: World) -> Asked:
    """Two proposals to be answered within a week; Ada is deputy on Cai's seat."""
    adopt(world)
    bo, siv = world.actor("bo"), world.actor("siv")
    meeting = planned(world, days=0, form="written", answer_by=DAY + timedelta(days=7))
    cases = [waiting_case(world, text=text) for text in ("Nøkler i skap.", "Lys i trapper.")]
    items = [put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY) for case in cases]
    proposals = [propose(item, text="Prøv det.", actor=bo, at=TODAY) for item in items]
    meeting = call_meeting(meeting, actor=bo, at=TODAY)
    call = meeting.calls.get(seat__title="Helse og omsorg")
    appoint_to_seat(
        call.seat, person=world.people["ada"], from_date=DAY, is_deputy=True, actor=siv, at=TODAY
    )
    return meeting, proposals, call


def stands_in(world: World, item: AgendaItem, call: MeetingCall) -> None:
    declare_interest(
        item, call=call, reason="Eier huset.", stand_in=world.people["ada"],
        actor=world.actor("cai"), at=TODAY,
    )  # fmt: skip


def test_a_member_answers_for_the_rest_where_a_deputy_stood_in_once(
    world: World, asked: Asked
) -> None:
    _meeting, (first, second), call = asked
    stands_in(world, first.item, call)
    cast_vote(first, choice="against", actor=world.actor("ada"), at=TODAY)
    cast_vote(second, choice="for", actor=world.actor("cai"), at=TODAY)
    call.refresh_from_db()
    assert call.attended_by == world.people["cai"]
    with pytest.raises(WrongMoment, match="answers for this seat already"):
        cast_vote(second, choice="against", actor=world.actor("ada"), at=TODAY)


def test_whoever_holds_the_seat_by_then_answers_for_it(world: World, asked: Asked) -> None:
    meeting, (first, second), call = asked
    later = TODAY + timedelta(days=3)
    cast_vote(first, choice="for", actor=world.actor("cai"), at=TODAY)
    appoint_to_seat(
        call.seat, person=world.people["siv"], from_date=later.date(), actor=world.actor("siv"),
        at=TODAY,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="Only the members"):
        cast_vote(second, choice="for", actor=world.actor("cai"), at=later)
    vote = cast_vote(second, choice="for", actor=world.actor("siv"), at=later)
    assert (vote.call, vote.cast_by) == (call, world.people["siv"])
    record_dissent(second.item, call=call, text="Vent.", actor=world.actor("siv"), at=later)
    told = page(read_minutes(meeting, language="en"))
    assert "Siv" in told
    assert "deputy for" not in told


def test_the_day_to_answer_by_ends_at_midnight_where_the_body_is(
    world: World, asked: Asked
) -> None:
    meeting, (first, second), _call = asked
    last = meeting.answer_by
    assert last is not None
    midnight = datetime(last.year, last.month, last.day, 23, 0, tzinfo=UTC)  # in Oslo
    before = midnight - timedelta(minutes=1)
    for name in ("cai", "fia"):
        for proposal in (first, second):
            cast_vote(proposal, choice="for", actor=world.actor(name), at=before)
    with pytest.raises(WrongMoment, match="still have time"):
        count_answers(meeting, actor=world.actor("bo"), at=before)
    with pytest.raises(WrongMoment, match="has passed"):
        cast_vote(first, choice="for", actor=world.actor("bo"), at=midnight)
    assert len(count_answers(meeting, actor=world.actor("bo"), at=midnight)) == 2


def test_a_stand_ins_vote_falls_when_the_interest_is_taken_back(world: World, asked: Asked) -> None:
    _meeting, (first, _second), call = asked
    stands_in(world, first.item, call)
    cast_vote(first, choice="against", actor=world.actor("ada"), at=TODAY)
    interest = first.item.interests.get()
    withdraw_interest(interest, actor=world.actor("cai"), at=TODAY)
    assert not Vote.objects.filter(call=call).exists()


def test_the_minutes_name_who_stood_in_beside_the_vote(world: World, asked: Asked) -> None:
    meeting, (first, second), call = asked
    stands_in(world, first.item, call)
    cast_vote(second, choice="for", actor=world.actor("cai"), at=TODAY)
    cast_vote(first, choice="against", actor=world.actor("ada"), at=TODAY)
    told = page(read_minutes(meeting, language="en"))
    assert '<th scope="row">Ada</th><td>against</td>' in told
    assert '<th scope="row">Cai</th><td>for</td>' in told
    assert '<th scope="row">Cai</th><td>against</td>' not in told


def test_nobody_is_written_down_as_present_who_did_not_answer(world: World, asked: Asked) -> None:
    meeting, _proposals, call = asked
    bo = world.actor("bo")
    mark_answered(call, actor=world.actor("cai"))
    with pytest.raises(WrongMoment, match="whoever answers takes part"):
        end_meeting(
            meeting, attended=[one.seat_id for one in meeting.calls.all()], actor=bo, at=TODAY
        )
    meeting = end_meeting(meeting, attended=[call.seat_id], actor=bo, at=TODAY)
    assert meeting.calls.filter(attended=True).count() == 1
