"""Who is asking, loaded once a request, and in which language the answer speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.kernel.errors import BadInput
from loype.organisations.actor import Actor


class ApiRequest(HttpRequest):
    """A request whose sender is known (or known to be nobody)."""

    actor: Actor
    person: Person


def remember(
    request: HttpRequest, person: Person, *, at: datetime, organisation_id: int | None = None
) -> Actor:
    """Load the person's roles and seats, once, and speak their language if none was asked for."""
    actor = load_actor(
        person.pk, name=person.name, day=at.date(), chosen_organisation_id=organisation_id
    )
    request.actor = actor  # type: ignore[attr-defined]
    request.person = person  # type: ignore[attr-defined]
    if person.language and "Accept-Language" not in request.headers:
        translation.activate(person.language)
        request.LANGUAGE_CODE = person.language
    return actor


def acting_in(actor: Actor, organisation_id: int | None) -> Actor:
    """The actor, speaking for one of their organisations; BadInput where they do not belong."""
    if organisation_id is None:
        return actor
    if not actor.belongs_to(organisation_id):
        raise BadInput({"organisation": _("You do not belong to this organisation.")})
    return replace(actor, chosen_organisation_id=organisation_id)
