"""What happens around every page: safe headers, who is asking, and refusals in plain words."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from loype.bodies.loading import load_actor
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotFound, Refusal
from loype.notices.models import Notice
from loype.organisations.actor import NOBODY
from loype.web.shared.errors import database_away
from loype.web.shared.render import render

Answer = Callable[[HttpRequest], HttpResponse]

# Who asks is found out elsewhere (the API), or nobody is asked: files and feeds are for everybody.
FOR_EVERYBODY = ("/static/", "/api/", "/feeds/", "/decisions/feed.")

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class SafeHeaders:
    """Headers that keep foreign scripts, frames and snooping out."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if getattr(request, "actor", NOBODY).is_signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class WhoIsAsking:
    """Loads the actor once a request, and speaks the person's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY  # type: ignore[attr-defined]
        request.unread_notices = 0  # type: ignore[attr-defined]
        if request.path.startswith(FOR_EVERYBODY):
            return self.get_response(request)
        person = request.user
        if person.is_authenticated and person.pk is not None:
            request.actor = load_actor(  # type: ignore[attr-defined]
                person.pk,
                name=person.name,
                day=now().date(),
                chosen_organisation_id=request.session.get("organisation_id"),
            )
            unread = Notice.objects.visible_to(request.actor).unread()[:100]  # type: ignore[attr-defined]
            request.count_unread = unread.count  # type: ignore[attr-defined]
            if person.language:
                translation.activate(person.language)
                request.LANGUAGE_CODE = person.language
        return self.get_response(request)


class PlainRefusals:
    """Turns a refusal into a page that says why and what to do instead."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a refusal; anything else goes on to become an error page."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, NotFound):
            raise Http404 from exception
        if isinstance(exception, BadInput):
            return refuse(request, " ".join(map(str, exception.fields.values())), status=422)
        if isinstance(exception, Refusal):
            return refuse(request, str(exception), status=exception.status)
        if isinstance(exception, OperationalError | InterfaceError):
            return refuse(request, database_away(), status=503)
        return None


def refuse(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    """The page for a refusal."""
    page = {403: "403.html", 404: "404.html", 409: "409.html", 422: "400.html", 503: "503.html"}
    if status == 503:
        request.actor = NOBODY  # type: ignore[attr-defined]
    return render(request, page.get(status, "400.html"), {"said": words}, status=status)


def say(request: HttpRequest, words: str) -> None:
    """Tell the person, on the next page, that it worked."""
    messages.success(request, words)
