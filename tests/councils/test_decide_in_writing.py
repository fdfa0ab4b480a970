"""Between meetings: in writing or in haste, only where the rules of procedure say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from loype.bodies.actions import adopt_rules_of_procedure, call_meeting, move_meeting, plan_meeting
from loype.bodies.actions.papers import Procedural
from loype.bodies.models import Meeting
from loype.councils.actions import (
    agree_on_proposal,
    cast_vote,
    count_answers,
    declare_interest,
    propose,
    put_on_agenda,
    record_votes,
    withdraw_proposal,
)
from loype.councils.models import Case, Decision, Proposal
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from tests.cast import TODAY, World, everybody_comes
from tests.councils.test_decide_case import decide, waiting_case

DAY = TODAY.date()


def adopt(world: World, **rules: Any) -> None:
    """The council's rules of procedure from today on."""
    facts = {
        "notice_days": 5,
        "decides_by": "vote",
        "allows_written": True,
        "allows_urgent": True,
    } | rules
    assert world.council is not None
    adopt_rules_of_procedure(
        world.council, from_date=DAY, decision_reference="26/7", actor=world.actor("bo"), at=TODAY,
        procedure=Procedural(**(facts | rules)),
    )  # fmt: skip


def planned(world: World, *, days: int = 10, **more: Any) -> Meeting:
    assert world.council is not None
    return plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=days), actor=world.actor("bo"), at=TODAY,
        **more,
    )  # fmt: skip


@pytest.fixture
def asked(world: World) -> tuple[Meeting, Case, Proposal]:
    """A case with a proposal, sent out to be answered within a week."""
    adopt(world)
    bo, case = world.actor("bo"), waiting_case(world)
    meeting = planned(world, days=0, form="written", answer_by=DAY + timedelta(days=7))
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    proposal = propose(item, text="Prøv det.", actor=bo, at=TODAY)
    return call_meeting(meeting, actor=bo, at=TODAY), case, proposal


@pytest.mark.requirement("S19-52")
def test_the_rules_give_the_notice(world: World) -> None:
    adopt(world)
    bo = world.actor("bo")
    with pytest.raises(WrongMoment, match="5 days' notice"):
        call_meeting(planned(world, days=4), actor=bo, at=TODAY)
    assert call_meeting(planned(world, days=5), actor=bo, at=TODAY).state == "called"
    urgent = planned(world, days=1, form="urgent")
    assert call_meeting(urgent, actor=bo, at=TODAY).state == "called"


@pytest.mark.requirement("S19-52")
def test_only_rules_that_say_so_allow_it(world: World) -> None:
    week = DAY + timedelta(days=7)
    with pytest.raises(WrongMoment, match="decide in writing"):
        planned(world, form="written", answer_by=week, days=0)
    adopt(world, allows_written=False, allows_urgent=False)
    with pytest.raises(WrongMoment, match="decide in writing"):
        planned(world, form="written", answer_by=week, days=0)
    with pytest.raises(WrongMoment, match="meet in haste"):
        planned(world, form="urgent")


def test_it_is_planned_with_a_day_to_answer_by(world: World) -> None:
    adopt(world)
    for more in (
        {"form": "written"},
        {"form": "written", "days": 0, "answer_by": DAY - timedelta(days=1)},
        {"form": "ordinary", "answer_by": DAY + timedelta(days=9)},
        {"form": "party"},
        {"lasts_minutes": 0},
    ):
        with pytest.raises(BadInput):
            planned(world, **more)


@pytest.mark.requirement("S19-52")
def test_a_vote_is_asked_for_where_the_rules_say_so(world: World) -> None:
    adopt(world, decides_by="vote", notice_days=0)
    bo, case = world.actor("bo"), waiting_case(world)
    meeting = call_meeting(planned(world), actor=bo, at=TODAY)
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    everybody_comes(meeting, actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="ask for a vote"):
        decide(world, case, meeting=meeting)
    proposal = propose(item, text="Prøv det.", actor=bo, at=TODAY)
    agree_on_proposal(proposal, actor=bo, at=TODAY)
    assert decide(world, case, meeting=meeting).number


@pytest.mark.requirement("S19-52")
def test_the_database_asks_for_the_vote_too(world: World) -> None:
    adopt(world, decides_by="vote", notice_days=0)
    bo, case = world.actor("bo"), waiting_case(world)
    meeting = call_meeting(planned(world), actor=bo, at=TODAY)
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    everybody_comes(meeting, actor=bo, at=TODAY)
    facts = {
        "case": case, "organisation": case.organisation, "body": world.council,
        "meeting": meeting, "decided_by": world.people["bo"], "decided_at": TODAY,
        "outcome": "reject", "reasons": "Nei.",
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="ask for a vote"), transaction.atomic():
        Decision.objects.create(number="X-1", **facts)
    agree_on_proposal(propose(item, text="Nei.", actor=bo, at=TODAY), actor=bo, at=TODAY)
    Decision.objects.create(number="X-1", **facts)


def test_a_body_that_agrees_does_not_vote(world: World) -> None:
    adopt(world, decides_by="consensus", notice_days=0)
    bo, case = world.actor("bo"), waiting_case(world)
    meeting = call_meeting(planned(world), actor=bo, at=TODAY)
    item = put_on_agenda(case, meeting=meeting, actor=bo, at=TODAY)
    everybody_comes(meeting, actor=bo, at=TODAY)
    proposal = propose(item, text="Prøv det.", actor=bo, at=TODAY)
    said = {call.pk: "for" for call in meeting.calls.all()}
    with pytest.raises(WrongMoment, match="by consensus"):
        record_votes(proposal, choices=said, actor=bo, at=TODAY)


def test_members_answer_until_the_day_and_are_counted(
    world: World, asked: tuple[Meeting, Case, Proposal]
) -> None:
    meeting, case, proposal = asked
    bo, later = world.actor("bo"), TODAY + timedelta(days=8)
    cast_vote(proposal, choice="against", actor=world.actor("fia"), at=TODAY)
    cast_vote(proposal, choice="for", actor=world.actor("fia"), at=TODAY)
    with pytest.raises(WrongMoment, match="still have time"):
        count_answers(meeting, actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="Too few"):
        count_answers(meeting, actor=bo, at=later)
    cast_vote(proposal, choice="for", actor=world.actor("cai"), at=TODAY + timedelta(days=7))
    with pytest.raises(WrongMoment, match="has passed"):
        cast_vote(proposal, choice="for", actor=bo, at=later)
    [counted] = count_answers(meeting, actor=bo, at=later)
    assert (counted.outcome, counted.votes.count()) == ("adopted", 2)
    assert decide(world, case, meeting=meeting).number


@pytest.mark.requirement("S19-52")
def test_who_answered_about_something_else_is_not_counted(
    world: World, asked: tuple[Meeting, Case, Proposal]
) -> None:
    meeting, case, proposal = asked
    bo, later = world.actor("bo"), TODAY + timedelta(days=8)
    other = waiting_case(world, text="Noe helt annet.")
    item = put_on_agenda(other, meeting=meeting, actor=bo, at=TODAY)
    second = propose(item, text="Prøv det også.", actor=bo, at=TODAY)
    for name in ("cai", "fia"):
        cast_vote(proposal, choice="for", actor=world.actor(name), at=TODAY)
    cast_vote(second, choice="for", actor=bo, at=TODAY)
    assert count_answers(meeting, actor=bo, at=later) == [proposal]
    with pytest.raises(WrongMoment, match="Too few have answered about this: 1"):
        count_answers(meeting, actor=bo, at=later)
    withdraw_proposal(second, actor=bo, at=TODAY)
    assert count_answers(meeting, actor=bo, at=later) == []
    with pytest.raises(WrongMoment, match="Too few have answered about this: 0"):
        decide(world, other, meeting=meeting)
    proposal.refresh_from_db()
    facts = {
        "number": "X-1", "case": other, "organisation": other.organisation, "body": world.council,
        "meeting": meeting, "decided_by": world.people["bo"], "decided_at": later,
        "outcome": "reject", "reasons": "Nei.",
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="too few are present"), transaction.atomic():
        Decision.objects.create(**facts)
    assert decide(world, case, meeting=meeting).number


def test_the_page_says_when_something_is_left_uncounted(
    world: World, asked: tuple[Meeting, Case, Proposal], client_of: Callable[[str], Client]
) -> None:
    meeting, _case, proposal = asked
    bo, other = world.actor("bo"), waiting_case(world, text="Noe helt annet.")
    item = put_on_agenda(other, meeting=meeting, actor=bo, at=TODAY)
    second = propose(item, text="Prøv det også.", actor=bo, at=TODAY)
    for name in ("cai", "fia"):
        cast_vote(proposal, choice="for", actor=world.actor(name), at=TODAY)
    count, siv = reverse("meeting_count", args=[meeting.pk]), client_of("siv")
    told = siv.post(count, follow=True).content.decode()
    assert "too few have answered about some" in told
    withdraw_proposal(second, actor=bo, at=TODAY)
    told = siv.post(count, follow=True).content.decode()
    assert "The answers are counted." in told


def test_it_is_counted_early_when_all_have_answered(
    world: World, asked: tuple[Meeting, Case, Proposal]
) -> None:
    meeting, _case, proposal = asked
    for name in ("bo", "cai", "fia"):
        cast_vote(proposal, choice="against", actor=world.actor(name), at=TODAY)
    [counted] = count_answers(meeting, actor=world.actor("siv"), at=TODAY)
    assert counted.outcome == "rejected"


def test_only_members_without_an_interest_answer(
    world: World, asked: tuple[Meeting, Case, Proposal]
) -> None:
    meeting, _case, proposal = asked
    for name in ("ada", "siv", "dee"):
        with pytest.raises(NotAllowed):
            cast_vote(proposal, choice="for", actor=world.actor(name), at=TODAY)
    cai = meeting.calls.get(seat__title="Helse og omsorg")
    declare_interest(proposal.item, call=cai, reason="Eier", actor=world.actor("cai"), at=TODAY)
    with pytest.raises(NotAllowed, match="interest"):
        cast_vote(proposal, choice="for", actor=world.actor("cai"), at=TODAY)
    with pytest.raises(BadInput):
        cast_vote(proposal, choice="perhaps", actor=world.actor("fia"), at=TODAY)


def test_a_meeting_is_moved_by_its_own_notice_and_version(world: World) -> None:
    adopt(world)
    bo = world.actor("bo")
    meeting = call_meeting(planned(world), actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="notice"):
        move_meeting(meeting, starts_at=TODAY + timedelta(days=2), actor=bo, at=TODAY)
    with pytest.raises(Stale):
        move_meeting(meeting, starts_at=TODAY + timedelta(days=9), version=1, actor=bo, at=TODAY)
    with pytest.raises(NotAllowed):
        move_meeting(
            meeting, starts_at=TODAY + timedelta(days=9), actor=world.actor("cai"), at=TODAY
        )
    moved = move_meeting(
        meeting, starts_at=TODAY + timedelta(days=9), version=meeting.version, actor=bo, at=TODAY
    )
    assert moved.sequence == 1
