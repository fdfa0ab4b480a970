"""What the reader of the list chose, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from loype.organisations.actor import Actor
from loype.organisations.models import Federation, FederationMembership, Organisation
from loype.search.models import SameNeed
from loype.search.needs.labels import PAIR_STATES
from loype.search.needs.querysets import SameNeedQuerySet
from loype.web.shared.words import capital

STATES = [value for value, _label in PAIR_STATES]
Choices = list[tuple[str, Any]]


@dataclass(frozen=True)
class Chosen:
    """The state, and whose pairs."""

    actor: Actor
    day: date
    state: str
    organisation: str = ""
    federation: str = ""
    organisations: Choices = field(default_factory=list)
    federations: Choices = field(default_factory=list)

    @property
    def looks_after_some(self) -> bool:
        """Whether the reader sits on a council or coordinates a federation."""
        return bool(self.actor.council_room_ids or self.actor.coordinated_federation_ids)

    @property
    def is_narrowed(self) -> bool:
        """Whether organisation or federation was chosen."""
        return bool(self.organisation or self.federation)

    @property
    def tabs(self) -> list[tuple[str, Any, None]]:
        """The states as tabs."""
        return [(state, capital(label), None) for state, label in PAIR_STATES]

    def of_all_states(self) -> SameNeedQuerySet:
        """The pairs the reader looks after that fit, whatever was said of them."""
        rows = SameNeed.objects.visible_to(self.actor).concerning(self.actor, day=self.day)
        if self.organisation:
            rows = rows.of_organisation(int(self.organisation))
        if self.federation:
            rows = rows.of_federation(int(self.federation), day=self.day)
        return rows.standing()

    def pairs(self) -> SameNeedQuerySet:
        """The pairs of the list."""
        return self.of_all_states().filter(state=self.state).with_ideas()


def read_choices(request: HttpRequest, *, actor: Actor, day: date) -> Chosen:
    """What the address says; what makes no sense there is left out."""
    asked = request.GET
    federations = _federations(actor)
    organisations = _organisations(actor, day=day)
    state = asked.get("state", "")
    organisation, federation = asked.get("organisation", ""), asked.get("federation", "")
    return Chosen(
        actor=actor,
        day=day,
        state=state if state in STATES else "proposed",
        organisation=organisation if organisation in dict(organisations) else "",
        federation=federation if federation in dict(federations) else "",
        organisations=organisations,
        federations=federations,
    )


def _federations(actor: Actor) -> Choices:
    """The federations one takes part in or coordinates."""
    if not actor.federation_ids | actor.coordinated_federation_ids:
        return []
    rows = Federation.objects.visible_to(actor).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _organisations(actor: Actor, *, day: date) -> Choices:
    """The organisations of one's rooms, and the members of the federations one coordinates."""
    members = (
        FederationMembership.objects.visible_to(actor)
        .filter(federation__in=sorted(actor.coordinated_federation_ids))
        .on(day)
    )
    rows = Organisation.objects.visible_to(actor)
    found = rows.filter(pk__in=sorted(actor.council_room_ids))
    if actor.coordinated_federation_ids:
        found = found | rows.filter(pk__in=members.values("organisation"))
    return [(str(pk), name) for pk, name in found.order_by("name").values_list("pk", "name")]


def filter_fields(chosen: Chosen) -> list[dict[str, Any]]:
    """The lists to choose from, where there is anything to choose."""
    offered = (
        ("organisation", _("Organisation"), chosen.organisations, chosen.organisation),
        ("federation", _("Federation"), chosen.federations, chosen.federation),
    )
    return [
        {"name": name, "label": label, "choices": choices, "chosen": value}
        for name, label, choices, value in offered
        if len(choices) > 1
    ]
