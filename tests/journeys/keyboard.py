"""A person who uses the keyboard only: Tab to a thing, type, choose, press."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from loype.accounts.models import Person
from tests.browsing import sign_in

MOST_TABS = 150
STICKS_OUT = """() => document.documentElement.scrollWidth <= 390 ? [] :
  [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > 391)
  .map(one => one.outerHTML.slice(0, 160))"""
FOCUSED = "one => document.activeElement === one"


class Hands:
    """One person's hands on the keyboard of a phone-wide browser; no mouse, no touch."""

    def __init__(self, browser: Browser, *, person: Person, at: str) -> None:
        self.at = at
        self.context: BrowserContext = browser.new_context(viewport={"width": 390, "height": 844})
        sign_in(self.context, person, at=at)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text))

    def open(self, path: str) -> None:
        """Type an address."""
        answer = self.page.goto(f"{self.at}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self._nothing_sticks_out()

    def reach(self, thing: Locator) -> None:
        """Tab until the thing has the focus, forwards and (once round) from the top."""
        expect(thing).to_be_visible()
        for _step in range(MOST_TABS):
            if thing.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {thing}")

    def write(self, label: str, text: str) -> None:
        """Write into the field with this label."""
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by typing the beginning of the option."""
        field = self._field(label)
        self.reach(field)
        self.page.keyboard.type(option)
        chosen = field.evaluate("one => one.selectedOptions[0].textContent.trim()")
        assert chosen.lower().startswith(option.lower()), f"{label}: {chosen}"

    def pick(self, group: str, option: str) -> None:
        """Pick one of a group of round buttons with the arrows (or Space where none is chosen)."""
        radios = self.page.get_by_role("radiogroup", name=re.compile(group)).or_(
            self.page.get_by_role("group", name=re.compile(group))
        )
        wanted = radios.get_by_role(
            "radio", name=re.compile(f"^{re.escape(option)}", re.IGNORECASE)
        ).first
        everyone = radios.get_by_role("radio")
        for _step in range(MOST_TABS):
            if any(one.evaluate(FOCUSED) for one in everyone.all()):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _step in range(everyone.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()

    def _field(self, label: str) -> Locator:
        """The visible field with this label."""
        fields = self.page.locator("input:visible, textarea:visible, select:visible")
        return self.page.get_by_label(label, exact=False).and_(fields).first

    def tick(self, label: str) -> None:
        """Tick a box."""
        box = self.page.get_by_role("checkbox", name=re.compile(label, re.IGNORECASE)).first
        self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def unfold(self, words: str) -> None:
        """Open a fold."""
        fold = self.page.locator("summary", has_text=words).first
        self.reach(fold)
        if not fold.evaluate("one => one.parentElement.open"):
            self.page.keyboard.press("Enter")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or follow a link, and wait for the page that comes.

        A new page is waited for: the old one may still write into its own history meanwhile.
        """
        thing = self.page.get_by_role(role, name=re.compile(name)).first  # type: ignore[arg-type]
        self.reach(thing)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")
        self._nothing_sticks_out()

    def sees(self, words: str) -> None:
        """The words are on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def done(self) -> None:
        """Put the phone away; the browser must not have complained."""
        assert self.complaints == []
        self.context.close()

    def _nothing_sticks_out(self) -> None:
        assert self.page.evaluate(STICKS_OUT) == []
