"""Searching with hands: as one types on a phone, by keyboard, and without any script."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as project
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from loype.search.indexing import index_waiting
from tests.browsing import sign_in, violations
from tests.cast import TODAY, World
from tests.trail_world import idea_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: Any = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _things(world: World, settings: Any) -> None:
    """A need in two countries' words; found by the keywords that they share."""
    settings.LOYPE_EMBEDDING_PROVIDER = "none"
    idea_of(
        world, text="Nøkler i hjemmetjenesten. Vi leter etter nøkler hver kveld.",
        visibility="public",
    )  # fmt: skip
    idea_of(
        world, text="Nycklar i hemtjänsten. Vi letar efter nycklar varje kväll.", language="sv",
        visibility="public",
    )  # fmt: skip
    idea_of(world, text="Benker langs elva.", visibility="public")
    index_waiting(at=TODAY)


def opened(context: BrowserContext, live_server: LiveServer, *, path: str = "/search/") -> Page:
    """The page, with what the browser complains of collected."""
    context.add_cookies(
        [{"name": project.LANGUAGE_COOKIE_NAME, "value": "da", "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + path)
    return page


def titles(page: Page) -> list[str]:
    """What the list shows."""
    return page.locator(".hit .row__title").all_inner_texts()


@pytest.mark.requirement("S19-08")
def test_it_finds_norwegian_and_swedish_twins_as_one_types_danish(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = opened(context, live_server)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    box = page.locator("#search-box")
    before = box.bounding_box()
    box.press_sequentially("nøgler i hjemmeplejen", delay=15)
    expect(page.locator(".hit")).to_have_count(2)
    assert {title[:4] for title in titles(page)} == {"Nøkl", "Nyck"}
    expect(page.locator(".hit__reason")).to_have_count(2)
    expect(page.locator("[role=status]#count")).to_contain_text("2")
    expect(box).to_be_focused()
    assert box.bounding_box() == before
    assert "q=n" in page.url
    assert complaints == []
    page.reload()
    expect(page.locator(".hit")).to_have_count(2)
    context.close()


def test_it_keeps_what_one_opened_open_while_the_list_changes(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = opened(context, live_server)
    page.locator(".search__narrow > summary").click()
    page.locator("#search-box").press_sequentially("benker", delay=15)
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator("#narrow")).to_be_visible()
    expect(page.locator("details.search__narrow")).to_have_attribute("open", "")
    context.close()


def test_it_gives_the_same_list_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = opened(context, live_server)
    page.locator("#search-box").fill("nøgler i hjemmeplejen")
    page.locator("#search-box").press("Enter")
    assert {title[:4] for title in titles(page)} == {"Nøkl", "Nyck"}
    page.locator(".search__narrow > summary").click()
    page.locator("#narrow").get_by_role("link", name="Svenska").click()
    assert [title[:4] for title in titles(page)] == ["Nyck"]
    page.locator(".search__chips a[data-chosen]").first.click()
    assert len(titles(page)) == 2
    context.close()


def test_it_keeps_the_choices_while_one_types(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, live_server, path="/search/?language=sv")
    page.locator("#search-box").press_sequentially("hjemmeplejen", delay=15)
    expect(page.locator(".hit")).to_have_count(1)
    assert "language=sv" in page.url
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(
    theme: Any, width: int, browser: Browser, live_server: LiveServer, world: World
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    sign_in(context, world.people["ada"], at=live_server.url)
    page = opened(context, live_server)
    for path in ("", "?q=nøkler&kind=idea&language=sv", "?q=finnesikke", "saved/"):
        page.goto(f"{live_server.url}/search/{path}")
        assert violations(page) == [], path
    context.close()
