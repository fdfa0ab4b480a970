"""What the base page needs on every screen: sender, menu, languages, theme; it asks no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language, get_language_info, gettext_lazy as _

from loype.web.shared.theme import THEME_COOKIE, THEMES

MAIN_PAGES = (
    (_("Home"), "home"),
    (_("Search"), "search"),
    (_("Ideas"), "idea_list"),
    (_("Council"), "council_room"),
    (_("Portfolio"), "activity_list"),
    (_("Solutions"), "solution_list"),
    (_("Flow"), "flow"),
)
# For those whose organisation works with others.
FEDERATION_PAGE = (_("The federation"), "federation_works")
ACCOUNT_PAGES = (
    (_("My profile"), "profile"),
    (_("My organisation"), "organisation_settings"),
    (_("Councils and groups"), "body_list"),
    (_("Password"), "account_change_password"),
    (_("Two-step sign-in"), "mfa_index"),
    (_("Where I am signed in"), "usersessions_list"),
    (_("API tokens"), "token_list"),
)
FOOTER_PAGES = (
    (_("About Løype"), "about"),
    (_("Accessibility"), "accessibility"),
    (_("Privacy"), "privacy"),
    (_("Public decision log"), "decision_log"),
    (_("News"), "news_list"),
)

# Doors and switches that the base page offers when their pages exist.
DOORS = {
    "home": "home",
    "notices": "notice_list",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "language": "set_language",
    "theme": "set_theme",
    "choose_organisation": "choose_organisation",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language the site speaks, under its own name."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """The organisation whose page this is: it speaks, Løype is only its tool."""

    id: int
    name: str
    colour: str = ""
    logo_url: str = ""


@dataclass(slots=True)
class Site:
    """Everything the base page shows around the page itself."""

    nav: list[Link]
    account_pages: list[Link]
    footer_pages: list[Link]
    languages: list[Language]
    theme: str
    themes: list[tuple[str, str]]
    urls: dict[str, str]
    sender: Sender | None
    senders: list[Sender]
    accent_url: str
    person_name: str
    unread: int
    source_url: str
    path: str


def page(request: HttpRequest) -> dict[str, Any]:
    """Hand `site` and `nav` to every template."""
    site = describe_site(request)
    return {"site": site, "nav": site.nav}


def describe_site(request: HttpRequest) -> Site:
    """Collect the sender, the menus and the reader's own choices from memory."""
    actor = getattr(request, "actor", None)
    senders = possible_senders(actor)
    chosen = getattr(actor, "organisation_id", None)
    sender = next((one for one in senders if one.id == chosen), None)
    return Site(
        nav=menu(main_pages(actor), path=request.path),
        account_pages=menu(ACCOUNT_PAGES, path=request.path),
        footer_pages=menu(FOOTER_PAGES, path=request.path),
        languages=spoken_languages(),
        theme=chosen_theme(request),
        themes=[(value, str(label)) for value, label in THEMES],
        urls={key: address(name) for key, name in DOORS.items()},
        sender=sender,
        senders=senders,
        accent_url=accent_address(sender),
        person_name=getattr(actor, "name", ""),
        unread=getattr(request, "unread_notices", 0) or 0,
        source_url=getattr(settings, "LOYPE_SOURCE_URL", ""),
        path=request.get_full_path() if request.method == "GET" else "/",
    )


def possible_senders(actor: Any) -> list[Sender]:
    """The organisations the reader may act in, each once, in the order of their roles."""
    found: dict[int, Sender] = {}
    for held in getattr(actor, "roles_held", ()):
        found.setdefault(
            held.organisation_id,
            Sender(
                id=held.organisation_id,
                name=held.organisation_name,
                colour=getattr(held, "organisation_colour", ""),
                logo_url=logo_address(held),
            ),
        )
    return list(found.values())


def main_pages(actor: Any) -> list[tuple[Any, str]]:
    """The main pages, with the federation's before the last for those who have one."""
    if not getattr(actor, "federation_ids", None):
        return list(MAIN_PAGES)
    return [*MAIN_PAGES[:-1], FEDERATION_PAGE, *MAIN_PAGES[-1:]]


def menu(pages: Iterable[tuple[Any, str]], *, path: str) -> list[Link]:
    """The entries whose pages exist, the one we stand in marked."""
    links = []
    for label, name in pages:
        url = address(name)
        if url:
            links.append(Link(label=str(label), url=url, current=stands_in(path, url=url)))
    return links


def address(name: str, *arguments: Any) -> str:
    """The address of a named page, or nothing where that page does not exist."""
    return found_address(name, arguments, settings.ROOT_URLCONF, get_script_prefix())


# Every page asks for the same twenty addresses; looking them up is a third of its frame.
@lru_cache(maxsize=1024)
def found_address(name: str, arguments: tuple[Any, ...], urlconf: str, prefix: str) -> str:
    """The address of a named page in one set of addresses, looked up once."""
    try:
        return reverse(name, urlconf=urlconf, args=arguments)
    except NoReverseMatch:
        return ""


def stands_in(path: str, *, url: str) -> bool:
    """Whether a path lies under a menu entry; the front page counts only for itself."""
    return path == url if url == "/" else path == url or path.startswith(url.rstrip("/") + "/")


def spoken_languages() -> list[Language]:
    """The languages of the site, each in its own name."""
    now = get_language() or settings.LANGUAGE_CODE
    codes = [code for code, _name in settings.LANGUAGES]
    return [Language(code, own_name(code), current=code == now) for code in codes]


def own_name(code: str) -> str:
    """What a language calls itself, with a capital letter."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


def chosen_theme(request: HttpRequest) -> str:
    """Light, dark or as the device says: the person's own choice, else this device's cookie."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    if getattr(getattr(request, "actor", None), "is_signed_in", False):
        chosen = getattr(request.user, "colour_scheme", chosen)
    return chosen if chosen in dict(THEMES) else "auto"


def logo_address(held: Any) -> str:
    """Where the organisation's logo is served, if it has one."""
    logo = getattr(held, "organisation_logo_id", None)
    url = address("organisation_logo", held.organisation_id) if logo else ""
    return f"{url}?v={logo}" if url else ""


def accent_address(sender: Sender | None) -> str:
    """Where the organisation's own colours are served; changes when the colour does."""
    url = address("organisation_theme", sender.id) if sender else ""
    if sender and url and sender.colour:
        return f"{url}?v={sender.colour.lstrip('#')}"
    return url
