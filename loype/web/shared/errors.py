"""The pages for what goes wrong: each says why and what to do."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from loype.organisations.actor import NOBODY
from loype.web.shared.render import render


def _page(request: HttpRequest, status: int, said: str = "") -> HttpResponse:
    if not hasattr(request, "actor"):
        request.actor = NOBODY  # type: ignore[attr-defined]
    return render(request, f"{status}.html", {"said": said}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something in the address or form could not be read."""
    return _page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """May be seen, may not be done."""
    return _page(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Does not exist, or not for this person: the same page for both."""
    return _page(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form lay open too long, or cookies are off."""
    words = _("The page was open for too long. Go back, load it again and send it once more.")
    return _page(request, 403, words)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something is broken here; nothing was half-written."""
    request.actor = NOBODY  # type: ignore[attr-defined]
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        # It was away before any page began: while looking up who asks.
        return _page(request, 503, database_away())
    return _page(request, 500)


def database_away() -> str:
    """What to say while the database does not answer."""
    return _("The database is away for a moment. Nothing was changed; try again soon.")
