"""Who works where, who is invited, and which federations an organisation is in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from ninja.responses import Status

from loype.api.actor import ApiRequest
from loype.api.finding import find, maybe
from loype.api.idempotency import Key, create
from loype.api.operations import DONE, changing, creating, reading, room
from loype.api.organisations.shapes import (
    FederationMembershipEnd,
    FederationMembershipShape,
    FederationMembershipWanted,
    InvitationShape,
    InvitationWanted,
    MembershipShape,
    MembershipWanted,
    federation_membership_shape,
    invitation_shape,
    membership_shape,
)
from loype.api.paging import Page, Paging, keyset
from loype.api.problems import not_here
from loype.api.shapes import Id
from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actions import (
    end_federation_membership,
    end_membership,
    give_role,
    invite_person,
    join_federation,
    leave_organisation,
    withdraw_invitation,
)
from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership, Membership, Organisation, Unit
from loype.organisations.rules import can_manage_organisation

router = room("organisations")


def _colleagues(actor: Actor, organisation: Organisation) -> Any:
    today = Membership.objects.visible_to(actor).on(now().date())
    return today.filter(organisation=organisation).select_related("person", "unit")


def _unit(actor: Actor, unit_id: int | None) -> Unit | None:
    unit = maybe(Unit.objects.visible_to(actor).open(), unit_id)
    if unit_id and unit is None:
        raise BadInput({"unit": _("The unit must be in the same organisation.")})
    return unit


@router.get(
    "/organisations/{organisation_id}/people",
    operation_id="list_people",
    **reading(Page[MembershipShape], summary="Who works there and as what"),
)
def list_people(
    request: ApiRequest, organisation_id: Id, paging: Query[Paging]
) -> Page[MembershipShape]:
    """Roles held today, newest first; colleagues see them, others see an empty list."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    return keyset(_colleagues(request.actor, organisation), membership_shape, paging=paging)


@router.post(
    "/organisations/{organisation_id}/people",
    operation_id="give_role",
    **creating(MembershipShape, summary="Give a colleague a role"),
)
def give_a_role(
    request: ApiRequest, organisation_id: Id, wanted: MembershipWanted, idempotency_key: Key
) -> object:
    """For the organisation's administrators; people from outside are invited instead."""

    def make(at: datetime) -> MembershipShape:
        organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
        _refuse_unless_managing(request.actor, organisation)
        known = _colleagues(request.actor, organisation).filter(person=wanted.person_id).first()
        if known is None:
            raise BadInput({"person": _("This person does not belong to the organisation.")})
        membership = give_role(
            known.person,
            organisation=organisation,
            role=wanted.role,
            unit=_unit(request.actor, wanted.unit_id),
            job_title=wanted.job_title,
            actor=request.actor,
            at=at,
        )
        return membership_shape(membership)

    return create(request, make, key=idempotency_key, body=wanted)


@router.delete(
    "/memberships/{membership_id}",
    operation_id="end_membership",
    **changing(None, summary="Take a role from somebody"),
)
def end_a_membership(request: ApiRequest, membership_id: Id) -> Status[None]:
    """For the organisation's administrators; the last administrator stays."""
    today = Membership.objects.visible_to(request.actor).on(now().date())
    end_membership(find(today, membership_id), actor=request.actor, at=now())
    return DONE


@router.post(
    "/organisations/{organisation_id}/leave",
    operation_id="leave_organisation",
    **changing(None, summary="Leave an organisation"),
)
def leave(request: ApiRequest, organisation_id: Id) -> Status[None]:
    """With all your roles there; the last administrator must first name another."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    leave_organisation(organisation, person=request.person, actor=request.actor, at=now())
    return DONE


@router.get(
    "/organisations/{organisation_id}/invitations",
    operation_id="list_invitations",
    **reading(Page[InvitationShape], summary="Who is invited"),
)
def list_invitations(
    request: ApiRequest, organisation_id: Id, paging: Query[Paging]
) -> Page[InvitationShape]:
    """For the organisation's administrators, newest first."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    _refuse_unless_managing(request.actor, organisation)
    return keyset(organisation.invitations.all(), invitation_shape, paging=paging)


def _refuse_unless_managing(actor: Actor, organisation: Organisation) -> None:
    if not can_manage_organisation(actor, organisation.pk):
        raise NotAllowed(_("Only the organisation's administrators may do this."))


@router.post(
    "/organisations/{organisation_id}/invitations",
    operation_id="invite_person",
    **creating(InvitationShape, summary="Invite somebody by mail"),
)
def invite(
    request: ApiRequest, organisation_id: Id, wanted: InvitationWanted, idempotency_key: Key
) -> object:
    """For the organisation's administrators; the secret goes by mail only."""

    def make(at: datetime) -> InvitationShape:
        organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
        invitation, _secret = invite_person(
            organisation,
            email=wanted.email,
            roles=wanted.roles,
            unit=_unit(request.actor, wanted.unit_id),
            job_title=wanted.job_title,
            actor=request.actor,
            at=at,
        )
        return invitation_shape(invitation)

    return create(request, make, key=idempotency_key, body=wanted)


@router.delete(
    "/organisations/{organisation_id}/invitations/{invitation_id}",
    operation_id="withdraw_invitation",
    **changing(None, summary="Take an invitation back"),
)
def withdraw(request: ApiRequest, organisation_id: Id, invitation_id: Id) -> Status[None]:
    """For the organisation's administrators, before it is used."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    _refuse_unless_managing(request.actor, organisation)
    invitation = find(organisation.invitations.all(), invitation_id)
    withdraw_invitation(invitation, actor=request.actor, at=now())
    return DONE


def _membership(
    request: ApiRequest, *, organisation_id: int, membership_id: int
) -> FederationMembership:
    """A federation membership of an organisation, for those who are in the same federation."""
    organisation = find(Organisation.objects.visible_to(request.actor), organisation_id)
    rows = organisation.federation_memberships.select_related("federation")
    known = sorted(request.actor.federation_ids | request.actor.coordinated_federation_ids)
    return find(rows.filter(federation__in=known), membership_id)


@router.post(
    "/federations/{federation_id}/memberships",
    operation_id="join_federation",
    **creating(FederationMembershipShape, summary="Take an organisation into a federation"),
)
def join(
    request: ApiRequest,
    federation_id: Id,
    wanted: FederationMembershipWanted,
    idempotency_key: Key,
) -> object:
    """For the federation's coordinators."""

    def make(at: datetime) -> FederationMembershipShape:
        actor = request.actor
        organisation = maybe(Organisation.objects.visible_to(actor), wanted.organisation_id)
        if organisation is None:
            raise BadInput({"organisation": _("Choose an organisation that takes part.")})
        membership = join_federation(
            _own_federation(actor, federation_id).federation,
            organisation=organisation,
            from_date=wanted.from_date,
            actor=actor,
            at=at,
        )
        return federation_membership_shape(membership)

    return create(request, make, key=idempotency_key, body=wanted)


def _own_federation(actor: Actor, federation_id: int) -> FederationMembership:
    """A federation that an organisation of the actor's is in, by any of its memberships."""
    own = Organisation.objects.visible_to(actor).filter(pk__in=sorted(actor.organisation_ids))
    for organisation in own.prefetch_related("federation_memberships__federation"):
        for membership in organisation.federation_memberships.all():
            if membership.federation_id == federation_id:
                return membership
    raise not_here()


@router.post(
    "/organisations/{organisation_id}/federation-memberships/{membership_id}/end",
    operation_id="end_federation_membership",
    **changing(FederationMembershipShape, summary="End a membership in a federation"),
)
def end_in_federation(
    request: ApiRequest, organisation_id: Id, membership_id: Id, wanted: FederationMembershipEnd
) -> FederationMembershipShape:
    """For the federation's coordinators."""
    membership = _membership(request, organisation_id=organisation_id, membership_id=membership_id)
    ended = end_federation_membership(
        membership, to_date=wanted.to_date, actor=request.actor, at=now()
    )
    return federation_membership_shape(ended)
