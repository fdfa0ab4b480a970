"""One seat and who holds it, and the federation's seats on its members' councils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.accounts.models import Person
from loype.bodies.actions import appoint_to_seat, appointing_words, close_seat, end_term
from loype.bodies.models import Body, Seat, SeatKind, Term
from loype.bodies.rules import can_appoint, can_establish_body
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.web.councils.forms import AppointForm
from loype.web.councils.presenters import SeatShown, colleagues, names, seats_shown
from loype.web.councils.views.setup import setup_address
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


def load_seat(request: HttpRequest, seat_id: int) -> Seat:
    """A seat of a council one may know of."""
    seats = Seat.objects.visible_to(actor_of(request)).select_related(
        "body__organisation", "body__federation", "party"
    )
    return get_object_or_404(seats, pk=seat_id)


def eligible(actor: Actor, seat: Seat) -> dict[str, Person]:
    """Who may hold the seat: those who work where it comes from."""
    return colleagues(actor, seat.home_id(seat.body), at=now())


def back_address(body: Body) -> str:
    """Where the seats of a body are listed: the council's own set-up, or the body's page."""
    if body.is_council:
        return setup_address(body.organisation_id)
    return reverse("body_page", args=[body.pk])


@login_required
def council_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Who holds the seat and held it, and appointing the next."""
    actor, seat = actor_of(request), load_seat(request, seat_id)
    may_appoint = can_appoint(actor, body=seat.body, seat=seat)
    if request.method == "POST" and not may_appoint:
        raise NotAllowed(appointing_words(seat))
    people = eligible(actor, seat) if may_appoint else {}
    form = AppointForm(
        request.POST or None,
        people=names(people),
        initial={"from_date": timezone.localdate(now())},
    )

    def act(said: dict[str, Any]) -> None:
        appoint_to_seat(seat, **(said | {"person": people[said["person"]]}), actor=actor, at=now())

    if request.method == "POST" and carried_out(form, act):
        say(request, _("Appointed. They see the council from that day on."))
        return HttpResponseRedirect(reverse("council_seat", args=[seat.pk]))
    terms = seat.terms.select_related("person").order_by("-from_date", "is_deputy", "-id")
    today = timezone.localdate(now())
    context = {
        "shown": SeatShown(seat=seat, holder=None, deputy=None),
        "terms": [(term, is_now(term, today)) for term in terms],
        "form": form,
        "may_appoint": may_appoint and seat.closed_date is None and seat.body.state != "closed",
        "may_close": can_establish_body(actor, seat.body.organisation_id)
        and not seat.is_leader
        and seat.kind != SeatKind.FEDERATION
        and seat.closed_date is None,
        "setup": back_address(seat.body),
    }
    return render(request, "councils/seat.html", context, status=422 if form.is_bound else 200)


def is_now(term: Term, today: Any) -> str:
    """Whether a term is over, holds now or lies ahead."""
    if term.to_date is not None and term.to_date < today:
        return "over"
    return "now" if term.from_date <= today else "ahead"


@login_required
@require_POST
def council_seat_close(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Take a member's seat away."""
    seat = close_seat(load_seat(request, seat_id), actor=actor_of(request), at=now())
    say(request, _("The seat is taken away."))
    return HttpResponseRedirect(back_address(seat.body))


@login_required
@require_POST
def council_term_end(request: HttpRequest, term_id: int) -> HttpResponse:
    """Let somebody step down today."""
    term = get_object_or_404(Term.objects.visible_to(actor_of(request)), pk=term_id)
    end_term(term, to_date=timezone.localdate(now()), actor=actor_of(request), at=now())
    say(request, _("They step down at the end of today."))
    return HttpResponseRedirect(reverse("council_seat", args=[term.seat_id]))


@dataclass(frozen=True)
class MemberShown:
    """A member of the federation with the federation's seat on its council."""

    organisation: Organisation
    body: Body | None
    seat: SeatShown | None


@login_required
def federation_seats(request: HttpRequest) -> HttpResponse:
    """For the federation's coordinator: its members' councils and who sits there for it."""
    actor = actor_of(request)
    coordinated = sorted(actor.coordinated_federation_ids)
    if not coordinated:
        raise Http404
    today = timezone.localdate(now())
    members = list(
        Organisation.objects.visible_to(actor)
        .filter(
            Q(federation_memberships__to_date=None) | Q(federation_memberships__to_date__gte=today),
            kind="municipality",
            federation_memberships__federation__in=coordinated,
            federation_memberships__from_date__lte=today,
        )
        .order_by("name", "pk")
        .distinct()
    )
    seats = list(
        Seat.objects.visible_to(actor)
        .standing()
        .filter(
            kind=SeatKind.FEDERATION,
            body__kind="innovation_council",
            body__federation__in=coordinated,
        )
        .exclude(body__state="closed")
        .select_related("body")
        .order_by("body__state", "body_id")
    )
    terms = (
        Term.objects.visible_to(actor)
        .filter(seat__in=seats, from_date__lte=today)
        .on_or_after(today)
        .select_related("person")
    )
    shown = {one.seat.body_id: one for one in seats_shown(seats, terms)}
    rows = [row for member in members for row in rows_of(member, seats, shown)]
    empty = sum(1 for row in rows if row.seat is not None and row.seat.holder is None)
    return render(request, "councils/federation.html", {"rows": rows, "empty": empty})


def rows_of(
    member: Organisation, seats: list[Seat], shown: dict[int, SeatShown]
) -> list[MemberShown]:
    """A member once for each council it has or sets up; once where it has none."""
    bodies = [seat.body for seat in seats if seat.body.organisation_id == member.pk]
    if not bodies:
        return [MemberShown(member, None, None)]
    return [MemberShown(member, body, shown[body.pk]) for body in bodies]
