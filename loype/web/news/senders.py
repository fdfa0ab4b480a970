"""Whose news a page or a feed shows: an organisation's, or that of all members of a federation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership, Organisation


@dataclass(frozen=True)
class Sender:
    """Who tells: its name, its language, whose items count, and where they stand."""

    kind: str
    id: int
    name: str
    language: str
    organisation_ids: tuple[int, ...]


def organisation_sender(organisation_id: int, *, actor: Actor) -> Sender:
    """An organisation that one may know of; one statement."""
    shown = Organisation.objects.visible_to(actor).active().filter(pk=organisation_id)
    found = shown.values_list("name", "language").first()
    if found is None:
        raise Http404
    name, language = found
    return Sender("organisation", organisation_id, name, language, (organisation_id,))


def federation_sender(federation_id: int, *, actor: Actor, day: date) -> Sender:
    """The members of a federation today, which is public, and its coordinator; one statement."""
    rows = FederationMembership.objects.visible_to(actor).on(day).filter(federation=federation_id)
    members = list(
        rows.order_by("pk").values_list(
            "organisation_id",
            "federation__name",
            "federation__coordinator_id",
            "federation__coordinator__language",
        )
    )
    if not members:
        raise Http404
    _member, name, coordinator, language = members[0]
    ids = {coordinator, *(one[0] for one in members)}
    return Sender("federation", federation_id, name, language, tuple(sorted(ids)))
