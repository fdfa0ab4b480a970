"""Founding a federation; joining and leaving it on a date."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Refusal, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, FederationMembership, Organisation
from loype.organisations.rules import can_found_organisation, can_manage_federation


@transaction.atomic
def found_federation(
    *, name: str, coordinator: Organisation, actor: Actor, at: datetime
) -> Federation:
    """Found a federation with the organisation that coordinates it as its first member."""
    if not can_found_organisation(actor):
        raise NotAllowed(_("Federations are founded by the operator of the installation."))
    federation = Federation.objects.create(
        name=clean_line(name), coordinator=coordinator, created_at=at
    )
    record(
        "found_federation", thing=federation, actor=actor, at=at,
        organisation_id=coordinator.pk, follow=False,
    )  # fmt: skip
    join_federation(federation, organisation=coordinator, from_date=at.date(), actor=actor, at=at)
    return federation


@transaction.atomic
def join_federation(
    federation: Federation,
    *,
    organisation: Organisation,
    from_date: date,
    actor: Actor,
    at: datetime,
) -> FederationMembership:
    """Take an organisation into the federation from a day on."""
    _refuse_unless_managing(actor, federation)
    try:
        with transaction.atomic():
            membership = FederationMembership.objects.create(
                federation=federation, organisation=organisation, from_date=from_date
            )
    except IntegrityError as problem:
        raise BadInput({"organisation": _("It is already a member in that period.")}) from problem
    record(
        "join_federation", thing=membership, actor=actor, at=at,
        organisation_id=organisation.pk, change={"from_date": str(from_date)}, follow=False,
    )  # fmt: skip
    return membership


@transaction.atomic
def end_federation_membership(
    membership: FederationMembership, *, to_date: date, actor: Actor, at: datetime
) -> FederationMembership:
    """End a membership on a day; the coordinator itself stays, and so does whoever has a council
    that works with the federation: that one ends first."""
    federation = membership.federation
    _refuse_unless_managing(actor, federation)
    membership = FederationMembership.objects.select_for_update().get(pk=membership.pk)
    if membership.organisation_id == federation.coordinator_id:
        raise WrongMoment(_("The coordinating organisation cannot leave its own federation."))
    if to_date < membership.from_date:
        raise BadInput({"to_date": _("The last day is before the first.")})
    membership.to_date = to_date
    try:
        with transaction.atomic():
            membership.save(update_fields=["to_date"])
    except IntegrityError as problem:  # the database knows of councils, which stand above this
        raise _why_not(problem, membership) from problem
    record(
        "end_federation_membership", thing=membership, actor=actor, at=at,
        organisation_id=membership.organisation_id, change={"to_date": str(to_date)},
        follow=False,
    )  # fmt: skip
    return membership


def _why_not(problem: IntegrityError, membership: FederationMembership) -> Refusal:
    """What stands against that last day, in words; the database names the councils."""
    said: Any = getattr(problem.__cause__, "diag", None)
    facts = {
        "organisation": membership.organisation.name,
        "councils": getattr(said, "message_detail", None) or "",
    }
    held_by = getattr(said, "constraint_name", None)
    if held_by == "member_stays_with_council":
        return WrongMoment(
            _(
                "A council in %(organisation)s still works with this federation: %(councils)s. "
                "It is closed there first; a council with another federation can be prepared "
                "beside it and begin the same day. Then the membership can end."
            )
            % facts
        )
    if held_by == "member_was_there_with_council":
        words = _("A council there still worked with this federation after that: %(councils)s.")
        return BadInput({"to_date": words % facts})
    return BadInput({"to_date": _("It is already a member in that period.")})


def _refuse_unless_managing(actor: Actor, federation: Federation) -> None:
    if not can_manage_federation(actor, federation):
        raise NotAllowed(_("Only the federation's coordinator may do this."))
