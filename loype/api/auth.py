"""Coming in: with a token in the header, or with the session of the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from loype.accounts.actions import use_token
from loype.accounts.models import ApiToken, Person, TokenScope
from loype.api.actor import remember
from loype.api.limits import count_failed_token
from loype.api.problems import Forbidden, Unknown
from loype.kernel.clock import now
from loype.organisations.actor import NOBODY, Actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_SECRET = 200


class Token(HttpBearer):
    """A token made on the page “Tokens for programs”, sent as `Authorization: Bearer …`."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """None when no header is sent; a header that does not fit is refused at once."""
        sent = request.headers.get("Authorization", "").strip()
        if not sent:
            return None
        scheme, _blank, secret = sent.partition(" ")
        if scheme.lower() != "bearer":
            raise Unknown(_("Send the token as “Authorization: Bearer” and the token."))
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The person behind a living token that may do what is asked."""
        at = now()
        usable = 0 < len(token) <= LONGEST_SECRET and token.isascii()
        found = use_token(token, at=at) if usable else None
        if found is None:
            count_failed_token(request)
            raise Unknown(_("This token is not known, has expired or was taken back."))
        refuse_outside_scope(found, reading=request.method in READING)
        return remember(request, found.person, at=at)


def refuse_outside_scope(token: ApiToken, *, reading: bool) -> None:
    """A token does only what it was made for."""
    needed = TokenScope.READ if reading else TokenScope.WRITE
    if needed not in token.scopes:
        raise Forbidden(
            _("This token is not made for that: it lacks the scope “%(scope)s”.")
            % {"scope": needed.value},
            code="scope_missing",
        )


class Session(APIKeyCookie):
    """The session cookie of the pages; a change must carry the CSRF token too."""

    param_name = "loype_session"

    def __call__(self, request: HttpRequest) -> Actor | None:
        """None when nobody is signed in."""
        if self.param_name not in request.COOKIES:
            return None
        return self.authenticate(request, request.COOKIES[self.param_name])

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The signed-in person."""
        person = request.user
        if not isinstance(person, Person) or not person.is_authenticated:
            return None
        if request.method not in READING and check_csrf(request):
            raise Forbidden(
                _("The CSRF token is missing or wrong; send it as X-CSRFToken."), code="csrf"
            )
        chosen = request.session.get("organisation_id")
        return remember(request, person, at=now(), organisation_id=chosen)


def anybody(request: HttpRequest) -> Actor:
    """What is public is read without signing in."""
    request.actor = NOBODY  # type: ignore[attr-defined]
    return NOBODY


Way = Callable[[HttpRequest], Any]
SIGNED_IN: Sequence[Way] = (Token(), Session(csrf=False))
OPEN: Sequence[Way] = (*SIGNED_IN, anybody)
