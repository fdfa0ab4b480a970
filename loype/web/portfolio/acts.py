"""What one does on an activity's pages; each act is a verb and an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loype.kernel.clock import now
from loype.organisations.models import Organisation
from loype.portfolio import actions
from loype.portfolio.models import Activity
from loype.trail.handovers import start_running
from loype.web.portfolio import forms
from loype.web.portfolio.activity import (
    colleagues_of,
    load_activity,
    show_activity,
    show_manage,
)
from loype.web.portfolio.finding import only_one
from loype.web.shared.acting import actor_of, carried_out
from loype.web.shared.middleware import say
from loype.web.shared.views import safe_return

Act = Callable[..., Any]


def by_form(
    request: HttpRequest,
    activity: Activity,
    form: django_forms.Form,
    *,
    name: str,
    verb: Act,
    said: str,
    place: str = "",
    show: Callable[..., HttpResponse] = show_activity,
) -> HttpResponse:
    """Do what the form asks and go back, or show the page again with what must be mended."""

    def act(facts: dict[str, Any]) -> Any:
        return verb(activity, **facts, actor=actor_of(request), at=now())

    if not carried_out(form, act):
        activity = load_activity(request, activity.pk)
        return show(request, activity, returned={name: form}, status=422)
    say(request, said)
    return to_page(activity, place=place, manage=show is show_manage)


def to_page(activity: Activity, *, place: str = "", manage: bool = False) -> HttpResponse:
    """Back to the activity, at the place where the act was done."""
    answer = redirect("activity_manage" if manage else "activity_page", activity_id=activity.pk)
    if place:
        answer["Location"] += f"#{place}"
    return answer


@login_required
@require_POST
def activity_start(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Start the work."""
    activity = load_activity(request, activity_id)
    start_running(activity, actor=actor_of(request), at=now())
    say(request, _("It has started. The giver of the idea is told."))
    return to_page(activity)


@login_required
@require_POST
def activity_pause(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Let it rest, with the reason."""
    form = forms.ReasonForm(request.POST, auto_id="pause_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="pause_form",
        verb=actions.pause_activity, said=_("It rests for now."),
    )  # fmt: skip


@login_required
@require_POST
def activity_resume(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Take it up again."""
    activity = load_activity(request, activity_id)
    actions.resume_activity(activity, actor=actor_of(request), at=now())
    say(request, _("It is under way again."))
    return to_page(activity)


@login_required
@require_POST
def activity_finish(request: HttpRequest, activity_id: int) -> HttpResponse:
    """End it as done, with what came of it."""
    form = forms.ResultForm(request.POST, auto_id="finish_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="finish_form",
        verb=actions.finish_activity, said=_("It is finished. Well done."),
    )  # fmt: skip


@login_required
@require_POST
def activity_stop(request: HttpRequest, activity_id: int) -> HttpResponse:
    """End it before it is done, with the reason."""
    activity = load_activity(request, activity_id)
    form = forms.ReasonForm(request.POST, auto_id="stop_%s")
    answer = by_form(
        request, activity, form, name="stop_form", verb=actions.stop_activity,
        said=_("It is stopped. Others learn from the reason you gave."), show=show_manage,
    )  # fmt: skip
    return to_page(activity) if answer.status_code == 302 else answer


@login_required
@require_POST
def activity_phase(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Move it to another phase, from its page or from the board."""
    activity = load_activity(request, activity_id)
    form = forms.PhaseForm(request.POST, form_of_activity=activity.form, auto_id="phase_%s")
    words = _("“%(title)s” is moved.") % {"title": activity.title}
    answer = by_form(
        request, activity, form, name="phase_form", verb=actions.move_to_phase, said=words
    )
    if answer.status_code == 302 and "next" in request.POST:
        return HttpResponseRedirect(f"{safe_return(request)}#activity-{activity.pk}")
    return answer


@login_required
@require_POST
def activity_report(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say how it goes."""
    form = forms.ReportForm(request.POST, auto_id="report_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="report_form",
        verb=actions.report_status, said=_("Thank you. Those who follow it are told."),
    )  # fmt: skip


@login_required
@require_POST
def activity_milestone_add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Set a milestone."""
    form = forms.MilestoneForm(request.POST, auto_id="milestone_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="milestone_form",
        verb=actions.add_milestone, said=_("The milestone is set."), place="milestones",
    )  # fmt: skip


@login_required
@require_POST
def activity_milestone_reach(
    request: HttpRequest, activity_id: int, milestone_id: int
) -> HttpResponse:
    """Mark a milestone as reached."""
    activity = load_activity(request, activity_id)
    milestone = get_object_or_404(activity.milestones, pk=milestone_id)

    def reach(_activity: Activity, **facts: Any) -> Any:
        return actions.reach_milestone(milestone, **facts)

    form = forms.ReachForm(request.POST, auto_id=f"reach_{milestone_id}_%s")
    return by_form(
        request, activity, form, name="reach_form", verb=reach, place="milestones",
        said=_("“%(title)s” is reached.") % {"title": milestone.title},
    )  # fmt: skip


@login_required
@require_POST
def activity_milestone_undo(
    request: HttpRequest, activity_id: int, milestone_id: int
) -> HttpResponse:
    """Mark a milestone as not reached after all."""
    activity = load_activity(request, activity_id)
    milestone = get_object_or_404(activity.milestones, pk=milestone_id)
    actions.reach_milestone(milestone, reached_date=None, actor=actor_of(request), at=now())
    say(request, _("“%(title)s” is open again.") % {"title": milestone.title})
    return to_page(activity, place="milestones")


@login_required
@require_POST
def activity_milestone_remove(
    request: HttpRequest, activity_id: int, milestone_id: int
) -> HttpResponse:
    """Take a milestone away."""
    activity = load_activity(request, activity_id)
    milestone = get_object_or_404(activity.milestones, pk=milestone_id)
    actions.remove_milestone(milestone, actor=actor_of(request), at=now())
    say(request, _("“%(title)s” is taken away.") % {"title": milestone.title})
    return to_page(activity, place="milestones")


@login_required
@require_POST
def activity_describe(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change title, summary and due date."""
    form = forms.DescribeForm(request.POST, auto_id="describe_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="describe_form",
        verb=actions.describe_activity, said=_("The words are changed."), show=show_manage,
    )  # fmt: skip


@login_required
@require_POST
def activity_share(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Decide who may read about it."""
    form = forms.ShareForm(request.POST, auto_id="share_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="share_form",
        verb=actions.share_activity, said=_("Kept."), show=show_manage,
    )  # fmt: skip


@login_required
@require_POST
def activity_hand_over(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Name another owner."""
    activity = load_activity(request, activity_id)

    def hand_over(found: Activity, *, person: str, **who: Any) -> Any:
        colleague = only_one(
            colleagues_of(found, actor=who["actor"]), text=person, field="person",
            name="person__name", exact="person__email",
        )  # fmt: skip
        return actions.hand_over_activity(found, person=colleague.person, **who)

    form = forms.OwnerForm(request.POST, auto_id="owner_%s")
    answer = by_form(
        request, activity, form, name="owner_form", verb=hand_over, show=show_manage,
        said=_("The new owner is told."),
    )  # fmt: skip
    return to_page(activity) if answer.status_code == 302 else answer


@login_required
@require_POST
def activity_participant_add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Let another organisation take part."""

    def add(found: Activity, *, organisation: str, role: str, **who: Any) -> Any:
        rows = Organisation.objects.visible_to(who["actor"]).active()
        partner = only_one(rows, text=organisation, field="organisation", name="name")
        return actions.add_participant(found, organisation=partner, role=role, **who)

    form = forms.ParticipantForm(request.POST, auto_id="participant_%s")
    return by_form(
        request, load_activity(request, activity_id), form, name="participant_form", verb=add,
        said=_("They take part now, and their people may read about it."), show=show_manage,
    )  # fmt: skip


@login_required
@require_POST
def activity_participant_remove(
    request: HttpRequest, activity_id: int, participant_id: int
) -> HttpResponse:
    """End another organisation's part."""
    activity = load_activity(request, activity_id)
    participant = get_object_or_404(activity.participants, pk=participant_id)
    actions.remove_participant(participant, actor=actor_of(request), at=now())
    say(request, _("They no longer take part."))
    return to_page(activity, manage=True)
