"""Inviting people by mail, and joining by the letter's address."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from loype.accounts.models import Person
from loype.kernel.clock import now
from loype.kernel.errors import NotFound, WrongMoment
from loype.organisations.actions import (
    accept_invitation,
    find_invitation,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from loype.organisations.labels import Role
from loype.organisations.models import Invitation, Organisation
from loype.organisations.querysets import InvitationQuerySet
from loype.web.organisations.forms import InvitationForm
from loype.web.organisations.views.own import administered_organisation, tabs
from loype.web.organisations.views.people import chosen_unit, units_to_choose
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_invitations(request: HttpRequest) -> HttpResponse:
    """Invite somebody; below, the invitations that nobody has answered yet."""
    organisation = administered_organisation(request)
    units = units_to_choose(request, organisation)
    form = InvitationForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and carried_out(
        form,
        lambda facts: invite_person(
            organisation,
            email=facts["email"],
            roles=facts["roles"],
            unit=chosen_unit(request, organisation, facts["unit"]),
            job_title=facts["job_title"],
            actor=actor_of(request),
            at=now(),
        ),
    ):
        say(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("organisation_invitations"))
    return _list(request, organisation, form)


def _list(request: HttpRequest, organisation: Organisation, form: InvitationForm) -> HttpResponse:
    page = keyset_page(open_invitations(request, organisation), request=request)
    moment = now()
    rows = [
        {
            "invitation": one,
            "roles": role_words(one),
            "has_expired": one.expires_at <= moment,
        }
        for one in page.items
    ]
    told = {"organisation": organisation, "form": form, "page": page, "rows": rows}
    told["tabs"] = tabs(request, "organisation_invitations")
    status = 422 if form.errors else 200
    return render(request, "organisations/invitations.html", told, status=status)


def open_invitations(request: HttpRequest, organisation: Organisation) -> InvitationQuerySet:
    """The organisation's invitations that were neither used nor withdrawn."""
    mine = Invitation.objects.visible_to(actor_of(request)).filter(organisation=organisation)
    return mine.open().select_related("unit", "invited_by")


def role_words(invitation: Invitation) -> list[str]:
    """The roles an invitation gives, in words; being an employee goes without saying."""
    special = [role for role in invitation.roles if role != Role.EMPLOYEE]
    return [str(Role(role).label) for role in special or [Role.EMPLOYEE]]


@login_required
@require_POST
def organisation_invitation_withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    organisation = administered_organisation(request)
    invitation = get_object_or_404(open_invitations(request, organisation), pk=invitation_id)
    withdraw_invitation(invitation, actor=actor_of(request), at=now())
    say(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
    return HttpResponseRedirect(reverse("organisation_invitations"))


@login_required
@require_POST
def organisation_invitation_resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send an invitation anew; the old letter stops working."""
    organisation = administered_organisation(request)
    invitation = get_object_or_404(open_invitations(request, organisation), pk=invitation_id)
    resend_invitation(invitation, actor=actor_of(request), at=now())
    say(request, _("A new invitation is on its way to %(email)s.") % {"email": invitation.email})
    return HttpResponseRedirect(reverse("organisation_invitations"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """The address in the letter: who invites to what; accept, after signing in or up."""
    actor = actor_of(request)
    try:
        invitation = find_invitation(secret, at=now())
    except NotFound:
        return render(request, "organisations/join_ended.html", status=404)
    except WrongMoment as refusal:
        said = {"said": str(refusal)}
        return render(request, "organisations/join_ended.html", said, status=410)
    if request.method == "POST":
        if not actor.is_signed_in:
            return HttpResponseRedirect(_sign_in(request, "account_login"))
        accept_invitation(secret, person=cast("Person", request.user), actor=actor, at=now())
        request.session["organisation_id"] = invitation.organisation_id
        told = {"organisation": invitation.organisation}
        say(request, _("Welcome to %(organisation)s.") % told)
        return HttpResponseRedirect(reverse("home"))
    page = {
        "invitation": invitation,
        "roles": role_words(invitation),
        "is_other_address": actor.is_signed_in
        and cast("Person", request.user).email.lower() != invitation.email,
        "email": cast("Person", request.user).email if actor.is_signed_in else "",
        "sign_in_url": _sign_in(request, "account_login"),
        "sign_up_url": _sign_in(request, "account_signup"),
    }
    return render(request, "organisations/join.html", page)


def _sign_in(request: HttpRequest, name: str) -> str:
    """The address of sign-in or sign-up that comes back here."""
    return f"{reverse(name)}?{urlencode({'next': request.path})}"
