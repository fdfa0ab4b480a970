"""Clocks count an organisation's own working days by what its council promised."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from loype.bodies.actions import close_meeting
from loype.bodies.models import Body, Meeting
from loype.councils.actions import (
    accept_responsibility,
    appoint_responsible,
    arrange_follow_up,
    decline_responsibility,
)
from loype.councils.models import AgendaItem, Case, Decision
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from loype.organisations.models import Organisation
from loype.trail.clocks.escalating import escalate
from loype.trail.clocks.noting import note_told
from loype.trail.clocks.planning import plan_proposed
from loype.trail.clocks.reading import read_clocks
from loype.trail.clocks.targets import begin_targets, set_targets
from loype.trail.handovers import call_off_meeting, hand_in
from loype.trail.models import Escalation, ServiceTarget
from loype.trail.standing import promised_days, waiting_of, with_waiting
from tests.cast import TODAY, World

DAYS = {
    "receipt_days": 1, "responsible_days": 3, "decision_days": 10, "feedback_days": 2,
    "warn_days": 2, "decider_days": 4,
}  # fmt: skip


def waiting_case(world: World, *, at: datetime = TODAY, text: str = "Noe som venter") -> Case:
    idea = hand_in(
        organisation=world.fjordvik, text=text, kind="idea", actor=world.actor("ada"), at=at
    )
    return Case.objects.get(idea=idea)


def no_meeting(world: World) -> Body:
    """Call off the meeting ahead, so that nothing takes what waits."""
    assert world.meeting is not None
    assert world.council is not None
    call_off_meeting(world.meeting, reason="Sykdom", actor=world.actor("bo"), at=TODAY)
    return world.council


@pytest.mark.requirement("ROR-11")
def test_it_plans_the_proposed_meeting_with_one_press(world: World) -> None:
    council, case = no_meeting(world), waiting_case(world)
    proposal = read_clocks(world.fjordvik.pk, at=TODAY).proposal
    assert proposal is not None
    assert [one.id for one in proposal.cases] == [case.pk]
    bo = world.actor("bo")
    meeting = plan_proposed(council, form=proposal.form, day=proposal.day, actor=bo, at=TODAY)
    assert (meeting.state, meeting.form) == ("planned", "extra")
    assert AgendaItem.objects.get(meeting=meeting).case_id == case.pk
    assert read_clocks(world.fjordvik.pk, at=TODAY).proposal is None
    with pytest.raises(Stale):
        plan_proposed(council, form=proposal.form, day=proposal.day, actor=bo, at=TODAY)
    assert Meeting.objects.filter(body=council, state="planned").count() == 1


def test_only_those_who_prepare_meetings_plan_it(world: World) -> None:
    council = no_meeting(world)
    waiting_case(world)
    proposal = read_clocks(world.fjordvik.pk, at=TODAY).proposal
    assert proposal is not None
    with pytest.raises(NotAllowed):
        plan_proposed(
            council, form=proposal.form, day=proposal.day, actor=world.actor("cai"), at=TODAY
        )
    assert not AgendaItem.objects.filter(case__state="on_agenda").exists()


@pytest.mark.requirement("ROR-11")
def test_a_case_keeps_what_was_promised_when_it_came(world: World) -> None:
    assert world.council is not None
    before = waiting_case(world, at=TODAY - timedelta(days=3), text="Kom før")
    set_targets(world.council, valid_from=TODAY.date(), actor=world.actor("bo"), at=TODAY, **DAYS)
    after = waiting_case(world, text="Kom etter")
    clocks = read_clocks(world.fjordvik.pk, at=TODAY)
    limits = {case.id: case.limit for case in clocks.cases}
    calendar = clocks.calendar
    assert limits[before.pk] == calendar.add(before.waiting_since.date(), 20)
    assert limits[after.pk] == calendar.add(TODAY.date(), 10)
    assert Organisation.objects.get(pk=world.fjordvik.pk).decision_days == 10
    promise = promised_days(world.fjordvik, handed_in=TODAY.date())
    assert promise.responsible == calendar.add(TODAY.date(), 3)


def test_what_is_promised_for_later_begins_on_its_day(world: World) -> None:
    assert world.council is not None
    first = TODAY.date() + timedelta(days=30)
    set_targets(world.council, valid_from=first, actor=world.actor("siv"), at=TODAY, **DAYS)
    assert begin_targets(at=TODAY) == 0
    assert Organisation.objects.get(pk=world.fjordvik.pk).decision_days == 20
    assert begin_targets(at=TODAY + timedelta(days=30)) == 1
    assert Organisation.objects.get(pk=world.fjordvik.pk).decision_days == 10


def test_what_began_while_no_worker_ran_is_caught_up_with(world: World) -> None:
    assert world.council is not None
    first = TODAY.date() + timedelta(days=30)
    set_targets(world.council, valid_from=first, actor=world.actor("siv"), at=TODAY, **DAYS)
    assert begin_targets(at=TODAY + timedelta(days=33)) == 1
    assert Organisation.objects.get(pk=world.fjordvik.pk).decision_days == 10
    assert begin_targets(at=TODAY + timedelta(days=34)) == 0


@pytest.mark.parametrize(
    ("who", "facts", "failure"),
    [
        ("cai", {}, NotAllowed),
        ("dee", {}, NotAllowed),
        ("bo", {"valid_from": TODAY.date() - timedelta(days=1)}, BadInput),
        ("bo", {"decision_days": 2}, BadInput),
        ("bo", {"responsible_days": 0}, BadInput),
        ("bo", {"decision_days": 9_999}, BadInput),
    ],
)
def test_it_refuses_targets(
    world: World, who: str, facts: dict[str, int], failure: type[Exception]
) -> None:
    wanted = {"valid_from": TODAY.date(), **DAYS, **facts}
    with pytest.raises(failure):
        set_targets(world.council, actor=world.actor(who), at=TODAY, **wanted)  # type: ignore[arg-type]
    assert not ServiceTarget.objects.exists()


@pytest.mark.requirement("ROR-11")
def test_the_database_holds_one_target_at_a_time(world: World) -> None:
    bo = world.actor("bo")
    target = set_targets(world.council, valid_from=TODAY.date(), actor=bo, at=TODAY, **DAYS)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="one_target_at_a_time"), transaction.atomic():
        ServiceTarget.objects.create(
            body=world.council, valid_from=target.valid_from + timedelta(days=5), set_at=TODAY
        )


@pytest.mark.requirement("ROR-11")
def test_it_tells_the_responsible_then_the_leader_then_the_decider(world: World) -> None:
    case = waiting_case(world)
    appoint_responsible(case, person=world.people["cai"], actor=world.actor("bo"), at=TODAY)
    heard = {}
    for days in range(45):
        at = TODAY + timedelta(days=days)
        before = Event.objects.count()
        escalate(at=at)
        for event in Event.objects.order_by("pk")[before:]:
            tell_about(event.pk, at=at)
            names = Notice.objects.filter(event_id=event.pk).values_list("person__name", flat=True)
            heard[event.change["step"]] = (days, sorted(names))
    clocks = read_clocks(world.fjordvik.pk, at=TODAY)
    limit = clocks.cases[0].limit
    expected = {
        "responsible": (clocks.calendar.before(limit, 3), ["Cai"]),
        "chair": (clocks.calendar.add(limit, 1), ["Bo"]),
        "decider": (clocks.calendar.add(limit, 5), ["Siv"]),
    }
    assert heard == {
        step: ((day - TODAY.date()).days, names) for step, (day, names) in expected.items()
    }
    assert Escalation.objects.count() == 3


@pytest.mark.requirement("ROR-11")
def test_run_again_it_tells_nobody_again(world: World) -> None:
    waiting_case(world)
    at = TODAY + timedelta(days=63)
    assert escalate(at=at) == 6  # nobody responsible, and no decision: three steps each
    assert escalate(at=at + timedelta(hours=1)) == 0
    told = Escalation.objects.get(clock="decision", step="chair")
    told.pk = None
    with pytest.raises(IntegrityError, match="one_notice"), transaction.atomic():
        told.save(force_insert=True)


def test_it_leaves_days_off_alone(world: World) -> None:
    waiting_case(world)
    easter = datetime(2026, 4, 6, 6, 0, tzinfo=UTC)
    assert escalate(at=easter) == 0
    assert escalate(at=easter + timedelta(days=1)) > 0


@pytest.mark.requirement("ROR-20")
def test_no_idea_stands_without_a_responsible_for_longer_than_promised(world: World) -> None:
    case = waiting_case(world)
    set_targets(
        world.council, valid_from=TODAY.date(), actor=world.actor("bo"), at=TODAY,  # type: ignore[arg-type]
        stand_in=world.people["siv"], **DAYS,
    )  # fmt: skip
    limit = read_clocks(world.fjordvik.pk, at=TODAY).cases[0].responsible_by
    on_the_day = datetime(limit.year, limit.month, limit.day, 9, tzinfo=UTC)
    escalate(at=on_the_day)
    case.refresh_from_db()
    assert case.responsible is None
    escalate(at=on_the_day + timedelta(days=4))
    case.refresh_from_db()
    assert case.responsible == world.people["siv"]
    assert Idea.objects.get(pk=case.idea_id).state == "taken_up"


@pytest.mark.requirement("ROR-20")
def test_it_says_who_was_left_without_after_the_meeting(world: World) -> None:
    waiting_case(world)
    assert world.meeting is not None
    bo, after = world.actor("bo"), TODAY + timedelta(days=1, hours=3)
    assert read_clocks(world.fjordvik.pk, at=TODAY).left_without == 0
    close_meeting(world.meeting, minutes="Vi møttes.", attended=[], actor=bo, at=after)
    waiting_case(world, at=after + timedelta(hours=1), text="Kom etter møtet")
    clocks = read_clocks(world.fjordvik.pk, at=after + timedelta(hours=2))
    assert (clocks.left_without, clocks.last_met_at) == (1, after)


@pytest.mark.requirement("ROR-20")
def test_the_responsible_takes_it_on_or_says_why_not(world: World) -> None:
    case, cai, bo = waiting_case(world), world.actor("cai"), world.actor("bo")
    case = appoint_responsible(case, person=world.people["cai"], actor=bo, at=TODAY)
    for stranger in ("bo", "ada", "dee"):
        with pytest.raises(NotAllowed):
            accept_responsibility(case, actor=world.actor(stranger), at=TODAY)
    case = accept_responsibility(case, actor=cai, at=TODAY)
    assert case.accepted_at == TODAY
    with pytest.raises(BadInput):
        decline_responsibility(case, reason=" ", actor=cai, at=TODAY)
    case = decline_responsibility(case, reason="Permisjon fra mandag.", actor=cai, at=TODAY)
    assert (case.accepted_at, case.responsible_id) == (None, world.people["cai"].pk)
    tell_about(Event.objects.filter(verb="decline_responsibility").get().pk, at=TODAY)
    told = Notice.objects.filter(subject="responsible_declined")
    assert {one.person.name for one in told} == {"Bo", "Siv"}
    case = appoint_responsible(case, person=world.people["bo"], actor=bo, at=TODAY)
    assert (case.declined_because, case.accepted_at) == ("", None)


@pytest.mark.requirement("ROR-20")
def test_a_deputy_is_named_and_a_day_is_kept(world: World) -> None:
    case, cai, bo = waiting_case(world), world.actor("cai"), world.actor("bo")
    day = TODAY.date() + timedelta(days=10)
    with pytest.raises(WrongMoment):
        arrange_follow_up(case, deputy=None, follow_up_by=day, actor=bo, at=TODAY)
    case = appoint_responsible(case, person=world.people["cai"], actor=bo, at=TODAY)
    ada = world.people["ada"]
    with pytest.raises(NotAllowed):
        arrange_follow_up(case, deputy=ada, follow_up_by=day, actor=cai, at=TODAY)
    with pytest.raises(NotAllowed):
        arrange_follow_up(case, deputy=ada, follow_up_by=None, actor=world.actor("ada"), at=TODAY)
    for nobody in (world.people["cai"], world.people["dee"]):
        with pytest.raises(BadInput):
            arrange_follow_up(case, deputy=nobody, follow_up_by=day, actor=bo, at=TODAY)
    assert not Case.objects.visible_to(world.actor("ada")).exists()
    case = arrange_follow_up(case, deputy=ada, follow_up_by=day, actor=bo, at=TODAY)
    assert Case.objects.visible_to(world.actor("ada")).get() == case
    case = arrange_follow_up(case, deputy=None, follow_up_by=day, actor=cai, at=TODAY)
    assert (case.deputy, case.follow_up_by) == (None, day)


@pytest.mark.requirement("ROR-20")
def test_the_database_keeps_who_follows_up(world: World) -> None:
    case = waiting_case(world)
    for broken in (
        {"responsible": world.people["cai"]}, {"accepted_at": TODAY},
        {"deputy": world.people["ada"]}, {"declined_because": "Nei"},
        {"follow_up_by": date(2026, 4, 1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**broken)


@pytest.mark.requirement("ROR-11")
def test_the_clocks_on_receipt_and_feedback_stop_when_the_giver_is_told(world: World) -> None:
    case = waiting_case(world)
    assert case.receipt_at is None
    event = Event.objects.get(verb="submit_idea", thing_id=case.idea_id)
    later = TODAY + timedelta(minutes=5)
    note_told(event.pk, at=later)
    note_told(event.pk, at=later + timedelta(days=1))
    case.refresh_from_db()
    assert case.receipt_at == later
    assert case.feedback_at is None


def test_the_queue_counts_without_holidays(world: World) -> None:
    case = waiting_case(world, at=datetime(2026, 3, 26, 9, 0, tzinfo=UTC))
    clocks = read_clocks(world.fjordvik.pk, at=datetime(2026, 4, 8, 9, 0, tzinfo=UTC))
    assert clocks.waited(case.waiting_since) == 6  # nine weekdays, three of them holidays


def test_others_see_no_clock_of_ours(world: World) -> None:
    waiting_case(world)
    escalate(at=TODAY + timedelta(days=63))
    set_targets(world.council, valid_from=TODAY.date(), actor=world.actor("bo"), at=TODAY, **DAYS)  # type: ignore[arg-type]
    for stranger in ("dee", "olaf", "eve"):
        assert not Escalation.objects.visible_to(world.actor(stranger)).exists()
        assert not ServiceTarget.objects.visible_to(world.actor(stranger)).exists()
    assert Escalation.objects.visible_to(world.actor("bo")).exists()
    assert not Escalation.objects.visible_to(world.actor("ada")).exists()


def test_a_giver_is_told_what_was_promised_to_their_idea(world: World) -> None:
    before = waiting_case(world, at=TODAY - timedelta(days=3), text="Kom før")
    set_targets(world.council, valid_from=TODAY.date(), actor=world.actor("bo"), at=TODAY, **DAYS)  # type: ignore[arg-type]
    after = waiting_case(world, text="Kom etter")
    ada, day = world.actor("ada"), TODAY.date()
    rows = with_waiting(Idea.objects.filter(case__in=[before, after]), day=day)
    told = {idea.pk: waiting_of(idea, actor=ada, day=day, shows_names=True) for idea in rows}
    calendar = read_clocks(world.fjordvik.pk, at=TODAY).calendar
    by = {key: one.by for key, one in told.items() if one is not None}
    assert by == {
        before.idea_id: calendar.add(before.waiting_since.date(), 5),
        after.idea_id: calendar.add(day, 3),
    }


def held_meetings(world: World, council: Body, *, decided: tuple[int, ...]) -> None:
    """Meetings lately that decided so many cases each, while an older one kept waiting."""
    waiting_case(world, at=TODAY - timedelta(days=200), text="Venter lenge")
    _promises("DISABLE")  # how a meeting decides is tried out elsewhere
    for number, count in enumerate(decided):
        day = TODAY - timedelta(days=100 - 7 * number - len(decided))
        meeting = Meeting.objects.create(
            body=council, organisation=council.organisation, starts_at=day, called_at=day,
            held_at=day, state="held", quorum_needed=1,
        )  # fmt: skip
        for turn in range(count):
            case = waiting_case(world, at=day, text=f"Sak {number} {turn}")
            Case.objects.filter(pk=case.pk).update(state="decided", first_decided_at=day)
            Decision.objects.create(
                number=f"X-{case.pk}", case=case, organisation=council.organisation,
                body=council, meeting=meeting, decided_by=world.people["bo"], decided_at=day,
                outcome="park", reasons="Senere.",
            )  # fmt: skip
    _promises("ENABLE")


def _promises(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("councils_decision", "bodies_meeting"):
            cursor.execute(f"ALTER TABLE {table} {act} TRIGGER USER")


@pytest.mark.requirement("ROR-11")
def test_it_counts_with_what_meetings_took_lately_or_with_what_is_set(world: World) -> None:
    council = no_meeting(world)
    held_meetings(world, council, decided=(1, 4))
    assert read_clocks(world.fjordvik.pk, at=TODAY).cases_a_meeting is None  # too few to say
    held_meetings(world, council, decided=(2, 3))
    assert read_clocks(world.fjordvik.pk, at=TODAY).cases_a_meeting == 3
    set_targets(
        council, valid_from=TODAY.date(), cases_a_meeting=1, actor=world.actor("bo"), at=TODAY,
        **DAYS,
    )  # fmt: skip
    clocks = read_clocks(world.fjordvik.pk, at=TODAY)
    assert clocks.cases_a_meeting == 1
    assert clocks.proposal is not None
    assert len(clocks.proposal.cases) == 1
    waiting = Case.objects.filter(state="waiting").order_by("waiting_since", "id")
    assert [one.ahead for one in clocks.cases] == list(range(waiting.count()))
    last = waiting.last()
    assert last is not None
    alone = read_clocks(world.fjordvik.pk, at=TODAY, only=last.pk)
    assert [one.ahead for one in alone.cases] == [waiting.count() - 1]
    with pytest.raises(BadInput):
        set_targets(
            council, valid_from=TODAY.date() + timedelta(days=3), cases_a_meeting=0,
            actor=world.actor("bo"), at=TODAY, **DAYS,
        )  # fmt: skip
