"""Whom to turn to in a federation: the people behind its roles, as they are held on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loype.organisations.labels import Role
from loype.organisations.models import Federation, Membership


@dataclass(frozen=True)
class Contact:
    """Somebody who holds a role for the federation, and what they are called at work."""

    name: str
    job_title: str


@dataclass(frozen=True)
class Contacts:
    """Who heads a federation and who coordinates it."""

    heads: list[Contact]
    coordinators: list[Contact]


def contacts_of(federation: Federation, *, day: date) -> Contacts:
    """The holders of the federation's roles on a day, known to all its members; one statement."""
    held = list(
        Membership.objects.filter(
            organisation=federation.coordinator_id, role__in=(Role.DECIDER, Role.COORDINATOR)
        )
        .on(day)
        .select_related("person")
        .order_by("pk")
    )

    def those(role: str) -> list[Contact]:
        return [Contact(one.person.name, one.job_title) for one in held if one.role == role]

    return Contacts(heads=those(Role.DECIDER), coordinators=those(Role.COORDINATOR))
