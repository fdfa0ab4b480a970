"""How organisations, units and people look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Day,
    Id,
    OrganisationRef,
    PersonShape,
    SearchText,
    ShortLine,
    UnitRef,
    Wanted,
    organisation_ref,
    unit_ref,
)
from loype.organisations.labels import Language, OrganisationKind, Role, UnitKind
from loype.organisations.models import (
    FederationMembership,
    Invitation,
    Membership,
    Organisation,
    Unit,
)

Days = Annotated[int, Field(ge=1, le=365)]


class OrganisationFilters(Paging):
    """Which organisations are wanted."""

    q: SearchText | None = Field(None, description="Part of the name.")
    kind: OrganisationKind | None = None


class OrganisationShape(BaseModel):
    """An organisation that takes part."""

    id: int
    name: str
    short_name: str
    kind: str
    country: str
    language: str
    official_code: str
    inhabitants: int | None
    state: str


class FederationShape(BaseModel):
    """A federation the organisation is a member of today."""

    id: int
    name: str
    coordinator: OrganisationRef
    membership_id: int
    from_date: date


class OrganisationDetail(OrganisationShape):
    """An organisation with its targets and federations."""

    colour: str
    time_zone: str
    receipt_days: int
    responsible_days: int
    decision_days: int
    federations: list[FederationShape]


class OrganisationWanted(Wanted):
    """What to change about an organisation; what is left out stays."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] | None = (
        None
    )
    language: Language | None = None
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    inhabitants: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    receipt_days: Days | None = None
    responsible_days: Days | None = None
    decision_days: Days | None = None
    email_domain: ShortLine | None = None
    join_by_domain: bool | None = None
    tells_of_likeness: bool | None = None
    sends_text_outside: bool | None = None


class UnitShape(BaseModel):
    """A part of an organisation."""

    id: int
    organisation_id: int
    parent_id: int | None
    name: str
    kind: str
    employees: int | None = Field(description="In the unit itself, without its parts.")
    closed_date: date | None


Employees = Annotated[int, Field(ge=0, le=1_000_000)]
UnitName = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=NO_NUL)]


class UnitWanted(Wanted):
    """A new unit."""

    name: UnitName
    parent_id: Id | None = None
    kind: UnitKind = UnitKind.SERVICE
    employees: Employees | None = None


class UnitChange(Wanted):
    """What to change about a unit; what is left out stays."""

    name: UnitName | None = None
    kind: UnitKind | None = None
    employees: Employees | None = Field(
        None, description="In the unit itself, without its parts; null: not known."
    )


class MembershipShape(BaseModel):
    """A role somebody has today."""

    id: int
    person: PersonShape
    organisation_id: int
    role: str
    unit: UnitRef | None
    job_title: str
    position: str = Field(description="What the work is: staff, leader, it; empty if not said.")
    from_date: date


class MembershipWanted(Wanted):
    """A role to give to somebody."""

    person_id: Id
    role: Role
    unit_id: Id | None = None
    job_title: ShortLine = ""


class InvitationShape(BaseModel):
    """A letter that lets somebody join."""

    id: int
    organisation_id: int
    email: str
    unit_id: int | None
    job_title: str
    roles: list[str]
    invited_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\u0000\s@]+@[^\u0000\s@]+$")]


class InvitationWanted(Wanted):
    """Whom to invite, and as what."""

    email: Email
    roles: Annotated[list[Role], Field(max_length=10)] = []
    unit_id: Id | None = None
    job_title: ShortLine = ""


class FederationMembershipWanted(Wanted):
    """Which organisation joins, and from when."""

    organisation_id: Id
    from_date: Day


class FederationMembershipEnd(Wanted):
    """The last day of a membership."""

    to_date: Day


class FederationMembershipShape(BaseModel):
    """From when to when an organisation takes part in a federation."""

    id: int
    federation_id: int
    organisation_id: int
    from_date: date
    to_date: date | None


def organisation_facts(organisation: Organisation) -> dict[str, object]:
    """What is the same in the list and in the detail."""
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind": organisation.kind,
        "country": organisation.country,
        "language": organisation.language,
        "official_code": organisation.official_code,
        "inhabitants": organisation.inhabitants,
        "state": organisation.state,
    }


def organisation_shape(organisation: Organisation) -> OrganisationShape:
    """An organisation in a list."""
    return OrganisationShape.model_validate(organisation_facts(organisation))


def organisation_detail(
    organisation: Organisation, *, memberships: list[FederationMembership]
) -> OrganisationDetail:
    """An organisation alone."""
    more = {
        "colour": organisation.colour,
        "time_zone": organisation.time_zone,
        "receipt_days": organisation.receipt_days,
        "responsible_days": organisation.responsible_days,
        "decision_days": organisation.decision_days,
        "federations": [
            FederationShape(
                id=membership.federation_id,
                name=membership.federation.name,
                coordinator=organisation_ref(membership.federation.coordinator),
                membership_id=membership.pk,
                from_date=membership.from_date,
            )
            for membership in memberships
        ],
    }
    return OrganisationDetail.model_validate(organisation_facts(organisation) | more)


def unit_shape(unit: Unit) -> UnitShape:
    """A unit."""
    return UnitShape(
        id=unit.pk,
        organisation_id=unit.organisation_id,
        parent_id=unit.parent_id,
        name=unit.name,
        kind=unit.kind,
        employees=unit.employees,
        closed_date=unit.closed_date,
    )


def membership_shape(membership: Membership) -> MembershipShape:
    """A colleague's role."""
    return MembershipShape(
        id=membership.pk,
        person=PersonShape(id=membership.person_id, name=membership.person.name),
        organisation_id=membership.organisation_id,
        role=membership.role,
        unit=unit_ref(membership.unit),
        job_title=membership.job_title,
        position=membership.position,
        from_date=membership.from_date,
    )


def invitation_shape(invitation: Invitation) -> InvitationShape:
    """An invitation, without its secret: that went by mail."""
    return InvitationShape.model_validate(invitation, from_attributes=True)


def federation_membership_shape(membership: FederationMembership) -> FederationMembershipShape:
    """A membership in a federation."""
    return FederationMembershipShape.model_validate(membership, from_attributes=True)
