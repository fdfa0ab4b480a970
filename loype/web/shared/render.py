"""The one way to make a page: it refuses to let a template ask the database anything."""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_vary_headers

logger = logging.getLogger(__name__)


class QueryInTemplate(RuntimeError):
    """A template asked the database for something its view should have handed over."""


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    part: str = "",
) -> HttpResponse:
    """Answer with a page, or with only its named part when htmx asks for that part."""
    if status < 500:  # a page about a broken database must not ask it who is reading
        settle(request)
    name = f"{template}#{part}" if part and asks_for_part(request) else template
    with ExitStack() as stack:
        for connection in connections.all(initialized_only=True):
            stack.enter_context(connection.execute_wrapper(QueryWatch(name)))
        content = loader.render_to_string(name, dict(context or {}), request)
    response = HttpResponse(content, status=status)
    if part:
        patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def asks_for_part(request: HttpRequest) -> bool:
    """Whether htmx wants a piece of the page rather than the whole of it."""
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    return asked_by_htmx and request.headers.get("HX-Request-Type") != "full"


def settle(request: HttpRequest) -> None:
    """Load what Django leaves lazy (session, person, messages) before the template reads it."""
    session = getattr(request, "session", None)
    if session is not None:
        session.keys()
    user = getattr(request, "user", None)
    if user is not None:
        bool(user.is_authenticated)
    if hasattr(request, "_messages"):
        len(get_messages(request))
    unread_notices(request)


def unread_notices(request: HttpRequest) -> int:
    """How many notices the reader has not seen; asked once, and only where a page is shown."""
    count_unread = getattr(request, "count_unread", None)
    if count_unread is not None:
        request.unread_notices = count_unread()  # type: ignore[attr-defined]
        request.count_unread = None  # type: ignore[attr-defined]
    return getattr(request, "unread_notices", 0) or 0


class QueryWatch:
    """Raises on any query while a template renders; in production it only logs the mistake."""

    def __init__(self, template: str) -> None:
        self.template = template

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        """Stop or report one query, then let it through where the page must go on."""
        said = f"{self.template} asked the database while rendering: {sql[:300]}"
        if settings.DEBUG or getattr(settings, "LOYPE_STRICT_RENDERING", False):
            raise QueryInTemplate(said)
        logger.error(said)
        return execute(sql, params, many, context)
