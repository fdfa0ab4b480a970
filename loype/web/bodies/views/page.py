"""A body on a day: what is missing first, then who sits on it and when it meets."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loype.bodies.actions import activate_council, plan_meeting
from loype.bodies.as_of import people_on
from loype.bodies.models import Body, Meeting, Referral
from loype.bodies.rules import can_establish_body, can_prepare_meeting
from loype.councils.actions import close_body
from loype.councils.querysets_referrals import with_agenda_of
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.web.bodies.forms import DayForm, PlanForm
from loype.web.bodies.presenters import day_asked, load_body, rule_words, seat_lines, today
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render

MOST_REFERRED = 20
MOST_AHEAD = 4


@login_required
@require_safe
def body_page(request: HttpRequest, body_id: int) -> HttpResponse:
    """Who sits on it, what is missing, and when it meets; on any day one asks for."""
    return show(request, load_body(request, body_id))


def show(request: HttpRequest, body: Body, *, sent: PlanForm | None = None) -> HttpResponse:
    """The page, with the form that came back where there is one."""
    actor, day = actor_of(request), day_asked(request)
    then = people_on(body, day=day)
    may_set_up = can_establish_body(actor, body.organisation_id)
    meetings = Meeting.objects.visible_to(actor).filter(body=body).open_for_cases()
    left_open = [one for one in meetings if one.is_left_open(today())]
    may_prepare = can_prepare_meeting(actor, body=body)
    context: dict[str, Any] = {
        "body": body,
        "then": then,
        "is_now": day == today(),
        "day_form": DayForm(initial={"on": day}),
        "state_then": dict(Body.STATES)[then.state],
        "seats": seat_lines(then.seats),
        "rules": [(rule_words(rule), rule) for rule in then.rules],
        "stops": any(one.stops_meetings for one in then.missing),
        "meetings": [one for one in meetings if one not in left_open][:MOST_AHEAD],
        "left_open": left_open if may_prepare else [],
        "may_set_up": may_set_up,
        "may_begin": may_set_up
        and body.state == "draft"
        and not any(one.stops_beginning for one in then.missing),
        "may_plan": may_prepare and body.state == "active",
        "is_inside": actor.belongs_to(body.organisation_id) or actor.sits_on(body.pk),
        "plan_form": sent or PlanForm(),
        "referred": referred_to(body, actor=actor) if body.may_decide else [],
        "may_prepare": may_prepare,
    }
    return render(request, "bodies/page.html", context, status=422 if sent else 200)


def referred_to(body: Body, *, actor: Actor) -> list[Any]:
    """What was referred to the body and waits for it, the oldest first."""
    waiting = Referral.objects.visible_to(actor).filter(body=body, state="with_the_body")
    return list(with_agenda_of(waiting).order_by("asked_at", "pk")[:MOST_REFERRED])


def back_to(body: Body) -> HttpResponseRedirect:
    """The body's own page."""
    return HttpResponseRedirect(reverse("body_page", args=[body.pk]))


@login_required
@require_POST
def body_activate(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let the body begin its work."""
    body = activate_council(load_body(request, body_id), actor=actor_of(request), at=now())
    say(request, _("It has begun its work."))
    return back_to(body)


@login_required
@require_POST
def body_close(request: HttpRequest, body_id: int) -> HttpResponse:
    """End the body; its history stays."""
    body = close_body(load_body(request, body_id), actor=actor_of(request), at=now())
    say(request, _("It is closed. Its history stays."))
    return back_to(body)


@login_required
@require_POST
def body_meeting_plan(request: HttpRequest, body_id: int) -> HttpResponse:
    """Put a meeting of the body on the calendar."""
    body, form = load_body(request, body_id), PlanForm(request.POST)
    planned: list[Meeting] = []

    def act(said: dict[str, Any]) -> None:
        planned.append(plan_meeting(body, actor=actor_of(request), at=now(), **said))

    if not carried_out(form, act):
        return show(request, body, sent=form)
    say(request, _("The meeting is planned. Call it when the agenda is ready."))
    return HttpResponseRedirect(reverse("meeting_page", args=[planned[0].pk]))
