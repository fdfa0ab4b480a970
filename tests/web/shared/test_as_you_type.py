"""A list that follows what one types, and works the same by its button without any script."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Browser, expect
from pytest_django import Settings, live_server_helper

from loype.web.shared.render import render

PAGE = """{% extends "base.html" %}
{% block main %}<h1>Keys</h1>
<form action="/" hx-get="/" hx-target="#found" hx-trigger="input changed delay:50ms, submit">
<label for="q">Search</label><input id="q" name="q"><button>Find</button></form>
<div id="found">
{% partialdef found inline %}<p class="hit">Found {{ q }}</p>{% endpartialdef %}
</div>
{% endblock %}"""


def found(request: HttpRequest) -> HttpResponse:
    """Echoes what was searched for."""
    context = {"q": request.GET.get("q", "nothing")}
    return render(request, "as_you_type.html", context, part="found")


urlpatterns = [path("", found, name="home")]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
]


@pytest.fixture(autouse=True)
def _template(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "as_you_type.html").write_text(PAGE)
    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]


def test_the_list_follows_what_is_typed(
    browser: Browser, live_server: live_server_helper.LiveServer
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(live_server.url)
    page.get_by_label("Search").press_sequentially("keys <b>")
    expect(page.locator(".hit")).to_have_text("Found keys <b>")
    assert page.locator("h1").count() == 1
    assert complaints == []
    page.close()


def test_the_button_does_the_same_without_script(
    browser: Browser, live_server: live_server_helper.LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_label("Search").fill("doors")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".hit")).to_have_text("Found doors")
    context.close()
