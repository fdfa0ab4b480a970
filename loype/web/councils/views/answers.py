"""The written procedure: what waits for one's answer, and answering it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.models import Meeting
from loype.bodies.rules import can_prepare_meeting
from loype.councils.actions import cast_vote, count_answers, uncounted
from loype.councils.meeting_labels import Choice
from loype.councils.models import AgendaItem
from loype.kernel.clock import now
from loype.web.councils.meeting_parts import item_work, title_of, voices
from loype.web.councils.views.items import room_meeting
from loype.web.councils.views.meetings import back_to
from loype.web.shared.acting import actor_of
from loype.web.shared.middleware import say
from loype.web.shared.parts.states import sentence
from loype.web.shared.render import render

MOST = 50


@login_required
def answer_list(request: HttpRequest) -> HttpResponse:
    """Written procedures that are open on the bodies one sits on, the nearest day first."""
    actor = actor_of(request)
    bodies = sorted(seat.body_id for seat in actor.seats_held)
    waiting = (
        Meeting.objects.visible_to(actor)
        .filter(body__in=bodies, state="called", answer_by__gte=localdate(now()))
        .select_related("body")
        .order_by("answer_by", "id")[:MOST]
    )
    return render(request, "councils/answer_list.html", {"meetings": list(waiting)})


@login_required
def meeting_answer(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Everything a written procedure asks, each with one's own vote."""
    meeting, actor = room_meeting(request, meeting_id), actor_of(request)
    items = (
        AgendaItem.objects.visible_to(actor)
        .filter(meeting=meeting)
        .on_agenda()
        .select_related("case__idea", "paper")
        .prefetch_related("proposals__votes", "dissents", "interests__stand_in")
        .defer("case__idea__words")
    )
    called = voices(meeting)
    asked = [
        (title_of(item), item_work(meeting, item, actor=actor, called=called))
        for item in items[:MOST]
    ]
    context: dict[str, Any] = {
        "meeting": meeting,
        "asked": asked,
        "mine": asked[0][1].mine if asked else None,
        "is_open": meeting.is_in_writing
        and meeting.state == "called"
        and meeting.answer_by is not None
        and localdate(now()) <= meeting.answer_by,
        "choices": [(value, sentence(str(label))) for value, label in Choice.choices],
        "may_count": can_prepare_meeting(actor, body=meeting.body),
    }
    return render(request, "councils/answer.html", context)


@login_required
@require_POST
def proposal_answer(
    request: HttpRequest, meeting_id: int, item_id: int, proposal_id: int
) -> HttpResponse:
    """Vote for one's own seat."""
    meeting, actor = room_meeting(request, meeting_id), actor_of(request)
    items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).on_agenda()
    item = get_object_or_404(items, pk=item_id)
    proposal = get_object_or_404(item.proposals.all(), pk=proposal_id)
    cast_vote(proposal, choice=request.POST.get("choice", ""), actor=actor, at=now())
    say(request, _("Your vote is kept. You may change it until the day is over."))
    address = reverse("meeting_answer", args=[meeting.pk])
    return HttpResponseRedirect(f"{address}#proposal-{proposal.pk}")


@login_required
@require_POST
def meeting_count(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Count the answers, when all have answered or the day is over."""
    meeting = room_meeting(request, meeting_id)
    count_answers(meeting, actor=actor_of(request), at=now())
    if uncounted(meeting).exists():
        told = _("Counted, but too few have answered about some. Withdraw those, or meet on them.")
    else:
        told = _("The answers are counted. Write the decisions down, then close it.")
    say(request, told)
    return back_to(meeting)
