"""The log of decisions, one decision, and the invitation to decide together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loype.councils.actions import answer_joint_invitation, current_council
from loype.councils.labels import Form, OutcomeLabel
from loype.councils.models import Decision, JointInvitation, NeedElsewhere
from loype.councils.querysets import DecisionQuerySet
from loype.councils.rules import (
    can_assess_openness,
    can_decide,
    can_know_people,
    can_prepare_cases,
)
from loype.councils.states import OPEN_CASE
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.visibility import may_read
from loype.portfolio.models import Activity
from loype.trail.together import activities_joined
from loype.web.councils.forms import AnswerForm
from loype.web.councils.presenters import decider_words, trail_look
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.paging import keyset_page
from loype.web.shared.render import render

YEARS_SHOWN = 6


def decision_list(request: HttpRequest) -> HttpResponse:
    """What was decided, newest first; one's own organisation unless asked otherwise."""
    actor = actor_of(request)
    asked = request.GET.get("organisation", "")
    home = asked if asked.isdecimal() and len(asked) < 18 else ""
    if not asked and actor.organisation_id is not None:
        home = str(actor.organisation_id)
    decisions = Decision.objects.visible_to(actor)
    if home:
        decisions = decisions.filter(organisation=int(home))
    page = keyset_page(
        narrowed(decisions, request)
        .select_related("case__idea", "organisation", "body")
        .defer("case__idea__words", "case__idea__text"),
        request=request,
        order=("-decided_at", "-id"),
    )
    context = {
        "page": page,
        "is_own": bool(home) and home == str(actor.organisation_id),
        "is_all": not home,
        "filters": filters(request),
        "rows": [(one, decider_words(one)) for one in page.items],
    }
    return render(request, "councils/decisions.html", context)


def narrowed(decisions: DecisionQuerySet, request: HttpRequest) -> DecisionQuerySet:
    """The decisions with the outcome, form and year that were chosen."""
    outcome, form = request.GET.get("outcome", ""), request.GET.get("form", "")
    if outcome in OutcomeLabel.values:
        decisions = decisions.filter(outcome=outcome)
    if form in Form.values:
        decisions = decisions.filter(form=form)
    year = request.GET.get("year", "")
    if year in years():
        begins = timezone.make_aware(datetime(int(year), 1, 1))  # noqa: DTZ001  made aware here
        ends = timezone.make_aware(datetime(int(year) + 1, 1, 1))  # noqa: DTZ001
        decisions = decisions.filter(decided_at__gte=begins, decided_at__lt=ends)
    return decisions


def years() -> list[str]:
    """The years one may choose."""
    this = timezone.localdate().year
    return [str(year) for year in range(this, this - YEARS_SHOWN, -1)]


def filters(request: HttpRequest) -> list[dict[str, Any]]:
    """The filters of the log with what is chosen in each."""
    offered: tuple[tuple[str, str, list[tuple[Any, Any]]], ...] = (
        ("outcome", _("Outcome"), list(OutcomeLabel.choices)),
        ("form", _("Form"), list(Form.choices)),
        ("year", _("Year"), [(year, year) for year in years()]),
    )
    return [
        {"name": name, "label": label, "choices": choices, "chosen": request.GET.get(name, "")}
        for name, label, choices in offered
    ]


def decision_page(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One decision with its reasons, what it corrects, and what came of it."""
    actor = actor_of(request)
    decision = get_object_or_404(
        Decision.objects.visible_to(actor)
        .select_related("case__idea", "organisation", "body", "meeting", "responsible")
        .select_related("merged_into", "corrects", "corrected_by", "joint_case")
        .defer("case__idea__words", "merged_into__words")
        .with_joined(),
        pk=decision_id,
    )
    invitations = (
        list(
            JointInvitation.objects.visible_to(actor)
            .filter(decision=decision)
            .select_related("organisation")
        )
        if decision.answer_by
        else []
    )
    target = decision.merged_into
    insider = can_know_people(actor, decision.organisation_id)
    prepares = can_prepare_cases(actor, decision.organisation_id, council=decision.body)
    context = {
        "decision": decision,
        "decider": decider_words(decision),
        "look": trail_look(decision.outcome),
        "invitations": invitations,
        "activity": activity_of(actor, decision),
        "joined": activities_joined([decision], actor=actor).get(decision.pk),
        "may_read_target": target is not None
        and may_read(actor, organisation_id=target.organisation_id, visibility=target.visibility),
        "is_insider": insider,
        "in_room": decision.organisation_id in actor.council_room_ids,
        "may_cite": prepares and decision.body_id is not None,
        "may_assess_openness": can_assess_openness(
            actor, decision.organisation_id, by_council=decision.body_id is not None
        ),
        "may_see_meeting": insider,
    }
    return render(request, "councils/decision.html", context)


def activity_of(actor: Actor, decision: Decision) -> Activity | None:
    """What the decision established, or the open activity that it changed."""
    if decision.form == "":
        return None
    return (
        Activity.objects.visible_to(actor)
        .filter(idea=decision.case.idea_id, opened_at__lte=decision.decided_at)
        .order_by("-opened_at", "-id")
        .first()
    )


@login_required
def joint_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Another council asks ours to join; we answer yes, no or later, with reasons."""
    actor = actor_of(request)
    invitation = get_object_or_404(
        JointInvitation.objects.visible_to(actor)
        .select_related("organisation", "decision__organisation", "decision__body")
        .select_related("decision__case__idea", "decision__joint_case")
        .defer("decision__case__idea__words"),
        pk=invitation_id,
    )
    council = current_council(invitation.organisation_id)
    may_answer = can_decide(actor, invitation.organisation_id, council=council)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form,
        lambda said: answer_joint_invitation(invitation, actor=actor, at=now(), **said),
    ):
        say(request, _("Your answer is given, with its reasons."))
        return HttpResponseRedirect(reverse("joint_invitation", args=[invitation.pk]))
    idea = invitation.decision.case.idea
    asks = invitation.decision.organisation_id in actor.council_room_ids
    own_cases = own_cases_of(actor, invitation)
    context = {
        "invitation": invitation,
        "decider": decider_words(invitation.decision),
        "form": form,
        "may_answer": may_answer and invitation.answer in ("", "later"),
        "is_over": invitation.answer_by < timezone.localdate(),
        "may_read_idea": may_read(
            actor, organisation_id=idea.organisation_id, visibility=idea.visibility
        ),
        "others": answers_of_others(actor, invitation) if asks else [],
        "asks": asks,
        "own_cases": own_cases,
        "waits_to_join": any(one.case.state in OPEN_CASE for one in own_cases),
    }
    status = 422 if form.is_bound else 200
    return render(request, "councils/joint_invitation.html", context, status=status)


def own_cases_of(actor: Actor, invitation: JointInvitation) -> list[NeedElsewhere]:
    """The same need before the council that is asked, for those of its room; each with `joined_id`,
    the decision that joined it to what the others run."""
    if invitation.organisation_id not in actor.council_room_ids:
        return []
    joined = invitation.joined_by.filter(case=OuterRef("case"), in_force=True)
    told = NeedElsewhere.objects.visible_to(actor).filter(
        case__organisation=invitation.organisation_id,
        other=invitation.decision.case_id,
        ended_at=None,
    )
    rows = told.select_related("case__idea").defer("case__idea__words", "case__idea__text")
    return list(rows.annotate(joined_id=Subquery(joined.values("pk")[:1])))


def answers_of_others(actor: Actor, invitation: JointInvitation) -> list[JointInvitation]:
    """What every council answered, for the one that asked."""
    return list(
        JointInvitation.objects.visible_to(actor)
        .filter(decision=invitation.decision_id)
        .select_related("organisation")
    )
