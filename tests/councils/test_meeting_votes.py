"""In a meeting: quorum, interests, proposals, votes, dissent, and matters that are no cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from loype.bodies.actions import appoint_to_seat, register_attendance, reply_to_call
from loype.bodies.models import Meeting, MeetingCall
from loype.councils.actions import (
    add_agenda_item,
    agree_on_proposal,
    approve_minutes,
    change_agenda_item,
    conclude_item,
    declare_interest,
    propose,
    record_dissent,
    record_votes,
    reopen_proposal,
    withdraw_interest,
    withdraw_proposal,
    write_paper,
)
from loype.councils.counting import Tally, settle, tally
from loype.councils.models import AgendaItem, Case, Decision, DecisionPaper, Proposal, Vote
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.trail.handovers import end_meeting
from tests.cast import TODAY, World, everybody_comes
from tests.councils.test_decide_case import decide, meeting_of, next_meeting, on_agenda


def item_of(case: Case) -> AgendaItem:
    return case.agenda_items.get(removed_at=None)


def call_of(meeting: Meeting, name: str, world: World) -> MeetingCall:
    return meeting.calls.get(attended_by=world.people[name])


def proposed(world: World, item: AgendaItem, text: str = "Prøv i to uker.") -> Proposal:
    return propose(item, text=text, actor=world.actor("bo"), at=TODAY)


def votes_of(world: World, meeting: Meeting, **said: str) -> dict[int, str]:
    return {call_of(meeting, name, world).pk: choice for name, choice in said.items()}


def only(world: World, *names: str) -> None:
    """Only these are there; the others have left."""
    meeting = meeting_of(world)
    present = {
        call.seat_id: call.attended_by_id
        for call in meeting.calls.all()
        if call.attended_by_id in [world.people[name].pk for name in names]
    }
    register_attendance(meeting, present=present, actor=world.actor("bo"), at=TODAY)


# --- quorum --------------------------------------------------------------------------------------


@pytest.mark.requirement("S19-52")
def test_it_decides_nothing_without_a_quorum(world: World) -> None:
    case = on_agenda(world)
    only(world, "bo")
    with pytest.raises(WrongMoment, match="Too few are present"):
        decide(world, case)
    only(world, "bo", "fia")
    assert decide(world, case).number


@pytest.mark.requirement("S19-52")
def test_the_database_decides_nothing_without_a_quorum(world: World) -> None:
    case = on_agenda(world)
    only(world, "bo")
    facts = {
        "number": "X-1", "case": case, "organisation": case.organisation, "body": world.council,
        "meeting": meeting_of(world), "decided_by": world.people["bo"], "decided_at": TODAY,
        "outcome": "reject", "reasons": "Nei.",
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="too few are present"), transaction.atomic():
        Decision.objects.create(**facts)
    item = add_agenda_item(
        meeting_of(world), kind="decision", title="Møteplan", actor=world.actor("bo"), at=TODAY
    )
    with pytest.raises(IntegrityError, match="too few are present"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(
            concluded_at=TODAY, conclusion="Ja", concluded_by=world.people["bo"]
        )


def test_those_present_at_a_decision_stay_written_down(world: World) -> None:
    decide(world, on_agenda(world))
    call = call_of(meeting_of(world), "fia", world)
    with pytest.raises(IntegrityError, match="decided while this seat"), transaction.atomic():
        MeetingCall.objects.filter(pk=call.pk).update(attended=False, attended_by=None)
    end_meeting(meeting_of(world), minutes="Slutt.", attended=[], actor=world.actor("bo"), at=TODAY)
    assert meeting_of(world).calls.filter(attended=True).count() == 3


def test_a_deputy_comes_for_an_absent_member_and_a_stranger_does_not(world: World) -> None:
    bo, siv = world.actor("bo"), world.actor("siv")
    seat = call_of(meeting_of(world), "cai", world).seat
    appoint_to_seat(
        seat, person=world.people["ada"], from_date=TODAY.date(), is_deputy=True, actor=siv,
        at=TODAY,
    )  # fmt: skip
    meeting = next_meeting(world)
    call = meeting.calls.get(seat=seat)
    reply_to_call(call, reply="absent", actor=world.actor("cai"), at=TODAY)
    with pytest.raises(NotAllowed):
        reply_to_call(call, reply="coming", actor=world.actor("fia"), at=TODAY)
    with pytest.raises(BadInput, match="its deputy"):
        register_attendance(meeting, present={seat.pk: world.people["dee"].pk}, actor=bo, at=TODAY)
    register_attendance(meeting, present={seat.pk: world.people["ada"].pk}, actor=bo, at=TODAY)
    call.refresh_from_db()
    assert (call.attended_by, call.reply) == (world.people["ada"], "absent")


def test_only_leader_and_secretary_write_attendance_down(world: World) -> None:
    for name in ("cai", "fia", "ada", "dee"):
        with pytest.raises(NotAllowed):
            register_attendance(meeting_of(world), present={}, actor=world.actor(name), at=TODAY)


# --- votes ---------------------------------------------------------------------------------------


def test_votes_are_counted(world: World) -> None:
    case = on_agenda(world)
    proposal = proposed(world, item_of(case))
    with pytest.raises(WrongMoment, match="not settled"):
        decide(world, case)
    said = votes_of(world, meeting_of(world), bo="for", cai="against", fia="for")
    proposal = record_votes(proposal, choices=said, actor=world.actor("bo"), at=TODAY)
    assert (proposal.outcome, proposal.settled_by) == ("adopted", "vote")
    with pytest.raises(WrongMoment, match="settled already"):
        record_votes(proposal, choices=said, actor=world.actor("bo"), at=TODAY)
    assert decide(world, case).number


def test_the_chairs_vote_decides_a_tie(world: World) -> None:
    item = item_of(on_agenda(world))
    said = votes_of(world, meeting_of(world), bo="against", cai="for", fia="abstain")
    proposal = record_votes(proposed(world, item), choices=said, actor=world.actor("bo"), at=TODAY)
    assert (proposal.outcome, proposal.settled_by) == ("rejected", "casting_vote")


@pytest.mark.parametrize(
    ("said", "chair", "casting", "outcome"),
    [
        (("for", "for", "against"), "against", True, ("adopted", "vote")),
        (("for", "against"), "for", True, ("adopted", "casting_vote")),
        (("for", "against"), "for", False, ("rejected", "vote")),
        (("for", "against", "abstain"), "abstain", True, ("rejected", "vote")),
        (("abstain",), "abstain", True, ("rejected", "vote")),
    ],
)
def test_it_counts(
    said: tuple[str, ...], chair: str, casting: bool, outcome: tuple[str, str]
) -> None:
    assert settle(tally(said), chair=chair, has_casting_vote=casting) == outcome
    assert tally(["for", "for", "abstain"]) == Tally(2, 0, 1)


def test_every_seat_present_votes_and_no_other(world: World) -> None:
    item = item_of(on_agenda(world))
    proposal = proposed(world, item)
    for said in ({"bo": "for"}, {"bo": "for", "cai": "perhaps", "fia": "for"}):
        with pytest.raises(BadInput):
            record_votes(
                proposal, choices=votes_of(world, meeting_of(world), **said),
                actor=world.actor("bo"), at=TODAY,
            )  # fmt: skip
    fia = call_of(meeting_of(world), "fia", world)
    only(world, "bo", "cai")
    with pytest.raises(IntegrityError, match="present votes"), transaction.atomic():
        Vote.objects.create(
            proposal=proposal, call=fia, choice="for", cast_at=TODAY, cast_by=world.people["fia"]
        )


def test_what_fell_is_not_decided_and_a_vote_can_be_opened_again(world: World) -> None:
    case = on_agenda(world)
    proposal = proposed(world, item_of(case))
    said = votes_of(world, meeting_of(world), bo="against", cai="against", fia="for")
    bo = world.actor("bo")
    proposal = record_votes(proposal, choices=said, actor=bo, at=TODAY)
    with pytest.raises(WrongMoment, match="No proposal was adopted"):
        decide(world, case)
    proposal = reopen_proposal(proposal, actor=bo, at=TODAY)
    assert not proposal.votes.exists()
    proposal = agree_on_proposal(proposal, actor=bo, at=TODAY)
    assert (proposal.outcome, proposal.settled_by) == ("adopted", "consensus")
    decide(world, case)
    with pytest.raises(WrongMoment, match="decided in this meeting already"):
        reopen_proposal(proposal, actor=bo, at=TODAY)


def test_a_member_proposes_for_the_own_seat_only(world: World) -> None:
    item = item_of(on_agenda(world))
    cai = world.actor("cai")
    mine = propose(item, text="Bare på natt.", kind="amendment", actor=cai, at=TODAY)
    assert mine.by == call_of(meeting_of(world), "cai", world)
    with pytest.raises(NotAllowed):
        propose(item, text="Nei", by=call_of(meeting_of(world), "fia", world), actor=cai, at=TODAY)
    with pytest.raises(NotAllowed):
        propose(item, text="Nei", actor=world.actor("ada"), at=TODAY)
    with pytest.raises(BadInput):
        propose(item, text=" ", actor=world.actor("bo"), at=TODAY)
    assert withdraw_proposal(mine, actor=cai, at=TODAY).outcome == "withdrawn"


# --- interests and dissent -----------------------------------------------------------------------


def test_a_member_with_an_interest_neither_votes_nor_counts(world: World) -> None:
    case = on_agenda(world)
    item, meeting = item_of(case), meeting_of(world)
    fia = call_of(meeting, "fia", world)
    interest = declare_interest(
        item, call=fia, reason="Eier i leverandøren", actor=world.actor("fia"), at=TODAY
    )
    proposal = proposed(world, item)
    with pytest.raises(BadInput, match="may vote"):
        record_votes(
            proposal, choices=votes_of(world, meeting, bo="for", cai="for", fia="for"),
            actor=world.actor("bo"), at=TODAY,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="interest in the item"), transaction.atomic():
        Vote.objects.create(
            proposal=proposal, call=fia, choice="for", cast_at=TODAY, cast_by=world.people["fia"]
        )
    only(world, "bo", "fia")
    with pytest.raises(WrongMoment, match="Too few are present"):
        agree_on_proposal(proposal, actor=world.actor("bo"), at=TODAY)
    withdraw_interest(interest, actor=world.actor("fia"), at=TODAY)
    agree_on_proposal(proposal, actor=world.actor("bo"), at=TODAY)
    assert decide(world, case).number


def test_an_interest_is_one_s_own_to_declare_or_the_secretary_s(world: World) -> None:
    item, meeting = item_of(on_agenda(world)), meeting_of(world)
    fia = call_of(meeting, "fia", world)
    with pytest.raises(NotAllowed):
        declare_interest(item, call=fia, reason="x", actor=world.actor("cai"), at=TODAY)
    with pytest.raises(BadInput):
        declare_interest(item, call=fia, reason=" ", actor=world.actor("siv"), at=TODAY)
    declare_interest(item, call=fia, reason="Nær venn", actor=world.actor("siv"), at=TODAY)
    with pytest.raises(WrongMoment, match="already"):
        declare_interest(item, call=fia, reason="Nær venn", actor=world.actor("siv"), at=TODAY)


def test_the_deputy_stands_in_for_the_item(world: World) -> None:
    siv, bo = world.actor("siv"), world.actor("bo")
    seat = call_of(meeting_of(world), "cai", world).seat
    appoint_to_seat(
        seat, person=world.people["ada"], from_date=TODAY.date(), is_deputy=True, actor=siv,
        at=TODAY,
    )  # fmt: skip
    item, meeting = item_of(on_agenda(world)), meeting_of(world)
    cai = call_of(meeting, "cai", world)
    with pytest.raises(BadInput, match="own deputy"):
        declare_interest(
            item, call=cai, reason="Bror", stand_in=world.people["dee"], actor=bo, at=TODAY
        )
    declare_interest(
        item, call=cai, reason="Bror", stand_in=world.people["ada"], actor=bo, at=TODAY
    )
    said = votes_of(world, meeting, bo="for", cai="for", fia="against")
    assert record_votes(proposed(world, item), choices=said, actor=bo, at=TODAY).outcome


def test_dissent_is_a_members_own(world: World) -> None:
    item, meeting = item_of(on_agenda(world)), meeting_of(world)
    cai = call_of(meeting, "cai", world)
    with pytest.raises(NotAllowed):
        record_dissent(item, call=cai, text="Nei.", actor=world.actor("fia"), at=TODAY)
    with pytest.raises(BadInput):
        record_dissent(item, call=cai, text=" ", actor=world.actor("cai"), at=TODAY)
    record_dissent(item, call=cai, text="For dyrt.", actor=world.actor("cai"), at=TODAY)
    again = record_dissent(item, call=cai, text="For smalt.", actor=world.actor("cai"), at=TODAY)
    assert [one.text for one in item.dissents.all()] == [again.text]


# --- matters and papers --------------------------------------------------------------------------


@pytest.mark.requirement("S19-47")
def test_a_discussion_stands_without_a_decision(world: World) -> None:
    siv, meeting = world.actor("siv"), meeting_of(world)
    item = add_agenda_item(
        meeting, kind="discussion", title="Framdrift", notes="Ved leder", actor=siv, at=TODAY
    )
    only(world, "bo")
    with pytest.raises(WrongMoment, match="nothing is proposed about it"):
        propose(item, text="Nei", actor=siv, at=TODAY)
    item = conclude_item(item, conclusion="Tatt opp.", actor=siv, at=TODAY)
    assert item.conclusion == "Tatt opp."
    assert not item.proposals.exists()


@pytest.mark.requirement("S19-47")
def test_the_database_wants_words_of_what_was_talked_about(world: World) -> None:
    item = add_agenda_item(
        meeting_of(world), kind="discussion", title="Framdrift", actor=world.actor("siv"), at=TODAY
    )
    for change, name in (
        ({"title": ""}, "is_a_case_or_has_a_title"),
        ({"concluded_at": TODAY, "concluded_by": world.people["siv"]}, "concluded_in_words"),
        ({"kind": "gossip"}, "kind_is_known"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            AgendaItem.objects.filter(pk=item.pk).update(**change)


@pytest.mark.requirement("S19-55")
def test_the_secretary_prepares_but_does_not_decide(world: World) -> None:
    siv, meeting = world.actor("siv"), meeting_of(world)
    item = add_agenda_item(meeting, kind="decision", title="Møteplan", actor=siv, at=TODAY)
    with pytest.raises(NotAllowed):
        conclude_item(item, conclusion="Ja.", actor=siv, at=TODAY)
    assert conclude_item(item, conclusion="Ja.", actor=world.actor("bo"), at=TODAY).concluded_at
    for name in ("ada", "cai", "dee"):
        with pytest.raises(NotAllowed):
            add_agenda_item(
                meeting, kind="discussion", title="x", actor=world.actor(name), at=TODAY
            )
    with pytest.raises(BadInput):
        add_agenda_item(meeting, kind="case", title=" ", actor=siv, at=TODAY)


def test_two_who_write_the_same_paper_lose_nothing(world: World) -> None:
    item = item_of(on_agenda(world))
    siv, bo = world.actor("siv"), world.actor("bo")
    write_paper(item, words={"summary": "Kort."}, version=0, actor=siv, at=TODAY)
    with pytest.raises(Stale):
        write_paper(item, words={"summary": "Annet."}, version=0, actor=bo, at=TODAY)
    paper = write_paper(item, words={"decision_points": "Prøv."}, version=1, actor=bo, at=TODAY)
    assert (paper.summary, paper.decision_points, paper.version) == ("Kort.", "Prøv.", 2)
    assert paper.is_ready
    with pytest.raises(NotAllowed):
        write_paper(item, words={}, version=2, actor=world.actor("cai"), at=TODAY)
    assert DecisionPaper.objects.count() == 1


def test_two_who_change_the_same_matter_lose_nothing(world: World) -> None:
    siv = world.actor("siv")
    item = add_agenda_item(
        meeting_of(world), kind="discussion", title="Framdrift", actor=siv, at=TODAY
    )
    facts = {"kind": "information", "title": "Orientering", "notes": ""}
    changed = change_agenda_item(item, version=1, actor=siv, at=TODAY, **facts)
    assert (changed.kind, changed.version) == ("information", 2)
    with pytest.raises(Stale):
        change_agenda_item(item, version=1, actor=world.actor("bo"), at=TODAY, **facts)


def test_nothing_of_an_approved_meeting_changes(world: World) -> None:
    case, bo = on_agenda(world), world.actor("bo")
    item, meeting = item_of(case), meeting_of(world)
    proposal = agree_on_proposal(proposed(world, item), actor=bo, at=TODAY)
    record_dissent(item, call=call_of(meeting, "cai", world), text="Nei.", actor=bo, at=TODAY)
    decide(world, case)
    end_meeting(meeting, minutes="Slutt.", actor=bo, at=TODAY + timedelta(days=1))
    approve_minutes(meeting, actor=bo, at=TODAY + timedelta(days=2))
    kept = meeting.kept_minutes
    for rows, change in (
        (Proposal.objects.filter(pk=proposal.pk), {"text": "Annet"}),
        (item.dissents.all(), {"text": "Annet"}),
        (AgendaItem.objects.filter(pk=item.pk), {"notes": "Annet"}),
        (meeting.calls.all(), {"attended": False, "attended_by": None}),
        (Meeting.objects.filter(pk=meeting.pk), {"minutes": "Annet"}),
        (type(kept).objects.filter(pk=kept.pk), {"html": "Annet"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(WrongMoment):
        everybody_comes(meeting, actor=bo, at=TODAY)


def test_nobody_proposes_for_a_seat_of_another_meeting(world: World) -> None:
    item, other = item_of(on_agenda(world)), next_meeting(world)
    with pytest.raises(NotAllowed, match="not called to the meeting"):
        propose(
            item, text="Prøv det.", by=other.calls.get(seat__is_leader=True),
            actor=world.actor("bo"), at=TODAY,
        )  # fmt: skip
