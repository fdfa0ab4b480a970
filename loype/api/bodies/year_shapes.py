"""How what a body goes by is sent in, and how its year looks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from loype.api.bodies.shapes import Currency, Days, Few, Money, PointShape, Reference, all_of
from loype.api.shapes import (
    Day,
    Id,
    Line,
    ShortLine,
    Text,
    Wanted,
)
from loype.bodies.models import (
    DecidesBy,
    Introduction,
    Involvement,
    PowerHolder,
    Quorum,
    Referral,
    WheelItem,
    WheelKind,
)
from loype.bodies.year_wheel import YearWheel
from loype.councils.citing import UnderPoint


class OfYear(BaseModel):
    """Which year; this one if left out."""

    year: Annotated[int, Field(ge=1900, le=2199)] | None = None


class MandateWanted(Wanted):
    """A new version of the mandate."""

    points: list[Text] = Field(min_length=1, max_length=100)
    from_date: Day
    decision_reference: Reference = ""


class PowerWanted(Wanted):
    """Who may decide a matter, and up to which amount."""

    matter: ShortLine
    holder: PowerHolder
    up_to: Money | None = None
    currency: Currency = ""


class InstructionWanted(Wanted):
    """A new version of the instruction."""

    powers: list[PowerWanted] = Field(min_length=1, max_length=100)
    from_date: Day
    decision_reference: Reference = ""


class ProcedureWanted(Wanted):
    """A new version of the rules of procedure."""

    notice_days: Days = 0
    paper_days: Days = 0
    quorum: Quorum = Quorum.HALF
    quorum_number: Few = 0
    decides_by: DecidesBy = DecidesBy.VOTE
    casting_vote: bool = True
    allows_written: bool = False
    allows_urgent: bool = False
    urgent_notice_days: Days = 0
    least_meetings: Few | None = None
    most_meetings: Few | None = None
    powers: list[PowerWanted] = Field(default_factory=list, max_length=100)
    from_date: Day
    decision_reference: Reference = ""


class WheelItemShape(BaseModel):
    """Something to be done in the year."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str
    title: str
    due_date: date
    questions: str
    method: str
    evaluator: str
    involvement: str
    involvement_reason: str
    done_date: date | None
    result: str
    follow_up: str


class WheelMeeting(BaseModel):
    """A meeting in the year and the day its papers are due."""

    meeting_id: int
    day: date
    papers_by: date | None


class IntroductionShape(BaseModel):
    """A promise to bring two together."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    whom: str
    to_whom: str
    purpose: str
    due_date: date
    state: str
    settled_date: date | None
    outcome: str
    meeting_id: int | None
    promised_by_id: int


class ReferralShape(BaseModel):
    """A question decided under the instruction, or referred to the body."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    matter: str
    title: str
    amount: Decimal | None
    currency: str
    reasons: str
    state: str
    why_here: str
    meeting_id: int | None
    answer: str


class YearShape(BaseModel):
    """A body's year, and what should be put right."""

    year: int
    warnings: list[str]
    meetings: list[WheelMeeting]
    items: list[WheelItemShape]
    introductions: list[IntroductionShape]
    referrals: list[ReferralShape]


class WheelWanted(Wanted):
    """Something to put on the year wheel."""

    kind: WheelKind
    title: Line
    due_date: Day
    questions: Text = ""
    method: Text = ""
    evaluator: Line = ""
    involvement: Involvement | Literal[""] = ""
    involvement_reason: Text = ""


class DoneWanted(Wanted):
    """What came of it, and what is done about it."""

    result: Text
    follow_up: Text = ""


class IntroductionWanted(Wanted):
    """A promise to bring two together."""

    whom: Line
    to_whom: Line
    due_date: Day
    purpose: Text = ""
    meeting_id: Id | None = None


class OutcomeWanted(Wanted):
    """How a promise ended."""

    is_made: bool
    outcome: Text


class ReferralWanted(Wanted):
    """A question to decide under the instruction."""

    matter: ShortLine
    title: Line
    reasons: Text
    amount: Money | None = None
    currency: Currency = ""


class OnAgendaWanted(Wanted):
    """On which agenda; the next open one if left out."""

    meeting_id: Id | None = None


class OnAgendaShape(BaseModel):
    """Where a question lies."""

    referral_id: int
    meeting_id: int
    item_id: int


class AnswerWanted(Wanted):
    """What the body answered, and in which meeting."""

    meeting_id: Id
    is_agreed: bool
    answer: Text


class CitedWanted(Wanted):
    """The points of the mandate that a decision rests on."""

    point_ids: list[Id] = Field(max_length=100)


class UnderPointShape(BaseModel):
    """A point and the numbers of the decisions that rest on it."""

    point: PointShape
    mandate_number: int
    decision_ids: list[int]


class PointsShape(BaseModel):
    """A year's decisions by the points of the mandate."""

    year: int
    points: list[UnderPointShape]


def year_shape(
    wheel: YearWheel, *, introductions: list[Introduction], referrals: list[Referral]
) -> YearShape:
    """A body's year."""
    items: list[WheelItem] = [one.item for one in wheel.days if one.item]
    return YearShape(
        year=wheel.year,
        warnings=list(wheel.warnings),
        meetings=[
            WheelMeeting(meeting_id=one.meeting.pk, day=one.day, papers_by=one.papers_by)
            for one in wheel.days
            if one.meeting
        ],
        items=all_of(WheelItemShape, items),
        introductions=all_of(IntroductionShape, introductions),
        referrals=all_of(ReferralShape, referrals),
    )


def under_point(one: UnderPoint) -> UnderPointShape:
    """A point with its decisions."""
    return UnderPointShape(
        point=PointShape.model_validate(one.point),
        mandate_number=one.mandate.number,
        decision_ids=[decision.pk for decision in one.decisions],
    )
