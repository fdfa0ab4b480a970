"""A federation: who takes part from when to when, for its coordinator and its members."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loype.kernel.clock import now
from loype.kernel.errors import BadInput, NotAllowed
from loype.organisations.actions import end_federation_membership, join_federation
from loype.organisations.models import Federation, FederationMembership, Organisation
from loype.organisations.rules import can_manage_federation
from loype.web.organisations.forms import FederationMemberForm, LastDayForm
from loype.web.organisations.presenters import members_of
from loype.web.organisations.views.own import tabs
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_NEAR = 8


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def federation_page(request: HttpRequest, federation_id: int) -> HttpResponse:
    """The members with their days; the coordinator takes in one more."""
    federation = _federation(request, federation_id)
    manages = can_manage_federation(actor_of(request), federation)
    if request.method == "POST" and not manages:
        raise NotAllowed(_("Only the federation's coordinator may do this."))
    initial = {"from_date": now().date()}
    form = FederationMemberForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and carried_out(
        form, lambda facts: _take_in(request, federation, **facts)
    ):
        say(request, _("The federation has one more member."))
        return HttpResponseRedirect(reverse("federation_page", args=[federation.pk]))
    return _page(request, federation, form=form, manages=manages)


def _federation(request: HttpRequest, federation_id: int) -> Federation:
    mine = Federation.objects.visible_to(actor_of(request)).select_related("coordinator")
    return get_object_or_404(mine, pk=federation_id)


def _take_in(
    request: HttpRequest, federation: Federation, *, organisation: str, from_date: Any
) -> None:
    found = _named(request, organisation)
    join_federation(
        federation, organisation=found, from_date=from_date, actor=actor_of(request), at=now()
    )


def _named(request: HttpRequest, words: str) -> Organisation:
    """The active organisation of this name or short name; else the nearest names are said."""
    known = Organisation.objects.visible_to(actor_of(request)).active()
    exact = list(known.filter(name__iexact=words)[:2]) or list(
        known.filter(short_name__iexact=words)[:2]
    )
    if len(exact) == 1:
        return exact[0]
    near = list(known.filter(name__icontains=words).values_list("name", flat=True)[:MOST_NEAR])
    if near:
        said = _("Write one of these: %(names)s.") % {"names": ", ".join(near)}
    else:
        said = _("No organisation here is called that. The operator can take it in.")
    raise BadInput({"organisation": said})


def _page(
    request: HttpRequest, federation: Federation, *, form: FederationMemberForm, manages: bool
) -> HttpResponse:
    memberships = (
        FederationMembership.objects.visible_to(actor_of(request))
        .filter(federation=federation)
        .select_related("organisation")
    )
    address = reverse("federation_page", args=[federation.pk])
    page: dict[str, Any] = {
        "federation": federation,
        "members": members_of(federation, memberships, today=now().date()),
        "form": form,
        "today": now().date().isoformat(),
        "manages": manages,
        "tabs": tabs(request, address) if manages else [],
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/federation.html", page, status=status)


@login_required
@require_POST
def federation_member_end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Give a membership its last day."""
    actor = actor_of(request)
    own = Federation.objects.visible_to(actor)
    memberships = FederationMembership.objects.visible_to(actor).filter(federation__in=own)
    membership = get_object_or_404(
        memberships.select_related("federation", "organisation"), pk=membership_id
    )
    form = LastDayForm(request.POST)
    if not form.is_valid():
        raise BadInput({"to_date": " ".join(map(str, form.errors["to_date"]))})
    end_federation_membership(
        membership, to_date=form.cleaned_data["to_date"], actor=actor, at=now()
    )
    say(request, _("%(name)s has a last day now.") % {"name": membership.organisation.name})
    return HttpResponseRedirect(reverse("federation_page", args=[membership.federation_id]))
