"""Handing in as people do it: on a phone, by keyboard, with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loype.ideas.models import Idea, Support
from loype.search.indexing import index_waiting
from tests.browsing import sign_in, violations
from tests.cast import TODAY
from tests.trail_world import TrailWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, trail: TrailWorld) -> Iterator[Open]:
    """Opens a page as somebody; at the end the browser must not have complained."""
    contexts, complaints = [], []
    index_waiting(at=TODAY)

    def open_page(name: str, path: str, *, width: int = 390, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, **options)
        contexts.append(context)
        if name != "eve":
            sign_in(context, trail.world.people[name], at=live_server.url)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")  # a picture may still be under way
        context.close()
    assert complaints == []


@pytest.mark.requirement("EP-13")
def test_it_takes_few_presses_on_a_phone(opened: Open) -> None:
    page = opened("ada", "/")
    page.get_by_label("What could be better where you work?").press_sequentially("Vi leter")
    page.get_by_role("button", name="Go on").press("Enter")
    page.get_by_role("radio", name="Need").press("Space")
    text = page.get_by_label("Tell it in your own words")
    expect(text).to_have_value("Vi leter")
    text.press("Control+End")
    text.press_sequentially(" lenge etter nøkler.")
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, we have it.")
    idea = Idea.objects.latest("pk")
    assert (idea.kind, idea.text) == ("need", "Vi leter lenge etter nøkler.")
    expect(page.get_by_text(str(idea.case_number)).first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "What could be better where you work?"), ("/ideas/new/", "Tell it in your own words")],
)
def test_what_others_have_shows_while_typing(path: str, label: str, opened: Open) -> None:
    page = opened("bo", path)
    page.get_by_label(label).press_sequentially("nøkler til hjemmetjenesten")
    hit = page.locator("#similar").get_by_role("link", name="Nøkler til hjemmetjenesten")
    expect(hit.first).to_be_visible()
    page.get_by_role("button", name="Support this instead").first.click()
    expect(page.get_by_text("Thank you. It counts")).to_be_visible()
    assert Support.objects.filter(person__name="Bo").exists()


def test_everything_works_without_script(opened: Open) -> None:
    page = opened("ada", "/", java_script_enabled=False)
    page.get_by_label("What could be better where you work?").fill(
        "Nøkler til hjemmetjenesten vi ikke finner"
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Wish", exact=True).click()
    page.get_by_role("button", name="See what others have").click()
    expect(page.locator("#similar li").first).to_be_visible()
    expect(page.get_by_role("radio", name="Wish")).to_be_checked()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("Only you see it until you send it.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, we have it.")
    page.get_by_text("Colleagues who write along").click()
    page.get_by_label("A colleague's name or e-mail address").fill("Cai")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Cai writes along from now on.")).to_be_visible()


def test_the_list_follows_the_choices(opened: Open) -> None:
    page = opened("ada", "/ideas/")
    page.get_by_label("Search").press_sequentially("benker")
    expect(page.locator("#list .row")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=benker"))
    page.get_by_text("Choose kind, state, unit or language").click()
    page.get_by_label("Kind").select_option("need")
    expect(page.get_by_text("No idea fits these choices")).to_be_visible()


def test_similar_ideas_come_to_the_ideas_page(opened: Open, trail: TrailWorld) -> None:
    page = opened("bo", reverse("idea_page", args=[trail["idea"].pk]))
    page.get_by_role("button", name="Show what others have").click()
    expect(page.locator("#similar :is(h2, p)").first).to_be_visible()
    expect(page.locator("#similar")).not_to_contain_text(trail["idea"].title)


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_scrolls_sideways_and_axe_is_content(
    width: int, opened: Open, trail: TrailWorld
) -> None:
    idea = trail["idea"]
    paths = ["/", "/ideas/", "/ideas/new/", "/notices/"]
    paths += [
        reverse(name, args=[idea.pk])
        for name in ("idea_page", "idea_receipt", "idea_files", "idea_co_authors", "idea_edit")
    ]
    page = opened("ada", "/", width=width)
    start = page.url.rstrip("/")
    wrong = {}
    for path in paths:
        page.goto(start + path)
        for fold in page.locator("main details.fold").all():
            fold.evaluate("one => { one.open = true }")
        if found := violations(page):
            wrong[path] = found
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[f"{path} is too wide"] = []
    assert wrong == {}
