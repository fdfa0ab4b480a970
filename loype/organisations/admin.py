"""What an operator may look at in Django's admin: organisations, units, federations, people."""

from __future__ import annotations

from django.contrib import admin

from loype.accounts.admin import LookOnly
from loype.organisations.models import (
    Federation,
    FederationMembership,
    Membership,
    Organisation,
    Unit,
)


@admin.register(Organisation)
class OrganisationAdmin(LookOnly):
    """Organisations."""

    list_display = ("name", "short_name", "kind", "country", "official_code", "state")
    list_filter = ("state", "kind", "country")
    search_fields = ("name", "short_name", "official_code")


@admin.register(Unit)
class UnitAdmin(LookOnly):
    """Units."""

    list_display = ("name", "organisation", "parent", "closed_date")
    list_select_related = ("organisation", "parent")
    search_fields = ("name",)


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    """Who has which role where, from when to when."""

    list_display = ("person", "role", "organisation", "unit", "from_date", "to_date")
    list_select_related = ("person", "organisation", "unit")
    list_filter = ("role",)
    search_fields = ("person__name", "person__email")


@admin.register(Federation)
class FederationAdmin(LookOnly):
    """Federations."""

    list_display = ("name", "coordinator", "created_at")
    list_select_related = ("coordinator",)


@admin.register(FederationMembership)
class FederationMembershipAdmin(LookOnly):
    """Who takes part in which federation."""

    list_display = ("federation", "organisation", "from_date", "to_date")
    list_select_related = ("federation", "organisation")
