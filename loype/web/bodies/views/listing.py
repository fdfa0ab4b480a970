"""All bodies one may know of, setting a new one up, and whom to turn to in a federation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loype.bodies.actions import establish_body, establish_council
from loype.bodies.contacts import contacts_of
from loype.bodies.models import Body, BodyKind, Seat
from loype.bodies.packing import establish_from_pack, load_pack, pack_names
from loype.bodies.querysets import in_force
from loype.bodies.rules import can_establish_body
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.web.bodies.forms import BodyForm
from loype.web.bodies.presenters import today
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


@login_required
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """The councils and groups of one's own, or all one may know of."""
    actor = actor_of(request)
    scope = "all" if request.GET.get("scope") == "all" else "mine"
    held = Seat.objects.visible_to(actor).held_on(today()).values("pk")
    bodies = (
        Body.objects.visible_to(actor)
        .exclude(state="closed")
        .select_related("organisation")
        .annotate(
            empty=Count(
                "seats", filter=Q(seats__closed_date=None) & ~Q(seats__in=held.values("pk"))
            )
        )
    )
    if scope == "mine":
        sits_on = sorted({seat.body_id for seat in actor.seats_held})
        mine = Q(organisation__in=sorted(actor.organisation_ids)) | Q(pk__in=sits_on)
        bodies = bodies.filter(mine)
    context = {
        "page": keyset_page(bodies, request=request, order=("name", "id")),
        "tabs": [("mine", _("Mine"), None), ("all", _("All I may see"), None)],
        "scope": scope,
        "may_set_up": _home(actor) is not None,
        "coordinates": sorted(actor.federation_ids),
    }
    return render(request, "bodies/list.html", context)


def _home(actor: Actor) -> int | None:
    """The organisation one acts in, where one may set bodies up there."""
    home = actor.organisation_id
    return home if home is not None and can_establish_body(actor, home) else None


@login_required
def body_new(request: HttpRequest) -> HttpResponse:
    """Set up a body in one's own organisation."""
    actor = actor_of(request)
    if _home(actor) is None:
        raise NotAllowed(_("Only the organisation itself sets up its bodies."))
    home = get_object_or_404(Organisation.objects.visible_to(actor), pk=_home(actor))
    federations = {
        str(one.pk): one
        for one in Federation.objects.visible_to(actor).filter(
            Q(coordinator=home) | in_force(today(), path="memberships__")
            & Q(memberships__organisation=home)
        ).distinct()
    }  # fmt: skip
    form = BodyForm(
        request.POST or None,
        actor=actor,
        federations=[(key, one.name) for key, one in federations.items()],
        packs=[(name, load_pack(name).title) for name in pack_names()],
        initial={"kind": request.GET.get("kind", "")},
    )
    made: list[Body] = []

    def act(said: dict[str, Any]) -> None:
        facts = said | {"federation": federations.get(said["federation"])}
        made.append(_establish(home, facts, actor=actor))

    if request.method == "POST" and carried_out(form, act):
        say(request, _("It is set up. Now fill its seats, then let it begin."))
        return HttpResponseRedirect(reverse("body_page", args=[made[0].pk]))
    context = {"form": form, "home": home}
    return render(request, "bodies/new.html", context, status=422 if form.is_bound else 200)


def _establish(home: Organisation, said: dict[str, Any], *, actor: Actor) -> Body:
    """Set the body up: from a pack, or bare."""
    pack, at = said.pop("pack"), now()
    if said["kind"] == BodyKind.INNOVATION_COUNCIL:
        for name in ("leader_party", "commission", "delivery", "ends_date"):
            said.pop(name)
    if pack:
        return establish_from_pack(home, pack=load_pack(pack), actor=actor, at=at, **said)
    if said["kind"] == BodyKind.INNOVATION_COUNCIL:
        said.pop("kind")
        return establish_council(home, actor=actor, at=at, **said)
    return establish_body(home, actor=actor, at=at, **said)


@login_required
@require_safe
def federation_contact(request: HttpRequest, federation_id: int) -> HttpResponse:
    """Who heads a federation and who coordinates it today, by their roles."""
    federation = get_object_or_404(
        Federation.objects.visible_to(actor_of(request)).select_related("coordinator"),
        pk=federation_id,
    )
    context = {
        "federation": federation,
        "contacts": contacts_of(federation, day=today()),
    }
    return render(request, "bodies/contact.html", context)
