"""Asking other councils to run something together, and answering them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loype.councils.actions.cases import current_council
from loype.councils.actions.joint_cases import end_joint_cases, open_joint_case
from loype.councils.labels import Answer
from loype.councils.models import Decision, JointInvitation
from loype.councils.rules import can_decide
from loype.councils.states import JOINT_COURSES
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership


def invite_councils(decision: Decision, *, actor: Actor, at: datetime) -> list[JointInvitation]:
    """Ask every other municipality of the federation to answer by the decision's answer day."""
    if decision.corrects_id is not None:
        end_joint_cases(decision.case_id, at=at)
    if decision.course not in JOINT_COURSES or decision.answer_by is None:
        return []
    open_joint_case(decision, actor=actor, at=at)
    day = at.date()
    in_force = Q(to_date=None) | Q(to_date__gte=day)
    mine = FederationMembership.objects.filter(
        in_force, organisation=decision.organisation_id, from_date__lte=day
    ).values("federation")
    others = (
        FederationMembership.objects.filter(
            in_force, federation__in=mine, from_date__lte=day, organisation__kind="municipality"
        )
        .exclude(organisation=decision.organisation_id)
        .values_list("organisation_id", flat=True)
        .distinct()
    )
    invitations = JointInvitation.objects.bulk_create(
        JointInvitation(
            decision=decision, organisation_id=other, invited_at=at, answer_by=decision.answer_by
        )
        for other in sorted(others)
    )
    for invitation in invitations:
        record(
            "invite_council", thing=invitation, actor=actor, at=at,
            organisation_id=invitation.organisation_id, acting_as="council",
            change={"decision": decision.pk, "answer_by": str(decision.answer_by)},
        )  # fmt: skip
    return invitations


@transaction.atomic
def answer_joint_invitation(
    invitation: JointInvitation, *, answer: str, reasons: str, actor: Actor, at: datetime
) -> JointInvitation:
    """Answer yes, no or later with reasons; "later" may be answered again."""
    council = current_council(invitation.organisation_id)
    if not can_decide(actor, invitation.organisation_id, council=council):
        raise NotAllowed(_("The invited council's leader or named decider answers."))
    invitation = (
        JointInvitation.objects.select_for_update(of=("self",))
        .select_related("decision")
        .get(pk=invitation.pk)
    )
    if not invitation.decision.in_force:
        raise WrongMoment(_("The council that asked has decided anew since. Look again."))
    if invitation.answer in ("yes", "no"):
        raise WrongMoment(_("This was already answered."))
    problems = {}
    if answer not in Answer.values:
        problems["answer"] = _("Choose yes, no or later.")
    if not (reasons := clean_text(reasons)):
        problems["reasons"] = _("Give a reason, so that the others understand.")
    if problems:
        raise BadInput(problems)
    invitation.answer, invitation.reasons = answer, reasons
    invitation.answered_at, invitation.answered_by_id = at, actor.person_id
    invitation.save(update_fields=["answer", "reasons", "answered_at", "answered_by"])
    record(
        "answer_joint_invitation", thing=invitation, actor=actor, at=at,
        organisation_id=invitation.organisation_id, acting_as="council", reason=reasons,
        change={"answer": answer, "decision": invitation.decision_id},
    )  # fmt: skip
    return invitation
