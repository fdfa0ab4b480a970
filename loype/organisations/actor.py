"""Who is asking: a person with memberships and seats, loaded once a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from loype.kernel.errors import NotAllowed


@dataclass(frozen=True)
class RoleHeld:
    """A role the person has today."""

    organisation_id: int
    organisation_name: str
    role: str
    unit_id: int | None = None
    organisation_colour: str = ""
    organisation_logo_id: int | None = None
    position: str = ""
    unit_kind: str | None = None


@dataclass(frozen=True)
class SeatHeld:
    """A seat the person holds today, on a body of an organisation."""

    body_id: int
    organisation_id: int
    seat_kind: str
    is_leader: bool
    is_deputy: bool
    body_kind: str = "innovation_council"
    has_vote: bool = True

    @property
    def is_on_council(self) -> bool:
        """Whether it is a seat on an innovation council, whose room its holder enters."""
        return self.body_kind == "innovation_council"


@dataclass(frozen=True)
class Actor:
    """A person (or nobody, or the house itself) as the rules see them."""

    person_id: int | None = None
    name: str = ""
    roles_held: tuple[RoleHeld, ...] = ()
    seats_held: tuple[SeatHeld, ...] = ()
    neighbour_ids: frozenset[int] = frozenset()
    federation_ids: frozenset[int] = frozenset()
    coordinated_federation_ids: frozenset[int] = frozenset()
    is_house: bool = False
    chosen_organisation_id: int | None = field(default=None, compare=False)

    @property
    def signed_in_id(self) -> int:
        """The person's id; NotAllowed when nobody is signed in."""
        if self.person_id is None:
            raise NotAllowed(_("Sign in first."))
        return self.person_id

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody stands behind this."""
        return self.person_id is not None

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations the person belongs to."""
        return frozenset(held.organisation_id for held in self.roles_held)

    @cached_property
    def administered_ids(self) -> frozenset[int]:
        """The organisations the person administers."""
        return frozenset(
            held.organisation_id for held in self.roles_held if held.role == "administrator"
        )

    @cached_property
    def council_room_ids(self) -> frozenset[int]:
        """Organisations whose council room the person may enter: seat, secretary or decider."""
        rooms = {seat.organisation_id for seat in self.seats_held if seat.is_on_council}
        rooms |= {
            held.organisation_id
            for held in self.roles_held
            if held.role in ("decider", "council_secretary")
        }
        return frozenset(rooms)

    @property
    def organisation_id(self) -> int | None:
        """The organisation the person acts in now: the chosen one, else the first."""
        if self.chosen_organisation_id in self.organisation_ids:
            return self.chosen_organisation_id
        return self.roles_held[0].organisation_id if self.roles_held else None

    @property
    def acting_organisation_id(self) -> int:
        """As `organisation_id`; NotAllowed when the person belongs nowhere."""
        if self.organisation_id is None:
            raise NotAllowed(_("You do not belong to an organisation here yet."))
        return self.organisation_id

    @property
    def unit_id(self) -> int | None:
        """The person's unit in the organisation they act in now."""
        units = (h.unit_id for h in self.roles_held if h.organisation_id == self.organisation_id)
        return next((unit for unit in units if unit), None)

    def belongs_to(self, organisation_id: int) -> bool:
        """Whether the person has any role in the organisation."""
        return organisation_id in self.organisation_ids

    def has_role(self, role: str, organisation_id: int) -> bool:
        """Whether the person has this role in the organisation today."""
        return any(
            held.role == role and held.organisation_id == organisation_id
            for held in self.roles_held
        )

    def leads_body(self, body_id: int) -> bool:
        """Whether the person holds the leader's seat (or is its deputy) on the body."""
        return any(seat.body_id == body_id and seat.is_leader for seat in self.seats_held)

    @cached_property
    def led_council_ids(self) -> frozenset[int]:
        """The organisations whose innovation council the person leads, or is its deputy leader."""
        return frozenset(
            seat.organisation_id
            for seat in self.seats_held
            if seat.is_leader and seat.is_on_council
        )

    def sits_on(self, body_id: int) -> bool:
        """Whether the person holds any seat on the body."""
        return any(seat.body_id == body_id for seat in self.seats_held)


NOBODY = Actor()
"""Somebody who has not signed in."""

HOUSE = Actor(name="Løype", is_house=True)
"""The installation itself: imports and the clock."""
