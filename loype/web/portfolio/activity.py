"""The page of one activity, and the quieter page where it is looked after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from loype.councils.models import Decision, JointCase, JointInvitation
from loype.councils.rules import can_see_joint
from loype.councils.states import JOINT_COURSES
from loype.kernel.clock import now
from loype.news.following import with_follow
from loype.organisations.actor import Actor
from loype.organisations.levels import Level, is_cross_cutting, levels_of
from loype.organisations.models import Membership, Organisation
from loype.organisations.visibility import may_read
from loype.portfolio.mandates.rules import can_read_folder
from loype.portfolio.models import Activity, Participant
from loype.portfolio.rules import can_hand_over_activity, can_lead_activity, can_stop_activity
from loype.portfolio.states import OPEN_ACTIVITY
from loype.spread.models import Solution
from loype.trail.handovers import what_start_waits_for
from loype.web.portfolio import forms
from loype.web.portfolio.steps import news_of, next_step, place_on_trail
from loype.web.shared.acting import actor_of
from loype.web.shared.render import render

MOST_REPORTS = 20
MOST_NAMES = 200


def load_activity(request: HttpRequest, activity_id: int) -> Activity:
    """The activity with all it stands on; 404 for whoever may not read it."""
    readable = Activity.objects.visible_to(actor_of(request)).with_mandate(localdate(now()))
    rows = with_follow(readable, actor=actor_of(request)).select_related(
        "organisation", "owner", "idea", "decision", "current_decision__joint_case", "trial",
        "evaluation", "solution", "mandate",
    )  # fmt: skip
    activity: Activity = get_object_or_404(rows, pk=activity_id)
    return activity


@require_safe
def activity_page(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Where the activity stands, what comes next, and why it exists."""
    return show_activity(request, load_activity(request, activity_id))


def show_activity(
    request: HttpRequest,
    activity: Activity,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor, today = actor_of(request), now().date()
    leads = can_lead_activity(actor, activity)
    invitations = answers_of(activity)
    waits_for = _waits_for(activity, invitations=invitations, day=today)
    partners = list(
        activity.participants.with_mandate(localdate(now()))
        .filter(left_date=None)
        .select_related("organisation")
        .order_by("-is_lead", "-is_owner", "pk")
    )
    reports = list(activity.reports.select_related("reported_by")[:MOST_REPORTS])
    page = {
        "activity": activity,
        "place": place_on_trail(activity),
        "news": news_of(activity, waits_for=waits_for),
        "next_step": next_step(activity, waits_for=waits_for, today=today) if leads else None,
        "reports": reports,
        "milestones": milestones_of(activity),
        "participants": partners,
        "levels": levels_across(activity, partners),
        "shows_shares": actor.belongs_to(activity.organisation_id)
        or any(one.is_owner and actor.belongs_to(one.organisation_id) for one in partners),
        "joint_case": joint_case_for(actor, activity, invitations=invitations),
        "invitations": invitations if actor.belongs_to(activity.organisation_id) else [],
        "leads": leads,
        "is_open": activity.state in OPEN_ACTIVITY,
        "can_look_after": can_hand_over_activity(actor, activity),
        "reads_mandate": can_read_folder(actor, activity.organisation_id)
        or any(one.is_owner and can_read_folder(actor, one.organisation_id) for one in partners),
        "reads_decision": reads_decision(actor, activity),
        "solution": solution_for(actor, activity),
        "today": today,
        **(_empty_forms(activity) if leads else {}),
        **(returned or {}),
    }
    return render(request, "portfolio/activity.html", page, status=status)


def levels_across(activity: Activity, partners: Sequence[Participant]) -> list[Level]:
    """The levels of the public sector that it reaches across; none where it is only one."""
    kinds = [activity.organisation.kind, *(one.organisation.kind for one in partners)]
    return levels_of(kinds) if is_cross_cutting(kinds) else []


def _empty_forms(activity: Activity) -> dict[str, Any]:
    return {
        "report_form": forms.ReportForm(auto_id="report_%s"),
        "milestone_form": forms.MilestoneForm(auto_id="milestone_%s"),
        "reach_form": forms.ReachForm(auto_id=False),
        "finish_form": forms.ResultForm(auto_id="finish_%s"),
        "pause_form": forms.ReasonForm(auto_id="pause_%s"),
        "phase_form": forms.PhaseForm(
            initial={"phase": activity.phase, "version": activity.version},
            form_of_activity=activity.form, auto_id="phase_%s",
        ),
    }  # fmt: skip


def answers_of(activity: Activity) -> list[JointInvitation]:
    """What other councils answered; nothing is asked where the course is the organisation's own."""
    if activity.course not in JOINT_COURSES:
        return []
    return list(activity.current_decision.invitations.select_related("organisation"))


def joint_case_for(
    actor: Actor, activity: Activity, *, invitations: Sequence[JointInvitation]
) -> JointCase | None:
    """What councils agreed about running it together, where the reader may see that."""
    joint: JointCase | None = getattr(activity.current_decision, "joint_case", None)
    if joint is None:
        return None
    councils = {joint.organisation_id, *(one.organisation_id for one in invitations)}
    may_see = can_see_joint(actor, organisation_ids=councils, federation_id=joint.federation_id)
    return joint if may_see else None


def _waits_for(activity: Activity, *, invitations: Sequence[JointInvitation], day: date) -> str:
    if activity.state != "planned":
        return ""
    return what_start_waits_for(activity, answers=[one.answer for one in invitations], day=day)


def milestones_of(activity: Activity) -> list[Any]:
    """The milestones that were not taken away, in order."""
    return list(activity.milestones.filter(removed_at=None))


def reads_decision(actor: Actor, activity: Activity) -> bool:
    """Whether the reader may also read the idea and the decision behind the activity."""
    idea = activity.idea
    readable = (actor.is_signed_in and idea.giver_id == actor.person_id) or may_read(
        actor, organisation_id=idea.organisation_id, visibility=idea.visibility
    )
    if not readable or can_read_folder(actor, activity.organisation_id):
        return readable
    # Something of the decision may be withheld from those outside.
    behind = Decision.objects.visible_to(actor).filter(pk=activity.decision_id)
    return behind.exists()


def solution_for(actor: Actor, activity: Activity) -> Any:
    """The solution that came of it, where the reader may see it."""
    solution = getattr(activity, "solution", None)
    if solution is None:
        return None
    readable = solution.state != "draft" and may_read(
        actor, organisation_id=solution.organisation_id, visibility=solution.visibility
    )
    if readable or Solution.objects.visible_to(actor).filter(pk=solution.pk).exists():
        return solution
    return None


@login_required
@require_safe
def activity_manage(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Words, owner, readers, participants, and how it is stopped."""
    return show_manage(request, load_activity(request, activity_id))


def show_manage(
    request: HttpRequest,
    activity: Activity,
    *,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back where there is one."""
    actor = actor_of(request)
    if not can_hand_over_activity(actor, activity):
        raise PermissionDenied
    page = {
        "activity": activity,
        "is_open": activity.state in OPEN_ACTIVITY,
        "leads": can_lead_activity(actor, activity),
        "can_stop": can_stop_activity(actor, activity),
        "participants": list(
            activity.participants.filter(left_date=None).select_related("organisation")
        ),
        "colleagues": list(colleagues_of(activity, actor=actor)[:MOST_NAMES]),
        "organisations": likely_partners(activity, actor=actor),
        "describe_form": forms.DescribeForm(initial=_words_of(activity), auto_id="describe_%s"),
        "share_form": forms.ShareForm(
            initial={"visibility": activity.visibility}, auto_id="share_%s"
        ),
        "owner_form": forms.OwnerForm(auto_id="owner_%s"),
        "participant_form": forms.ParticipantForm(auto_id="participant_%s"),
        "stop_form": forms.ReasonForm(auto_id="stop_%s"),
        **(returned or {}),
    }
    return render(request, "portfolio/manage.html", page, status=status)


def _words_of(activity: Activity) -> dict[str, Any]:
    return {
        "title": activity.title,
        "summary": activity.summary,
        "due_date": activity.due_date,
        "version": activity.version,
    }


def colleagues_of(activity: Activity, *, actor: Actor) -> Any:
    """Everybody who works in the organisation today, by name."""
    return (
        Membership.objects.visible_to(actor)
        .on(now().date())
        .filter(organisation=activity.organisation_id, role="employee")
        .select_related("person")
        .order_by(Lower("person__name"), "person_id")
    )


def likely_partners(activity: Activity, *, actor: Actor) -> list[Any]:
    """The organisations one works with already; any other may be written by name."""
    rows = Organisation.objects.visible_to(actor).active()
    near = rows.filter(pk__in=sorted(actor.neighbour_ids - {activity.organisation_id}))
    return list(near.order_by(Lower("name"), "pk").values_list("name", flat=True)[:MOST_NAMES])
