"""How activities look, and what is sent to lead them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.ideas.shapes import idea_ref
from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Day,
    Id,
    OrganisationRef,
    PersonShape,
    SearchText,
    ShortLine,
    Text,
    ThingRef,
    Version,
    Wanted,
    organisation_ref,
    person_shape,
    thing_ref,
)
from loype.councils.labels import Form
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility
from loype.portfolio.labels import Light, Phase
from loype.portfolio.models import Activity, Milestone, Participant, StatusReport
from loype.portfolio.states import ActivityState
from loype.spread.models import Solution

Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Written = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)]


class ActivityFilters(Paging):
    """Which activities are wanted."""

    q: SearchText | None = Field(None, description="Part of the title.")
    state: ActivityState | None = None
    form: Form | None = None
    phase: Phase | None = None
    organisation_id: Id | None = None
    mine: bool = Field(False, description="Only those you own.")


class ActivityShape(BaseModel):
    """A project, mini-development, experiment or line task."""

    id: int
    title: str
    organisation: OrganisationRef
    owner: PersonShape
    form: str
    course: str
    scale: str
    state: str
    phase: str
    visibility: str
    version: int
    opened_at: datetime
    started_at: datetime | None
    due_date: date | None
    ended_at: datetime | None
    light: str = Field(description="Empty until the first report.")
    reported_at: datetime | None


class MilestoneShape(BaseModel):
    """Something that shall be reached by a day."""

    id: int
    title: str
    due_date: date
    reached_date: date | None


class ReportShape(BaseModel):
    """How it goes."""

    id: int
    light: str
    text: str
    next_step: str
    reported_at: datetime
    reported_by: PersonShape


class ParticipantShape(BaseModel):
    """Another organisation that takes part."""

    id: int
    organisation: OrganisationRef
    role: str
    is_owner: bool = Field(description="Owns the activity together with its organisation.")
    is_lead: bool
    joined_date: date


class ActivityDetail(ActivityShape):
    """An activity with what leads to it and what came of it, as far as the reader may know."""

    summary: str
    end_reason: str
    exemption_number: str
    idea: ThingRef | None
    decision_id: int | None
    trial_id: int | None
    milestones: list[MilestoneShape]
    participants: list[ParticipantShape]
    latest_report: ReportShape | None
    evaluation_id: int | None
    solution: ThingRef | None


class ReasonWanted(Wanted):
    """Why."""

    reason: Written


class ResultWanted(Wanted):
    """What came of it, in a few words."""

    result: Written


class PhaseWanted(Wanted):
    """The phase to move to."""

    phase: Phase
    version: Version | None = None


class DescriptionWanted(Wanted):
    """What an activity is called and when it is due; what is left out stays."""

    version: Version
    title: (
        Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] | None
    ) = None
    summary: Text | None = None
    due_date: Day | None = Field(None, description="Null takes the day away.")


class ActivityVisibility(Wanted):
    """Who may read about it from now on."""

    visibility: Visibility


class OwnerWanted(Wanted):
    """Who leads it from now on."""

    person_id: Id


class ReportWanted(Wanted):
    """How it goes: a light, a text and the next step."""

    light: Light
    text: Written
    next_step: Written


class MilestoneWanted(Wanted):
    """Something that shall be reached by a day."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=NO_NUL)]
    due_date: Day


class ReachedWanted(Wanted):
    """The day a milestone was reached, or null: not reached after all."""

    reached_date: Day | None


class ParticipantWanted(Wanted):
    """Another organisation to take part."""

    organisation_id: Id
    role: ShortLine = ""


def activity_facts(activity: Activity) -> dict[str, Any]:
    """What is the same in the list and in the detail."""
    return {
        "id": activity.pk,
        "title": activity.title,
        "organisation": organisation_ref(activity.organisation),
        "owner": PersonShape(id=activity.owner_id, name=activity.owner.name),
        "form": activity.form,
        "course": activity.course,
        "scale": activity.scale,
        "state": activity.state,
        "phase": activity.phase,
        "visibility": activity.visibility,
        "version": activity.version,
        "opened_at": activity.opened_at,
        "started_at": activity.started_at,
        "due_date": activity.due_date,
        "ended_at": activity.ended_at,
        "light": activity.light,
        "reported_at": activity.reported_at,
    }


def activity_shape(activity: Activity) -> ActivityShape:
    """An activity in a list."""
    return ActivityShape(**activity_facts(activity))


def activity_detail(
    activity: Activity,
    *,
    milestones: Sequence[Milestone],
    participants: Sequence[Participant],
    report: StatusReport | None,
    solution: Solution | None,
    actor: Actor,
) -> ActivityDetail:
    """An activity alone; the idea and its decision only for those who may read the idea."""
    idea = idea_ref(activity.idea, actor=actor)
    evaluation = getattr(activity, "evaluation", None)
    return ActivityDetail(
        **activity_facts(activity),
        summary=activity.summary,
        end_reason=activity.end_reason,
        exemption_number=activity.exemption_number,
        idea=idea,
        decision_id=activity.current_decision_id if idea else None,
        trial_id=activity.trial_id,
        milestones=[milestone_shape(one) for one in milestones],
        participants=[participant_shape(one) for one in participants],
        latest_report=report_shape(report) if report else None,
        evaluation_id=evaluation.pk if evaluation else None,
        solution=thing_ref(solution),
    )


def milestone_shape(milestone: Milestone) -> MilestoneShape:
    """A milestone."""
    return MilestoneShape.model_validate(milestone, from_attributes=True)


def report_shape(report: StatusReport) -> ReportShape:
    """A status report."""
    reported_by = person_shape(report.reported_by)
    assert reported_by is not None
    return ReportShape(
        id=report.pk,
        light=report.light,
        text=report.text,
        next_step=report.next_step,
        reported_at=report.reported_at,
        reported_by=reported_by,
    )


def participant_shape(participant: Participant) -> ParticipantShape:
    """Another organisation that takes part."""
    return ParticipantShape(
        id=participant.pk,
        organisation=organisation_ref(participant.organisation),
        role=participant.role,
        is_owner=participant.is_owner,
        is_lead=participant.is_lead,
        joined_date=participant.joined_date,
    )
