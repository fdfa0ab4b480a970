"""Take every picture of the README anew: `.venv/bin/python tools/pictures.py`.

Builds a demo in a database of its own, serves it, walks the tour as the cast, and removes the
database again. Needs a Chromium (`CHROMIUM=` names one) and the test packages.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import sql

from loype.config.database import database_settings, ensure_running

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
PASSWORD = "en-liten-loype"
DATABASE = "loype_pictures"
WIDE, PHONE = (1280, 860), (390, 844)
LARGEST_BYTES = 200_000
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NEED = (
    "Vi må innom basen og hente nøkler mellom besøkene i sonen. På kveldsvakt går det tre kvarter "
    "bare til nøkler, og noen ganger er nøkkelen hos en annen bil."
)
QUESTION = "Natholdet vækker beboerne, når de går rundt og ser, om alle har det godt"
REASONS = (
    "Feil i allergilisten er farlig, og kjøkkenet har selv en enkel måte å prøve. "
    "Vi begynner på ett hus."
)


@contextmanager
def demo() -> Iterator[str]:
    """A freshly built demo that answers at the given address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "LOYPE_DB_NAME": DATABASE, "PORT": str(port)}
    loype = [sys.executable, "-m", "loype.cli"]
    remove_database()
    subprocess.run([*loype, "demo", "--build-only"], env=environment, cwd=PROJECT, check=True)
    pages = subprocess.Popen([*loype, "demo"], env=environment, cwd=PROJECT)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address
    finally:
        pages.terminate()
        pages.wait()
        remove_database()


def remove_database() -> None:
    """Drop the pictures' own database."""
    ensure_running()
    settings = database_settings(os.environ, PROJECT)
    names = ("HOST", "PORT", "USER", "PASSWORD")
    host, port, user, password = (settings[name] or None for name in names)
    with psycopg.connect(
        host=host, port=port, user=user, password=password, dbname="postgres", autocommit=True
    ) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(DATABASE)))


def wait_for(address: str) -> None:
    """Wait until the pages answer."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    sys.exit(f"Nothing answers at {address}.")


@dataclass
class Walk:
    """Somebody of the cast at a screen."""

    page: Page
    address: str

    def go(self, path: str) -> Walk:
        """Open a page."""
        answer = self.page.goto(self.address + path)
        if answer is None or answer.status != 200:
            sys.exit(f"{path} answers {answer.status if answer else 'nothing'}.")
        return self

    def keep(self, name: str, *, height: int = 0, top: int = 0) -> None:
        """Take the picture; `height` cuts a long page there, counted from `top`."""
        place = PICTURES / f"{name}.png"
        width = self.page.viewport_size["width"] if self.page.viewport_size else WIDE[0]
        self.page.evaluate("document.activeElement?.blur()")
        if height:
            clip = {"x": 0, "y": top, "width": width, "height": height}
            self.page.screenshot(path=place, full_page=True, clip=clip)
        else:
            self.page.screenshot(path=place)
        size = place.stat().st_size
        print(f"{place.relative_to(PROJECT)}: {size // 1000} kB")
        if size > LARGEST_BYTES:
            sys.exit(f"{place.name} is larger than {LARGEST_BYTES // 1000} kB: cut it shorter.")


def sign_in(browser: Browser, address: str, email: str, *, size: tuple[int, int] = WIDE) -> Walk:
    """A new window in which somebody has signed in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="nb-NO",
        color_scheme="light",
        reduced_motion="reduce",
    )
    walk = Walk(context.new_page(), address).go("/account/login/")
    walk.page.fill("input[name=login]", email)
    walk.page.fill("input[name=password]", PASSWORD)
    walk.page.press("input[name=password]", "Enter")
    walk.page.wait_for_url(f"{address}/")
    return walk


def as_ada(browser: Browser, address: str) -> None:
    """Ada's front page, and a need handed in from her phone."""
    sign_in(browser, address, "ada@fjordvik.example").keep("home")
    walk = sign_in(browser, address, "ada@fjordvik.example", size=PHONE).go("/ideas/new/")
    walk.page.check("input[name=kind][value=need]", force=True)
    walk.page.fill("textarea[name=text]", NEED)
    walk.page.wait_for_timeout(6000)  # the first question also loads the language model
    walk.keep("hand-in-phone", height=1420)
    walk.page.click("button[value=send]")
    walk.page.wait_for_url("**/receipt/")
    walk.keep("receipt-phone")


def as_bo(browser: Browser, address: str) -> None:
    """The council's room, a decision in the live meeting, the flow, and a long story."""
    walk = sign_in(browser, address, "bo@fjordvik.example").go("/council/")
    walk.keep("council-room")
    meeting = walk.page.locator("a[href$='/live/']").first.get_attribute("href") or ""
    walk.go(meeting)
    walk.page.locator("form[action$='/attendance/'] button[type=submit]").first.click()
    walk.go(meeting).page.locator("textarea[name=reasons]").fill(REASONS)
    walk.keep("live-meeting", top=150, height=980)
    walk.go("/flow/").keep("flow", height=980)
    walk.go("/flow/time/").keep("time", height=1500)
    walk.go("/council/clocks/").keep("clocks", height=980)
    walk.go("/council/ranking/").keep("ranked-list", height=1080)
    rounds = walk.go("/council/rounds/").page.locator("main .row a").all()
    walk.go(rounds[-1].get_attribute("href") or "").keep("round", height=980)
    walk.go("/portfolio/mandates/").keep("mandates")
    walk.go("/portfolio/mandates/folder/").keep("hand-over-folder", height=1000)
    walk.go(approved_minutes(walk)).keep("minutes", height=1300)
    story = link(walk.go(most_reused(walk, evaluated=True)).page, starts="/trail/")
    walk.go(story).keep("trail", height=1200)
    phone = sign_in(browser, address, "bo@fjordvik.example", size=PHONE)
    phone.go(story).keep("trail-phone", height=1400)


def as_cai(browser: Browser, address: str) -> None:
    """An activity of Cai's, and what came of one that is finished."""
    walk = sign_in(browser, address, "cai@fjordvik.example").go("/portfolio/")
    walk.keep("portfolio")
    own = walk.go("/portfolio/?scope=mine&owner=me").page
    path = own.locator("main a[href^='/portfolio/']").first.get_attribute("href") or ""
    walk.go(path).keep("activity", height=980)
    solution = most_reused(walk, evaluated=True)
    link = walk.go(solution).page.locator("main a[href$='/evaluation/']").first
    walk.go(link.get_attribute("href") or "").keep("evaluation", height=980)


def as_fia(browser: Browser, address: str) -> None:
    """What all councils of the federation look like to its coordinator."""
    walk = sign_in(browser, address, "fia@fjordlaget.example")
    overview = link(walk.go("/federation/").page, starts="/federation/overview/")
    walk.go(overview).keep("federation", height=1500)


def approved_minutes(walk: Walk) -> str:
    """The minutes of the latest meeting in which somebody disagreed."""
    pages = walk.go("/council/meetings/?organisation=1").page
    paths = [one.get_attribute("href") or "" for one in pages.locator("main a").all()]
    for path in (one for one in paths if one.strip("/").split("/")[-1].isdigit()):
        minutes = walk.page.goto(f"{walk.address}{path}minutes/")
        if minutes and minutes.status == 200 and walk.page.get_by_text("Dissens").count():
            return f"{path}minutes/"
    sys.exit("No minutes hold a dissent.")


def as_dee(browser: Browser, address: str) -> None:
    """A solution Dee may take up, and how far Dee's municipality has come with another."""
    walk = sign_in(browser, address, "dee@elvestrand.example")
    offered = next(path for path in solutions(walk) if can_be_taken_up(walk.go(path).page))
    walk.go(offered).keep("solution", height=980)
    adoption = link(walk.go(most_reused(walk)).page, starts="/adoptions/")
    walk.go(adoption).keep("adoption", height=900)


def as_olaf(browser: Browser, address: str) -> None:
    """A Danish question that finds what Norwegians and Swedes have."""
    question = urllib.parse.quote(QUESTION)
    walk = sign_in(browser, address, "olaf@sundkobing.example")
    walk.go(f"/search/?q={question}").keep("search", height=1100)
    bo = sign_in(browser, address, "bo@fjordvik.example")
    bo.go("/needs/map/").keep("needs-map", height=1000)


def link(page: Page, *, starts: str) -> str:
    """The first link of the page that begins so."""
    return page.locator(f"main a[href^='{starts}']").first.get_attribute("href") or ""


def solutions(walk: Walk) -> list[str]:
    """The addresses of the solutions on the first page of the list, oldest first."""
    links = walk.go("/solutions/").page.locator("main a[href^='/solutions/']").all()
    paths = {(link.get_attribute("href") or "").split("?")[0] for link in links}
    numbered = [path for path in paths if path.strip("/").split("/")[-1].isdigit()]
    return sorted(numbered, key=lambda path: int(path.strip("/").split("/")[-1]))


def can_be_taken_up(page: Page) -> bool:
    """Whether the one big button is there, on a solution with an evaluation."""
    return bool(
        page.locator("main form button").count()
        and page.locator("main a[href$='/evaluation/']").count()
    )


def most_reused(walk: Walk, *, evaluated: bool = False) -> str:
    """The address of the solution that most others have taken up; one whose evaluation is open."""
    takers = {}
    for path in solutions(walk):
        page = walk.go(path).page
        if not evaluated or page.locator("main a[href$='/evaluation/']").count():
            links = page.locator("main a[href^='/adoptions/']").all()
            takers[path] = len({link.get_attribute("href") for link in links})
    return max(takers, key=lambda path: takers[path])


def main() -> None:
    """Take them all."""
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for walk in (as_ada, as_bo, as_cai, as_fia, as_dee, as_olaf):
            walk(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
