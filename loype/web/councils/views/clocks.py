"""Time in the council's room: the forecast, the proposed meeting, and what is promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.bodies.models import Body
from loype.bodies.rules import can_prepare_meeting
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.organisations.models import Organisation
from loype.trail.clocks.load import read_load
from loype.trail.clocks.planning import plan_proposed
from loype.trail.clocks.reading import read_clocks
from loype.trail.clocks.targets import DAYS, can_set_targets, set_targets
from loype.trail.models import ServiceTarget
from loype.web.councils.clock_forms import TargetsForm
from loype.web.councils.clocks import forecast_rows, proposal_shown
from loype.web.councils.presenters import colleagues, names
from loype.web.councils.views.room import chosen_room
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_ROWS = 50


def room_or_404(request: HttpRequest) -> Organisation:
    """The organisation whose room is meant; 404 when one may not enter it."""
    room = chosen_room(request)
    if room is None:
        raise Http404
    return get_object_or_404(Organisation.objects.visible_to(actor_of(request)), pk=room)


def council_here(request: HttpRequest, organisation_id: int) -> Body:
    """The active council of a room; 404 where the named decider decides."""
    bodies = Body.objects.visible_to(actor_of(request)).active()
    return get_object_or_404(bodies, organisation=organisation_id, kind="innovation_council")


@login_required
@require_safe
def council_clocks(request: HttpRequest) -> HttpResponse:
    """Which cases pass their limit, what is proposed, and who has how much."""
    organisation, at = room_or_404(request), now()
    clocks = read_clocks(organisation.pk, at=at)
    council = clocks.body
    may_plan = council is not None and can_prepare_meeting(actor_of(request), body=council)
    rows = forecast_rows(clocks, most=None if request.GET.get("all") == "yes" else MOST_ROWS)
    context = {
        "organisation": organisation,
        "clocks": clocks,
        "council": council,
        "proposal": proposal_shown(clocks) if may_plan else None,
        "rows": rows,
        "left_out": len(clocks.expected) - len(rows),
        "count": len(clocks.expected),
        "load": read_load(organisation.pk, day=clocks.today),
    }
    return render(request, "councils/clocks.html", context)


@login_required
@require_POST
def council_plan_proposed(request: HttpRequest) -> HttpResponse:
    """Plan what the forecast proposes, with the cases on its agenda: one press."""
    organisation, at = room_or_404(request), now()
    council = council_here(request, organisation.pk)
    meeting = plan_proposed(
        council,
        form=request.POST.get("form", ""),
        day=day_sent(request.POST.get("day", "")),
        actor=actor_of(request),
        at=at,
    )
    say(request, _("It is planned, with the cases on its agenda. Call it when all is ready."))
    return HttpResponseRedirect(reverse("meeting_page", args=[meeting.pk]))


def day_sent(text: str) -> date:
    """A day as a button sends it."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise BadInput({"day": _("This is not a day.")}) from problem


@login_required
@require_safe
def council_targets(request: HttpRequest) -> HttpResponse:
    """What the council promises, now, before and later."""
    return show_targets(request, room_or_404(request))


def show_targets(
    request: HttpRequest, organisation: Organisation, *, sent: TargetsForm | None = None
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, at = actor_of(request), now()
    council = council_here(request, organisation.pk)
    clocks = read_clocks(organisation.pk, at=at, most=1)
    people = colleagues(actor, organisation.pk, at=at)
    targets = ServiceTarget.objects.visible_to(actor).filter(body=council)
    started = {name: getattr(clocks.targets_now, name) for name in DAYS}
    stand_in = clocks.targets_now.stand_in_id or ""
    form = sent or TargetsForm(
        people=names(people),
        initial={
            **started,
            "valid_from": clocks.today,
            "stand_in": stand_in,
            "cases_a_meeting": clocks.targets_now.cases_a_meeting,
        },
    )
    context: dict[str, Any] = {
        "organisation": organisation,
        "council": council,
        "targets": list(targets.select_related("stand_in")),
        "now": clocks.targets_now,
        "today": clocks.today,
        "form": form,
        "may_set": can_set_targets(actor, council),
    }
    return render(request, "councils/targets.html", context, status=422 if sent else 200)


@login_required
@require_POST
def council_targets_set(request: HttpRequest) -> HttpResponse:
    """Promise something else from a day on."""
    organisation, actor, at = room_or_404(request), actor_of(request), now()
    council = council_here(request, organisation.pk)
    people = colleagues(actor, organisation.pk, at=at)
    form = TargetsForm(request.POST, people=names(people))
    done = carried_out(
        form,
        lambda said: set_targets(
            council,
            **{**said, "stand_in": people.get(said["stand_in"])},
            actor=actor,
            at=at,
        ),
    )
    if not done:
        return show_targets(request, organisation, sent=form)
    say(request, _("It is set. Cases that wait already keep what was promised to them."))
    address = reverse("council_targets")
    return HttpResponseRedirect(f"{address}?organisation={organisation.pk}")
