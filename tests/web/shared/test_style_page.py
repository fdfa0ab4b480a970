"""Every part in every state works for everybody: axe, small screens, keyboard, no script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import live_server_helper

AXE = (Path(__file__).resolve().parents[2] / "vendor/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.shared.urls"),
]
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: live_server_helper.LiveServer) -> Any:
    """Opens the style page and at the end looks whether the browser complained."""
    contexts, complaints = [], []

    def open_page(width: int = 1280, *, path: str = "/", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_axe_finds_nothing(opened: Open, scheme: str, width: int) -> None:
    page = opened(width, color_scheme=scheme)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]
    ] == []


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_nothing_has_to_be_scrolled_sideways(opened: Open, width: int) -> None:
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(one => one.clientHeight > 1 && one.scrollWidth > one.clientWidth + 2)
  .filter(one => getComputedStyle(one).overflowX !== 'visible' && !one.closest('.table-frame'))
  .filter(one => !one.matches('input, select, textarea'))
  .map(one => one.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_text_may_be_spaced_out_for_easier_reading(opened: Open, width: int) -> None:
    """WCAG 2.2, 1.4.12: nothing is lost when a reader widens lines, letters and words."""
    page = opened(width)
    page.evaluate(SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


def test_the_first_tab_leads_to_the_content(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_focus_can_be_seen_wherever_it_goes(opened: Open) -> None:
    page = opened()
    for _step in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const at = document.activeElement;
              const parts = [at, at.closest('.ds-field')].filter(Boolean);
              return parts.some(part => {
                const style = getComputedStyle(part);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              }) ? '' : at.outerHTML.slice(0, 120);
            }"""
        )
        assert seen == ""


def test_the_menu_opens_and_closes_by_keyboard_alone(opened: Open) -> None:
    page = opened(390)
    menu = page.locator("details.menu--site")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Ideas")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Ideas")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_everything_is_there_without_script(opened: Open) -> None:
    page = opened(390, java_script_enabled=False)
    page.locator("details.menu--site summary").click()
    expect(page.locator("details.menu--site").get_by_role("link", name="Ideas")).to_be_visible()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")


@pytest.mark.parametrize(("chosen", "device"), [("dark", "light"), ("light", "dark")])
def test_the_readers_choice_beats_the_device(opened: Open, chosen: str, device: str) -> None:
    page = opened(color_scheme=device)
    device_paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name=chosen.capitalize(), exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", chosen)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != device_paper


def test_text_on_a_phone_is_eighteen_pixels(opened: Open) -> None:
    page = opened(390)
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).fontSize") >= "18px"


def test_a_moment_is_exact_on_paper(opened: Open) -> None:
    page = opened()
    page.emulate_media(media="print")
    after = page.evaluate("getComputedStyle(document.querySelector('.when'), '::after').content")
    assert " at " in after
    expect(page.locator(".site-nav")).to_be_hidden()
