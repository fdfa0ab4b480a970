"""How cases and decisions look, and what is sent to prepare and decide."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from loype.api.ideas.reusing import ReuseWanted
from loype.api.ideas.shapes import idea_ref
from loype.api.paging import Paging
from loype.api.shapes import (
    NO_NUL,
    Amount,
    Day,
    Id,
    OrganisationRef,
    PersonShape,
    ShortLine,
    Text,
    ThingRef,
    Version,
    Wanted,
    organisation_ref,
    person_shape,
    thing_ref,
)
from loype.councils.labels import Answer, CourseLabel, Form, OutcomeLabel, Scale
from loype.councils.models import Case, Decision, JointInvitation
from loype.councils.rules import can_know_people
from loype.councils.states import CaseState
from loype.ideas.rules import shows_giver
from loype.organisations.actor import Actor
from loype.organisations.labels import Visibility

Reasons = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)]


class CaseFilters(Paging):
    """Which cases are wanted."""

    organisation_id: Id | None = None
    state: CaseState | None = Field(None, description="If left out: those not yet decided.")
    mine: bool = Field(False, description="Only those you are responsible for.")


class NeedElsewhereShape(BaseModel):
    """The same need before another council."""

    id: int
    organisation: str
    title: str
    state: str
    is_seen: bool = Field(description="Whether those who decide said that they have seen it.")
    invitation_id: int | None = Field(
        description="The invitation from there that your council said yes to: the case may join it."
    )


class CaseShape(BaseModel):
    """An idea before the council, and how long it has waited."""

    id: int
    organisation: OrganisationRef
    idea: ThingRef | None = Field(description="Null once the idea is withdrawn.")
    kind: str
    case_number: str | None
    giver: PersonShape | None
    state: str
    version: int
    waiting_since: datetime
    waiting_days: int
    responsible: PersonShape | None
    responsible_since: datetime | None
    first_decided_at: datetime | None
    needs_elsewhere: list[NeedElsewhereShape] = Field(
        description="The same need before other councils; decide only after you have seen it."
    )


class ResponsibleWanted(Wanted):
    """Who follows the idea up."""

    person_id: Id
    version: Version | None = None


class DecisionWanted(Wanted):
    """What the decision says."""

    outcome: OutcomeLabel
    reasons: Reasons
    form: Form | None = None
    course: CourseLabel | None = None
    scale: Scale | None = None
    conditions: Text = ""
    responsible_id: Id | None = None
    deadline: Day | None = None
    answer_by: Day | None = None
    merged_into_id: Id | None = None
    joins_id: Id | None = Field(
        None, description="To `join`: the `invitation_id` of the same need elsewhere."
    )
    exemption_reason: Text = ""
    amount: Amount | None = Field(
        None, description="What it binds, in the organisation's currency; held to the instruction."
    )
    matter: ShortLine = Field("", description="Which matter of the body's instruction it is.")
    trial_id: Id | None = Field(None, description="The finished small-scale trial it builds on.")
    mandate_id: Id | None = Field(
        None, description="The political mandate it hangs on; needed where several are in force."
    )
    activity_visibility: Visibility | None = Field(
        None,
        description="Who may read about what goes on; without it nobody outside its owners, even "
        "where the idea is shared.",
    )
    reuse: ReuseWanted | None = Field(
        None, description="Needed before a new project, unless it was answered before."
    )
    meeting_id: Id | None = Field(None, description="Where there is a council: its meeting.")
    seen_elsewhere: list[Id] = Field(
        default_factory=list,
        max_length=200,
        description="The `needs_elsewhere` of the case that those who decide have seen.",
    )
    version: Version | None = None


class DecisionFilters(Paging):
    """Which decisions are wanted."""

    organisation_id: Id | None = None
    idea_id: Id | None = None
    outcome: OutcomeLabel | None = None
    in_force: bool | None = None


class JoinedShape(BaseModel):
    """What others run together that a decision joins."""

    invitation_id: int
    lead: str = Field(description="Who leads it: as agreed, else the council that asked.")


class DecisionShape(BaseModel):
    """What was decided, with its number and reasons."""

    id: int
    number: str
    organisation: OrganisationRef
    council_id: int | None = Field(description="Null where the named decider decided.")
    meeting_id: int | None
    idea: ThingRef | None
    decided_at: datetime
    outcome: str
    form: str
    course: str
    scale: str
    reasons: str
    conditions: str
    responsible: PersonShape | None = Field(description="Null outside the organisation.")
    deadline: date | None
    answer_by: date | None
    merged_into: ThingRef | None
    joins: JoinedShape | None
    exemption_number: str
    exemption_reason: str
    amount: Decimal | None
    currency: str
    matter: str
    corrects_id: int | None
    in_force: bool
    locked_at: datetime | None


class InvitationFilters(Paging):
    """Which invitations to run something together are wanted."""

    unanswered: bool = False


class JointInvitationShape(BaseModel):
    """Another council asked to join an inter-municipal course, and what it answers."""

    id: int
    decision_id: int
    decision_number: str
    title: str
    asked_by: OrganisationRef
    organisation: OrganisationRef
    course: str
    reasons_to_join: str
    invited_at: datetime
    answer_by: date
    answer: str
    reasons: str
    answered_at: datetime | None


class AnswerWanted(Wanted):
    """Yes, no or later, and why."""

    answer: Answer
    reasons: Reasons


def case_shape(case: Case, *, actor: Actor, at: datetime) -> CaseShape:
    """A case; a hidden giver stays hidden before the council too."""
    idea = case.idea
    told: list[dict[str, Any]] = getattr(case, "told_elsewhere", [])
    return CaseShape(
        id=case.pk,
        organisation=organisation_ref(case.organisation),
        idea=thing_ref(idea) if idea.state != "withdrawn" else None,
        kind=idea.kind,
        case_number=idea.case_number,
        giver=person_shape(idea.giver) if shows_giver(actor, idea) else None,
        state=case.state,
        version=case.version,
        waiting_since=case.waiting_since,
        waiting_days=max(0, (at - case.waiting_since).days),
        responsible=person_shape(case.responsible),
        responsible_since=case.responsible_since,
        first_decided_at=case.first_decided_at,
        needs_elsewhere=[NeedElsewhereShape(**one) for one in told],
    )


def decision_shape(decision: Decision, *, actor: Actor) -> DecisionShape:
    """A decision; ideas are named only to those who may know of them, people only at home."""
    names_people = can_know_people(actor, decision.organisation_id)
    return DecisionShape(
        id=decision.pk,
        number=decision.number,
        organisation=organisation_ref(decision.organisation),
        council_id=decision.body_id,
        meeting_id=decision.meeting_id,
        idea=idea_ref(decision.case.idea, actor=actor),
        decided_at=decision.decided_at,
        outcome=decision.outcome,
        form=decision.form,
        course=decision.course,
        scale=decision.scale,
        reasons=decision.reasons,
        conditions=decision.conditions,
        responsible=person_shape(decision.responsible) if names_people else None,
        deadline=decision.deadline,
        answer_by=decision.answer_by,
        merged_into=idea_ref(decision.merged_into, actor=actor),
        joins=_joined(decision),
        exemption_number=decision.exemption_number,
        exemption_reason=decision.exemption_reason,
        amount=decision.amount,
        currency=decision.currency,
        matter=decision.matter,
        corrects_id=decision.corrects_id,
        in_force=decision.in_force,
        locked_at=decision.locked_at,
    )


def _joined(decision: Decision) -> JoinedShape | None:
    """What it joins, of a decision that was read `with_joined`."""
    if decision.joins_id is None:
        return None
    lead: str = decision.joined_lead  # type: ignore[attr-defined]
    return JoinedShape(invitation_id=decision.joins_id, lead=lead)


def joint_invitation_shape(invitation: JointInvitation) -> JointInvitationShape:
    """An invitation; the asked council learns what it is asked to join."""
    decision = invitation.decision
    return JointInvitationShape(
        id=invitation.pk,
        decision_id=decision.pk,
        decision_number=decision.number,
        title=decision.case.idea.title,
        asked_by=organisation_ref(decision.organisation),
        organisation=organisation_ref(invitation.organisation),
        course=decision.course,
        reasons_to_join=decision.reasons,
        invited_at=invitation.invited_at,
        answer_by=invitation.answer_by,
        answer=invitation.answer,
        reasons=invitation.reasons,
        answered_at=invitation.answered_at,
    )
