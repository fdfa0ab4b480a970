"""The whole trail in the browser, by keyboard alone, on a phone-wide screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from loype.ideas.models import Idea
from tests.cast import World
from tests.journeys.keyboard import Hands
from tests.journeys.walking import (
    carry_out,
    decide,
    evaluate,
    look_on,
    meet_soon,
    publish,
    read_the_story,
    reuse,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Vi leter etter nøkler hver natt, og alarmen venter."


@pytest.mark.requirement("EP-11")
@pytest.mark.requirement("ROR-01")
@pytest.mark.requirement("S17-34")
def test_it_is_walked_by_keyboard_from_first_word_to_use_elsewhere(
    world: World, live_server: LiveServer, browser: Browser
) -> None:
    meet_soon(world)

    def hands(name: str) -> Hands:
        return Hands(browser, person=world.people[name], at=live_server.url)

    ada = hands("ada")
    idea = _hand_in(ada)
    bo = hands("bo")
    decision = decide(bo, idea)
    cai = hands("cai")
    activity = carry_out(cai, idea)
    evaluate(cai, activity)
    solution = publish(cai, activity)
    fia = hands("fia")
    look_on(fia, idea, decision)
    dee = hands("dee")
    adoption = reuse(dee, solution)
    read_the_story(ada, idea)
    for person in (ada, bo, cai, fia, dee):
        person.done()
    solution.refresh_from_db()
    assert (adoption.state, solution.in_use_count) == ("in_use", 1)


def _hand_in(ada: Hands) -> Idea:
    ada.open("/")
    ada.write("What could be better where you work", WORDS)
    ada.press("^Go on")
    ada.pick("What do you come with", "Need")
    ada.press("^Send")
    idea = Idea.objects.get(text=WORDS)
    ada.sees(str(idea.case_number))
    return idea
