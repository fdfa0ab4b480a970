"""A paper that comes after its day is marked, on the agenda and in the minutes, and told of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import MagicMock, patch

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from loype.bodies.actions import (
    Procedural,
    adopt_rules_of_procedure,
    call_meeting,
    move_meeting,
    plan_meeting,
)
from loype.bodies.models import Meeting
from loype.councils.actions import papers_due, put_on_agenda, write_paper
from loype.councils.minutes.as_html import page
from loype.councils.minutes.reading import read_minutes
from loype.councils.models import AgendaItem, DecisionPaper
from loype.history.models import Event
from loype.kernel.clock import now
from loype.notices.actions import tell_about
from loype.notices.models import Notice
from tests.cast import TODAY, World
from tests.councils.test_decide_case import waiting_case
from tests.councils.test_decide_in_writing import adopt, planned

SignIn = Callable[[str], Client]
DAY = TODAY.date()


def laid(world: World, meeting: Meeting, text: str) -> AgendaItem:
    case = waiting_case(world, text=text)
    return put_on_agenda(case, meeting=meeting, actor=world.actor("bo"), at=TODAY)


@pytest.fixture
def called(world: World) -> Meeting:
    """A meeting in ten days, whose papers are out five days before."""
    adopt(world, notice_days=8, paper_days=5)
    return call_meeting(planned(world, days=10), actor=world.actor("bo"), at=TODAY)


def paper_of(world: World, item: AgendaItem, *, days: int) -> DecisionPaper:
    return write_paper(
        item, words={"summary": "Kort.", "decision_points": "Prøv."}, version=0,
        actor=world.actor("siv"), at=TODAY + timedelta(days=days),
    )  # fmt: skip


@pytest.mark.requirement("S19-53")
def test_a_paper_is_late_from_the_day_after_it_was_due(world: World, called: Meeting) -> None:
    assert papers_due(called) == DAY + timedelta(days=5)
    on_time = paper_of(world, laid(world, called, "Nøkler"), days=5)
    late = paper_of(world, laid(world, called, "Sensorer"), days=6)
    assert (on_time.is_late, late.is_late) == (False, True)
    assert late.due_date == DAY + timedelta(days=5)
    again = write_paper(
        on_time.item, words={"summary": "Lengre."}, version=1, actor=world.actor("siv"),
        at=TODAY + timedelta(days=9),
    )  # fmt: skip
    assert not again.is_late  # it was out in time
    told = [event.change["late"] for event in Event.objects.filter(verb="add_paper").order_by("id")]
    assert told == [False, True]
    shown = page(read_minutes(called, language="en"))
    assert shown.count("the papers were due by 7 March 2026") == 1
    move_meeting(called, starts_at=TODAY + timedelta(days=20), actor=world.actor("bo"), at=TODAY)
    late = DecisionPaper.objects.select_related("item__meeting").get(pk=late.pk)
    assert not late.is_late  # the members have it in time after all


@pytest.mark.requirement("S19-53")
def test_the_rules_that_the_meeting_was_called_by_say_the_day(
    world: World, called: Meeting
) -> None:
    assert world.council is not None
    adopt_rules_of_procedure(
        world.council, procedure=Procedural(), from_date=DAY + timedelta(days=1),
        actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    assert papers_due(called) == DAY + timedelta(days=5)
    assert paper_of(world, laid(world, called, "Sensorer"), days=8).is_late
    assert papers_due(planned(world, days=10)) is None


@pytest.mark.requirement("S19-53")
def test_the_database_keeps_when_a_paper_came(world: World, called: Meeting) -> None:
    paper = paper_of(world, laid(world, called, "Sensorer"), days=8)
    for change in ({"added_date": DAY}, {"days_before": 0}):
        with pytest.raises(IntegrityError, match="not rewritten"), transaction.atomic():
            DecisionPaper.objects.filter(pk=paper.pk).update(**change)
    with pytest.raises(IntegrityError, match="tells when"), transaction.atomic():
        DecisionPaper.objects.create(
            item=laid(world, called, "Nøkler"), added_date=DAY, days_before=0, changed_at=TODAY,
            changed_by=world.people["siv"],
        )  # fmt: skip


def told_of(verb: str) -> dict[str, Notice]:
    for event in Event.objects.filter(verb=verb):
        tell_about(event.pk, at=event.at)
    return {one.person.name: one for one in Notice.objects.select_related("person")}


@pytest.mark.requirement("EP-22")
def test_the_members_are_told_of_a_paper_on_a_called_agenda(world: World, called: Meeting) -> None:
    paper_of(world, laid(world, called, "Sensorer"), days=8)
    told = told_of("add_paper")
    assert set(told) == {"Bo", "Cai", "Fia"}  # Siv wrote it
    assert told["Cai"].subject == "paper_added"
    assert told["Cai"].facts["is_late"] is True


@pytest.mark.requirement("EP-22")
def test_before_the_call_only_a_late_paper_is_told_of(world: World) -> None:
    adopt(world, notice_days=8, paper_days=5)
    meeting, followed = planned(world, days=10), "loype.history.actions.follow_later"
    with patch(followed) as follow:
        paper_of(world, laid(world, meeting, "Nøkler"), days=1)
    assert Event.objects.get(verb="add_paper").pk not in ids_of(follow)
    with patch(followed) as follow:
        paper_of(world, laid(world, meeting, "Sensorer"), days=6)
    assert Event.objects.filter(verb="add_paper").last().pk in ids_of(follow)  # type: ignore[union-attr]


def ids_of(follow: MagicMock) -> set[int]:
    """The events from which something was to follow."""
    return {call.kwargs["event_id"] for call in follow.call_args_list}


@pytest.mark.requirement("S19-53")
def test_pages_warn_while_adding_and_show_it(world: World, client_of: SignIn) -> None:
    adopt(world, notice_days=0, paper_days=0)
    at, bo = now(), world.actor("bo")
    assert world.council is not None
    adopt_rules_of_procedure(
        world.council, procedure=Procedural(notice_days=5, paper_days=5, allows_urgent=True),
        from_date=at.date(), actor=bo, at=at,
    )  # fmt: skip
    meeting = plan_meeting(
        world.council, starts_at=at + timedelta(days=3), form="urgent", actor=bo, at=at
    )
    item = laid(world, meeting, "Sensorer")
    address = f"/council/meetings/{meeting.pk}/items/{item.pk}/paper/"
    siv = client_of("siv")
    assert "The papers were due before today" in siv.get(address).content.decode()
    siv.post(address, {"version": "0", "summary": "Kort.", "decision_points": "Prøv."})
    assert DecisionPaper.objects.select_related("item__meeting").get().is_late
    assert "The papers were due before today" not in siv.get(address).content.decode()
    for shown in (
        f"/council/meetings/{meeting.pk}/",
        f"/council/meetings/{meeting.pk}/live/?item={item.pk}",
        f"/council/meetings/{meeting.pk}/items/{item.pk}/",
    ):
        assert "Late paper" in siv.get(shown).content.decode()
