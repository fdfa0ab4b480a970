"""Closing one's own case by joining what another council runs together with others."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loype.councils.actions.joint_cases import partners_of
from loype.councils.models import Case, JointInvitation, JointTerms, NeedElsewhere


def needs_elsewhere(case: Case, *, day: date) -> list[Any]:
    """The same need before other councils, seen or not; with `is_shared` where it may be read,
    `yes_id` where one's own council said yes to running it together, and `lead`, who leads that."""
    return list(
        NeedElsewhere.objects.filter(case=case, ended_at=None)
        .with_sharing(day=day)
        .with_own_yes()
        .select_related("other__organisation", "other__idea")
        .defer("other__idea__words", "other__idea__text")
    )


def join_problem(invitation: JointInvitation | None, *, case: Case, day: date) -> dict[str, str]:
    """Why a case cannot be closed by joining others; nothing where it can be."""
    if invitation is None or invitation.organisation_id != case.organisation_id:
        return {"joins": _("Choose what your own council was asked to join.")}
    invitation = JointInvitation.objects.select_related("decision").get(pk=invitation.pk)
    asking = invitation.decision
    if invitation.answer != "yes":
        return {"joins": _("Answer yes to the invitation first, then decide your own case.")}
    if not asking.in_force:
        return {"joins": _("The council that asked has decided anew since. Look again.")}
    if case.organisation_id not in partners_of(asking.pk, day=day):
        return {"joins": _("Your organisation has left it.")}
    same = NeedElsewhere.objects.filter(case=case, other=asking.case_id, ended_at=None)
    if not same.exists():
        return {"joins": _("Confirm first that the two are the same need, then join.")}
    return {}


def lead_of(invitation: JointInvitation) -> str:
    """Who leads what is run together: by the terms that hold, else whoever asked."""
    terms = JointTerms.objects.filter(joint_case__decision=invitation.decision_id)
    agreed = terms.in_force().values_list("lead__name", flat=True).first()
    return agreed or invitation.decision.organisation.name


def joining_told(invitation: JointInvitation | None) -> dict[str, Any]:
    """What the account keeps of it."""
    if invitation is None:
        return {}
    return {"joins": invitation.pk, "lead": lead_of(invitation)}
