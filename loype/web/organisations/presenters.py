"""What the pages of organisations show, shaped in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from loype.organisations.actor import Actor
from loype.organisations.labels import Role
from loype.organisations.models import Federation, FederationMembership, Membership, Unit

TABS = (
    ("organisation_settings", _("Settings")),
    ("organisation_look", _("Look")),
    ("organisation_people", _("People")),
    ("organisation_invitations", _("Invitations")),
    ("organisation_units", _("Units")),
    ("organisation_closed_days", _("Closed days")),
    ("organisation_merges", _("Found in imports")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the administrator's pages."""

    label: Any
    url: str
    is_current: bool


def tabs_of(actor: Actor, *, current: str) -> list[Tab]:
    """The administrator's pages, with the federations they look after."""
    pages = [(label, reverse(name), name == current) for name, label in TABS]
    for federation_id in sorted(actor.coordinated_federation_ids):
        url = reverse("federation_page", args=[federation_id])
        pages.append((_("Federation"), url, url == current))
    return [Tab(*page) for page in pages]


@dataclass(slots=True)
class Colleague:
    """Somebody in the organisation with all they do there."""

    person_id: int
    name: str
    email: str
    roles: list[str] = field(default_factory=list)
    role_words: list[str] = field(default_factory=list)
    unit: str = ""
    job_title: str = ""
    since: date | None = None


def colleagues_of(people: Iterable[Any], memberships: Iterable[Membership]) -> list[Colleague]:
    """People with their roles, in the order of the people."""
    found = {one.pk: Colleague(one.pk, one.name, one.email) for one in people}
    for held in memberships:
        colleague = found[held.person_id]
        colleague.roles.append(held.role)
        if held.role != Role.EMPLOYEE:
            colleague.role_words.append(str(Role(held.role).label))
        colleague.unit = colleague.unit or (held.unit.name if held.unit else "")
        colleague.job_title = colleague.job_title or held.job_title
        colleague.since = min(colleague.since or held.from_date, held.from_date)
    return list(found.values())


@dataclass(slots=True)
class Branch:
    """A unit with its parts below it."""

    unit: Unit
    depth: int = 0
    parts: list[Branch] = field(default_factory=list)

    @property
    def may_close(self) -> bool:
        """Whether nothing open lies below it."""
        return not self.parts


def tree_of(units: Iterable[Unit]) -> list[Branch]:
    """The open units as a tree; a part whose parent is closed stands at the top."""
    branches = {unit.pk: Branch(unit) for unit in units}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.unit.parent_id or 0)
        (above.parts if above else roots).append(branch)
    for root in roots:
        _set_depth(root, 0)
    return roots


def _set_depth(branch: Branch, depth: int) -> None:
    branch.depth = depth
    for part in branch.parts:
        _set_depth(part, depth + 1)


def in_order(roots: Iterable[Branch]) -> Iterable[Branch]:
    """Every branch, each followed by its parts."""
    for branch in roots:
        yield branch
        yield from in_order(branch.parts)


def unit_choices(units: Iterable[Unit]) -> list[tuple[str, str]]:
    """Units to choose from, parts set in below what they are part of."""
    return [
        (str(branch.unit.pk), "– " * branch.depth + branch.unit.name)
        for branch in in_order(tree_of(units))
    ]


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in a federation, from when to when."""

    membership: FederationMembership
    is_now: bool
    is_coordinator: bool

    @property
    def may_end(self) -> bool:
        """Whether it could be given a last day."""
        return not self.is_coordinator and self.membership.to_date is None


def members_of(
    federation: Federation, memberships: Iterable[FederationMembership], *, today: date
) -> list[Member]:
    """Those who take part, the present ones first."""
    members = [
        Member(
            membership=one,
            is_now=one.from_date <= today and (one.to_date is None or one.to_date >= today),
            is_coordinator=one.organisation_id == federation.coordinator_id,
        )
        for one in memberships
    ]
    return sorted(members, key=lambda m: (not m.is_now, m.membership.organisation.name))


MOST_COUNTED = 1000


def counted(number: int) -> str:
    """How many, or that there are more than we count."""
    if number > MOST_COUNTED:
        return gettext("more than %(most)s") % {"most": MOST_COUNTED}
    return str(number)
