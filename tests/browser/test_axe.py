"""Axe finds nothing on any page, in light and dark, in all five languages."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error
from pytest_django.live_server_helper import LiveServer

from loype.accounts.models import Person
from tests.asking import address, entries
from tests.browsing import sign_in, violations
from tests.trail_world import TrailWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_PAGES = (
    "organisation_theme",
    "idea_file",
    "idea_export",
    "need_export",
    "organisation_logo",
    "profile_export",
)
ORDER = ("siv", "ada", "bo", "cai", "fia", "dee", "olaf", "eve")
ACCOUNT_PAGES = (
    "/account/2fa/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/email/",
)
SIGN_IN_PAGES = ("/account/login/", "/account/signup/", "/account/password/reset/")


def pages_of(name: str) -> list[dict[str, object]]:
    """The pages that one of the cast may open and nobody earlier in the cast was shown."""
    found = []
    for entry in entries():
        if entry["method"] != "GET" or entry["url"] in NOT_PAGES or entry.get("page") is False:
            continue
        allowed = [one for one in ORDER if entry["expect"].get(one) == 200]
        if allowed and allowed[0] == name:
            found.append(entry)
    return found


def check(
    browser: Browser, *, person: Person | None, addresses: list[str], at: str, language: str
) -> dict[str, list[tuple[str, list[str]]]]:
    """Open each address and ask axe in light and dark."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": at}])
    if person is not None:
        Person.objects.filter(pk=person.pk).update(language=language)
        sign_in(context, person, at=at)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    wrong: dict[str, list[tuple[str, list[str]]]] = {}
    for place in addresses:
        try:
            answer = page.goto(f"{at}{place}")
        except Error as problem:
            if "Download is starting" not in problem.message:
                raise
            continue  # a file, not a page
        assert answer is not None
        assert answer.status == 200, place
        assert page.locator("html").get_attribute("lang") == language, place
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if found := violations(page):
                wrong[f"{place} {scheme}"] = found
        page.emulate_media(color_scheme="light")
    context.close()
    assert not complaints
    return wrong


@pytest.mark.parametrize("language", ["en", "da", "nb", "nn", "sv"])
@pytest.mark.parametrize("name", ORDER)
def test_it_finds_nothing(
    name: str,
    language: str,
    trail: TrailWorld,
    live_server: LiveServer,
    browser: Browser,
) -> None:
    addresses = [address(entry, trail=trail) for entry in pages_of(name)]
    addresses = [place for place in addresses if not place.endswith(".css")]
    if name == "ada":
        addresses += ACCOUNT_PAGES
    if name == "eve":
        addresses += [*SIGN_IN_PAGES, "/", "/ideas/", "/solutions/"]
    person = trail.world.people.get(name)
    wrong = check(
        browser, person=person, addresses=addresses, at=live_server.url, language=language
    )
    assert wrong == {}
