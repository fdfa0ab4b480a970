"""A meeting that nobody closed is no next meeting: those who prepare it are told to close it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loype.bodies.actions import call_meeting, plan_meeting
from loype.bodies.models import Meeting
from loype.councils.models import Case
from loype.kernel.clock import now
from loype.trail.clocks.reading import read_clocks
from loype.trail.handovers import call_off_meeting, hand_in
from tests.cast import TODAY, World
from tests.councils.test_decide_in_writing import adopt

SignIn = Callable[[str], Client]
TO_CLOSE = "To be closed:"
OPEN = "Its day has passed. Close it with its minutes, or call it off."
UNCALLED = "Its day has passed and it was never called."


@pytest.fixture
def past(world: World) -> Meeting:
    """Fjordvik's council was called to a meeting in March; nobody has closed it."""
    assert world.meeting is not None
    assert world.meeting.starts_at < now()
    return world.meeting


def planned(world: World, *, days: int, called: bool = False) -> Meeting:
    """A meeting of Fjordvik's council so many days from now."""
    assert world.council is not None
    bo, at = world.actor("bo"), now()
    meeting = plan_meeting(world.council, starts_at=at + timedelta(days=days), actor=bo, at=at)
    return call_meeting(meeting, actor=bo, at=at) if called else meeting


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.requirement("ROR-11")
def test_the_room_shows_the_one_to_come_and_who_prepares_the_one_to_close(
    world: World, past: Meeting, client_of: SignIn
) -> None:
    bo, cai = client_of("bo"), client_of("cai")
    assert "no meeting is planned" in read(bo, "/council/")
    coming = planned(world, days=9)
    for client in (bo, cai):
        context = client.get("/council/").context
        assert (context["next"].meeting, context["later"]) == (coming, [])
    for who, is_told in (("bo", True), ("siv", True), ("cai", False), ("fia", False)):
        page = read(client_of(who), "/council/")
        assert ((TO_CLOSE in page), (OPEN in page)) == (is_told, is_told), who
    call_off_meeting(past, reason="Ingen kom.", actor=world.actor("bo"), at=now())
    assert TO_CLOSE not in read(bo, "/council/")


def test_the_room_says_what_to_do_with_one_that_was_never_called(
    world: World, past: Meeting, client_of: SignIn
) -> None:
    assert world.council is not None
    plan_meeting(
        world.council, starts_at=TODAY + timedelta(days=20), actor=world.actor("bo"), at=TODAY
    )
    page = read(client_of("bo"), "/council/")
    assert (page.count(TO_CLOSE), UNCALLED in page) == (2, True)


def test_a_meeting_of_today_and_one_that_is_answered_still_are_next(
    world: World, past: Meeting, client_of: SignIn
) -> None:
    today = planned(world, days=1)
    Meeting.objects.filter(pk=today.pk).update(starts_at=now())  # it began a moment ago
    assert client_of("bo").get("/council/").context["next"].meeting == today
    call_off_meeting(today, reason="x", actor=world.actor("bo"), at=now())
    adopt(world)
    assert world.council is not None
    written = plan_meeting(
        world.council, starts_at=TODAY, answer_by=(now() + timedelta(days=2)).date(),
        form="written", actor=world.actor("bo"), at=TODAY,
    )  # fmt: skip
    context = client_of("bo").get("/council/").context
    assert (context["next"].meeting, context["left_open"]) == (written, [past])


def test_the_bodys_page_and_the_home_page_say_it_to_those_who_prepare_it(
    world: World, past: Meeting, client_of: SignIn
) -> None:
    coming = planned(world, days=9)
    place = reverse("body_page", args=[past.body_id])
    for who, is_told in (("bo", True), ("siv", True), ("cai", False), ("dee", False)):
        client = client_of(who)
        answer = client.get(place)
        assert (OPEN in answer.content.decode()) is is_told, who
        if who != "dee":
            assert answer.context["meetings"] == [coming], who
        home = read(client, "/")
        assert ("The meeting is to be closed or called off" in home) is is_told, who
    call_off_meeting(past, reason="Ingen kom.", actor=world.actor("bo"), at=now())
    assert "to be closed" not in read(client_of("bo"), "/")


def test_a_case_is_laid_before_the_one_to_come(
    world: World, past: Meeting, client_of: SignIn
) -> None:
    idea = hand_in(
        organisation=world.fjordvik, text="Nytt", kind="need", actor=world.actor("ada"), at=now()
    )
    coming = planned(world, days=9)
    place = reverse("case_page", args=[Case.objects.get(idea=idea).pk])
    form = client_of("bo").get(place).context["agenda_form"]
    assert form.initial["meeting"] == coming.pk
    offered = [number for number, _words in form.fields["meeting"].choices]
    assert set(map(str, offered)) >= {str(past.pk), str(coming.pk)}


@pytest.mark.requirement("ROR-11")
def test_the_forecast_leans_on_no_meeting_that_is_past(world: World, past: Meeting) -> None:
    hand_in(
        organisation=world.fjordvik, text="Nytt", kind="need", actor=world.actor("ada"), at=now()
    )
    clocks = read_clocks(world.fjordvik.pk, at=now())
    assert [one.meeting_id for one in clocks.expected] == [None]
    coming = planned(world, days=9)
    clocks = read_clocks(world.fjordvik.pk, at=now())
    assert [one.meeting_id for one in clocks.expected] == [coming.pk]
