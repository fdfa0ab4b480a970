"""One filter behind the three views of the portfolio."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from loype.organisations.actor import Actor
from loype.organisations.levels import Level
from loype.portfolio.models import Activity
from loype.portfolio.querysets import ActivityQuerySet
from loype.web.portfolio.forms import SCOPES, FilterForm


def chosen_filter(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """What the address asks for; what it cannot mean is left out."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen: dict[str, str] = {name: form.cleaned_data.get(name, "") for name in form.fields}
    chosen["view"] = chosen["view"] or "board"
    if not actor.organisation_ids:
        chosen["scope"] = "all"
    chosen["scope"] = chosen["scope"] or "mine"
    return chosen


def activities_for(chosen: dict[str, str], actor: Actor) -> ActivityQuerySet:
    """The activities a filter asks for, among those the actor may read."""
    found = Activity.objects.visible_to(actor)
    if chosen["scope"] == "mine":
        found = found.in_portfolio_of(actor.organisation_id)
    elif chosen["scope"] == "joined":
        found = found.joined_by(actor.organisation_ids)
    if chosen["state"] == "":
        found = found.open()
    elif chosen["state"] != "all":
        found = found.filter(state=chosen["state"])
    if chosen["levels"] == "two":
        found = found.cross_cutting()
    elif chosen["levels"] == "all":
        found = found.reaching(Level)
    return found.filter(**_facts(chosen, actor))


def _facts(chosen: dict[str, str], actor: Actor) -> dict[str, Any]:
    facts: dict[str, Any] = {name: chosen[name] for name in ("form", "light") if chosen[name]}
    if chosen["owner"] and actor.is_signed_in:
        facts["owner"] = actor.person_id
    if chosen["text"]:
        facts["title__icontains"] = chosen["text"]
    return facts


def scope_tabs(actor: Actor) -> list[tuple[str, Any]]:
    """The scopes that make sense for who asks."""
    return list(SCOPES) if actor.organisation_ids else []


def is_narrowed(chosen: dict[str, str]) -> bool:
    """Whether something beyond view and scope is chosen."""
    return any(chosen[name] for name in ("text", "form", "state", "light", "owner", "levels"))
