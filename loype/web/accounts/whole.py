"""Signing up and its like happen whole or not at all: person, address and mail together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from loype.kernel.errors import Refusal
from loype.web.shared.middleware import PlainRefusals

ROOM = "/account/"


class WholeAccounts:
    """Runs each act of allauth in one transaction; our own verbs do so themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponse | None:
        """Call the view inside a transaction when it acts."""
        if request.method != "POST" or not request.path.startswith(ROOM):
            return None
        try:
            return whole(view, request, *arguments, **named)
        except (Refusal, OperationalError) as problem:
            return PlainRefusals(self.get_response).process_exception(request, problem)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Let our base page have its own words where allauth uses the same names."""
        return without_site(response) if request.path.startswith(ROOM) else response


def whole(view: Callable[..., HttpResponse], *arguments: Any, **named: Any) -> HttpResponse:
    """The view's answer, made inside one transaction."""
    with transaction.atomic():
        response = view(*arguments, **named)
        if isinstance(response, SimpleTemplateResponse):
            without_site(response).render()
        return response


def without_site(response: SimpleTemplateResponse) -> SimpleTemplateResponse:
    """Allauth's `site` is Django's; ours is what the base page shows around the page."""
    if response.context_data:
        response.context_data.pop("site", None)
    return response
