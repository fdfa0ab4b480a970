"""A page is made of what its view handed over; a template that asks the database is stopped."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from loype.web.shared.render import QueryInTemplate, asks_for_part, render

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.urls")]
TEMPLATE = "asks.html"


@pytest.fixture(autouse=True)
def _templates(settings: Settings, tmp_path: Path) -> None:
    """Two templates of our own: one that loops over what it got, one with a part."""
    (tmp_path / "asks.html").write_text("{% for kind in kinds %}{{ kind }}{% endfor %}")
    (tmp_path / "page.html").write_text(
        "<h1>Whole</h1>{% partialdef list inline %}<p>{{ x }}</p>{% endpartialdef %}"
    )
    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def lazy() -> dict[str, Any]:
    """A queryset that would be read by the template's own loop."""
    return {"kinds": ContentType.objects.all()}


def test_it_refuses_a_template_that_asks_the_database(
    request_: HttpRequest, settings: Settings
) -> None:
    settings.LOYPE_STRICT_RENDERING = True
    with pytest.raises(QueryInTemplate, match=r"asks\.html asked the database"):
        render(request_, TEMPLATE, lazy())


def test_it_refuses_it_while_developing(request_: HttpRequest, settings: Settings) -> None:
    settings.LOYPE_STRICT_RENDERING = False
    settings.DEBUG = True
    with pytest.raises(QueryInTemplate):
        render(request_, TEMPLATE, lazy())


def test_in_production_the_page_goes_on_and_the_mistake_is_logged(
    request_: HttpRequest, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LOYPE_STRICT_RENDERING = False
    settings.DEBUG = False
    with caplog.at_level(logging.ERROR):
        response = render(request_, TEMPLATE, lazy())
    assert response.status_code == 200
    assert "asked the database while rendering" in caplog.text


def test_it_renders_what_it_was_handed(request_: HttpRequest, settings: Settings) -> None:
    settings.LOYPE_STRICT_RENDERING = True
    response = render(request_, "404.html", {"said": "Not <here>"}, status=404)
    assert response.status_code == 404
    assert "Not &lt;here&gt;" in response.content.decode()


class LazyUser:
    """Stands for Django's lazy user: asks the database when first looked at."""

    def __init__(self) -> None:
        self.loaded = False

    @property
    def is_authenticated(self) -> bool:
        if not self.loaded:
            list(ContentType.objects.all()[:1])
            self.loaded = True
        return True


def test_the_person_is_loaded_before_the_template(
    request_: HttpRequest, settings: Settings
) -> None:
    settings.LOYPE_STRICT_RENDERING = True
    request_.user = LazyUser()  # type: ignore[assignment]
    render(request_, "404.html")
    assert request_.user.loaded  # type: ignore[union-attr]


@pytest.mark.parametrize("status", [500, 503])
def test_the_page_for_a_broken_database_asks_it_nothing(
    request_: HttpRequest, settings: Settings, status: int
) -> None:
    settings.LOYPE_STRICT_RENDERING = True
    request_.user = LazyUser()  # type: ignore[assignment]
    assert render(request_, f"{status}.html", status=status).status_code == status
    assert not request_.user.loaded  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "partial"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, False),
    ],
)
def test_htmx_gets_a_part_only_when_it_asks_for_one(
    rf: RequestFactory, headers: dict[str, str], part: bool
) -> None:
    assert asks_for_part(rf.get("/", headers=headers)) is part


def test_the_part_comes_alone_and_caches_know(rf: RequestFactory) -> None:
    whole = render(rf.get("/"), "page.html", {"x": 1}, part="list")
    piece = render(rf.get("/", headers={"HX-Request": "true"}), "page.html", {"x": 1}, part="list")
    assert whole.content == b"<h1>Whole</h1><p>1</p>"
    assert piece.content == b"<p>1</p>"
    assert "HX-Request" in whole.headers["Vary"]
