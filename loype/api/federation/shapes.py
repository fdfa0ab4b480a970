"""How the federation looks to a program, and what is sent to agree on terms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Amount,
    Day,
    Id,
    OrganisationRef,
    Text,
    Wanted,
    organisation_ref,
)
from loype.councils.joint_labels import CostKey
from loype.councils.models import JointCase, JointTerms
from loype.organisations.models import SharingPolicy
from loype.organisations.sharing import SharedField, SharedKind
from loype.trail.federation.common import CommonNeed
from loype.trail.federation.overview import CouncilRow, Overview
from loype.trail.works import Work

Currency = Annotated[str, StringConstraints(min_length=3, max_length=3, pattern=NO_NUL)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class WorkFilters(Paging):
    """Which rows of the register are wanted."""

    kind: SharedKind | None = None
    organisation_id: Id | None = None
    only_open: bool = Field(False, description="Leave out what has ended.")


class WorkShape(BaseModel):
    """One row of the register; what the owner does not tell is empty or null."""

    kind: str
    id: int | None = Field(description="Null where it may not be read in full.")
    organisation: OrganisationRef
    title: str
    form: str
    state: str
    unit: str
    summary: str
    language: str
    since: datetime | None


class SharingShape(BaseModel):
    """What an organisation tells of one kind of thing."""

    kind: str
    tells_internal: bool
    fields_told: list[str]


class SharingWanted(Wanted):
    """What is to be told."""

    kind: SharedKind
    tells_internal: bool = False
    fields_told: Annotated[list[SharedField], Field(max_length=10)]


class CouncilStanding(BaseModel):
    """How one council of a federation stands."""

    organisation: OrganisationRef
    council: str
    undecided: int
    without_responsible: int
    oldest_waited: int | None = Field(description="Working days; null where nothing waits.")
    limit: int = Field(description="Working days promised.")
    meetings_held: int
    federation_came: int
    next_meeting: date | None


class NeedPlace(BaseModel):
    """One place where a need stands."""

    case_id: int
    idea_id: int
    title: str
    organisation: OrganisationRef
    state: str
    is_joint: bool


class CommonNeedShape(BaseModel):
    """The same need in several places."""

    cases: list[NeedPlace]
    can_be_run_together: bool


class OverviewShape(BaseModel):
    """A federation across all its councils."""

    federation_id: int
    name: str
    councils: list[CouncilStanding]
    needs: list[CommonNeedShape]
    joint_case_ids: list[int]


class ShareShape(BaseModel):
    """One organisation's part of the cost."""

    organisation: OrganisationRef
    weight: int
    amount: Decimal
    agreed_at: datetime | None
    leaving_date: date | None
    leaving_reason: str


class TermsShape(BaseModel):
    """Who leads, who pays what and how one leaves."""

    id: int
    number: int
    lead: OrganisationRef
    cost_key: str
    amount: Decimal
    currency: str
    exit_terms: str
    exit_days: int
    proposed_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None
    declined_by: OrganisationRef | None
    decline_reason: str
    shares: list[ShareShape]


class JointAnswer(BaseModel):
    """What one council answered."""

    organisation: OrganisationRef
    answer: str
    reasons: str
    answered_at: datetime | None


class JointCaseShape(BaseModel):
    """Something that councils run together, or are asked to."""

    id: int
    title: str
    organisation: OrganisationRef
    decision_id: int
    course: str
    state: str
    answer_by: date
    answers: list[JointAnswer]
    terms: list[TermsShape]


class TermsWanted(Wanted):
    """Terms to propose."""

    organisation_id: Id = Field(description="For which organisation you propose them.")
    lead_id: Id
    cost_key: CostKey
    amount: Amount
    currency: Currency = "NOK"
    exit_terms: Text
    exit_days: Count
    users: dict[str, Count] = Field(
        default_factory=dict,
        max_length=100,
        description="Each organisation's number and its users, where they decide the shares.",
    )


class AgreementWanted(Wanted):
    """For which organisation one says yes."""

    organisation_id: Id


class DeclineWanted(AgreementWanted):
    """For which organisation one says no, and why."""

    reason: Text


class LeaveWanted(AgreementWanted):
    """From which day on an organisation takes part no longer, and why."""

    leaving_date: Day
    reason: Text


def work_shape(work: Work) -> WorkShape:
    """A row of the register; its number only for those who may read the thing itself."""
    return WorkShape(
        kind=work.kind,
        id=work.id if work.may_open else None,
        organisation=OrganisationRef(id=work.organisation_id, name=work.organisation),
        title=work.title,
        form=work.form,
        state=work.state,
        unit=work.unit,
        summary=work.summary,
        language=work.language,
        since=work.since,
    )


def sharing_shape(kind: str, policy: SharingPolicy | None, *, otherwise: Any) -> SharingShape:
    """What is told of a kind, chosen or not."""
    return SharingShape(
        kind=kind,
        tells_internal=policy.tells_internal if policy else False,
        fields_told=policy.fields if policy else list(otherwise),
    )


def overview_shape(overview: Overview) -> OverviewShape:
    """The coordinator's figures."""
    return OverviewShape(
        federation_id=overview.federation_id,
        name=overview.name,
        councils=[_council(one) for one in overview.councils],
        needs=[_need(one) for one in overview.needs],
        joint_case_ids=[one.joint_id for one in overview.joint],
    )


def _council(row: CouncilRow) -> CouncilStanding:
    return CouncilStanding(
        organisation=OrganisationRef(id=row.organisation_id, name=row.organisation),
        council=row.council,
        undecided=row.undecided,
        without_responsible=row.without_responsible,
        oldest_waited=row.oldest_waited,
        limit=row.limit,
        meetings_held=len(row.held),
        federation_came=row.came,
        next_meeting=row.next_meeting,
    )


def _need(need: CommonNeed) -> CommonNeedShape:
    cases = [
        NeedPlace(
            case_id=case.case_id,
            idea_id=case.idea_id,
            title=case.title,
            organisation=OrganisationRef(id=case.organisation_id, name=case.organisation),
            state=case.state,
            is_joint=case.is_joint,
        )
        for case in need.cases
    ]
    return CommonNeedShape(cases=cases, can_be_run_together=need.is_candidate)


def joint_shape(joint: JointCase) -> JointCaseShape:
    """A joint case with its answers and all terms, read with `with_everything`."""
    answers = [
        JointAnswer(
            organisation=organisation_ref(one.organisation),
            answer=one.answer,
            reasons=one.reasons,
            answered_at=one.answered_at,
        )
        for one in joint.decision.invitations.all()
    ]
    return JointCaseShape(
        id=joint.pk,
        title=joint.decision.case.idea.title,
        organisation=organisation_ref(joint.organisation),
        decision_id=joint.decision_id,
        course=joint.decision.course,
        state=joint.state,
        answer_by=joint.answer_by,
        answers=answers,
        terms=[terms_shape(one) for one in joint.terms.all()],
    )


def terms_shape(terms: JointTerms) -> TermsShape:
    """Terms with everybody's share."""
    declined = terms.declined_for
    shares = [
        ShareShape(
            organisation=organisation_ref(one.organisation),
            weight=one.weight,
            amount=one.amount,
            agreed_at=one.agreed_at,
            leaving_date=one.leaving_date,
            leaving_reason=one.leaving_reason,
        )
        for one in terms.shares.all()
    ]
    return TermsShape(
        id=terms.pk,
        number=terms.number,
        lead=organisation_ref(terms.lead),
        cost_key=terms.cost_key,
        amount=terms.amount,
        currency=terms.currency,
        exit_terms=terms.exit_terms,
        exit_days=terms.exit_days,
        proposed_at=terms.proposed_at,
        agreed_at=terms.agreed_at,
        ended_at=terms.ended_at,
        declined_by=organisation_ref(declined) if declined else None,
        decline_reason=terms.decline_reason,
        shares=shares,
    )
