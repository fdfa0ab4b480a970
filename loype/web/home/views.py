"""The first page: one question, what waits, what happened to mine, what is new."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.web.home.presenters import around, mine, waits_for
from loype.web.shared.render import render


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's own page, or the public front page for those who are not signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        return render(request, "home/public.html", around(actor))
    at = now()
    waiting = waits_for(actor, at=at)
    context: dict[str, Any] = {
        "actor": actor,
        "queues": [line for line in waiting if line.kind == "queue"],
        "waits": [line for line in waiting if line.kind != "queue"],
        "mine": mine(actor, at=at),
        **around(actor),
    }
    return render(request, "home/home.html", context)
