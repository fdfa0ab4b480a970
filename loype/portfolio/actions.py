"""What happens to an activity while it runs."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loype.accounts.models import Person
from loype.councils.actions import partners_of
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line, clean_text
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.organisations.models import Membership, Organisation
from loype.portfolio.labels import Light
from loype.portfolio.models import Activity, Milestone, Participant, StatusReport
from loype.portfolio.rules import (
    can_hand_over_activity,
    can_lead_activity,
    can_stop_activity,
    can_widen_activity,
)
from loype.portfolio.states import ACTIVITY, OPEN_ACTIVITY, PHASES


def lock_activity(activity: Activity) -> Activity:
    """The activity as it is now, held until the transaction ends."""
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)


def _lock_to_lead(activity: Activity, actor: Actor) -> Activity:
    activity = lock_activity(activity)
    if not can_lead_activity(actor, activity):
        raise NotAllowed(_("Only the activity's owner may do this."))
    if activity.state not in OPEN_ACTIVITY:
        raise WrongMoment(_("The activity has ended."))
    return activity


def _move(activity: Activity, after: str) -> str:
    if not ACTIVITY.may_move(before=activity.state, after=after):
        raise WrongMoment(
            _("The activity is “%(state)s” now, so this can no longer be done.")
            % {"state": activity.get_state_display()}
        )
    before, activity.state = activity.state, after
    activity.version += 1
    return before


@transaction.atomic
def pause_activity(activity: Activity, *, reason: str, actor: Actor, at: datetime) -> Activity:
    """Let the activity rest and say why."""
    activity = _lock_to_lead(activity, actor)
    reason = _required(reason, "reason", _("Say why it rests."))
    before = _move(activity, "paused")
    activity.save(update_fields=["state", "version"])
    _tell("pause_activity", activity, before=before, actor=actor, at=at, reason=reason)
    return activity


@transaction.atomic
def resume_activity(activity: Activity, *, actor: Actor, at: datetime) -> Activity:
    """Take a resting activity up again."""
    activity = _lock_to_lead(activity, actor)
    if activity.state != "paused":
        raise WrongMoment(_("Only a resting activity is taken up again."))
    shall = activity.course == "inter_municipal_shall"
    if shall and not partners_of(activity.current_decision_id, day=at.date()):
        raise WrongMoment(_("This shall be run together with others, and nobody else takes part."))
    before = _move(activity, "running")
    activity.save(update_fields=["state", "version"])
    _tell("resume_activity", activity, before=before, actor=actor, at=at)
    return activity


@transaction.atomic
def finish_activity(activity: Activity, *, result: str, actor: Actor, at: datetime) -> Activity:
    """End the activity as done and say what came of it."""
    activity = _lock_to_lead(activity, actor)
    result = _required(result, "result", _("Say in a few words what came of it."))
    before = _move(activity, "finished")
    activity.ended_at, activity.end_reason = at, result
    activity.save(update_fields=["state", "version", "ended_at", "end_reason"])
    _tell("finish_activity", activity, before=before, actor=actor, at=at, reason=result)
    return activity


@transaction.atomic
def stop_activity(activity: Activity, *, reason: str, actor: Actor, at: datetime) -> Activity:
    """End the activity before it is done; the reason is worth as much as a result."""
    activity = lock_activity(activity)
    if not can_stop_activity(actor, activity):
        raise NotAllowed(_("Only the owner or whoever decides for the organisation stops it."))
    reason = _required(reason, "reason", _("Say why it is stopped: others learn from it."))
    before = _move(activity, "stopped")
    activity.ended_at, activity.end_reason = at, reason
    activity.save(update_fields=["state", "version", "ended_at", "end_reason"])
    _tell("stop_activity", activity, before=before, actor=actor, at=at, reason=reason)
    return activity


def _required(text: str, field: str, words: str) -> str:
    if not (text := clean_text(text)):
        raise BadInput({field: words})
    return text


def _tell(
    verb: str, activity: Activity, *, before: str, actor: Actor, at: datetime, reason: str = ""
) -> None:
    record(
        verb, thing=activity, actor=actor, at=at, organisation_id=activity.organisation_id,
        acting_as="owner", change={"state": [before, activity.state]}, reason=reason,
    )  # fmt: skip


@transaction.atomic
def move_to_phase(
    activity: Activity, *, phase: str, actor: Actor, at: datetime, version: int | None = None
) -> Activity:
    """Move the activity to another phase of its form."""
    activity = _lock_to_lead(activity, actor)
    if version is not None and version != activity.version:
        raise Stale(_("Somebody changed this activity after you opened it. Look again."))
    if phase not in PHASES[activity.form]:
        raise BadInput({"phase": _("This form of activity has no such phase.")})
    before = activity.phase
    if before == phase:
        return activity
    activity.phase = phase
    activity.version += 1
    activity.save(update_fields=["phase", "version"])
    record(
        "move_to_phase", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner",
        change={"phase": [before, phase]},
    )  # fmt: skip
    return activity


@transaction.atomic
def describe_activity(
    activity: Activity,
    *,
    title: str,
    summary: str,
    due_date: date | None,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Activity:
    """Change what the activity is called, its summary and when it is due."""
    activity = _lock_to_lead(activity, actor)
    if version is not None and version != activity.version:
        raise Stale(_("Somebody changed this activity after you opened it. Look again."))
    activity.title = _required(clean_line(title)[:200], "title", _("Give it a title."))
    activity.summary, activity.due_date = clean_text(summary), due_date
    activity.version += 1
    activity.save(update_fields=["title", "summary", "due_date", "version"])
    record(
        "describe_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner", follow=False,
    )  # fmt: skip
    return activity


@transaction.atomic
def share_activity(activity: Activity, *, visibility: str, actor: Actor, at: datetime) -> Activity:
    """Decide who may read about the activity."""
    activity = lock_activity(activity)
    if not can_widen_activity(actor, activity):
        raise NotAllowed(_("Only the owner decides who may read this."))
    if visibility not in Visibility.values:
        raise BadInput({"visibility": _("Choose one from the list.")})
    before, activity.visibility = activity.visibility, visibility
    activity.save(update_fields=["visibility"])
    record(
        "share_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, follow=False,
        change={"visibility": [before, visibility]},
    )  # fmt: skip
    return activity


@transaction.atomic
def hand_over_activity(
    activity: Activity, *, person: Person, actor: Actor, at: datetime
) -> Activity:
    """Name another owner, who must work in the organisation."""
    activity = lock_activity(activity)
    if not can_hand_over_activity(actor, activity):
        raise NotAllowed(_("Only the owner or whoever decides for the organisation does this."))
    if activity.state not in OPEN_ACTIVITY:
        raise WrongMoment(_("The activity has ended."))
    owners = activity.participants.filter(is_owner=True, left_date=None).values("organisation")
    colleagues = Membership.objects.filter(
        Q(organisation=activity.organisation_id) | Q(organisation__in=owners), person=person
    )
    if not colleagues.on(at.date()).exists():
        raise BadInput({"person": _("The owner must work in an organisation that owns it.")})
    before, activity.owner = activity.owner_id, person
    activity.save(update_fields=["owner"])
    record(
        "hand_over_activity", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, change={"owner": [before, person.pk]},
    )  # fmt: skip
    return activity


@transaction.atomic
def report_status(
    activity: Activity, *, light: str, text: str, next_step: str, actor: Actor, at: datetime
) -> StatusReport:
    """Say how it goes: a light, a text and the next step."""
    activity = _lock_to_lead(activity, actor)
    problems = {}
    if light not in Light.values:
        problems["light"] = _("Choose a light.")
    if not (text := clean_text(text)):
        problems["text"] = _("Write how it goes.")
    if not (next_step := clean_text(next_step)):
        problems["next_step"] = _("Write the next step.")
    if problems:
        raise BadInput(problems)
    report = StatusReport.objects.create(
        activity=activity, light=light, text=text, next_step=next_step, reported_at=at,
        reported_by_id=actor.signed_in_id,
    )  # fmt: skip
    activity.light, activity.reported_at = light, at
    activity.save(update_fields=["light", "reported_at"])
    record(
        "report_status", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner",
        change={"light": light, "report": report.pk},
    )  # fmt: skip
    return report


@transaction.atomic
def add_milestone(
    activity: Activity, *, title: str, due_date: date, actor: Actor, at: datetime
) -> Milestone:
    """Set something that shall be reached by a day."""
    activity = _lock_to_lead(activity, actor)
    title = _required(clean_line(title)[:160], "title", _("Write what shall be reached."))
    milestone = Milestone.objects.create(activity=activity, title=title, due_date=due_date)
    record(
        "add_milestone", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner", follow=False,
        change={"milestone": milestone.pk, "due": str(due_date)},
    )  # fmt: skip
    return milestone


@transaction.atomic
def reach_milestone(
    milestone: Milestone, *, reached_date: date | None, actor: Actor, at: datetime
) -> Milestone:
    """Mark a milestone as reached on a day, or (None) as not reached after all."""
    activity = _lock_to_lead(milestone.activity, actor)
    _refuse_removed(milestone)
    if reached_date is not None and reached_date > at.date():
        raise BadInput({"reached_date": _("That day has not come yet.")})
    milestone.reached_date = reached_date
    milestone.save(update_fields=["reached_date"])
    record(
        "reach_milestone", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, acting_as="owner",
        change={
            "milestone": milestone.pk,
            "title": milestone.title,
            "reached": str(reached_date or ""),
        },
        follow=reached_date is not None,
    )  # fmt: skip
    return milestone


def _refuse_removed(milestone: Milestone) -> None:
    milestone.refresh_from_db(fields=["reached_date", "removed_at"])
    if milestone.removed_at is not None:
        raise WrongMoment(_("This milestone was taken away."))


@transaction.atomic
def remove_milestone(milestone: Milestone, *, actor: Actor, at: datetime) -> None:
    """Take a milestone away."""
    activity = _lock_to_lead(milestone.activity, actor)
    _refuse_removed(milestone)
    milestone.removed_at = at
    milestone.save(update_fields=["removed_at"])
    record(
        "remove_milestone", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, follow=False,
        change={"milestone": milestone.pk},
    )  # fmt: skip


@transaction.atomic
def add_participant(
    activity: Activity, *, organisation: Organisation, role: str, actor: Actor, at: datetime
) -> Participant:
    """Let another organisation take part; its people may read about the activity."""
    activity = _lock_to_lead(activity, actor)
    if organisation.pk == activity.organisation_id:
        raise BadInput({"organisation": _("The owner organisation takes part already.")})
    try:
        with transaction.atomic():
            participant = Participant.objects.create(
                activity=activity, organisation=organisation, role=clean_line(role)[:120],
                joined_date=at.date(),
            )  # fmt: skip
    except IntegrityError as problem:
        raise BadInput({"organisation": _("This organisation takes part already.")}) from problem
    record(
        "add_participant", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, change={"organisation": organisation.pk},
    )  # fmt: skip
    return participant


@transaction.atomic
def remove_participant(participant: Participant, *, actor: Actor, at: datetime) -> None:
    """End another organisation's part in the activity."""
    activity = _lock_to_lead(participant.activity, actor)
    participant.refresh_from_db(fields=["left_date", "is_owner"])
    if participant.left_date is not None:
        raise WrongMoment(_("This organisation no longer takes part."))
    if participant.is_owner:
        raise WrongMoment(_("A co-owner leaves by the terms that the councils agreed on."))
    participant.left_date = at.date()
    participant.save(update_fields=["left_date"])
    record(
        "remove_participant", thing=activity, actor=actor, at=at,
        organisation_id=activity.organisation_id, follow=False,
        change={"organisation": participant.organisation_id},
    )  # fmt: skip
