"""Which federation a page is about, where somebody takes part in several."""

from __future__ import annotations

from django.http import HttpRequest

from loype.organisations.models import Federation
from loype.web.shared.acting import actor_of


def federations_of(request: HttpRequest) -> list[Federation]:
    """The federations one takes part in or coordinates; those one coordinates first."""
    actor = actor_of(request)
    rows = Federation.objects.visible_to(actor).order_by("name", "pk")
    return sorted(rows, key=lambda one: one.pk not in actor.coordinated_federation_ids)


def chosen_federation(request: HttpRequest, offered: list[Federation]) -> Federation | None:
    """The one that the address names, else the first."""
    wanted = request.GET.get("federation", "")
    named = (one for one in offered if str(one.pk) == wanted)
    return next(named, offered[0] if offered else None)
