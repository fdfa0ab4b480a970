"""One case: the idea's words, who follows it up, the way to a meeting, and its decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.bodies.models import Body, Meeting
from loype.councils.actions import (
    appoint_responsible,
    current_council,
    deciding_words,
    put_on_agenda,
    refuse_unless_preparing,
)
from loype.councils.models import Case
from loype.councils.rules import can_decide, can_prepare_cases, is_responsible
from loype.ideas.rules import can_answer_reuse, shows_giver
from loype.kernel.clock import now
from loype.kernel.errors import NotAllowed
from loype.organisations.visibility import may_read
from loype.trail.clocks.reading import read_clocks
from loype.web.councils.clock_forms import DeclineForm, FollowUpForm
from loype.web.councils.deciding import (
    decide,
    decision_form,
    decisions_of,
    finished_trials,
    has_already,
    merge_choices,
)
from loype.web.councils.forms import AgendaForm, DecisionForm, ResponsibleForm
from loype.web.councils.presenters import (
    clocked_row,
    colleagues,
    meeting_words,
    names,
    trail_look,
)
from loype.web.councils.same_needs import elsewhere_of, twins_of, with_twins
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.render import render
from loype.web.shared.reuse import compared_then, kept_answer, seen_by


def load_case(request: HttpRequest, case_id: int) -> Case:
    """A case of a room one may enter, or one is responsible for."""
    cases = Case.objects.visible_to(actor_of(request)).select_related(
        "organisation", "responsible", "deputy", "idea__giver", "idea__unit", "idea__reuse"
    )
    return get_object_or_404(
        with_twins(cases.defer("idea__words"), actor=actor_of(request)), pk=case_id
    )


def back_to(case: Case) -> HttpResponseRedirect:
    """The case again, after an act."""
    return HttpResponseRedirect(reverse("case_page", args=[case.pk]))


@login_required
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything about one case on one page."""
    return show_case(request, load_case(request, case_id))


def show_case(
    request: HttpRequest,
    case: Case,
    *,
    sent: forms.Form | None = None,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, at = actor_of(request), now()
    clocks = read_clocks(case.organisation_id, at=at, only=case.pk)
    council = clocks.body
    may_prepare = can_prepare_cases(actor, case.organisation_id, council=council)
    decides_here = council is None and can_decide(actor, case.organisation_id, council=None)
    is_mine = is_responsible(actor, case)
    arranges = may_prepare or decides_here or is_mine
    people = colleagues(actor, case.organisation_id, at=at) if arranges else {}
    decisions = decisions_of(case)
    in_force = next((one for one in decisions if one.in_force), None)
    is_settled = in_force is not None and case.state == "decided"
    meetings = meetings_for(case, council) if council is not None else []
    similar = has_already(actor, case, decisions)
    reuse = kept_answer(case.idea)
    twins = twins_of(case)
    context: dict[str, Any] = {
        "case": case,
        "row": clocked_row(case, clocks=clocks),
        "is_mine": is_mine,
        "may_arrange": (may_prepare or is_mine) and case.state != "closed",
        "council": council,
        "may_prepare": may_prepare and case.state != "closed",
        "decides_here": decides_here and case.state != "closed",
        "is_giver_shown": shows_giver(actor, case.idea),
        "may_read_idea": may_read(
            actor, organisation_id=case.organisation_id, visibility=case.idea.visibility
        ),
        "in_room": case.organisation_id in actor.council_room_ids,
        "decisions": decisions,
        "twins": twins,
        "elsewhere": elsewhere_of(twins, organisation_id=case.organisation_id),
        "similar": similar,
        "reuse": reuse,
        "compared": compared_then(request, reuse),
        "may_answer_reuse": can_answer_reuse(actor, case.idea),
        "in_force": in_force,
        "look": trail_look(in_force.outcome) if in_force and is_settled else "now",
        "on_agenda_of": [one for one in meetings if one.item_id is not None],
        "responsible_form": ResponsibleForm(
            people=names(people),
            initial={"person": case.responsible_id, "version": case.version},
        ),
        "decline_form": DeclineForm(),
        "follow_up_form": FollowUpForm(
            people=names(people),
            initial={
                "deputy": case.deputy_id or "",
                "follow_up_by": case.follow_up_by,
                "version": case.version,
            },
        ),
        "agenda_form": AgendaForm(
            meetings=[(one.pk, meeting_words(one)) for one in meetings if one.item_id is None],
            initial={"meeting": next_meeting(meetings, at=at)},
        ),
    }
    if context["decides_here"]:
        trials = finished_trials(decisions)
        context["decision_form"] = decision_form(
            None, case=case, people=people, similar=similar, trials=trials, actor=actor
        )
        if isinstance(sent, DecisionForm):
            sent.offer(ideas=merge_choices(case, similar, actor=actor), trials=trials)
    for kind, name in (
        (ResponsibleForm, "responsible_form"),
        (AgendaForm, "agenda_form"),
        (DecisionForm, "decision_form"),
        (DeclineForm, "decline_form"),
        (FollowUpForm, "follow_up_form"),
    ):
        if isinstance(sent, kind):
            context[name] = sent
    return render(request, "councils/case.html", context, status=422 if sent else 200)


def next_meeting(meetings: list[Any], *, at: datetime) -> int | None:
    """The first meeting that is not over yet: one that nobody closed stands before it."""
    today = localdate(at)
    ahead = [one for one in meetings if one.item_id is None and not one.is_left_open(today)]
    # One that was this morning is over, too; one in writing goes on until its last day.
    return next((one.pk for one in ahead if one.is_in_writing or one.ends_at > at), None)


def meetings_for(case: Case, council: Body) -> list[Any]:
    """Meetings of the council whose agenda is open, each with whether the case lies on it."""
    on_it = FilteredRelation("items", condition=Q(items__removed_at=None, items__case=case.pk))
    rows: Any = council.meetings.all()
    return list(rows.open_for_cases().annotate(item=on_it).annotate(item_id=F("item__id")))


@login_required
@require_POST
def case_responsible(request: HttpRequest, case_id: int) -> HttpResponse:
    """Name the one colleague who follows the idea up."""
    case, actor, at = load_case(request, case_id), actor_of(request), now()
    refuse_unless_preparing(actor, case.organisation_id)
    people = colleagues(actor, case.organisation_id, at=at)
    form = ResponsibleForm(request.POST, people=names(people))
    done = carried_out(
        form,
        lambda said: appoint_responsible(
            case, person=people[said["person"]], actor=actor, at=at, version=said["version"]
        ),
    )
    if not done:
        return show_case(request, case, sent=form)
    say(request, _("The responsible is named and told."))
    return back_to(case)


@login_required
@require_POST
def case_agenda(request: HttpRequest, case_id: int) -> HttpResponse:
    """Put the case before a coming meeting."""
    case, actor, at = load_case(request, case_id), actor_of(request), now()
    refuse_unless_preparing(actor, case.organisation_id)
    meetings = {
        str(one.pk): one
        for one in Meeting.objects.visible_to(actor)
        .filter(organisation=case.organisation_id)
        .open_for_cases()
    }
    form = AgendaForm(
        request.POST, meetings=[(key, meeting_words(one)) for key, one in meetings.items()]
    )
    done = carried_out(
        form,
        lambda said: put_on_agenda(case, meeting=meetings[said["meeting"]], actor=actor, at=at),
    )
    if not done:
        return show_case(request, case, sent=form)
    say(request, _("It is on the agenda."))
    return back_to(case)


@login_required
@require_POST
def case_decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """The named decider decides, where there is no council."""
    case, actor, at = load_case(request, case_id), actor_of(request), now()
    council = current_council(case.organisation_id)
    if not can_decide(actor, case.organisation_id, council=council):
        raise NotAllowed(deciding_words(council))
    people = colleagues(actor, case.organisation_id, at=at)
    trials = finished_trials(decisions_of(case)) if request.POST.get("trial") else []
    form = decision_form(request, case=case, people=people, similar=[], trials=trials, actor=actor)
    done = carried_out(
        form,
        lambda said: decide(case, said, people=people, actor=actor, at=at, seen=seen_by(request)),
    )
    if not done:
        return show_case(request, case, sent=form)
    say(request, _("Decided. The giver is told, with your reasons."))
    return back_to(case)
