"""The live meeting: one case fills the screen, and the decision reads as a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.models import Meeting
from loype.bodies.rules import can_enter_council_room, can_prepare_meeting
from loype.councils.actions import deciding_words
from loype.councils.models import AgendaItem, Case, NeedElsewhere
from loype.councils.rules import can_decide
from loype.ideas.rules import shows_giver
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.web.councils.deciding import (
    decide,
    decision_form,
    decisions_of,
    finished_trials,
    has_already,
    merge_choices,
)
from loype.web.councils.forms import DecisionForm
from loype.web.councils.meeting_parts import item_work
from loype.web.councils.presenters import colleagues, queue_row
from loype.web.councils.views.items import room_item, room_meeting
from loype.web.councils.work import matters_of, work_forms
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.shared.reuse import kept_answer, seen_by


def load_live(request: HttpRequest, meeting_id: int) -> tuple[Meeting, list[AgendaItem]]:
    """A meeting of a room one may enter, or of a body one sits on, with its agenda."""
    actor = actor_of(request)
    rooms = Meeting.objects.visible_to(actor).entered_by(actor).filter(pk=meeting_id)
    items: list[Any] = list(
        AgendaItem.objects.visible_to(actor)
        .filter(meeting__in=rooms)
        .on_agenda()
        .with_matters(now().date())
        .select_related("meeting__body", "meeting__organisation")
        .select_related("case__idea__giver", "case__idea__unit", "case__responsible")
        .select_related("case__idea__reuse", "paper", "referral")
        .defer("case__idea__words")
    )
    if not items:
        return room_meeting(request, meeting_id), []
    meeting = items[0].meeting
    meeting.matters = items[0].matters
    for item in items:
        item.meeting = meeting
        if item.case is not None:  # a meeting's cases are its own organisation's
            item.case.organisation = meeting.organisation
    return meeting, items


def place_of(items: list[AgendaItem], *, case: str = "", item: str = "") -> int:
    """Which item fills the screen: the one asked for, else the first that is not done."""
    for place, one in enumerate(items):
        if (item and str(one.pk) == item) or (case and str(one.case_id) == case):
            return place
    if item or case:
        raise Http404
    waiting = (place for place, one in enumerate(items) if not is_done(one))
    return next(waiting, 0)


def is_done(item: AgendaItem) -> bool:
    """Whether a case is decided, or a matter concluded."""
    return item.concluded_at is not None if item.case is None else item.case.state == "decided"


@login_required
def meeting_live(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One case at a time, with the decision form."""
    meeting, items = load_live(request, meeting_id)
    if not items:
        in_room = can_enter_council_room(actor_of(request), meeting.organisation_id)
        return render(request, "councils/live_empty.html", {"meeting": meeting, "in_room": in_room})
    place = place_of(items, case=request.GET.get("case", ""), item=request.GET.get("item", ""))
    return show_live(request, meeting, items, place=place)


def show_live(
    request: HttpRequest,
    meeting: Meeting,
    items: list[AgendaItem],
    *,
    place: int,
    sent: DecisionForm | None = None,
) -> HttpResponse:
    """The page for the item at a place of the agenda."""
    context = live_frame(request, meeting, items, place=place)
    case = items[place].case
    if case is not None:
        context |= live_case(request, meeting, case, sent=sent)
    return render(request, "councils/live.html", context, status=422 if sent else 200)


def live_frame(
    request: HttpRequest, meeting: Meeting, items: list[AgendaItem], *, place: int
) -> dict[str, Any]:
    """What every item shows: where one is on the agenda, who is there, proposals and votes."""
    actor, item = actor_of(request), items[place]
    work = item_work(meeting, item, actor=actor)
    may_prepare = can_prepare_meeting(actor, body=meeting.body)
    return {
        "meeting": meeting,
        "items": items,
        "item": item,
        "case": item.case,
        "title": item.shown_title,
        "paper": getattr(item, "paper", None),
        "number": place + 1,
        "before": items[place - 1] if place > 0 else None,
        "after": items[place + 1] if place + 1 < len(items) else None,
        "work": work,
        "voices": work.voices,
        "may_prepare": may_prepare,
        "back": "live",
        **work_forms(work, may_prepare=may_prepare, matters=matters_of(meeting)),
    }


def live_case(
    request: HttpRequest, meeting: Meeting, case: Case, *, sent: DecisionForm | None
) -> dict[str, Any]:
    """What a case shows beside: its idea, what was decided, who has it already, the form."""
    actor, at = actor_of(request), now()
    decisions = decisions_of(case)
    recorded = next((one for one in decisions if one.meeting_id == meeting.pk), None)
    similar = has_already(actor, case, decisions)
    context: dict[str, Any] = {
        "row": queue_row(case, organisation=meeting.organisation, at=at),
        "is_giver_shown": shows_giver(actor, case.idea),
        "recorded": recorded,
        "earlier": [one for one in decisions if one is not recorded],
        "similar": similar,
        "reuse": kept_answer(case.idea),
        "may_decide": may_decide(actor, meeting),
    }
    if not context["may_decide"]:  # those who decide tick it in the form
        context["elsewhere"] = told_elsewhere(actor, case, at=at)
    trials = finished_trials(decisions)
    if sent is not None:
        sent.offer(ideas=merge_choices(case, similar, actor=actor), trials=trials)
        context["form"] = sent
    elif context["may_decide"] and case.state != "closed":
        people = colleagues(actor, meeting.organisation_id, at=at)
        context["form"] = decision_form(
            None, case=case, people=people, similar=similar, trials=trials, actor=actor,
            matters=matters_of(meeting),
        )  # fmt: skip
    return context


def told_elsewhere(actor: Actor, case: Case, *, at: datetime) -> list[NeedElsewhere]:
    """The same need before other councils, as far as this person may read it."""
    told = NeedElsewhere.objects.visible_to(actor).filter(case=case, ended_at=None)
    rows = told.shared(day=at.date()).select_related("other__organisation", "other__idea")
    return list(rows.defer("other__idea__words", "other__idea__text"))


def may_decide(actor: Actor, meeting: Meeting) -> bool:
    """Whether this person writes decisions down in this meeting now."""
    return meeting.state == "called" and can_decide(
        actor, meeting.organisation_id, council=meeting.body
    )


@login_required
@require_POST
def meeting_decide(request: HttpRequest, meeting_id: int, case_id: int) -> HttpResponse:
    """Write down what the meeting decided about a case."""
    actor, at = actor_of(request), now()
    item = room_item(request, meeting_id, case=case_id)
    meeting, case = item.meeting, item.case
    assert case is not None  # it was asked for by its case
    if not can_decide(actor, meeting.organisation_id, council=meeting.body):
        raise NotAllowed(deciding_words(meeting.body))
    people = colleagues(actor, meeting.organisation_id, at=at)
    trials = finished_trials(decisions_of(case)) if request.POST.get("trial") else []
    form = decision_form(
        request, case=case, people=people, similar=[], trials=trials, actor=actor,
        matters=matters_of(meeting),
    )  # fmt: skip
    done = carried_out(
        form,
        lambda said: decide(
            case, said, people=people, actor=actor, at=at, meeting=meeting, seen=seen_by(request)
        ),
    )
    if not done:
        meeting, items = load_live(request, meeting_id)
        return show_live(
            request, meeting, items, place=place_of(items, item=str(item.pk)), sent=form
        )
    say(request, _("Decided. The giver is told, with your reasons."))
    address = reverse("meeting_live", args=[meeting.pk])
    return HttpResponseRedirect(f"{address}?case={case.pk}#decision")
