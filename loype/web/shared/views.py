"""Small pages and switches that belong to no stage: theme, organisation colours, style page."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from loype.accounts.actions import change_settings
from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.web.shared.acting import actor_of
from loype.web.shared.theme import THEME_COOKIE, THEMES, accent_css

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device says, and go back to where the reader was."""
    response = HttpResponseRedirect(safe_return(request))
    chosen = request.POST.get("theme", "")
    if chosen in dict(THEMES):
        remember(request, colour_scheme=chosen)
        response.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, on this device and wherever the person signs in."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        remember(request, language=chosen)
    return django_set_language(request)


def remember(request: HttpRequest, **choice: str) -> None:
    """Keep a choice with the person, where somebody is signed in."""
    actor = actor_of(request)
    if actor.is_signed_in:
        change_settings(cast("Person", request.user), actor=actor, at=now(), **choice)


def safe_return(request: HttpRequest) -> str:
    """The page to return to: only ever one of ours."""
    wanted = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


def own_theme(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Serve the colour of an organisation the reader belongs to; it is in memory already."""
    held = actor_of(request).roles_held
    colours = [one.organisation_colour for one in held if one.organisation_id == organisation_id]
    if not colours or not colours[0]:
        raise Http404
    return organisation_theme(request, colour=colours[0])


def organisation_theme(request: HttpRequest, *, colour: str) -> HttpResponse:
    """Serve one organisation's colour as the accent of the pages it sends."""
    response = HttpResponse(accent_css(colour), content_type="text/css; charset=utf-8")
    # An address that names the colour never changes its answer; one that does not may.
    lasting = request.GET.get("v") == colour.lstrip("#")
    age = f"max-age={YEAR}, immutable" if lasting else "max-age=300"
    response.headers["Cache-Control"] = f"private, {age}"
    return response
