"""On the day after an election everything that is open must be confirmed, changed or ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loype.history.models import Event
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import HOUSE
from loype.portfolio.actions import finish_activity, stop_activity
from loype.portfolio.mandates.actions import (
    MandateWords,
    answer_mandate,
    ask_for_mandates,
    call_off_election,
    close_sitting,
    open_sitting,
    record_election,
    record_mandate,
)
from loype.portfolio.mandates.models import Election, MandateQuestion, PoliticalMandate
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from tests.cast import TODAY, World
from tests.trail_world import go_on, idea_of

VOTES = date(2026, 9, 14)
AFTER = datetime(2026, 9, 15, 10, 0, tzinfo=TODAY.tzinfo)


def mandate_of(world: World, *, title: str = "Kortere vei", by: str = "siv", **more: Any) -> Any:
    """A mandate that Fjordvik's municipal council gave before the election."""
    facts: dict[str, Any] = {
        "title": title,
        "issuing_body": "Kommunestyret",
        "decision_reference": f"PS 12/26 {title}",
        "decided_date": date(2026, 1, 20),
        **more,
    }
    return record_mandate(
        world.fjordvik, words=MandateWords(**facts), actor=world.actor(by), at=AFTER
    )


def election_of(world: World, *, day: date = VOTES, **more: Any) -> Election:
    """An election in Fjordvik."""
    return record_election(
        world.fjordvik, name="Kommunevalg", election_date=day, actor=world.actor("siv"),
        at=TODAY, **more,
    )  # fmt: skip


def running(world: World, text: str = "Prøve digitale låser på ti dører.") -> Activity:
    """An activity of Cai's that has started."""
    return start_running(
        go_on(world, idea_of(world, text=text)), actor=world.actor("cai"), at=TODAY
    )


def standing(activity: Activity, day: date) -> str:
    """How an activity stands on a day."""
    return str(Activity.objects.with_mandate(day).get(pk=activity.pk).mandate_standing)


@pytest.mark.requirement("NET-07")
def test_everything_open_stands_to_be_confirmed_on_the_day_after(world: World) -> None:
    mandate_of(world)
    election_of(world)
    activity, ended = running(world), running(world, "Benker langs elva.")
    finish_activity(ended, result="Ti benker", actor=world.actor("cai"), at=TODAY)
    assert activity.mandate.is_named
    assert standing(activity, VOTES) == "holds"
    assert standing(activity, VOTES + timedelta(days=1)) == "to_confirm"
    assert standing(ended, VOTES + timedelta(days=1)) == "holds"
    asked = Activity.objects.unconfirmed(VOTES + timedelta(days=1))
    assert [one.pk for one in asked] == [activity.pk]
    assert asked[0].mandate_due_date == VOTES
    # Nothing was written for it: whether the job ran makes no difference to what is shown.
    assert not MandateQuestion.objects.exists()


@pytest.mark.requirement("NET-07")
def test_the_job_asks_once_however_often_it_runs(world: World) -> None:
    mandate_of(world)
    election_of(world)
    activity = running(world)
    assert ask_for_mandates(at=datetime(2026, 9, 14, 21, 0, tzinfo=TODAY.tzinfo)) == 0
    # Half past midnight in Oslo is still the evening before in UTC.
    assert ask_for_mandates(at=datetime(2026, 9, 14, 22, 30, tzinfo=TODAY.tzinfo)) == 1
    assert ask_for_mandates(at=AFTER) == 0
    assert ask_for_mandates(at=AFTER + timedelta(days=300)) == 0
    question = MandateQuestion.objects.get()
    assert (question.activity_id, question.due_date, question.answer) == (activity.pk, VOTES, "")
    told = Event.objects.filter(verb="ask_for_mandate")
    assert [(one.thing_kind, one.thing_id) for one in told] == [("activity", activity.pk)]
    assert Event.objects.get(verb="ask_for_mandates").change == {"count": 1}


def test_a_mandate_that_runs_out_is_asked_for_too(world: World) -> None:
    mandate_of(world, to_date=date(2026, 6, 30))
    activity = running(world)
    assert standing(activity, date(2026, 6, 30)) == "holds"
    assert standing(activity, date(2026, 7, 1)) == "to_confirm"


def test_a_change_of_body_and_the_mandates_own_election_count_as_well(world: World) -> None:
    mandate_of(world, election_date=date(2026, 5, 1))
    activity = running(world)
    assert standing(activity, date(2026, 5, 1)) == "holds"
    assert standing(activity, date(2026, 5, 2)) == "to_confirm"
    election_of(world, day=date(2026, 6, 1), kind="change_of_body")
    due = Activity.objects.unconfirmed(date(2026, 6, 2)).get(pk=activity.pk).mandate_due_date
    assert due == date(2026, 6, 1)


def test_what_another_organisation_elects_changes_nothing_here(world: World) -> None:
    mandate_of(world)
    activity = running(world)
    record_election(
        world.organisations["elvestrand"], name="Valg", election_date=VOTES, actor=HOUSE, at=TODAY
    )
    assert standing(activity, VOTES + timedelta(days=1)) == "holds"


def test_what_the_new_council_asked_for_needs_no_confirming(world: World) -> None:
    election_of(world, day=date(2026, 2, 1))
    before = mandate_of(world, decided_date=date(2026, 2, 1))
    activity = go_on(world, idea_of(world, text="Prøve digitale låser på ti dører."))
    assert activity.mandate == before
    assert standing(activity, TODAY.date()) == "to_confirm"
    other = mandate_of(world, title="Nytt", decided_date=date(2026, 2, 2))
    newer = go_on_with(world, other)
    assert standing(newer, TODAY.date()) == "holds"


def go_on_with(world: World, mandate: PoliticalMandate) -> Activity:
    """An activity opened on a chosen mandate."""
    from loype.councils.actions import DecisionWords, put_on_agenda
    from loype.councils.models import Case
    from loype.trail.handovers import council_to_portfolio

    case = Case.objects.get(idea=idea_of(world, text="Nye benker i parken."))
    bo = world.actor("bo")
    put_on_agenda(case, meeting=world.meeting, actor=bo, at=TODAY)  # type: ignore[arg-type]
    words = DecisionWords(
        outcome="go_on", form="experiment", course="own_pilot", scale="small",
        reasons="Verdt å prøve.", responsible=world.people["cai"],
    )  # fmt: skip
    decision = council_to_portfolio(
        case, words=words, meeting=world.meeting, mandate=mandate, actor=bo, at=TODAY
    )
    return Activity.objects.get(decision=decision)


@pytest.mark.requirement("NET-07")
def test_one_sitting_confirms_changes_and_ends_each_with_reasons(world: World) -> None:
    old = mandate_of(world)
    texts = ("Digitale låser.", "Felles nattpatrulje.", "Benker langs elva.")
    activities = [running(world, text) for text in texts]
    election_of(world)
    new = mandate_of(world, title="Trygg hverdag", decided_date=date(2026, 9, 15))
    bo, siv, ada = world.actor("bo"), world.actor("siv"), world.actor("ada")
    sitting = open_sitting(
        world.fjordvik, issuing_body="Kommunestyret", held_date=AFTER.date(), actor=siv, at=AFTER
    )
    facts: dict[str, Any] = {"sitting": sitting, "actor": bo, "at": AFTER}
    with pytest.raises(NotAllowed):
        answer_mandate(activities[0], answer="confirmed", reasons="Ja", **facts | {"actor": ada})
    with pytest.raises(BadInput) as refused:
        answer_mandate(activities[0], answer="confirmed", reasons=" \n", **facts)
    assert set(refused.value.fields) == {"reasons"}
    answer_mandate(activities[0], answer="confirmed", reasons="Den virker.", **facts)
    with pytest.raises(WrongMoment, match="2 activities have no answer"):
        close_sitting(sitting, decision_reference="PS 90/26", actor=bo, at=AFTER)
    with pytest.raises(BadInput):
        answer_mandate(activities[1], answer="changed", reasons="Ny plan", mandate=old, **facts)
    answer_mandate(activities[1], answer="changed", reasons="Ny plan.", mandate=new, **facts)
    answer_mandate(activities[2], answer="ended", reasons="Ikke vår sak.", **facts)
    with pytest.raises(WrongMoment):
        answer_mandate(activities[0], answer="ended", reasons="Angret", **facts)
    found = {one.pk: one for one in Activity.objects.all()}
    assert [found[one.pk].mandate_id for one in activities] == [old.pk, new.pk, old.pk]
    assert found[activities[2].pk].state == "stopped"
    assert found[activities[2].pk].end_reason == "Ikke vår sak."
    assert not Activity.objects.unconfirmed(AFTER.date()).exists()
    closed = close_sitting(sitting, decision_reference="PS 90/26", actor=bo, at=AFTER)
    assert closed.state == "closed"
    told = Event.objects.filter(verb="answer_mandate").order_by("id")
    assert [(one.change["answer"], one.reason) for one in told] == [
        ("confirmed", "Den virker."), ("changed", "Ny plan."), ("ended", "Ikke vår sak."),
    ]  # fmt: skip
    later = election_of(world, day=date(2030, 9, 9)).election_date + timedelta(days=1)
    again = Activity.objects.unconfirmed(later).values_list("pk", flat=True)
    assert set(again) == {activities[0].pk, activities[1].pk}


@pytest.mark.requirement("NET-07")
def test_the_database_keeps_the_answers(world: World) -> None:
    mandate_of(world)
    activity = running(world)
    election_of(world)
    siv, bo = world.actor("siv"), world.actor("bo")
    sitting = open_sitting(
        world.fjordvik, issuing_body="Kommunestyret", held_date=AFTER.date(), actor=siv, at=AFTER
    )
    given: dict[str, Any] = {
        "due_date": VOTES, "asked_at": AFTER, "answered_at": AFTER, "sitting": sitting,
        "answered_by": world.people["bo"], "reasons": "Nei", "mandate_before": activity.mandate,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="still runs"), transaction.atomic():
        MandateQuestion.objects.create(activity=activity, answer="ended", **given)
    with pytest.raises(IntegrityError, match="reasons_and_sitting"), transaction.atomic():
        MandateQuestion.objects.create(
            activity=activity, answer="confirmed", **given | {"reasons": ""}
        )
    answer_mandate(activity, sitting=sitting, answer="confirmed", reasons="Ja.", actor=bo, at=AFTER)
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        MandateQuestion.objects.update(reasons="Noe annet")
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        MandateQuestion.objects.all().delete()
    elsewhere = PoliticalMandate.objects.create(
        organisation=world.organisations["elvestrand"], is_named=False, recorded_at=AFTER
    )
    with pytest.raises(IntegrityError, match="another organisation"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(mandate=elsewhere)
    with pytest.raises(IntegrityError, match="not stretched"), transaction.atomic():
        PoliticalMandate.objects.filter(pk=activity.mandate_id).update(
            decided_date=date(2026, 12, 1), from_date=date(2026, 12, 1)
        )
    with pytest.raises(IntegrityError, match="not moved"), transaction.atomic():
        Election.objects.update(election_date=date(2030, 1, 1))


def test_an_election_is_called_off_only_before_its_day(world: World) -> None:
    mandate_of(world)
    activity, siv = running(world), world.actor("siv")
    first = election_of(world, day=date(2026, 8, 1))
    call_off_election(first, reason="Flyttet til september.", actor=siv, at=TODAY)
    assert standing(activity, date(2026, 8, 2)) == "holds"
    second = election_of(world)
    with pytest.raises(WrongMoment):
        call_off_election(second, reason="Vi angrer.", actor=siv, at=AFTER)
    with pytest.raises(IntegrityError, match="called_off_in_time"), transaction.atomic():
        Election.objects.filter(pk=second.pk).update(
            called_off_date=AFTER.date(), called_off_reason="Vi angrer."
        )
    with pytest.raises(NotAllowed):
        election_of_olaf(world)


def election_of_olaf(world: World) -> Election:
    """Somebody from elsewhere writes an election down."""
    return record_election(
        world.fjordvik, name="Valg", election_date=VOTES, actor=world.actor("olaf"), at=TODAY
    )


@pytest.mark.requirement("NET-07")
def test_nothing_planned_starts_before_it_is_confirmed(world: World) -> None:
    mandate_of(world)
    planned = go_on(world, idea_of(world, text="Prøve digitale låser."))
    election_of(world)
    with pytest.raises(WrongMoment, match="must be confirmed first"):
        start_running(planned, actor=world.actor("cai"), at=AFTER)
    stop_activity(planned, reason="Vi venter ikke.", actor=world.actor("bo"), at=AFTER)
    assert not Activity.objects.unconfirmed(AFTER.date()).exists()
