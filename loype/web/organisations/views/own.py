"""Which organisation a page is about, and whether the reader administers it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from loype.kernel.errors import NotAllowed
from loype.organisations.models import Organisation
from loype.organisations.rules import can_manage_organisation
from loype.web.organisations.presenters import Tab, tabs_of
from loype.web.shared.acting import actor_of


def own_organisation(request: HttpRequest) -> Organisation:
    """The organisation the reader acts for now; NotAllowed where they belong nowhere."""
    actor = actor_of(request)
    return get_object_or_404(
        Organisation.objects.visible_to(actor), pk=actor.acting_organisation_id
    )


def administered_organisation(request: HttpRequest) -> Organisation:
    """The same, for its administrators only."""
    organisation = own_organisation(request)
    if not can_manage_organisation(actor_of(request), organisation.pk):
        raise NotAllowed(_("Only the organisation's administrators may do this."))
    return organisation


def tabs(request: HttpRequest, current: str) -> list[Tab]:
    """The administrator's pages, the one we are on marked."""
    return tabs_of(actor_of(request), current=current)
