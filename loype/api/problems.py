"""Every error as application/problem+json (RFC 9457): what is wrong, where, and what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from loype.kernel.errors import BadInput, NotAllowed, NotFound, Refusal, Unavailable

LOG = logging.getLogger("loype.api")
KIND = "application/problem+json"
# A verb names the thing ("person"); the one who sent it wrote its number ("person_id").
BY_NUMBER = frozenset(
    {
        "person", "unit", "organisation", "meeting", "federation", "parent", "responsible",
        "merged_into", "trial", "joins",
    }
)  # fmt: skip


class Unknown(Refusal):
    """Nobody we know is asking."""

    status = 401
    code = "not_signed_in"


class Forbidden(NotAllowed):
    """Known, but not this way: the token's scope or the CSRF token is missing."""

    def __init__(self, message: Any, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class WrongMethod(Refusal):
    """The address is right, the method is not."""

    status = 405
    code = "wrong_method"


class TooLarge(Refusal):
    """More was sent than is taken."""

    status = 413
    code = "too_large"


class WrongKind(Refusal):
    """Not the media type that is read here."""

    status = 415
    code = "wrong_media_type"


class TooMany(Refusal):
    """Too many requests in too short a time."""

    status = 429
    code = "too_many_requests"

    def __init__(self, message: Any, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class KeyReused(Refusal):
    """The idempotency key was used for something else."""

    status = 422
    code = "idempotency_key_reused"


class TooLong(Refusal):
    """The database has no room for a value."""

    status = 422
    code = "bad_input"


class Unreadable(Refusal):
    """The body is not what it says it is."""

    status = 400
    code = "unreadable"


def answer_for(request: HttpRequest, failure: Exception) -> HttpResponse:
    """The problem document for whatever went wrong."""
    if isinstance(failure, ValidationError):
        return _invalid(failure.errors)
    refusal = as_refusal(failure)
    if refusal is None:
        LOG.error("Unexpected failure at %s", request.path, exc_info=failure)
        words = _("Something is broken here. Nothing was half-written; try again later.")
        return problem(500, code="broken", detail=words)
    fields = refusal.fields if isinstance(refusal, BadInput) else {}
    answer = problem(
        refusal.status, code=refusal.code, detail=str(refusal), errors=_field_errors(fields)
    )
    if isinstance(refusal, Unknown):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="loype"'
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def as_refusal(failure: Exception) -> Refusal | None:
    """What others raise, in our own words; None for what nobody foresaw."""
    if isinstance(failure, Refusal):
        return failure
    if isinstance(failure, AuthenticationError):
        return Unknown(_("Sign in, or send a token as “Authorization: Bearer”."))
    if isinstance(failure, Http404):
        return not_here()
    if isinstance(failure, PermissionDenied):
        return NotAllowed(_("You may not do this."))
    if isinstance(failure, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return TooLarge(_("More was sent than is taken here."))
    unreadable = HttpError | MultiPartParserError | SuspiciousOperation | UnreadablePostError
    if isinstance(failure, unreadable):
        return Unreadable(_("What was sent could not be read."))
    if isinstance(failure, DataError):
        return TooLong(_("A text is too long or a number too large to be kept."))
    if isinstance(failure, OperationalError | InterfaceError):
        return _away(failure)
    return None


def not_here() -> Refusal:
    """One answer for what does not exist and for what this reader may not see."""
    return NotFound(_("There is no such thing, or not for you."))


def _away(failure: Exception) -> Refusal:
    LOG.error("The database did not answer", exc_info=failure)
    return Unavailable(_("The database is away for a moment. Nothing was changed; try again soon."))


def problem(
    status: int, *, code: str, detail: str, errors: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """A problem document."""
    content = {
        "type": f"urn:loype:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(errors),
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=KIND)


def _field_errors(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "place": "body",
            "field": f"{field}_id" if field in BY_NUMBER else field,
            "message": str(words),
        }
        for field, words in fields.items()
    ]


def _invalid(found: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """What the shapes refused, one line a field."""
    errors = []
    for one in found:
        place, *path = [str(part) for part in one["loc"]]
        # the name of the argument that holds the whole body says nothing to the sender
        told = path[1:] if place == "body" else path
        errors.append({"place": place, "field": ".".join(told), "message": str(one["msg"])})
    detail = _("Something in the request cannot be used; see “errors”.")
    return problem(422, code="bad_input", detail=detail, errors=errors)
