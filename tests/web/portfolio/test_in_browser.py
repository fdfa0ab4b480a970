"""The board by keyboard, by mouse and without script; the search while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browsing import sign_in, violations
from tests.trail_world import TrailWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, trail: TrailWorld) -> Iterator[Open]:
    """Opens a page as somebody; at the end the browser must not have complained."""
    contexts, complaints = [], []

    def open_page(name: str, path: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        sign_in(context, trail.world.people[name], at=live_server.url)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")
        context.close()
    assert complaints == []


def phase_of(trail: TrailWorld) -> str:
    """The phase the activity is in now."""
    trail["activity"].refresh_from_db()
    return str(trail["activity"].phase)


def test_alt_and_an_arrow_move_a_card_which_keeps_the_focus(
    opened: Open, trail: TrailWorld
) -> None:
    page = opened("cai", "/portfolio/")
    card = page.locator(f"#activity-{trail['activity'].pk}")
    card.press("Alt+ArrowRight")
    expect(page.get_by_role("status")).to_contain_text("is moved")
    expect(page.locator('[data-column="trial"]').get_by_role("article")).to_have_count(1)
    expect(card).to_be_focused()
    card.press("Alt+ArrowLeft")
    expect(page.locator('[data-column="trial"]').get_by_role("article")).to_have_count(0)
    assert phase_of(trail) == "hypothesis"


def test_a_card_is_dragged_to_another_phase(opened: Open, trail: TrailWorld) -> None:
    page = opened("cai", "/portfolio/")
    card = page.locator(f"#activity-{trail['activity'].pk}")
    card.drag_to(page.locator('[data-column="learning"]'), source_position={"x": 8, "y": 8})
    expect(page.get_by_role("status")).to_contain_text("is moved")
    assert phase_of(trail) == "learning"


def test_without_script_the_button_moves_it(opened: Open, trail: TrailWorld) -> None:
    page = opened("cai", "/portfolio/", width=390, java_script_enabled=False)
    card = page.locator(f"#activity-{trail['activity'].pk}")
    card.get_by_role("combobox").select_option("trial")
    card.get_by_role("button", name="Move").click()
    expect(page.get_by_role("status")).to_contain_text("is moved")
    assert phase_of(trail) == "trial"


def test_the_next_step_opens_the_form_it_leads_to(opened: Open, trail: TrailWorld) -> None:
    page = opened("cai", reverse("activity_page", args=[trail["activity"].pk]), width=390)
    page.get_by_role("link", name="Say how it goes").press("Enter")
    page.get_by_role("radio", name="On track").press("Space")
    page.get_by_label("In a few words").press_sequentially("Alle ti er oppe")
    page.get_by_label("What is the next step?").press_sequentially("Måle")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    expect(page.get_by_text("Alle ti er oppe")).to_be_visible()
    assert violations(page) == []


def test_solutions_are_found_while_one_types(opened: Open, trail: TrailWorld) -> None:
    page = opened("gro", "/solutions/", width=390)
    hit = page.get_by_role("link", name=trail["solution"].title)
    expect(hit).to_be_visible()
    words = page.get_by_label("What are you looking for?")
    words.press_sequentially("noe helt annet")
    expect(hit).to_have_count(0)
    words.fill("søknad")
    expect(hit).to_be_visible()
    assert violations(page) == []
