"""How one's own account looks."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from loype.accounts.models import MailWish, Person
from loype.api.shapes import OrganisationRef, ShortLine, Wanted
from loype.organisations.actor import Actor


class OwnLanguage(StrEnum):
    """The languages the pages speak; empty means as the browser asks."""

    AS_ASKED = ""
    DANISH = "da"
    BOKMAL = "nb"
    NYNORSK = "nn"
    SWEDISH = "sv"
    ENGLISH = "en"


class ColourScheme(StrEnum):
    """Light, dark, or as the device says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class RoleShape(BaseModel):
    """A role one has today."""

    organisation: OrganisationRef
    role: str
    unit_id: int | None


class SeatHeldShape(BaseModel):
    """A seat one holds today."""

    council_id: int
    organisation_id: int
    kind: str
    is_leader: bool
    is_deputy: bool


class MeShape(BaseModel):
    """Oneself: name, wishes, roles and seats."""

    id: int
    name: str
    email: str
    language: str
    colour_scheme: str
    mail_wish: str
    organisation_id: int | None
    roles: list[RoleShape]
    seats: list[SeatHeldShape]
    unread_notices: int


class MeWanted(Wanted):
    """What to change about oneself; what is left out stays."""

    name: ShortLine | None = None
    language: OwnLanguage | None = None
    colour_scheme: ColourScheme | None = None
    mail_wish: MailWish | None = None


def me_shape(person: Person, *, actor: Actor, unread: int) -> MeShape:
    """Oneself."""
    roles = [
        RoleShape(
            organisation=OrganisationRef(id=held.organisation_id, name=held.organisation_name),
            role=held.role,
            unit_id=held.unit_id,
        )
        for held in actor.roles_held
    ]
    seats = [
        SeatHeldShape(
            council_id=seat.body_id,
            organisation_id=seat.organisation_id,
            kind=seat.seat_kind,
            is_leader=seat.is_leader,
            is_deputy=seat.is_deputy,
        )
        for seat in actor.seats_held
    ]
    return MeShape(
        id=person.pk,
        name=person.name,
        email=person.email,
        language=person.language,
        colour_scheme=person.colour_scheme,
        mail_wish=person.mail_wish,
        organisation_id=actor.organisation_id,
        roles=roles,
        seats=seats,
        unread_notices=unread,
    )
