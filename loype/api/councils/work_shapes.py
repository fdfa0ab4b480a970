"""How papers, proposals, votes and minutes look."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from loype.api.shapes import NO_NUL, Amount, Day, Id, Line, Moment, ShortLine, Text, Wanted
from loype.councils.actions.papers import PARTS
from loype.councils.meeting_labels import Choice, ItemKind, ProposalKind
from loype.councils.models import AgendaItem, DecisionPaper, Minutes, Proposal

Title = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]


class PaperShape(BaseModel):
    """The decision paper of an item."""

    version: int
    added_date: date | None
    due_date: date | None = Field(description="By when the rules of procedure wanted it.")
    is_late: bool
    summary: str
    decision_points: str
    background: str
    economy: str
    involvement: str
    employees_statement: str


class VoteShape(BaseModel):
    """What a seat votes."""

    call_id: int
    choice: str


class ProposalShape(BaseModel):
    """A proposal and its votes."""

    id: int
    kind: str
    text: str
    by_call_id: int | None
    outcome: str
    settled_by: str
    settled_at: datetime | None
    version: int
    votes: list[VoteShape]


class InterestShape(BaseModel):
    """A member who does not take part in the item, or whose deputy does."""

    id: int
    call_id: int
    reason: str
    stand_in_id: int | None


class DissentShape(BaseModel):
    """A member's own words."""

    call_id: int
    text: str


class ItemDetail(BaseModel):
    """An item of the agenda with everything that is done about it."""

    id: int
    meeting_id: int
    kind: str
    title: str
    notes: str
    case_id: int | None
    conclusion: str
    amount: Decimal | None
    currency: str
    matter: str
    referral_id: int | None = Field(description="What was referred to the body, if it is that.")
    version: int
    paper: PaperShape | None
    proposals: list[ProposalShape]
    interests: list[InterestShape]
    dissents: list[DissentShape]


class PresentWanted(Wanted):
    """Who is there for a seat."""

    seat_id: Id
    person_id: Id | None = None


class AttendanceWanted(Wanted):
    """Who is there now; whoever was there and is not named has left."""

    present: Annotated[list[PresentWanted], Field(max_length=200)]


class RescheduleWanted(Wanted):
    """Another time or place."""

    starts_at: Moment
    place: Line = ""
    lasts_minutes: Annotated[int, Field(ge=1, le=1440)] = 120
    answer_by: Day | None = None
    version: int | None = None


class MatterWanted(Wanted):
    """A matter that is no case."""

    kind: ItemKind
    title: Title
    notes: Text = ""


class PaperWanted(Wanted):
    """The words of a paper, and the version they were read at (0 where there was none)."""

    version: Annotated[int, Field(ge=0, le=1_000_000)]
    summary: Text | None = None
    decision_points: Text | None = None
    background: Text | None = None
    economy: Text | None = None
    involvement: Text | None = None
    employees_statement: Text | None = None

    def words(self) -> dict[str, str]:
        """The parts that are to be written."""
        said = {part: getattr(self, part) for part in PARTS}
        return {part: text for part, text in said.items() if text is not None}


class ProposalWanted(Wanted):
    """A proposal or an amendment."""

    text: Text
    kind: ProposalKind = ProposalKind.PROPOSAL


class BallotWanted(Wanted):
    """What a called seat votes."""

    call_id: Id
    choice: Choice


class VotesWanted(Wanted):
    """What each seat that is present votes."""

    votes: Annotated[list[BallotWanted], Field(max_length=200)]
    version: int | None = None


class ChoiceWanted(Wanted):
    """One's own vote in a written procedure."""

    choice: Choice


class InterestWanted(Wanted):
    """A member's own interest."""

    call_id: Id
    reason: Text


class DissentWanted(Wanted):
    """A member's own words for the minutes."""

    call_id: Id
    text: Text


class ConclusionWanted(Wanted):
    """What came of a matter."""

    conclusion: Text
    amount: Amount | None = Field(None, description="What it binds, held to the instruction.")
    matter: ShortLine = Field("", description="Which matter of the body's instruction it is.")
    is_agreed: bool | None = Field(None, description="For what was referred to the body.")
    version: int | None = None


class MinutesShape(BaseModel):
    """The minutes as they were approved, or a draft."""

    meeting_id: int
    is_approved: bool
    language: str
    html: str
    html_sha256: str = Field(description="Empty for a draft.")
    pdf_sha256: str = Field(description="Empty for a draft.")
    docx_sha256: str = Field(description="Empty for a draft.")


def paper_shape(paper: DecisionPaper) -> PaperShape:
    """A paper."""
    words = {part: getattr(paper, part) for part in PARTS}
    return PaperShape(
        version=paper.version,
        added_date=paper.added_date,
        due_date=paper.due_date,
        is_late=paper.is_late,
        **words,
    )


def proposal_shape(proposal: Proposal) -> ProposalShape:
    """A proposal, with the votes that were read with it."""
    return ProposalShape(
        id=proposal.pk,
        kind=proposal.kind,
        text=proposal.text,
        by_call_id=proposal.by_id,
        outcome=proposal.outcome,
        settled_by=proposal.settled_by,
        settled_at=proposal.settled_at,
        version=proposal.version,
        votes=[VoteShape(call_id=one.call_id, choice=one.choice) for one in proposal.votes.all()],
    )


def item_detail(item: AgendaItem) -> ItemDetail:
    """An item, with what was read with it."""
    paper = getattr(item, "paper", None)
    return ItemDetail(
        id=item.pk,
        meeting_id=item.meeting_id,
        kind=item.kind,
        title=item.title,
        notes=item.notes,
        case_id=item.case_id,
        conclusion=item.conclusion,
        amount=item.amount,
        currency=item.currency,
        matter=item.matter,
        referral_id=item.referral_id,
        version=item.version,
        paper=paper_shape(paper) if paper else None,
        proposals=[proposal_shape(one) for one in item.proposals.all()],
        interests=[
            InterestShape(
                id=one.pk, call_id=one.call_id, reason=one.reason, stand_in_id=one.stand_in_id
            )
            for one in item.interests.all()
            if one.withdrawn_at is None
        ],
        dissents=[DissentShape(call_id=one.call_id, text=one.text) for one in item.dissents.all()],
    )


def minutes_shape(kept: Minutes) -> MinutesShape:
    """Approved minutes."""
    return MinutesShape(
        meeting_id=kept.meeting_id,
        is_approved=True,
        language=kept.language,
        html=kept.html,
        html_sha256=kept.html_sha256,
        pdf_sha256=kept.pdf.sha256 if kept.pdf else "",
        docx_sha256=kept.docx.sha256 if kept.docx else "",
    )
