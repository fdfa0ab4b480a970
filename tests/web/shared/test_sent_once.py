"""A button that is pressed twice in one go does its act once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route
from pytest_django.live_server_helper import LiveServer

from tests.browsing import sign_in
from tests.trail_world import TrailWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_button_pressed_again_while_it_is_sent_does_its_act_once(
    browser: Browser, live_server: LiveServer, trail: TrailWorld
) -> None:
    meetings = trail["meeting"].body.meetings
    before, held = meetings.count(), list[Route]()
    context = browser.new_context()
    sign_in(context, trail.world.people["bo"], at=live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/council/meetings/new/")

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/council/meetings/new/**", hold)  # a slow line
    page.locator("[name=starts_at]").fill("2099-03-03T09:00")
    page.get_by_role("button", name="Plan it").evaluate(
        "button => { for (const wait of [0, 200, 400]) setTimeout(() => button.click(), wait); }"
    )
    page.wait_for_timeout(900)
    assert len(held) == 1
    held[0].continue_()
    page.get_by_text("The meeting is planned.").wait_for()
    context.close()
    assert meetings.count() == before + 1
