"""Reading organisations, and keeping their facts and units."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.organisations.shapes import (
    OrganisationDetail,
    OrganisationFilters,
    OrganisationShape,
    OrganisationWanted,
    UnitChange,
    UnitShape,
    UnitWanted,
    organisation_detail,
    organisation_shape,
    unit_shape,
)
from loype.api.paging import Page, Paging, keyset
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.actions import (
    add_unit,
    change_organisation,
    close_unit,
    describe_unit,
    rename_unit,
)
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation, Unit

router = room("organisations")
BY_NAME = ("name", "id")


@router.get(
    "/organisations",
    operation_id="list_organisations",
    **reading(Page[OrganisationShape], summary="Who takes part", open_to_all=True, found=False),
)
def list_organisations(
    request: ApiRequest, filters: Query[OrganisationFilters]
) -> Page[OrganisationShape]:
    """Organisations by name."""
    rows = Organisation.objects.visible_to(request.actor)
    if filters.q:
        rows = rows.filter(name__icontains=filters.q)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    return keyset(rows, organisation_shape, paging=filters, order=BY_NAME)


@router.get(
    "/organisations/{organisation_id}",
    operation_id="get_organisation",
    **reading(OrganisationDetail, summary="An organisation", open_to_all=True),
)
def get_organisation(request: ApiRequest, organisation_id: Id) -> OrganisationDetail:
    """One organisation, with the federations it is in (for those who are signed in)."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    return _detail(organisation, actor=request.actor)


def _detail(organisation: Organisation, *, actor: Actor) -> OrganisationDetail:
    if not actor.is_signed_in:
        return organisation_detail(organisation, memberships=[])
    day = now().date()
    today = organisation.federation_memberships.filter(
        Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day
    ).select_related("federation__coordinator")
    return organisation_detail(organisation, memberships=list(today))


@router.patch(
    "/organisations/{organisation_id}",
    operation_id="change_organisation",
    **changing(OrganisationDetail, summary="Change an organisation's facts"),
)
def change_facts(
    request: ApiRequest, organisation_id: Id, wanted: OrganisationWanted
) -> OrganisationDetail:
    """For its administrators: name, language, colour, targets, joining by e-mail domain."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    facts = wanted.model_dump(exclude_none=True)
    organisation = change_organisation(organisation, actor=request.actor, at=now(), **facts)
    return _detail(organisation, actor=request.actor)


@router.get(
    "/organisations/{organisation_id}/units",
    operation_id="list_units",
    **reading(Page[UnitShape], summary="The units of an organisation"),
)
def list_units(request: ApiRequest, organisation_id: Id, paging: Query[Paging]) -> Page[UnitShape]:
    """The units that exist today, by name; they form a tree by their parents."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    rows = Unit.objects.visible_to(request.actor).open().filter(organisation=organisation)
    return keyset(rows, unit_shape, paging=paging, order=BY_NAME)


@router.post(
    "/organisations/{organisation_id}/units",
    operation_id="add_unit",
    **creating(UnitShape, summary="Add a unit"),
)
def add_a_unit(
    request: ApiRequest, organisation_id: Id, wanted: UnitWanted, idempotency_key: Key
) -> object:
    """For the organisation's administrators."""

    def make(at: datetime) -> UnitShape:
        organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
        parent = maybe(Unit.objects.visible_to(request.actor).open(), wanted.parent_id)
        if wanted.parent_id and parent is None:
            raise BadInput({"parent": _("The unit above must be in the same organisation.")})
        unit = add_unit(
            organisation,
            name=wanted.name,
            parent=parent,
            kind=wanted.kind,
            employees=wanted.employees,
            actor=request.actor,
            at=at,
        )
        return unit_shape(unit)

    return create(request, make, key=idempotency_key, body=wanted)


@router.patch(
    "/units/{unit_id}",
    operation_id="change_unit",
    **changing(UnitShape, summary="Change a unit"),
)
def change_a_unit(request: ApiRequest, unit_id: Id, wanted: UnitChange) -> UnitShape:
    """For the organisation's administrators: its name, what it is there for, its employees."""
    unit, at = find(Unit.objects.visible_to(request.actor), unit_id), now()
    facts = wanted.model_dump(exclude_unset=True)
    if facts.get("name"):
        unit = rename_unit(unit, name=facts["name"], actor=request.actor, at=at)
    unit = describe_unit(
        unit,
        kind=facts.get("kind") or unit.kind,
        employees=facts.get("employees", unit.employees),
        actor=request.actor,
        at=at,
    )
    return unit_shape(unit)


@router.post(
    "/units/{unit_id}/close",
    operation_id="close_unit",
    **changing(UnitShape, summary="Close a unit"),
)
def close_a_unit(request: ApiRequest, unit_id: Id) -> UnitShape:
    """For the organisation's administrators; its people must have moved first."""
    unit = find(Unit.objects.visible_to(request.actor), unit_id)
    return unit_shape(close_unit(unit, actor=request.actor, at=now()))
