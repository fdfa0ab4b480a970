"""While one hands in on a phone: the neighbours' twins come with reasons, and nothing jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from loype.accounts.models import Person
from loype.ideas.models import Idea, Support
from loype.search.indexing import index_waiting
from loype.search.meaning import current_meaning
from tests.browsing import sign_in, violations
from tests.cast import TODAY, World
from tests.trail_world import idea_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.requirement("S19-19"),
    pytest.mark.django_db(transaction=True),
]
Open = Callable[..., Page]

TYPED = "Beboerne falder om natten, og vi er for få på vagt til at opdage det i tide."
NORWEGIAN = "Nattevaktene oppdager ikke fall: beboere på sykehjemmet faller uten at noen ser det."
SWEDISH = "För få på nattskiftet: de boende ramlar på natten utan att någon märker det i tid."
OTHER = "Kantina bør få et bredere utvalg av varm mat til lunsj."
REACHABLE = 844  # the height of the phone's screen

WATCH = """() => {
    window.told = [];
    const region = document.getElementById("similar-said");
    new MutationObserver(() => window.told.push(region.textContent))
        .observe(region, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture
def twins(world: World) -> dict[str, Idea]:
    """The same need in Norway and in Sweden, shared with everybody and read by the worker."""
    words = "The language model is not here: run `loype search build` (tools/install.sh does)."
    assert current_meaning() is not None, words
    Person.objects.filter(pk=world.people["olaf"].pk).update(language="da")
    found = {
        "nb": idea_of(world, text=NORWEGIAN, by="ada", visibility="public", language="nb"),
        "sv": idea_of(world, text=SWEDISH, by="dee", visibility="public", language="sv"),
        "no": idea_of(world, text=OTHER, by="gro", visibility="public", language="nb"),
    }
    index_waiting(at=TODAY)
    return found


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Open]:
    """Opens the form as the Dane on a phone; at the end the browser must not have complained."""
    contexts, complaints = [], []

    def open_page(path: str = "/ideas/new/", *, width: int = 390, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": REACHABLE}, **options)
        contexts.append(context)
        sign_in(context, world.people["olaf"], at=live_server.url)
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


def hits(page: Page) -> Any:
    """The rows of what is alike, folded ones too."""
    return page.locator("#similar li")


def row_of(page: Page, idea: Idea) -> Any:
    """The row of one idea."""
    return page.locator("#similar li").filter(has_text=idea.title)


def place_of_send(page: Page) -> float:
    """How far down the page the button to send stands."""
    box = page.locator("#send button[value=send]").bounding_box()
    assert box is not None
    return float(box["y"]) + page.evaluate("window.scrollY")


def test_the_twins_of_the_neighbours_appear_with_reasons(
    opened: Open, twins: dict[str, Idea]
) -> None:
    page = opened()
    assert page.locator("html").get_attribute("lang") == "da"
    page.locator("#id_text").press_sequentially(TYPED, delay=15)
    for language in ("nb", "sv"):
        row = row_of(page, twins[language])
        expect(row).to_be_visible()
        expect(row.locator(".alike__band")).not_to_be_empty()
        expect(row.locator(".alike__why")).not_to_be_empty()
        expect(row.locator(f".row__title [lang={language}]")).to_have_count(1)
    titles = page.locator("#similar .row__title").all_inner_texts()
    assert set(titles[:2]) == {twins["nb"].title, twins["sv"].title}
    other = page.locator(".alike__row", has_text=twins["no"].title)
    expect(other.locator("[data-band=same], [data-band=similar]")).to_have_count(0)
    assert not violations(page)


def test_nothing_jumps_while_they_come(opened: Open, twins: dict[str, Idea]) -> None:
    page = opened()
    before = place_of_send(page)
    page.locator("#id_text").press_sequentially(TYPED, delay=15)
    expect(hits(page).first).to_be_visible()
    assert place_of_send(page) == before
    line, send = page.locator(".alike-line").bounding_box(), page.locator("#send").bounding_box()
    assert line is not None
    assert send is not None
    assert line["y"] + line["height"] <= send["y"]  # what is said stands above the button
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_is_told_once_and_not_with_each_key(opened: Open, twins: dict[str, Idea]) -> None:
    page = opened()
    expect(page.locator("#similar-said")).to_have_attribute("aria-live", "polite")
    page.evaluate(WATCH)
    text = page.locator("#id_text")
    text.press_sequentially(TYPED, delay=25)
    expect(page.locator("#similar-said")).to_contain_text(told_first(page)[:40])
    for _ in range(3):
        with page.expect_response("**/ideas/similar/"):
            text.press_sequentially(" ")
    page.wait_for_timeout(1_500)
    told = page.evaluate("window.told")
    assert len(told) == 1, told
    assert page.locator("#similar-said").inner_text() == told[0]


def told_first(page: Page) -> str:
    """The title of the first that is shown."""
    expect(hits(page).first).to_be_visible()
    return page.locator("#similar li .row__title").first.inner_text()


def test_it_asks_from_twelve_signs_once_one_pauses_and_drops_older_questions(
    opened: Open, twins: dict[str, Idea]
) -> None:
    page = opened()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if "/ideas/similar/" in one.url else None)
    text = page.locator("#id_text")
    text.press_sequentially("Beboerne fa", delay=5)
    page.wait_for_timeout(600)
    assert asked == []
    text.press_sequentially(TYPED.removeprefix("Beboerne fa"), delay=20)
    expect(hits(page).first).to_be_visible()
    assert len(asked) < len(TYPED) / 4  # not one a key
    assert {one.method for one in asked} == {"POST"}  # so that the words stand in no address


def test_supporting_instead_keeps_only_the_support(opened: Open, twins: dict[str, Idea]) -> None:
    page = opened()
    page.locator("#id_text").fill(TYPED)
    row_of(page, twins["nb"]).get_by_role("button").click()
    page.wait_for_url(f"**/ideas/{twins['nb'].pk}/**")
    assert Support.objects.get().note == TYPED
    assert Idea.objects.filter(giver__name="Olaf").count() == 0


def test_without_script_the_same_list_comes_after_the_button(
    opened: Open, twins: dict[str, Idea]
) -> None:
    page = opened()
    page.locator("#id_text").fill(TYPED)
    expect(hits(page).first).to_be_visible()
    with_script = page.locator("#similar li .row__title").all_inner_texts()
    plain = opened(java_script_enabled=False)
    plain.locator("#id_text").fill(TYPED)
    plain.locator("button[value=similar]").click()
    assert plain.locator("#similar li .row__title").all_inner_texts() == with_script
    expect(plain.locator("#id_text")).to_have_value(TYPED)
    expect(plain.locator("#similar-said")).not_to_be_empty()


def test_without_script_sending_at_once_loses_nothing(opened: Open, twins: dict[str, Idea]) -> None:
    page = opened(java_script_enabled=False)
    page.locator("input[name=kind][value=need]").check(force=True)
    page.locator("#id_text").fill(TYPED)
    page.locator("#send button[value=send]").click()
    idea = Idea.objects.get(giver__name="Olaf")
    assert (idea.state, idea.text) == ("submitted", TYPED)
    expect(page.locator("h1#receipt")).to_be_visible()
    shown = page.locator("section[aria-labelledby=others] .row__title").all_inner_texts()
    assert set(shown[:2]) == {twins["nb"].title, twins["sv"].title}
    page.locator("section[aria-labelledby=others] details summary").last.click()
    page.locator("input[name=answer][value=none]").check(force=True)
    page.locator("#reuse_reason").fill("De har ingen løsning endnu.")
    page.locator("section[aria-labelledby=others] form").last.locator("button").click()
    idea.refresh_from_db()
    seen = {one["id"] for one in idea.reuse.seen}
    assert idea.reuse.answer == "none"
    assert {twins["nb"].pk, twins["sv"].pk} <= seen
