"""A passkey, made and used in a real browser under our content policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from loype.accounts.models import Person
from tests.cast import PASSWORD

EMAIL = "kari@fjordvik.example"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def telephone(browser: Browser) -> Iterator[tuple[BrowserContext, Page, list[str]]]:
    """A browser with a built-in key, and what its console complained about."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield context, page, complaints
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_made_and_then_enough_to_sign_in(
    telephone: tuple[BrowserContext, Page, list[str]],
    live_server: Any,
    grown_up: Callable[..., Person],
) -> None:
    context, page, complaints = telephone
    grown_up(EMAIL, language="en")
    at = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{at}/account/login/?next=/account/2fa/webauthn/add/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Add a key")).to_be_visible()
    page.get_by_label("Name of the key").fill("My telephone")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Security key added")).to_be_visible()
    page.goto(f"{at}/account/2fa/webauthn/")
    expect(page.get_by_text("My telephone", exact=True).first).to_be_visible()

    context.clear_cookies()
    page.goto(f"{at}/account/login/?next=/profile/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My profile")).to_be_visible()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_says_so_when_no_key_answers(browser: Browser, live_server: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/account/login/")
    words = page.get_by_text("The key did not answer")
    expect(words).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(words).to_be_visible()
    context.close()
