"""One thing to tell one person, and the people that many events concern."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loype.bodies.models import Term
from loype.organisations.labels import Role
from loype.organisations.models import Membership


@dataclass
class Telling:
    """One thing to tell one person."""

    person_id: int
    subject: str
    thing_kind: str
    thing_id: int
    facts: dict[str, Any] = field(default_factory=dict)
    is_important: bool = True
    # What else one must be allowed to read before one may hear of it.
    also: tuple[tuple[str, int], ...] = ()
    # Of which kind it is for this person, where that is another than the subject's own.
    kind: str = ""


def role_holders(organisation_id: int, roles: Iterable[str], at: datetime) -> set[int]:
    """Who holds one of these roles in an organisation."""
    return set(
        Membership.objects.filter(organisation=organisation_id, role__in=list(roles))
        .on(at.date())
        .values_list("person_id", flat=True)
    )


def council_people(organisation_id: int, at: datetime) -> set[int]:
    """Who leads or serves an organisation's council, or decides where there is none."""
    leaders = Term.objects.on(at.date()).filter(
        seat__body__organisation=organisation_id, seat__body__state="active",
        seat__body__kind="innovation_council", seat__is_leader=True,
    ).values_list("person_id", flat=True)  # fmt: skip
    others = role_holders(organisation_id, (Role.DECIDER, Role.COUNCIL_SECRETARY), at)
    return set(leaders) | others
