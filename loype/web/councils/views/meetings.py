"""Planning, calling, cancelling and closing meetings, and approving their minutes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.actions import call_meeting, plan_meeting
from loype.bodies.models import Body, Meeting, MeetingCall, Seat, Term
from loype.bodies.rules import (
    can_approve_minutes,
    can_enter_council_room,
    can_enter_meeting,
    can_prepare_meeting,
)
from loype.councils.actions import (
    approve_minutes,
    move_agenda_item,
    papers_due,
    take_off_agenda,
)
from loype.councils.models import AgendaItem, Decision
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.trail.handovers import call_off_meeting, end_meeting
from loype.web.councils.forms import CancelForm, MinutesForm
from loype.web.councils.meeting_forms import MatterForm, MeetingPlanForm, ReplyForm
from loype.web.councils.meeting_parts import Voice, voices
from loype.web.councils.presenters import SeatShown, seats_shown
from loype.web.councils.views.room import chosen_room
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render


def load_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """A meeting of one's own organisation or of a room one may enter."""
    meetings = Meeting.objects.visible_to(actor_of(request))
    return get_object_or_404(meetings.select_related("body", "organisation"), pk=meeting_id)


def back_to(meeting: Meeting) -> HttpResponseRedirect:
    """The meeting again, after an act."""
    return HttpResponseRedirect(reverse("meeting_page", args=[meeting.pk]))


@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """All meetings of a council, newest first."""
    actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    home = int(asked) if asked.isdecimal() and len(asked) < 18 else actor.organisation_id
    meetings = Meeting.objects.visible_to(actor).filter(organisation=home)
    page = keyset_page(
        meetings.select_related("body"), request=request, order=("-starts_at", "-id")
    )
    return render(request, "councils/meetings.html", {"page": page, "home": home})


@login_required
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Put a meeting on the calendar."""
    actor, room = actor_of(request), chosen_room(request)
    council = get_object_or_404(
        Body.objects.visible_to(actor).councils().active().select_related("organisation"),
        organisation=room,
    )
    form = MeetingPlanForm(request.POST or None)
    planned: list[Meeting] = []

    def act(said: dict[str, Any]) -> None:
        filled = {name: value for name, value in said.items() if value not in ("", None)}
        planned.append(plan_meeting(council, actor=actor, at=now(), **filled))

    if request.method == "POST" and carried_out(form, act):
        say(request, _("The meeting is planned. Call it when the agenda is ready."))
        return back_to(planned[0])
    context = {
        "form": form,
        "council": council,
        "may_plan": can_prepare_meeting(actor, body=council),
    }
    return render(request, "councils/meeting_new.html", context, status=form_status(form))


def form_status(form: Any) -> int:
    """422 for a form that came back, else 200."""
    return 422 if form.is_bound and form.errors else 200


@login_required
def meeting_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda, who is called, what was decided, and what may be done now."""
    return show_meeting(request, load_meeting(request, meeting_id))


def show_meeting(
    request: HttpRequest, meeting: Meeting, *, sent: CancelForm | MinutesForm | None = None
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    inside = can_enter_meeting(actor, meeting=meeting)
    items = agenda_of(actor, meeting)
    decisions = decisions_in(actor, meeting)
    attending = voices(meeting) if inside and meeting.state == "called" else []
    seats = [one.shown() for one in attending] or seats_of(actor, meeting)
    may_prepare = can_prepare_meeting(actor, body=meeting.body)
    context: dict[str, Any] = {
        "meeting": meeting,
        "in_room": can_enter_council_room(actor, meeting.organisation_id),
        "inside": inside,
        "items": [(item, decisions.get(item.case_id or 0)) for item in items],
        "seats": seats,
        "is_federation_empty": not any(one.is_filled_federation for one in seats),
        "may_prepare": may_prepare,
        "may_change_agenda": may_prepare and meeting.state in ("planned", "called"),
        "may_approve": meeting.state == "held" and can_approve_minutes(actor, meeting=meeting),
        "has_decided": bool(decisions),
        "voices": attending,
        "present": sum(one.call.is_present and one.call.has_vote for one in attending),
        "papers_due": papers_due(meeting) if may_prepare else None,
        "mine": voice_of(actor, attending),
        "reply_form": ReplyForm(),
        "matter_form": MatterForm(),
        "cancel_form": sent if isinstance(sent, CancelForm) else CancelForm(),
        "minutes_form": sent
        if isinstance(sent, MinutesForm)
        else MinutesForm(seats=not_written_down(seats)),
    }
    return render(request, "councils/meeting.html", context, status=422 if sent else 200)


def not_written_down(seats: list[SeatShown]) -> list[tuple[int, str]]:
    """The seats to ask about when the meeting ends; none where it was written down who came."""
    if any(one.attended is not None for one in seats):
        return []
    return [(one.seat.pk, one.words) for one in seats]


def voice_of(actor: Actor, attending: list[Voice]) -> Voice | None:
    """The seat that this person holds or is deputy of."""
    found = (one for one in attending if actor.person_id in [who.pk for who in one.people])
    return next(found, None)


def agenda_of(actor: Actor, meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, as far as this person may read it."""
    items = list(
        AgendaItem.objects.visible_to(actor)
        .filter(meeting=meeting)
        .on_agenda()
        .select_related("case__idea", "case__responsible", "paper")
        .defer("case__idea__words", "case__idea__text")
    )
    for item in items:
        item.meeting = meeting
    return items


def decisions_in(actor: Actor, meeting: Meeting) -> dict[int, Decision]:
    """The meeting's decisions by case; the last one where it decided twice."""
    found = Decision.objects.visible_to(actor).filter(meeting=meeting).order_by("decided_at", "id")
    return {
        one.case_id: one
        for one in found.select_related("case__idea").defer("case__idea__words", "case__idea__text")
    }


def seats_of(actor: Actor, meeting: Meeting) -> list[SeatShown]:
    """The seats that are called (or will be), who holds them that day, and who came."""
    day = timezone.localdate(meeting.starts_at)
    terms = Term.objects.visible_to(actor).filter(from_date__lte=day).on_or_after(day)
    if meeting.state == "planned":
        seats = list(Seat.objects.visible_to(actor).filter(body=meeting.body_id).standing())
        calls: list[MeetingCall] = []
    else:
        rows = meeting.calls.select_related("seat", "attended_by")
        calls = list(rows.order_by("seat__kind", "seat_id"))
        seats = [call.seat for call in calls]
    held = terms.filter(seat__body=meeting.body_id).select_related("person")
    return seats_shown(seats, held, calls=calls)


@login_required
@require_POST
def meeting_call(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Call everybody who holds a seat."""
    meeting = call_meeting(load_meeting(request, meeting_id), actor=actor_of(request), at=now())
    say(request, _("The meeting is called. Everybody who holds a seat is told."))
    return back_to(meeting)


@login_required
@require_POST
def meeting_cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Call a meeting off and say why."""
    meeting, form = load_meeting(request, meeting_id), CancelForm(request.POST)
    done = carried_out(
        form,
        lambda said: call_off_meeting(meeting, actor=actor_of(request), at=now(), **said),
    )
    if not done:
        return show_meeting(request, meeting, sent=form)
    say(request, _("The meeting is called off. Its cases are back in the queue."))
    return back_to(meeting)


@login_required
@require_POST
def meeting_close(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """End a meeting with its minutes and who came."""
    meeting, actor = load_meeting(request, meeting_id), actor_of(request)
    seats = seats_of(actor, meeting)
    form = MinutesForm(request.POST, seats=not_written_down(seats))
    done = carried_out(
        form,
        lambda said: end_meeting(
            meeting,
            actor=actor,
            at=now(),
            minutes=said["minutes"],
            attended=[int(seat) for seat in said.get("attended", ())],
        ),
    )
    if not done:
        return show_meeting(request, meeting, sent=form)
    say(request, _("The meeting is over. What it did not decide is back in the queue."))
    return back_to(meeting)


@login_required
@require_POST
def meeting_approve(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Approve the minutes: the decisions are locked."""
    meeting = approve_minutes(load_meeting(request, meeting_id), actor=actor_of(request), at=now())
    say(request, _("The minutes are approved and the decisions are locked."))
    return back_to(meeting)


def load_item(request: HttpRequest, meeting_id: int, item_id: int) -> AgendaItem:
    """A case on a meeting's agenda."""
    actor = actor_of(request)
    items = AgendaItem.objects.visible_to(actor).filter(
        meeting__in=Meeting.objects.visible_to(actor).filter(pk=meeting_id)
    )
    return get_object_or_404(items.select_related("meeting__body", "case"), pk=item_id)


@login_required
@require_POST
def meeting_item_move(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Let a case change places with the one before or after it."""
    item = load_item(request, meeting_id, item_id)
    if request.POST.get("way") not in ("up", "down"):
        raise Http404
    upwards = request.POST["way"] == "up"
    move_agenda_item(item, upwards=upwards, actor=actor_of(request), at=now())
    return HttpResponseRedirect(f"{reverse('meeting_page', args=[meeting_id])}#agenda")


@login_required
@require_POST
def meeting_item_remove(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Take an item off the agenda; a case goes back to the queue."""
    item = load_item(request, meeting_id, item_id)
    take_off_agenda(item, actor=actor_of(request), at=now())
    if item.case_id is None:
        say(request, _("It is off the agenda."))
    else:
        say(request, _("It is off the agenda and waits in the queue as before."))
    return HttpResponseRedirect(f"{reverse('meeting_page', args=[meeting_id])}#agenda")
