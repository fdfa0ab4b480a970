"""What may be asked of many organisations, units and memberships at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.organisations.closed_days import ClosedDays  # noqa: F401
    from loype.organisations.models import (  # noqa: F401
        Federation,
        FederationMembership,
        Invitation,
        Membership,
        MergeProposal,
        Organisation,
        SharingPolicy,
        Unit,
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def visible_to(self, actor: Actor) -> Self:
        """Which organisations take part is public; names from imports are for insiders."""
        if actor.is_signed_in or actor.is_house:
            return self
        return self.filter(state="active")

    def active(self) -> Self:
        """Those that take part now."""
        return self.filter(state="active")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units."""

    def visible_to(self, actor: Actor) -> Self:
        """Units are seen by their own organisation and those it works with."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.neighbour_ids | actor.organisation_ids))

    def open(self) -> Self:
        """Units that exist today."""
        return self.filter(closed_date=None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def visible_to(self, actor: Actor) -> Self:
        """Who works where is seen by colleagues."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.organisation_ids))

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)


class FederationQuerySet(models.QuerySet["Federation"]):
    """Federations."""

    def visible_to(self, actor: Actor) -> Self:
        """A federation's own page is for those who take part and those who coordinate."""
        if actor.is_house:
            return self
        return self.filter(pk__in=sorted(actor.federation_ids | actor.coordinated_federation_ids))


class FederationMembershipQuerySet(models.QuerySet["FederationMembership"]):
    """Memberships of federations."""

    def visible_to(self, actor: Actor) -> Self:
        """Which active organisations work together is public."""
        if actor.is_signed_in or actor.is_house:
            return self
        return self.filter(organisation__state="active")

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def visible_to(self, actor: Actor) -> Self:
        """Whom an organisation invites is seen by its administrators."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.administered_ids))

    def open(self) -> Self:
        """Neither used nor withdrawn; some may have expired and can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class MergeProposalQuerySet(models.QuerySet["MergeProposal"]):
    """Proposals that two organisations are one."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by the administrators of the organisation that is known."""
        if actor.is_house:
            return self
        return self.filter(candidate__in=sorted(actor.administered_ids))

    def unanswered(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(answer="")


class SharingPolicyQuerySet(models.QuerySet["SharingPolicy"]):
    """What organisations tell those they work with."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen by the organisation and those it works with: they should know what they miss."""
        if actor.is_house:
            return self
        return self.filter(organisation__in=sorted(actor.neighbour_ids | actor.organisation_ids))


class ClosedDaysQuerySet(models.QuerySet["ClosedDays"]):
    """Days on which organisations are closed."""

    def visible_to(self, actor: Actor) -> Self:
        """When an organisation is closed is known to everybody."""
        return self

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_date=None)
