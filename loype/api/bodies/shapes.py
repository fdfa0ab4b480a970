"""How bodies, their people, papers and year look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Day,
    Id,
    Line,
    OrganisationRef,
    PersonShape,
    ShortLine,
    Text,
    Wanted,
    organisation_ref,
    person_shape,
)
from loype.bodies.as_of import BodyThen, SeatThen
from loype.bodies.models import (
    AppointingRole,
    Body,
    BodyKind,
    DecidesBy,
    Introduction,
    Involvement,
    PowerHolder,
    Quorum,
    Referral,
    RuleKind,
    SeatKind,
    Strength,
    WheelItem,
    WheelKind,
)
from loype.bodies.states import BodyState
from loype.bodies.year_wheel import YearWheel
from loype.councils.citing import UnderPoint

Reference = Annotated[str, StringConstraints(max_length=160, pattern=NO_NUL)]
Discipline = Annotated[str, StringConstraints(max_length=80, pattern=NO_NUL)]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{3})?$")]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Days = Annotated[int, Field(ge=0, le=365)]
Few = Annotated[int, Field(ge=0, le=99)]


class BodyFilters(Paging):
    """Which bodies are wanted."""

    organisation_id: Id | None = None
    kind: BodyKind | None = None
    state: BodyState | None = None


class OnDay(BaseModel):
    """The day to see it on; today if left out."""

    on: Day | None = None


class OfYear(BaseModel):
    """Which year; this one if left out."""

    year: Annotated[int, Field(ge=1900, le=2199)] | None = None


class BodyShape(BaseModel):
    """A council, board, group, committee or forum."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str
    name: str
    state: str
    organisation: OrganisationRef
    federation_id: int | None
    decision_reference: str
    established_date: date | None
    closed_date: date | None
    ends_date: date | None
    commission: str
    delivery: str


class BodySeat(BaseModel):
    """A seat and who held it on the day."""

    id: int
    kind: str
    title: str
    discipline: str
    is_leader: bool
    has_vote: bool
    appointing_role: str
    party: OrganisationRef | None
    holder: PersonShape | None
    deputy: PersonShape | None


class MissingShape(BaseModel):
    """What is missing, in words, and what stops until it is there."""

    model_config = ConfigDict(from_attributes=True)

    words: str
    strength: str
    rule_id: int | None


class RuleShape(BaseModel):
    """A rule about who sits on the body."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    rule: str
    seat_kind: str
    party_id: int | None
    discipline: str
    least: int
    most: int | None
    strength: str
    from_date: date
    to_date: date | None


class PointShape(BaseModel):
    """A point of a mandate."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    number: int
    text: str


class PaperShape(BaseModel):
    """A version of a paper."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    number: int
    from_date: date
    to_date: date | None
    decision_reference: str


class MandateShape(PaperShape):
    """A version of a mandate."""

    points: list[PointShape]


class PowerShape(BaseModel):
    """Who may decide a matter, and up to which amount (null: any)."""

    model_config = ConfigDict(from_attributes=True)

    matter: str
    holder: str
    up_to: Decimal | None
    currency: str


class InstructionShape(PaperShape):
    """A version of an instruction."""

    powers: list[PowerShape]


class ProcedureShape(PaperShape):
    """A version of the rules of procedure."""

    notice_days: int
    paper_days: int
    quorum: str
    quorum_number: int
    decides_by: str
    casting_vote: bool
    allows_written: bool
    allows_urgent: bool
    urgent_notice_days: int
    least_meetings: int | None
    most_meetings: int | None


class BodyDetail(BodyShape):
    """A body as it was on a day."""

    on: date
    state_then: str
    seats: list[BodySeat]
    missing: list[MissingShape]
    rules: list[RuleShape]
    mandate: MandateShape | None
    rules_of_procedure: ProcedureShape | None
    instruction: InstructionShape | None
    mismatches: list[str]


class BodyWanted(Wanted):
    """A body to set up; from a pack where one is named."""

    organisation_id: Id
    kind: BodyKind
    name: Reference = ""
    pack: ShortLine = ""
    parties: dict[ShortLine, Id] = Field(default_factory=dict, max_length=10)
    federation_id: Id | None = None
    leader_party_id: Id | None = None
    decision_reference: Reference = ""
    commission: Text = ""
    delivery: Text = ""
    ends_date: Day | None = None


class PackWanted(Wanted):
    """A default pack to take up, and which organisations its parties are."""

    pack: ShortLine
    parties: dict[ShortLine, Id] = Field(default_factory=dict, max_length=10)


class AddedShape(BaseModel):
    """What was added, in words."""

    added: list[str]


class BodySeatWanted(Wanted):
    """A further seat."""

    title: ShortLine = ""
    kind: SeatKind = SeatKind.MUNICIPALITY
    party_id: Id | None = None
    discipline: Discipline = ""
    has_vote: bool = True
    appointing_role: AppointingRole | Literal[""] = ""


class RuleWanted(Wanted):
    """A rule about who sits on the body."""

    rule: RuleKind
    seat_kind: SeatKind | Literal[""] = ""
    party_id: Id | None = None
    discipline: Discipline = ""
    least: Few = 1
    most: Few | None = None
    strength: Strength = Strength.ALWAYS
    from_date: Day
    decision_reference: Reference = ""


class EndWanted(Wanted):
    """The last day."""

    to_date: Day


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


def body_shape(body: Body) -> BodyShape:
    """A body in a list."""
    facts = {name: getattr(body, name) for name in BodyShape.model_fields if name != "organisation"}
    return BodyShape(**facts, organisation=organisation_ref(body.organisation))


def seat_shape(one: SeatThen) -> BodySeat:
    """A seat with who held it."""
    seat = one.seat
    return BodySeat(
        id=seat.pk,
        kind=seat.kind,
        title=seat.title,
        discipline=seat.discipline,
        is_leader=seat.is_leader,
        has_vote=seat.has_vote,
        appointing_role=seat.appointing_role,
        party=organisation_ref(seat.party) if seat.party else None,
        holder=person_shape(one.holder),
        deputy=person_shape(one.deputy),
    )


def body_detail(then: BodyThen) -> BodyDetail:
    """A body as it was on a day."""
    people, papers = then.people, then.papers
    mandate = instruction = procedure = None
    if papers.mandate:
        mandate = MandateShape(**_paper(papers.mandate), points=_all(PointShape, papers.points))
    if papers.instruction:
        instruction = instruction_shape(papers.instruction, papers.powers)
    if papers.rules_of_procedure:
        procedure = ProcedureShape.model_validate(papers.rules_of_procedure)
    return BodyDetail(
        **body_shape(people.body).model_dump(),
        on=people.day,
        state_then=people.state,
        seats=[seat_shape(one) for one in people.seats],
        missing=_all(MissingShape, people.missing),
        rules=_all(RuleShape, people.rules),
        mandate=mandate,
        rules_of_procedure=procedure,
        instruction=instruction,
        mismatches=list(papers.mismatches),
    )


def instruction_shape(instruction: Any, powers: Any) -> InstructionShape:
    """A version of an instruction with its lines."""
    return InstructionShape(**_paper(instruction), powers=_all(PowerShape, powers))


def mandate_shape(mandate: Any) -> MandateShape:
    """A version of a mandate with its points."""
    return MandateShape(**_paper(mandate), points=_all(PointShape, mandate.points.all()))


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
        items=_all(WheelItemShape, items),
        introductions=_all(IntroductionShape, introductions),
        referrals=_all(ReferralShape, referrals),
    )


def under_point(one: UnderPoint) -> UnderPointShape:
    """A point with its decisions."""
    return UnderPointShape(
        point=PointShape.model_validate(one.point),
        mandate_number=one.mandate.number,
        decision_ids=[decision.pk for decision in one.decisions],
    )


def _paper(paper: Any) -> dict[str, Any]:
    return PaperShape.model_validate(paper).model_dump()


def _all(shape: Any, rows: Any) -> list[Any]:
    return [shape.model_validate(row) for row in rows]
