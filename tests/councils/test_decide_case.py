"""Deciding: in a called meeting, numbered, with reasons, locked, corrected by a new one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from loype.bodies.actions import (
    activate_council,
    appoint_to_seat,
    call_meeting,
    close_council,
    plan_meeting,
)
from loype.bodies.models import Meeting
from loype.councils.actions import DecisionWords, approve_minutes, put_on_agenda
from loype.councils.models import Case, Decision, JointInvitation
from loype.evaluation.actions import add_indicator, conclude_evaluation, measure, plan_evaluation
from loype.ideas.actions import ReuseWords
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.portfolio.actions import finish_activity
from loype.portfolio.models import Activity
from loype.trail.handovers import council_to_portfolio, end_meeting, start_running
from tests.bodies.test_set_up_council import council_in, fill_federation_seat, leader_seat
from tests.cast import TODAY, World, everybody_comes
from tests.promises import without_promise
from tests.trail_world import idea_of

NONE_FITS = ReuseWords(answer="none", reason="De andre har bare nøkler av metall.")


def said(world: World, **more: Any) -> DecisionWords:
    """A decision to go on with a small experiment led by Cai."""
    facts: dict[str, Any] = {
        "outcome": "go_on",
        "form": "experiment",
        "course": "own_pilot",
        "scale": "small",
        "reasons": "Verdt å prøve i det små.",
        "responsible": world.people["cai"],
    }
    facts |= more
    if facts["form"] == "project":
        facts.setdefault("reuse", NONE_FITS)
    return DecisionWords(**facts)


def waiting_case(world: World, **more: Any) -> Case:
    """A case in Fjordvik's queue."""
    more.setdefault("text", "Nøklene henger feil.")
    return Case.objects.get(idea=idea_of(world, **more))


def on_agenda(world: World, **more: Any) -> Case:
    """A case on the called meeting's agenda."""
    case = waiting_case(world, **more)
    put_on_agenda(case, meeting=meeting_of(world), actor=world.actor("bo"), at=TODAY)
    return Case.objects.get(pk=case.pk)


def meeting_of(world: World) -> Meeting:
    assert world.meeting is not None
    return world.meeting


def decide(world: World, case: Case, *, meeting: Meeting | None = None, **more: Any) -> Decision:
    """Bo writes down what the council decides."""
    return council_to_portfolio(
        case, words=said(world, **more), meeting=meeting or meeting_of(world),
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip


def approved(world: World, meeting: Meeting) -> Meeting:
    """The meeting is over and its minutes approved."""
    bo = world.actor("bo")
    end_meeting(meeting, minutes="Alle møtte.", attended=[], actor=bo, at=TODAY)
    return approve_minutes(meeting, actor=bo, at=TODAY)


def next_meeting(world: World) -> Meeting:
    """A later meeting, called."""
    bo = world.actor("bo")
    assert world.council is not None
    meeting = plan_meeting(world.council, starts_at=TODAY + timedelta(days=30), actor=bo, at=TODAY)
    return everybody_comes(call_meeting(meeting, actor=bo, at=TODAY), actor=bo, at=TODAY)


# --- where and by whom ---------------------------------------------------------------------------


@pytest.mark.requirement("ROR-13")
def test_it_decides_only_what_is_on_a_called_agenda(world: World) -> None:
    case = waiting_case(world)
    with pytest.raises(WrongMoment, match="not on this meeting's agenda"):
        decide(world, case)
    with pytest.raises(WrongMoment, match="decides in a meeting"):
        council_to_portfolio(case, words=said(world), actor=world.actor("bo"), at=TODAY)
    assert world.council is not None
    later = plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=9), actor=world.actor("bo"), at=TODAY
    )
    put_on_agenda(case, meeting=later, actor=world.actor("bo"), at=TODAY)
    with pytest.raises(WrongMoment, match="not called"):
        decide(world, case, meeting=later)
    call_meeting(later, actor=world.actor("bo"), at=TODAY)
    everybody_comes(later, actor=world.actor("bo"), at=TODAY)
    assert decide(world, case, meeting=later).number == "FJO-2026-D-0001"


@pytest.mark.requirement("ROR-13")
@pytest.mark.parametrize("who", ["ada", "cai", "fia", "siv", "dee"])
def test_only_the_leader_writes_it_down(world: World, who: str) -> None:
    case = on_agenda(world)
    with pytest.raises(NotAllowed):
        council_to_portfolio(
            case, words=said(world), meeting=meeting_of(world), actor=world.actor(who), at=TODAY
        )
    assert not Decision.objects.exists()


def test_it_gives_reasons(world: World) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput) as problem:
        decide(world, case, outcome="reject", reasons="  ")
    assert set(problem.value.fields) == {"reasons"}


def test_it_names_what_is_missing_in_the_sentence(world: World) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput) as problem:
        decide(world, case, form="", course="nonsense", scale="", responsible=None)
    assert set(problem.value.fields) == {"form", "course", "scale", "responsible"}


# --- numbers and locks ---------------------------------------------------------------------------


class Undone(Exception):
    """Something failed after the decision was made."""


def decide_and_undo(world: World, case: Case) -> None:
    """An act that is undone after its number was given."""
    with transaction.atomic():
        decide(world, case)
        raise Undone


@pytest.mark.requirement("ROR-13")
def test_its_numbers_have_no_gaps(world: World) -> None:
    numbers = []
    for turn in range(4):
        case = on_agenda(world, text=f"Forslag {turn} fra kontoret")
        with pytest.raises(BadInput):
            decide(world, case, outcome="merge")
        with pytest.raises(Undone):
            decide_and_undo(world, case)
        numbers.append(decide(world, case).number)
    assert numbers == [f"FJO-2026-D-{turn:04d}" for turn in range(1, 5)]


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.requirement("ROR-13")
def test_it_is_locked_with_the_minutes(world: World) -> None:
    decision = decide(world, on_agenda(world))
    for change in ("conditions = 'mild'", "meeting_id = NULL, body_id = NULL"):
        with pytest.raises(DatabaseError, match="was written down"):
            run(f"UPDATE councils_decision SET {change} WHERE id = %s", decision.pk)
    approved(world, meeting_of(world))
    decision.refresh_from_db()
    assert decision.locked_at == TODAY
    for change in ("reasons = 'andre'", "outcome = 'park'", "locked_at = NULL", "number = 'X'"):
        with pytest.raises(DatabaseError, match="is locked"):
            run(f"UPDATE councils_decision SET {change} WHERE id = %s", decision.pk)
    with pytest.raises(DatabaseError, match="never deleted"):
        run("DELETE FROM councils_decision WHERE id = %s", decision.pk)


@pytest.mark.requirement("ROR-13")
def test_only_the_leader_approves_the_minutes(world: World) -> None:
    meeting = meeting_of(world)
    end_meeting(meeting, minutes="Alle møtte.", attended=[], actor=world.actor("siv"), at=TODAY)
    for who in ("siv", "cai", "fia"):
        with pytest.raises(NotAllowed):
            approve_minutes(meeting, actor=world.actor(who), at=TODAY)
    assert approve_minutes(meeting, actor=world.actor("bo"), at=TODAY).state == "approved"


@pytest.mark.requirement("ROR-13")
def test_it_is_corrected_only_by_a_new_decision(world: World) -> None:
    case = on_agenda(world)
    first = decide(world, case, outcome="park", reasons="Ikke nå.")
    approved(world, meeting_of(world))
    with pytest.raises(WrongMoment, match="over"):
        decide(world, case)
    later = next_meeting(world)
    put_on_agenda(case, meeting=later, actor=world.actor("bo"), at=TODAY)
    second = decide(world, case, meeting=later)
    first.refresh_from_db()
    assert (second.corrects, first.corrected_by, first.in_force) == (first, second, False)
    assert (first.outcome, first.reasons) == ("park", "Ikke nå.")
    assert second.number == "FJO-2026-D-0002"
    with pytest.raises(DatabaseError, match="cannot come into force again"):
        run("UPDATE councils_decision SET in_force = true WHERE id = %s", first.pk)


@pytest.mark.requirement("ROR-13")
def test_the_database_takes_no_decision_past_the_meeting(world: World) -> None:
    decision = decide(world, on_agenda(world))
    other = waiting_case(world, text="Et helt annet forslag")
    copy = (
        "INSERT INTO councils_decision (number, case_id, organisation_id, body_id, meeting_id,"
        " decided_by_id, decided_at, outcome, form, course, scale, reasons, conditions,"
        " exemption_number, exemption_reason, in_force) SELECT 'X-1', %s, organisation_id,"
        " {body}, {meeting}, decided_by_id, decided_at, 'park', '', '', '', 'x', '', '', '', true"
        " FROM councils_decision WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="on the agenda of a called meeting"):
        run(copy.format(body="body_id", meeting="meeting_id"), other.pk, decision.pk)
    with pytest.raises(DatabaseError, match="the active council decides"):
        run(copy.format(body="NULL", meeting="NULL"), other.pk, decision.pk)


# --- form and course -----------------------------------------------------------------------------


@pytest.mark.requirement("ROR-14")
@pytest.mark.parametrize(
    ("form", "phase"),
    [
        ("project", "concept"),
        ("mini_development", "need"),
        ("experiment", "hypothesis"),
        ("line_task", "doing"),
    ],
)
def test_its_form_starts_its_own_path(world: World, form: str, phase: str) -> None:
    activity = Activity.objects.get(decision=decide(world, on_agenda(world), form=form))
    assert (activity.form, activity.phase, activity.state) == (form, phase, "planned")


@pytest.mark.requirement("ROR-14")
def test_a_later_decision_changes_the_form(world: World) -> None:
    case = on_agenda(world)
    activity = Activity.objects.get(decision=decide(world, case))
    second = decide(world, case, form="project")
    activity.refresh_from_db()
    assert (activity.form, activity.phase, activity.current_decision) == (
        "project",
        "concept",
        second,
    )
    decide(world, case, outcome="reject", reasons="Det virker ikke.")
    activity.refresh_from_db()
    assert (activity.state, activity.end_reason) == ("stopped", "Det virker ikke.")


@pytest.mark.requirement("ROR-14")
@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("more_information", "needs_information"),
        ("park", "parked"),
        ("reject", "rejected"),
        ("return", "returned"),
    ],
)
def test_what_does_not_go_on_opens_nothing(world: World, outcome: str, state: str) -> None:
    case = on_agenda(world)
    decision = decide(world, case, outcome=outcome)
    assert (decision.form, decision.course, decision.scale) == ("", "", "")
    assert Idea.objects.get(pk=case.idea_id).state == state
    assert not Activity.objects.exists()


@pytest.mark.requirement("ROR-14")
def test_it_merges_into_another(world: World) -> None:
    case, target = on_agenda(world), idea_of(world, text="Samme sak, bedre sagt", by="cai")
    decide(world, case, outcome="merge", merged_into=target)
    target.refresh_from_db()
    assert Idea.objects.get(pk=case.idea_id).merged_into == target
    assert target.support_count == 1


@pytest.mark.requirement("ROR-15")
@pytest.mark.parametrize("course", ["inter_municipal_shall", "inter_municipal_should"])
def test_a_joint_course_asks_the_other_councils(world: World, course: str) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput) as problem:
        decide(world, case, course=course)
    assert set(problem.value.fields) == {"answer_by"}
    day = TODAY.date() + timedelta(days=20)
    decision = decide(world, case, course=course, answer_by=day)
    asked = JointInvitation.objects.filter(decision=decision)
    names = sorted(asked.values_list("organisation__short_name", flat=True))
    assert names == ["ELV", "SKO"]
    assert set(asked.values_list("answer_by", "answer")) == {(day, "")}


@pytest.mark.requirement("ROR-15")
def test_alone_asks_nobody(world: World) -> None:
    for turn, course in enumerate(("own_pilot", "local_only")):
        decide(world, on_agenda(world, text=f"Forslag {turn} om nattevakt"), course=course)
    assert not JointInvitation.objects.exists()


# --- what follows --------------------------------------------------------------------------------


@pytest.mark.requirement("ROR-24")
def test_it_establishes_the_activity(world: World) -> None:
    deadline = TODAY.date() + timedelta(days=60)
    decision = decide(world, on_agenda(world), deadline=deadline)
    activity = Activity.objects.get()
    assert (activity.decision, activity.owner.name) == (decision, "Cai")
    assert activity.due_date == deadline
    with pytest.raises(IntegrityError):
        run("UPDATE portfolio_activity SET decision_id = NULL WHERE id = %s", activity.pk)
    with pytest.raises(IntegrityError):
        run("UPDATE portfolio_activity SET state = 'running' WHERE id = %s", activity.pk)


@pytest.mark.requirement("ROR-05")
def test_a_case_without_anything_digital_is_fully_valid(world: World) -> None:
    case = on_agenda(
        world, text="Bytt rekkefølge på morgenrunden.", changes_service=True, digital_element="none"
    )
    activity = Activity.objects.get(decision=decide(world, case, form="mini_development"))
    assert activity.idea.digital_element == "none"
    assert activity.idea.changes_service is True
    assert start_running(activity, actor=world.actor("cai"), at=TODAY).state == "running"


# --- small scale first ---------------------------------------------------------------------------


def evaluated(world: World, activity: Activity) -> Activity:
    """The activity ran, was finished, and its evaluation is concluded."""
    cai = world.actor("cai")
    finished = finish_activity(
        start_running(activity, actor=cai, at=TODAY), result="To dager", actor=cai, at=TODAY
    )
    evaluation = plan_evaluation(
        finished, question="Ble det bedre?", depth="light", values=["quality"], actor=cai, at=TODAY
    )
    indicator = add_indicator(
        evaluation, value="quality", name="Svartid", unit="dager", better="down",
        baseline=Decimal(20), target=Decimal(5), actor=cai, at=TODAY,
    )  # fmt: skip
    measure(indicator, value=Decimal(8), measured_date=TODAY.date(), actor=cai, at=TODAY)
    conclude_evaluation(
        evaluation, verdict="worked", conclusion="Ja.", unexpected_findings="Færre telefoner.",
        actor=cai, at=TODAY,
    )  # fmt: skip
    return finished


@pytest.mark.requirement("S17-28")
def test_full_scale_is_refused_without_a_trial(world: World) -> None:
    case = on_agenda(world)
    with pytest.raises(BadInput) as problem:
        decide(world, case, scale="full")
    assert set(problem.value.fields) == {"scale"}
    decide(world, case)
    with pytest.raises(BadInput):
        decide(world, case, scale="full")
    assert Decision.objects.count() == 1


@pytest.mark.requirement("S17-28")
def test_full_scale_follows_an_evaluated_trial(world: World) -> None:
    case = on_agenda(world)
    trial = evaluated(world, Activity.objects.get(decision=decide(world, case)))
    decision = decide(world, case, scale="full", form="project")
    full = Activity.objects.get(decision=decision)
    assert (full.trial, full.exemption_number) == (trial, "")


@pytest.mark.requirement("S17-28")
def test_an_exemption_is_numbered_and_gives_its_reason(world: World) -> None:
    case = on_agenda(world)
    decision = decide(world, case, scale="full", exemption_reason="Loven krever det fra nyttår.")
    assert decision.exemption_number == "FJO-2026-E-0001"
    assert Activity.objects.get(decision=decision).exemption_number == "FJO-2026-E-0001"


@pytest.mark.requirement("S17-28")
def test_the_database_refuses_full_scale_too(world: World) -> None:
    decision = decide(world, on_agenda(world))
    with pytest.raises(IntegrityError, match="full_scale_needs_trial_or_exemption"):
        run("UPDATE portfolio_activity SET scale = 'full' WHERE decision_id = %s", decision.pk)
    exempt = "UPDATE councils_decision SET scale = 'full', exemption_number = 'E-1' WHERE id = %s"
    with without_promise("decision_stays", table="councils_decision"):  # noqa: SIM117
        with pytest.raises(IntegrityError, match="exemption_is_numbered_with_reason"):
            run(exempt, decision.pk)


# --- no council ----------------------------------------------------------------------------------


@pytest.mark.requirement("ROR-02")
def test_the_named_decider_decides_without_a_council(world: World) -> None:
    case = Case.objects.get(idea=idea_of(world, text="Felles kjøkken", by="gro"))
    words = said(world, responsible=world.people["gro"])
    with pytest.raises(NotAllowed):
        council_to_portfolio(case, words=words, actor=world.actor("mia"), at=TODAY)
    decision = council_to_portfolio(case, words=words, actor=world.actor("gro"), at=TODAY)
    assert (decision.body, decision.meeting) == (None, None)
    assert decision.number == "SKO-2026-D-0001"
    assert decision.locked_at == TODAY


@pytest.mark.requirement("ROR-02")
def test_a_council_that_begins_later_loses_nothing(world: World) -> None:
    gro = world.actor("gro")
    decided = Case.objects.get(idea=idea_of(world, text="Felles kjøkken", by="gro"))
    first = council_to_portfolio(
        decided, words=said(world, responsible=world.people["gro"]), actor=gro, at=TODAY
    )
    waits = Case.objects.get(idea=idea_of(world, text="En ny tavle", by="gro"))
    body = council_in(world, "skogbygda", by="gro")
    appoint_to_seat(
        leader_seat(body), person=world.people["gro"], from_date=TODAY.date(), actor=gro, at=TODAY
    )
    fill_federation_seat(world, body)
    body = activate_council(body, actor=gro, at=TODAY)
    gro = world.actor("gro")
    with pytest.raises(WrongMoment, match="decides in a meeting"):
        council_to_portfolio(waits, words=said(world), actor=gro, at=TODAY)
    meeting = plan_meeting(body, starts_at=TODAY + timedelta(days=2), actor=gro, at=TODAY)
    everybody_comes(call_meeting(meeting, actor=gro, at=TODAY), actor=gro, at=TODAY)
    put_on_agenda(waits, meeting=meeting, actor=gro, at=TODAY)
    second = council_to_portfolio(
        waits, words=said(world, responsible=world.people["gro"]), actor=gro, at=TODAY,
        meeting=meeting,
    )  # fmt: skip
    assert second.number == "SKO-2026-D-0002"
    first.refresh_from_db()
    assert first.in_force
    assert Activity.objects.count() == 2


@pytest.mark.requirement("ROR-02")
def test_a_closed_council_hands_over_to_the_decider(world: World) -> None:
    case = waiting_case(world)
    assert world.council is not None
    close_council(world.council, actor=world.actor("siv"), at=TODAY)
    decision = council_to_portfolio(case, words=said(world), actor=world.actor("siv"), at=TODAY)
    assert decision.body is None
