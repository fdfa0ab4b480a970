"""The queue, deciding, decisions, and invitations to run something together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from ninja import Query

from loype.api.actor import ApiRequest
from loype.api.councils.shapes import (
    AnswerWanted,
    CaseFilters,
    CaseShape,
    DecisionFilters,
    DecisionShape,
    DecisionWanted,
    InvitationFilters,
    JointInvitationShape,
    ResponsibleWanted,
    case_shape,
    decision_shape,
    joint_invitation_shape,
)
from loype.api.finding import find, maybe
from loype.api.ideas.reusing import reuse_words
from loype.api.idempotency import Key, create
from loype.api.operations import changing, creating, reading, room
from loype.api.paging import Page, keyset
from loype.api.shapes import Id, somebody
from loype.bodies.models import Meeting
from loype.councils.actions import DecisionWords, answer_joint_invitation, appoint_responsible
from loype.councils.models import Case, Decision, JointInvitation
from loype.councils.querysets import CaseQuerySet, JointInvitationQuerySet
from loype.ideas.models import Idea
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.portfolio.mandates.models import PoliticalMandate
from loype.portfolio.models import Activity
from loype.trail.handovers import council_to_portfolio

router = room("councils")
WORDS = ("idea__words", "idea__text")


def _cases(actor: Actor) -> CaseQuerySet:
    rows = Case.objects.visible_to(actor).with_needs_elsewhere(day=now().date())
    return rows.select_related("organisation", "idea__giver", "responsible").defer(*WORDS)


@router.get(
    "/cases",
    operation_id="list_cases",
    **reading(Page[CaseShape], summary="The queue, longest waiting first", found=False),
)
def list_cases(request: ApiRequest, filters: Query[CaseFilters]) -> Page[CaseShape]:
    """For the council room: its organisation's cases. For others: those they answer for."""
    at, rows = now(), _cases(request.actor)
    rows = rows.filter(state=filters.state) if filters.state else rows.undecided()
    if filters.organisation_id:
        rows = rows.filter(organisation=filters.organisation_id)
    if filters.mine:
        rows = rows.filter(responsible=request.actor.person_id)
    return keyset(
        rows,
        lambda case: case_shape(case, actor=request.actor, at=at),
        paging=filters,
        order=("waiting_since", "id"),
    )


@router.get("/cases/{case_id}", operation_id="get_case", **reading(CaseShape, summary="A case"))
def get_case(request: ApiRequest, case_id: Id) -> CaseShape:
    """One idea before the council."""
    return case_shape(find(_cases(request.actor), case_id), actor=request.actor, at=now())


@router.put(
    "/cases/{case_id}/responsible",
    operation_id="appoint_responsible",
    **changing(CaseShape, summary="Name the one who follows an idea up"),
)
def appoint(request: ApiRequest, case_id: Id, wanted: ResponsibleWanted) -> CaseShape:
    """For the council's leader and secretary; the idea is taken up from now on."""
    case, at = find(Case.objects.visible_to(request.actor), case_id), now()
    appoint_responsible(
        case,
        person=somebody(wanted.person_id),
        version=wanted.version,
        actor=request.actor,
        at=at,
    )

    return case_shape(find(_cases(request.actor), case_id), actor=request.actor, at=at)


@router.post(
    "/cases/{case_id}/decisions",
    operation_id="decide_case",
    **creating(DecisionShape, summary="Decide a case"),
)
def decide(
    request: ApiRequest, case_id: Id, wanted: DecisionWanted, idempotency_key: Key
) -> object:
    """The council decides in a called meeting; without a council the named decider does. A
    decision in force is corrected by the new one; what goes on becomes an activity."""

    def make(at: datetime) -> DecisionShape:
        actor = request.actor
        case = find(Case.objects.visible_to(actor), case_id)
        decision = council_to_portfolio(
            case,
            words=_words(wanted, actor=actor),
            meeting=maybe(Meeting.objects.visible_to(actor), wanted.meeting_id),
            trial=maybe(Activity.objects.visible_to(actor), wanted.trial_id),
            mandate=maybe(PoliticalMandate.objects.visible_to(actor), wanted.mandate_id),
            activity_visibility=wanted.activity_visibility or "",
            version=wanted.version,
            actor=actor,
            at=at,
        )
        return decision_shape(_decisions(actor).get(pk=decision.pk), actor=actor)

    return create(request, make, key=idempotency_key, body=wanted)


def _words(wanted: DecisionWanted, *, actor: Actor) -> DecisionWords:
    """The decision as the verb takes it; an idea one may not see cannot take others in."""
    target = maybe(Idea.objects.visible_to(actor).defer("words"), wanted.merged_into_id)
    return DecisionWords(
        outcome=wanted.outcome,
        reasons=wanted.reasons,
        form=wanted.form or "",
        course=wanted.course or "",
        scale=wanted.scale or "",
        conditions=wanted.conditions,
        responsible=somebody(wanted.responsible_id) if wanted.responsible_id else None,
        deadline=wanted.deadline,
        answer_by=wanted.answer_by,
        merged_into=target,
        joins=maybe(_invitations(actor), wanted.joins_id),
        exemption_reason=wanted.exemption_reason,
        amount=wanted.amount,
        matter=wanted.matter,
        reuse=reuse_words(wanted.reuse, actor=actor) if wanted.reuse else None,
        seen_elsewhere=frozenset(wanted.seen_elsewhere),
    )


def _decisions(actor: Actor) -> QuerySet[Decision]:
    related = ("organisation", "case__idea", "responsible", "merged_into")
    hidden = ("case__idea__words", "case__idea__text", "merged_into__words", "merged_into__text")
    rows = Decision.objects.visible_to(actor).select_related(*related).defer(*hidden)
    return rows.with_joined()


@router.get(
    "/decisions",
    operation_id="list_decisions",
    **reading(
        Page[DecisionShape], summary="Decisions, newest first", open_to_all=True, found=False
    ),
)
def list_decisions(request: ApiRequest, filters: Query[DecisionFilters]) -> Page[DecisionShape]:
    """Decisions about ideas that you may read."""
    wanted: dict[str, Any] = {
        "organisation": filters.organisation_id,
        "case__idea": filters.idea_id,
        "outcome": filters.outcome,
        "in_force": filters.in_force,
    }
    rows = _decisions(request.actor).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    return keyset(
        rows,
        lambda decision: decision_shape(decision, actor=request.actor),
        paging=filters,
        order=("-decided_at", "-id"),
    )


@router.get(
    "/decisions/{decision_id}",
    operation_id="get_decision",
    **reading(DecisionShape, summary="A decision", open_to_all=True),
)
def get_decision(request: ApiRequest, decision_id: Id) -> DecisionShape:
    """With its reasons and conditions."""
    return decision_shape(find(_decisions(request.actor), decision_id), actor=request.actor)


def _invitations(actor: Actor) -> JointInvitationQuerySet:
    rows = JointInvitation.objects.visible_to(actor)
    related = ("organisation", "decision__organisation", "decision__case__idea")
    hidden = ("decision__case__idea__words", "decision__case__idea__text")
    return rows.select_related(*related).defer(*hidden)


@router.get(
    "/joint-invitations",
    operation_id="list_joint_invitations",
    **reading(Page[JointInvitationShape], summary="Asked to run something together", found=False),
)
def list_joint_invitations(
    request: ApiRequest, filters: Query[InvitationFilters]
) -> Page[JointInvitationShape]:
    """For the council that asks and the one that is asked, newest first."""
    rows = _invitations(request.actor)
    if filters.unanswered:
        rows = rows.unanswered()
    return keyset(rows, joint_invitation_shape, paging=filters)


@router.get(
    "/joint-invitations/{invitation_id}",
    operation_id="get_joint_invitation",
    **reading(JointInvitationShape, summary="An invitation to run something together"),
)
def get_joint_invitation(request: ApiRequest, invitation_id: Id) -> JointInvitationShape:
    """For the council that asks and the one that is asked."""
    return joint_invitation_shape(find(_invitations(request.actor), invitation_id))


@router.post(
    "/joint-invitations/{invitation_id}/answer",
    operation_id="answer_joint_invitation",
    **changing(JointInvitationShape, summary="Answer yes, no or later"),
)
def answer(request: ApiRequest, invitation_id: Id, wanted: AnswerWanted) -> JointInvitationShape:
    """For the invited council's leader or named decider; “later” may be answered again."""
    invitation = find(JointInvitation.objects.visible_to(request.actor), invitation_id)
    answer_joint_invitation(
        invitation, answer=wanted.answer, reasons=wanted.reasons, actor=request.actor, at=now()
    )
    return joint_invitation_shape(find(_invitations(request.actor), invitation_id))
