"""The call and its answers: who comes, who is there, another time, and the calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.actions import move_meeting, register_attendance, reply_to_call
from loype.bodies.rules import can_prepare_meeting
from loype.councils.meeting_calendar import calendar_file
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.web.councils.meeting_forms import MeetingChangeForm, ReplyForm
from loype.web.councils.meeting_parts import voices
from loype.web.councils.views.items import room_meeting
from loype.web.councils.views.meetings import back_to, form_status, load_meeting
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render


@login_required
@require_POST
def meeting_reply(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Say whether one comes; the deputy is called when one cannot."""
    meeting, actor = room_meeting(request, meeting_id), actor_of(request)
    form = ReplyForm(request.POST)
    mine = next(
        (one for one in voices(meeting) if actor.person_id in [who.pk for who in one.people]), None
    )
    if mine is None:
        raise NotAllowed(_("Only who holds the seat, or its deputy, answers the call."))
    if not form.is_valid():
        raise Http404
    reply = form.cleaned_data["reply"]
    reply_to_call(mine.call, reply=reply, actor=actor, at=now())
    say(
        request,
        _("Thank you. Your deputy is told.") if reply == "absent" else _("Thank you, noted."),
    )
    return back_to(meeting)


@login_required
@require_POST
def meeting_attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write down who is there now."""
    meeting = room_meeting(request, meeting_id)
    present = {}
    for voice in voices(meeting):
        said = request.POST.get(f"seat-{voice.call.seat_id}", "")
        if said.isdecimal() and len(said) < 18:
            present[voice.call.seat_id] = int(said)
    register_attendance(meeting, present=present, actor=actor_of(request), at=now())
    say(request, _("Attendance is written down."))
    item = request.POST.get("item", "")
    if item.isdecimal():
        address = reverse("meeting_live", args=[meeting.pk])
        response = HttpResponse(status=302)
        response["Location"] = f"{address}?item={item}#work"
        return response
    return back_to(meeting)


@login_required
def meeting_change(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Another time or place; those who are called get the change in their calendars."""
    meeting, actor = room_meeting(request, meeting_id), actor_of(request)
    if not can_prepare_meeting(actor, body=meeting.body):
        raise NotAllowed(_("Only the council's leader and secretary prepare its meetings."))
    first = {
        "version": meeting.version, "starts_at": timezone.localtime(meeting.starts_at),
        "lasts_minutes": meeting.lasts_minutes, "place": meeting.place,
        "answer_by": meeting.answer_by,
    }  # fmt: skip
    form = MeetingChangeForm(request.POST or None, initial=first)
    if request.method == "POST" and carried_out(
        form, lambda said: move_meeting(meeting, actor=actor, at=now(), **said)
    ):
        say(request, _("Changed. Those who are called get it in their calendars."))
        return back_to(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "councils/meeting_change.html", context, status=form_status(form))


@login_required
def meeting_calendar(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The meeting as a file for one's calendar."""
    meeting = load_meeting(request, meeting_id)
    address = f"{settings.SITE_ADDRESS}{reverse('meeting_page', args=[meeting.pk])}"
    response = HttpResponse(
        calendar_file(meeting, address=address, at=now()), content_type="text/calendar"
    )
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting.pk}.ics"'
    return response
