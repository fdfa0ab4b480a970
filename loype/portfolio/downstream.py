"""What only the trail itself may do in the portfolio: open, start and end by decision."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from loype.councils.models import Decision
from loype.history.actions import record
from loype.ideas.models import Idea
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.organisations.visibility import WIDTH
from loype.portfolio.actions import lock_activity
from loype.portfolio.mandates.hanging import mandate_to_open_on
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.models import Activity
from loype.portfolio.rules import can_lead_activity
from loype.portfolio.states import OPEN_ACTIVITY, PHASES


def open_activity(
    decision: Decision,
    *,
    trial: Activity | None,
    actor: Actor,
    at: datetime,
    mandate: PoliticalMandate | None = None,
    visibility: str = "",
) -> Activity:
    """Establish an activity by the decision that says so, on a political mandate.

    Nobody outside reads about it, even where the idea is shared, unless `visibility` says so.
    """
    idea = decision.case.idea
    if visibility and visibility not in Visibility.values:
        raise BadInput({"activity_visibility": _("Choose one from the list.")})
    if decision.responsible_id is None:
        raise WrongMoment(_("Say who is responsible from here on."))
    hung = mandate_to_open_on(decision.organisation_id, chosen=mandate, at=at)
    activity = Activity.objects.create(
        mandate=hung, decision=decision, current_decision=decision, idea=idea,
        organisation_id=decision.organisation_id, title=idea.title, form=decision.form,
        course=decision.course, scale=decision.scale, trial=trial,
        exemption_number="" if trial else decision.exemption_number,
        owner_id=decision.responsible_id, phase=PHASES[decision.form][0],
        visibility=visibility or _inside(idea), opened_at=at, due_date=decision.deadline,
    )  # fmt: skip
    record(
        "open_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="council",
        change={"decision": decision.pk, "form": decision.form, "mandate": hung.pk},
    )  # fmt: skip
    return activity


def _inside(idea: Idea) -> str:
    """Its owners' own, or as narrow as the idea that only the council may read."""
    return min(Visibility.ORGANISATION.value, idea.visibility, key=WIDTH.__getitem__)


def reshape_activity(
    activity: Activity, *, decision: Decision, actor: Actor, at: datetime
) -> Activity:
    """A later decision gives an open activity another form, course or owner."""
    activity = lock_activity(activity)
    before = activity.form
    activity.current_decision, activity.form = decision, decision.form
    activity.course = decision.course
    if decision.responsible_id:
        activity.owner_id = decision.responsible_id
    if activity.phase not in PHASES[decision.form]:
        activity.phase = PHASES[decision.form][0]
    activity.version += 1
    activity.save(update_fields=["current_decision", "form", "course", "owner", "phase", "version"])
    record(
        "reshape_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="council",
        change={"form": [before, decision.form], "decision": decision.pk},
    )  # fmt: skip
    return activity


def start_activity(activity: Activity, *, actor: Actor, at: datetime) -> Activity:
    """Let a planned activity run; the handover has seen that its decision allows it."""
    activity = lock_activity(activity)
    if not can_lead_activity(actor, activity):
        raise NotAllowed(_("Only the activity's owner may do this."))
    if activity.state != "planned":
        raise WrongMoment(_("The activity has already started."))
    activity.state, activity.started_at = "running", at
    activity.version += 1
    activity.save(update_fields=["state", "started_at", "version"])
    record(
        "start_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner",
        change={"state": ["planned", "running"]},
    )  # fmt: skip
    return activity


def end_by_decision(
    activity: Activity, *, decision: Decision, actor: Actor, at: datetime
) -> Activity:
    """A later decision no longer lets the idea go on: its open activity is stopped."""
    activity = lock_activity(activity)
    if activity.state not in OPEN_ACTIVITY:
        return activity
    before, activity.state = activity.state, "stopped"
    activity.current_decision = decision
    activity.ended_at, activity.end_reason = at, decision.reasons
    activity.version += 1
    activity.save(update_fields=["current_decision", "state", "ended_at", "end_reason", "version"])
    record(
        "stop_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="council", reason=decision.reasons,
        change={"state": [before, "stopped"], "decision": decision.pk},
    )  # fmt: skip
    return activity
