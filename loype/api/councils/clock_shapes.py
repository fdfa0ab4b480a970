"""How clocks look, and what is sent to keep them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from loype.api.shapes import Day, Id, ShortLine, Text, Version, Wanted
from loype.bodies.models import MeetingForm
from loype.trail.clocks.targets import MOST_CASES, MOST_DAYS

WorkingDays = Annotated[int, Field(ge=1, le=MOST_DAYS, description="Working days.")]
FromNone = Annotated[int, Field(ge=0, le=MOST_DAYS, description="Working days.")]


class FromFacts(BaseModel):
    """Filled from what the clocks computed."""

    model_config = ConfigDict(from_attributes=True)


class TargetsShape(FromFacts):
    """Within how many working days a giver gets what, and from when to when that holds."""

    receipt_days: int
    responsible_days: int
    decision_days: int
    feedback_days: int
    warn_days: int
    decider_days: int
    stand_in_id: int | None = Field(description="Responsible when nobody was named in time.")
    cases_a_meeting: int | None = Field(description="How many cases a meeting can take, as set.")
    valid_from: date | None = Field(description="Null: what the organisation promises itself.")
    valid_to: date | None


class ForecastShape(BaseModel):
    """One open case: its limit, and when it can be decided at the earliest."""

    case_id: int
    title: str
    language: str
    waiting_since: datetime
    waited: int = Field(description="Working days.")
    limit: date
    responsible_by: date
    responsible_id: int | None
    earliest_decision: date | None = Field(description="Null: no meeting ahead reaches it.")
    meeting_id: int | None
    is_late: bool
    will_pass: bool


class ProposalShape(BaseModel):
    """What would take the cases that otherwise pass their limit."""

    form: str
    day: date
    case_ids: list[int]
    in_time: int
    next_meeting: date | None


class ClocksShape(BaseModel):
    """A council's clocks; the cases are its oldest."""

    organisation_id: int
    council_id: int | None
    today: date
    targets: TargetsShape
    undecided: int
    without_responsible: int
    left_without_after_last_meeting: int
    last_met_at: datetime | None
    cases_a_meeting: int | None = Field(
        description="What the forecast counts with: as set, else as lately; null: no limit."
    )
    cases: list[ForecastShape]
    proposal: ProposalShape | None = Field(description="For those who plan meetings.")


class PlanWanted(Wanted):
    """The proposal that was read; 409 if it has changed since."""

    form: MeetingForm
    day: Day


class PlannedShape(BaseModel):
    """The meeting that was planned."""

    meeting_id: int
    case_ids: list[int]


class TargetsWanted(Wanted):
    """What is promised from a day on."""

    valid_from: Day
    receipt_days: WorkingDays
    responsible_days: WorkingDays
    decision_days: WorkingDays
    feedback_days: WorkingDays
    warn_days: FromNone = 3
    decider_days: FromNone = 5
    stand_in_id: Id | None = None
    cases_a_meeting: Annotated[int, Field(ge=1, le=MOST_CASES)] | None = None
    decision_reference: ShortLine = ""


class AcceptanceWanted(Wanted):
    """Whether the responsible takes it on; a no has a reason."""

    accepts: bool
    reason: Text = ""


class FollowUpWanted(Wanted):
    """Who stands in, and by which day the case is ready to be decided."""

    deputy_id: Id | None = None
    follow_up_by: Day | None = None
    version: Version | None = None


class FollowUpShape(BaseModel):
    """Who follows a case up."""

    case_id: int
    version: int
    responsible_id: int | None
    accepted_at: datetime | None
    declined_because: str
    deputy_id: int | None
    follow_up_by: date | None
