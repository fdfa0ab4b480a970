"""Every page has its sender, its way to the content, its menus and its choices."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from loype.web.shared.context import describe_site, page
from loype.web.shared.render import render
from loype.web.shared.views import own_theme
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.shared.urls")]


def actor(*organisations: tuple[int, str], chosen: int | None = None) -> SimpleNamespace:
    """Somebody with a role in each of these organisations."""
    held = [
        SimpleNamespace(organisation_id=one, organisation_name=name, organisation_colour="#b3261e")
        for one, name in organisations
    ]
    return SimpleNamespace(
        name="Ada Lind",
        is_signed_in=bool(held),
        roles_held=held,
        organisation_id=chosen or (organisations[0][0] if organisations else None),
    )


@pytest.fixture
def signed_in(rf: RequestFactory) -> Callable[..., HttpRequest]:
    def make(path: str = "/", **extra: object) -> HttpRequest:
        request = rf.get(path)
        request.actor = actor((1, "Fjordvik"), (2, "Nordås"))  # type: ignore[attr-defined]
        request.user = AnonymousUser()
        for name, value in extra.items():
            setattr(request, name, value)
        return request

    return make


def html_of(request: HttpRequest) -> str:
    return render(request, "404.html").content.decode()


def test_the_municipality_is_the_sender_and_loype_its_tool(
    signed_in: Callable[..., HttpRequest],
) -> None:
    html = html_of(signed_in())
    assert '<span class="sender__name">Fjordvik</span>' in html
    assert "There is nothing here – Fjordvik</title>" in html
    assert 'href="/theme/1.css?v=b3261e"' in html


def test_a_signed_in_person_is_sent_to_by_their_own_organisation(
    client_of: Callable[[str], Client], world: World
) -> None:
    html = client_of("ada").get("/failure/404").content.decode()
    home = world.people["ada"].memberships.first().organisation
    assert f'<span class="sender__name">{home.name}</span>' in html
    assert f'href="/theme/{home.pk}.css?v={home.colour.lstrip("#")}"' in html


def test_a_stranger_sees_no_sender_and_a_door(rf: RequestFactory) -> None:
    html = html_of(rf.get("/"))
    assert "sender__name" not in html
    assert 'href="/in/"' in html


def test_the_first_link_leads_to_the_content(rf: RequestFactory) -> None:
    html = html_of(rf.get("/"))
    assert html.index('href="#main"') < html.index("<header")
    assert '<main id="main"' in html


def test_the_menu_shows_only_pages_that_exist_and_where_we_are(
    signed_in: Callable[..., HttpRequest],
) -> None:
    nav = page(signed_in("/ideas/12/"))["nav"]
    assert [link.label for link in nav] == ["Home", "Ideas", "Flow"]
    assert [link.label for link in nav if link.current] == ["Ideas"]


def test_new_notices_are_counted_in_words(signed_in: Callable[..., HttpRequest]) -> None:
    assert describe_site(signed_in(unread_notices=3)).unread == 3
    assert describe_site(signed_in()).unread == 0


def test_the_base_page_asks_no_database(
    signed_in: Callable[..., HttpRequest],
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    request = signed_in()
    with django_assert_num_queries(0):
        html_of(request)


def test_five_languages_in_their_own_names(rf: RequestFactory) -> None:
    html = html_of(rf.get("/"))
    for code, name in [("da", "Dansk"), ("nb", "bokmål"), ("nn", "nynorsk"), ("sv", "Svenska")]:
        assert f'value="{code}" lang="{code}"' in html
        assert name in html


def test_the_language_of_the_page_is_said(client: Client) -> None:
    client.post("/language/", {"language": "nn", "next": "/"})
    assert '<html lang="nn"' in client.get("/failure/404").content.decode()


def test_the_language_follows_the_person(client_of: Callable[[str], Client]) -> None:
    client_of("ada").post("/language/", {"language": "sv", "next": "/"})
    assert '<html lang="sv"' in client_of("ada").get("/failure/404").content.decode()
    assert '<html lang="sv"' not in client_of("bo").get("/failure/404").content.decode()


@pytest.mark.parametrize("wrong", ["xx", "", "../../etc", '"><script>'])
def test_an_unknown_language_changes_nothing(
    client_of: Callable[[str], Client], wrong: str
) -> None:
    client = client_of("ada")
    before = client.get("/failure/404").content
    assert client.post("/language/", {"language": wrong, "next": "/"}).status_code == 302
    assert html_lang(client.get("/failure/404").content) == html_lang(before)


def html_lang(page: bytes) -> bytes:
    return page.split(b"<html ")[1].split(b" ")[0]


# --- theme


def test_the_theme_follows_the_person(client_of: Callable[[str], Client]) -> None:
    client_of("ada").post("/theme/", {"theme": "dark", "next": "/"})
    assert 'data-color-scheme="dark"' in client_of("ada").get("/failure/404").content.decode()
    assert 'data-color-scheme="auto"' in client_of("bo").get("/failure/404").content.decode()


def test_the_chosen_theme_is_remembered(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/ideas/?state=parked"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/ideas/?state=parked"
    assert 'data-color-scheme="dark"' in client.get("/failure/404").content.decode()


@pytest.mark.parametrize("place", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_theme_switch_leads_nowhere_else(client: Client, place: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": place}).headers["Location"] == "/"


def test_an_unknown_theme_is_not_remembered(client: Client) -> None:
    client.post("/theme/", {"theme": '"><script>', "next": "/"})
    assert 'data-color-scheme="auto"' in client.get("/failure/404").content.decode()


def test_a_theme_is_not_changed_by_a_link(client: Client) -> None:
    assert client.get("/theme/?theme=dark").status_code == 405


def test_the_colours_of_an_organisation_are_a_style_sheet(client: Client) -> None:
    lasting = client.get("/theme/1.css?v=b3261e")
    assert lasting.headers["Content-Type"].startswith("text/css")
    assert "immutable" in lasting.headers["Cache-Control"]
    assert "--ds-color-accent-base-default:#b3261e" in lasting.content.decode()
    assert "immutable" not in client.get("/theme/1.css?v=000000").headers["Cache-Control"]


def test_the_colours_are_for_those_who_belong_there(rf: RequestFactory) -> None:
    request = rf.get("/theme/1.css")
    request.actor = actor((1, "Fjordvik"))  # type: ignore[attr-defined]
    assert "#b3261e" in own_theme(request, 1).content.decode()
    with pytest.raises(Http404):
        own_theme(request, 2)
    with pytest.raises(Http404):
        own_theme(rf.get("/theme/1.css"), 1)


# --- failures


@pytest.mark.parametrize("code", [400, 403, 404, 409, 429, 500, 503])
def test_a_failure_says_what_happened_and_what_to_do(client: Client, code: int) -> None:
    answer = client.get(f"/failure/{code}")
    html = answer.content.decode()
    assert answer.status_code == code
    assert html.count("<h1>") == 1
    assert "<html lang=" in html
    assert "Go to the front page" in html
