"""Setting up a council: its seats, beginning and ending its work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.actions import activate_council, add_seat, establish_council
from loype.bodies.models import Body, Seat, Term
from loype.bodies.rules import can_establish_body
from loype.councils.actions import close_body
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.web.councils.forms import EstablishForm, SeatForm
from loype.web.councils.presenters import SeatShown, seats_shown
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@dataclass(frozen=True)
class BodyShown:
    """A council with its seats and what it still lacks."""

    body: Body
    seats: list[SeatShown]

    @property
    def lacks_federation(self) -> bool:
        """Whether nobody holds the federation's seat."""
        return not any(one.is_filled_federation for one in self.seats)

    @property
    def lacks_leader(self) -> bool:
        """Whether nobody leads it."""
        return not any(one.seat.is_leader and one.holder for one in self.seats)

    @property
    def is_ready(self) -> bool:
        """Whether it may begin its work."""
        return self.body.state == "draft" and not self.lacks_federation and not self.lacks_leader

    @property
    def disciplines(self) -> str:
        """The disciplines around the table."""
        return ", ".join(sorted({one.seat.discipline for one in self.seats if one.seat.discipline}))


def home_of(request: HttpRequest) -> int:
    """The organisation whose council is meant: the one asked for, else one's own."""
    actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    if not asked:
        if actor.organisation_id is None:
            raise Http404
        return actor.organisation_id
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    if int(asked) not in actor.organisation_ids | actor.neighbour_ids:
        raise Http404
    return int(asked)


def setup_address(organisation_id: int) -> str:
    """Where an organisation's council is set up."""
    return f"{reverse('council_setup')}?organisation={organisation_id}"


@login_required
def council_setup(request: HttpRequest) -> HttpResponse:
    """The council, its seats and who holds them, and what it lacks."""
    return show_setup(request, home_of(request))


def show_setup(
    request: HttpRequest,
    organisation_id: int,
    *,
    sent: EstablishForm | SeatForm | None = None,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=organisation_id)
    bodies = bodies_of(actor, organisation_id)
    may_set_up = can_establish_body(actor, organisation_id)
    federations = federations_of(organisation) if may_set_up else []
    working = [one for one in bodies if one.body.state != "closed"]
    context: dict[str, Any] = {
        "organisation": organisation,
        "working": working,
        "closed": [one.body for one in bodies if one.body.state == "closed"],
        "may_set_up": may_set_up,
        "coordinated": actor.coordinated_federation_ids,
        "federations": federations,
        "may_establish": may_set_up
        and not any(one.body.state == "draft" for one in working)
        and bool(federations),
        "in_room": organisation_id in actor.council_room_ids,
        "establish_form": sent if isinstance(sent, EstablishForm) else establish_form(federations),
        "seat_form": sent if isinstance(sent, SeatForm) else SeatForm(),
    }
    return render(request, "councils/setup.html", context, status=422 if sent else 200)


def establish_form(federations: list[Federation], data: Any = None) -> EstablishForm:
    """The form for a new council."""
    return EstablishForm(data, federations=[(one.pk, one.name) for one in federations])


def federations_of(organisation: Organisation) -> list[Federation]:
    """The federations an organisation is a member of today."""
    today = timezone.localdate(now())
    found = organisation.federation_memberships.filter(from_date__lte=today).exclude(
        to_date__lt=today
    )
    return [one.federation for one in found.select_related("federation").order_by("id")]


def bodies_of(actor: Actor, organisation_id: int) -> list[BodyShown]:
    """Every council the organisation has or had, the newest first."""
    today = timezone.localdate(now())
    bodies = list(
        Body.objects.visible_to(actor)
        .filter(organisation=organisation_id, kind="innovation_council")
        .select_related("federation")
        .order_by("-id")
    )
    seats = list(Seat.objects.visible_to(actor).standing().filter(body__in=bodies))
    terms = list(
        Term.objects.visible_to(actor)
        .filter(seat__in=seats, from_date__lte=today)
        .on_or_after(today)
        .select_related("person")
    )
    return [
        BodyShown(body, seats_shown([one for one in seats if one.body_id == body.pk], terms))
        for body in bodies
    ]


def load_body(request: HttpRequest, body_id: int) -> Body:
    """A council one may know of."""
    return get_object_or_404(Body.objects.visible_to(actor_of(request)), pk=body_id)


@login_required
@require_POST
def council_establish(request: HttpRequest) -> HttpResponse:
    """Establish a council in one's own organisation, to be filled and then begun."""
    actor, home = actor_of(request), home_of(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(actor), pk=home)
    federations = federations_of(organisation)
    form = establish_form(federations, request.POST)
    chosen = {str(one.pk): one for one in federations}
    if not can_establish_body(actor, home):
        raise NotAllowed(_("Only the organisation itself sets up its council."))
    done = carried_out(
        form,
        lambda said: establish_council(
            organisation,
            name=said["name"],
            federation=chosen[said["federation"]],
            decision_reference=said["decision_reference"],
            actor=actor,
            at=now(),
        ),
    )
    if not done:
        return show_setup(request, home, sent=form)
    say(request, _("The council is established. Fill its seats, then let it begin."))
    return HttpResponseRedirect(setup_address(home))


@login_required
@require_POST
def council_seat_add(request: HttpRequest, body_id: int) -> HttpResponse:
    """Add a member's seat."""
    body, form = load_body(request, body_id), SeatForm(request.POST)
    done = carried_out(form, lambda said: add_seat(body, actor=actor_of(request), at=now(), **said))
    if not done:
        return show_setup(request, body.organisation_id, sent=form)
    say(request, _("The seat is there. Now appoint somebody to it."))
    return HttpResponseRedirect(setup_address(body.organisation_id))


@login_required
@require_POST
def council_activate(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let the council begin."""
    body = activate_council(load_body(request, body_id), actor=actor_of(request), at=now())
    say(request, _("The council is active. All waiting ideas are now its cases."))
    return HttpResponseRedirect(setup_address(body.organisation_id))


@login_required
@require_POST
def council_close(request: HttpRequest, body_id: int) -> HttpResponse:
    """End the council."""
    body = close_body(load_body(request, body_id), actor=actor_of(request), at=now())
    say(request, _("The council is closed. Its cases go on with the named decider."))
    return HttpResponseRedirect(setup_address(body.organisation_id))
