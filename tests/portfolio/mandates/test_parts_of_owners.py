"""An election in any owner organisation puts its own part in question, and only that."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.councils.models import JointShare
from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.portfolio.mandates.actions import (
    MandateWords,
    answer_mandate,
    ask_for_mandates,
    close_sitting,
    hang_on_mandate,
    open_sitting,
    record_election,
    record_mandate,
)
from loype.portfolio.mandates.folder import Line, open_folder, read_lines
from loype.portfolio.mandates.models import MandateQuestion, MandateSitting, PoliticalMandate
from loype.portfolio.models import Activity, Participant
from loype.trail.handovers import start_running
from loype.trail.together import answer_in_sitting, carry_out_exits
from tests.cast import TODAY, World
from tests.councils.together import agree, agreed, joint_of, propose
from tests.portfolio.mandates.test_after_an_election import AFTER, VOTES

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("NET-07")]
DAY = AFTER.date()


def mandate_in(world: World, place: str, by: str, **more: Any) -> PoliticalMandate:
    """What the political council of one of them asked for."""
    facts: dict[str, Any] = {
        "title": "Trygge netter", "issuing_body": "Kommunestyret",
        "decision_reference": f"PS 7/26 {place}", "decided_date": date(2026, 1, 20), **more,
    }  # fmt: skip
    return record_mandate(
        world.organisations[place], words=MandateWords(**facts), actor=world.actor(by), at=AFTER
    )


def election_in(world: World, place: str, by: str, *, day: date = VOTES) -> None:
    """An election there."""
    record_election(
        world.organisations[place], name="Kommunevalg", election_date=day, actor=world.actor(by),
        at=TODAY,
    )  # fmt: skip


def part_of(world: World, activity: Activity, place: str, day: date = DAY) -> Any:
    """The part of one of them, as it stands on a day."""
    rows = Participant.objects.with_mandate(day)
    return rows.get(activity=activity, organisation=world.organisations[place])


def sit(world: World, place: str, by: str) -> MandateSitting:
    """The sitting of its new council."""
    return open_sitting(
        world.organisations[place], issuing_body="Kommunestyret", held_date=DAY,
        actor=world.actor(by), at=AFTER,
    )  # fmt: skip


def lines_of(world: World, place: str, by: str) -> list[Line]:
    """What its folder has."""
    return read_lines(world.organisations[place], actor=world.actor(by), day=DAY)


def test_each_part_hangs_on_a_mandate_of_its_own_organisation(world: World) -> None:
    mandate = mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    assert part_of(world, activity, "elvestrand").mandate == mandate
    gro = part_of(world, activity, "skogbygda")
    assert (gro.mandate.is_named, gro.mandate_standing) == (False, "not_named")
    own = mandate_in(world, "skogbygda", "gro")
    with pytest.raises(NotAllowed):
        hang_on_mandate(activity, mandate=own, actor=world.actor("mia"), at=AFTER)
    hang_on_mandate(activity, mandate=own, actor=world.actor("gro"), at=AFTER)
    assert part_of(world, activity, "skogbygda").mandate == own
    with pytest.raises(WrongMoment, match="hangs on a mandate already"):
        hang_on_mandate(activity, mandate=own, actor=world.actor("gro"), at=AFTER)
    elsewhere = mandate_in(world, "sundkobing", "olaf")
    with pytest.raises(BadInput):
        hang_on_mandate(activity, mandate=elsewhere, actor=world.actor("olaf"), at=AFTER)


def test_an_election_there_puts_that_part_in_question_and_no_other(world: World) -> None:
    for place, by in (("fjordvik", "siv"), ("elvestrand", "mia"), ("skogbygda", "gro")):
        mandate_in(world, place, by)
    activity = agreed(world)
    election_in(world, "elvestrand", "mia")
    assert part_of(world, activity, "elvestrand", VOTES).mandate_standing == "holds"
    part = part_of(world, activity, "elvestrand")
    assert (part.mandate_standing, part.mandate_due_date) == ("to_confirm", VOTES)
    assert part_of(world, activity, "skogbygda").mandate_standing == "holds"
    assert Activity.objects.with_mandate(DAY).get(pk=activity.pk).mandate_standing == "holds"
    assert Activity.objects.with_parts_due(DAY).get(pk=activity.pk).parts_due_date == VOTES
    assert [line.part for line in lines_of(world, "elvestrand", "mia")] == [part]
    assert [line.needs_yes for line in lines_of(world, "fjordvik", "siv")] == [False]


def test_the_job_asks_each_owner_once_and_tells_who_leads(world: World) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    election_in(world, "elvestrand", "mia")
    assert ask_for_mandates(at=AFTER) == 1
    assert ask_for_mandates(at=AFTER + timedelta(days=3)) == 0
    question = MandateQuestion.objects.get()
    elvestrand = world.organisations["elvestrand"]
    assert (question.participant.organisation, question.due_date) == (elvestrand, VOTES)  # type: ignore[union-attr]
    told = Event.objects.get(verb="ask_for_part")
    assert (told.organisation_id, told.thing_id) == (elvestrand.pk, activity.pk)
    for event in Event.objects.filter(verb__in=("ask_for_part", "ask_for_mandates")):
        tell_about(event.pk, at=AFTER)
    heard = Notice.objects.filter(subject__in=("part_asked", "mandates_asked"))
    assert set(heard.values_list("person__name", "subject")) == {
        ("Cai", "part_asked"), ("Mia", "mandates_asked"),
    }  # fmt: skip


def test_its_own_council_confirms_or_changes_its_part(world: World) -> None:
    old = mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    election_in(world, "elvestrand", "mia")
    new = mandate_in(world, "elvestrand", "mia", title="Nytt", decided_date=date(2026, 9, 15))
    sitting, mia = sit(world, "elvestrand", "mia"), world.actor("mia")
    facts: dict[str, Any] = {"sitting": sitting, "at": AFTER, "reasons": "Vi vil ha patruljen."}
    with pytest.raises(NotAllowed):
        answer_in_sitting(activity, answer="confirmed", actor=world.actor("bo"), **facts)
    with pytest.raises(WrongMoment, match="has no answer"):
        close_sitting(sitting, decision_reference="PS 90/26", actor=mia, at=AFTER)
    answer_in_sitting(activity, answer="changed", mandate=new, actor=mia, **facts)
    assert part_of(world, activity, "elvestrand").mandate == new
    with pytest.raises(WrongMoment, match="answered already"):
        answer_in_sitting(activity, answer="confirmed", actor=mia, **facts)
    assert close_sitting(sitting, decision_reference="PS 9", actor=mia, at=AFTER).state == "closed"
    activity.refresh_from_db()
    assert activity.mandate_id not in (old.pk, new.pk)
    event = Event.objects.get(verb="answer_for_part")
    assert event.change["reference"] == new.decision_reference
    tell_about(event.pk, at=AFTER)
    assert Notice.objects.get(subject="part_answered").person == world.people["cai"]


def test_ended_it_leaves_by_the_terms_and_the_others_go_on(world: World) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    start_running(activity, actor=world.actor("cai"), at=TODAY)
    election_in(world, "elvestrand", "mia")
    sitting, mia = sit(world, "elvestrand", "mia"), world.actor("mia")
    answer_in_sitting(
        activity, sitting=sitting, answer="ended", reasons="Vi sparer.", actor=mia, at=AFTER
    )
    leaves = DAY + timedelta(days=90)
    share = JointShare.objects.get(organisation=world.organisations["elvestrand"])
    assert (share.leaving_date, share.leaving_reason) == (leaves, "Vi sparer.")
    part = part_of(world, activity, "elvestrand")
    assert (part.left_date, part.mandate_standing) == (None, "holds")
    [line] = lines_of(world, "elvestrand", "mia")
    assert line.leaving is not None
    assert (line.leaving.is_announced, line.bound_until) == (True, leaves)
    close_sitting(sitting, decision_reference="PS 90/26", actor=mia, at=AFTER)
    carry_out_exits(at=AFTER + timedelta(days=90))
    assert part_of(world, activity, "elvestrand").left_date == leaves
    activity.refresh_from_db()
    assert activity.state == "running"


def test_who_may_leave_at_once_is_out_the_same_day(world: World) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    agree(world, propose(world, joint_of(activity), exit_days=0), "elvestrand", "skogbygda")
    election_in(world, "elvestrand", "mia")
    answer_in_sitting(
        activity, sitting=sit(world, "elvestrand", "mia"), answer="ended", reasons="Vi sparer.",
        actor=world.actor("mia"), at=AFTER,
    )  # fmt: skip
    assert part_of(world, activity, "elvestrand").left_date == DAY
    assert lines_of(world, "elvestrand", "mia") == []


def test_who_leads_cannot_end_its_part_before_another_leads(world: World) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    elvestrand = world.organisations["elvestrand"]
    terms = propose(world, joint_of(activity), lead_id=elvestrand.pk)
    agree(world, terms, "elvestrand", "skogbygda")
    election_in(world, "elvestrand", "mia")
    facts: dict[str, Any] = {
        "sitting": sit(world, "elvestrand", "mia"), "reasons": "Nei.",
        "actor": world.actor("mia"), "at": AFTER,
    }  # fmt: skip
    with pytest.raises(BadInput) as refused:
        answer_in_sitting(activity, answer="ended", **facts)
    assert set(refused.value.fields) == {"answer"}
    answer_in_sitting(activity, answer="confirmed", **facts)


def test_nothing_planned_starts_before_every_owner_has_confirmed(world: World) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    election_in(world, "elvestrand", "mia")
    with pytest.raises(WrongMoment, match="Elvestrand kommune"):
        start_running(activity, actor=world.actor("cai"), at=AFTER)
    answer_in_sitting(
        activity, sitting=sit(world, "elvestrand", "mia"), answer="confirmed", reasons="Ja.",
        actor=world.actor("mia"), at=AFTER,
    )  # fmt: skip
    assert start_running(activity, actor=world.actor("cai"), at=AFTER).state == "running"


def test_the_folder_before_the_election_tells_of_parts_with_share_and_way_out(
    world: World,
) -> None:
    mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    election_in(world, "elvestrand", "mia", day=DAY + timedelta(days=40))
    folder = open_folder(world.organisations["elvestrand"], actor=world.actor("mia"), day=DAY)
    assert folder.is_ahead
    [line] = folder.to_confirm
    assert line.activity == activity
    assert line.part is not None
    assert line.part.share == Decimal("33333.33")
    assert line.leaving is not None
    assert (line.leaving.day, line.leaving.is_announced) == (DAY + timedelta(days=90), False)
    assert folder.without_cost == []


def test_the_database_keeps_parts_and_their_answers(world: World) -> None:
    mandate = mandate_in(world, "elvestrand", "mia")
    activity = agreed(world)
    election_in(world, "elvestrand", "mia")
    part = part_of(world, activity, "elvestrand")
    other = part_of(world, activity, "skogbygda")
    with pytest.raises(IntegrityError, match="another organisation"), transaction.atomic():
        Participant.objects.filter(pk=part.pk).update(mandate=activity.mandate)
    with pytest.raises(IntegrityError, match="hangs_on_a_mandate"), transaction.atomic():
        Participant.objects.filter(pk=part.pk).update(mandate=None)
    bare = PoliticalMandate.objects.get_or_create(
        organisation=world.organisations["elvestrand"], is_named=False,
        defaults={"recorded_at": AFTER},
    )[0]  # fmt: skip
    with pytest.raises(IntegrityError, match="keeps one"), transaction.atomic():
        Participant.objects.filter(pk=part.pk).update(mandate=bare)
    sitting = sit(world, "elvestrand", "mia")
    given: dict[str, Any] = {
        "activity": activity, "due_date": VOTES, "asked_at": AFTER, "answered_at": AFTER,
        "sitting": sitting, "answered_by": world.people["mia"], "reasons": "Ja",
        "mandate_before": mandate,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="same organisation"), transaction.atomic():
        MandateQuestion.objects.create(participant=other, answer="confirmed", **given)
    with pytest.raises(IntegrityError, match="same organisation"), transaction.atomic():
        MandateQuestion.objects.create(participant=None, answer="confirmed", **given)
    with pytest.raises(IntegrityError, match="still runs"), transaction.atomic():
        MandateQuestion.objects.create(participant=part, answer="ended", **given)
    answer_mandate(
        activity, sitting=sitting, answer="confirmed", reasons="Ja.", actor=world.actor("mia"),
        at=AFTER,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="part_and_shift"), transaction.atomic():
        MandateQuestion.objects.create(participant=part, **given | {"answer": "confirmed"})
