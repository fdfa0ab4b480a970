"""The pages about notices for everybody: axe, a phone, without script; and the mail as a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from loype.accounts.models import Person
from loype.history.models import Event
from loype.mail.models import OutgoingMail
from loype.notices.actions import tell_about
from loype.notices.mailing import mail_waiting
from loype.notices.models import KindWish
from loype.notices.stopping import stop_secret
from tests.browsing import sign_in, violations
from tests.cast import TODAY
from tests.trail_world import TrailWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
PICTURES = os.environ.get("LOYPE_PICTURES", "")
LOOKS = [(1280, "light"), (390, "dark"), (320, "light")]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, trail: TrailWorld) -> Iterator[Open]:
    """Opens a page as somebody; at the end the browser must not have complained."""
    contexts, complaints = [], []

    def open_page(name: str, path: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        if name != "eve":
            sign_in(context, trail.world.people[name], at=live_server.url)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def told(trail: TrailWorld) -> TrailWorld:
    """The world after everybody was told of everything and got their mail."""
    Person.objects.update(mail_wish="all")
    for event in Event.objects.order_by("pk"):
        tell_about(event.pk, at=TODAY)
    mail_waiting(at=TODAY + timedelta(days=2))
    return trail


def looked_at(page: Page, name: str) -> None:
    """It is whole on the screen and axe finds nothing; a picture where one is asked for."""
    assert violations(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", ["/notices/", "/notices/?kind=searches", "/notices/wishes/"])
def test_the_pages_are_for_everybody(
    path: str, width: int, scheme: str, told: TrailWorld, opened: Open
) -> None:
    page = opened("ada", path, width=width, color_scheme=scheme)
    name = path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-")
    looked_at(page, f"{name}-{width}-{scheme}")


def test_the_link_in_a_mail_works_without_script(told: TrailWorld, opened: Open) -> None:
    secret = stop_secret(told.world.people["ada"], kinds=["mine", "talk"])
    page = opened("eve", f"/notices/stop/{secret}/", width=390, java_script_enabled=False)
    page.get_by_role("button", name="Stop this mail").click()
    expect(page.get_by_role("heading", name="No more mail comes about this")).to_be_visible()
    assert set(KindWish.objects.values_list("kind", "how")) == {("mine", "app"), ("talk", "app")}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Mail comes as before")).to_be_visible()
    assert not KindWish.objects.exists()


@pytest.mark.parametrize("act", ["", "stop"])
def test_the_pages_behind_the_link_are_for_everybody(
    act: str, told: TrailWorld, opened: Open
) -> None:
    secret = stop_secret(told.world.people["ada"], kinds=["mine"])
    page = opened("eve", f"/notices/stop/{secret}/", width=390)
    if act:
        page.get_by_role("button", name="Stop this mail").click()
    looked_at(page, f"stop-{act}")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_mail_is_for_everybody(
    width: int, scheme: str, told: TrailWorld, browser: Browser
) -> None:
    mail = OutgoingMail.objects.get(to="ada@example.test")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.set_content(mail.html_body)
    looked_at(page, f"mail-{width}-{scheme}")
    if PICTURES:
        (Path(PICTURES) / "mail.txt").write_text(f"{mail.subject}\n\n{mail.body}")
    context.close()
