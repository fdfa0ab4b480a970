"""Where what councils agree to run together becomes an activity of several owners.

Each function is one transaction: everything in it happens, or nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.actions import (
    agree_to_joint_terms,
    leave_joint_case,
    partners_of,
)
from loype.councils.models import Decision, JointCase, JointShare, JointTerms
from loype.ideas.models import Idea
from loype.ideas.querysets import IdeaQuerySet
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.mandates.actions import answer_mandate
from loype.portfolio.mandates.labels import Confirming
from loype.portfolio.mandates.models import MandateQuestion, MandateSitting
from loype.portfolio.models import Activity
from loype.portfolio.owning import end_co_ownership, rest_alone, share_ownership


@transaction.atomic
def agree_to_run_together(
    terms: JointTerms, *, organisation: Organisation, actor: Actor, at: datetime
) -> JointTerms:
    """Say yes to the terms; with the last yes everybody owns the activity."""
    terms = agree_to_joint_terms(terms, organisation=organisation, actor=actor, at=at)
    activity = activity_of(terms.joint_case)
    if terms.agreed_at is None or activity is None:
        return terms
    share_ownership(
        activity,
        shares={one.organisation_id: one.amount for one in terms.shares.all()},
        currency=terms.currency,
        lead_id=terms.lead_id,
        actor=actor,
        at=at,
    )
    return terms


def activity_of(joint: JointCase) -> Activity | None:
    """The open activity that a joint case is about, where there still is one."""
    return Activity.objects.filter(current_decision=joint.decision_id).open().first()


def activities_joined(decisions: Iterable[Decision], *, actor: Actor) -> dict[int, Activity]:
    """What others run that these decisions (read `with_joined`) join, by the decision, as far as
    the actor may read it; no statement where none joins anything."""
    ideas = {one.pk: one.joins.decision.case.idea_id for one in decisions if one.joins is not None}
    if not ideas:
        return {}
    rows = Activity.objects.visible_to(actor).filter(idea__in=sorted(ideas.values()))
    newest = {one.idea_id: one for one in rows.order_by("opened_at", "pk")}
    return {pk: newest[idea] for pk, idea in ideas.items() if idea in newest}


def ideas_joined_to(idea_id: int) -> IdeaQuerySet:
    """The ideas of other councils whose own cases were closed by joining what this one became."""
    return Idea.objects.filter(
        case__decisions__in_force=True, case__decisions__joins__decision__case__idea=idea_id
    ).distinct()


@transaction.atomic
def leave_what_runs_together(
    joint: JointCase, *, organisation: Organisation, actor: Actor, at: datetime, **said: Any
) -> JointShare:
    """Leave by the agreed terms: from the day that is said, the activity is no longer one's own."""
    share = leave_joint_case(joint, organisation=organisation, actor=actor, at=at, **said)
    carry_out_exits(at=at)
    return share


@transaction.atomic
def answer_in_sitting(
    activity: Activity, *, sitting: MandateSitting, actor: Actor, at: datetime, **said: Any
) -> MandateQuestion:
    """Answer for an activity, or for one's part of it; who leaves today is out of it today."""
    question = answer_mandate(activity, sitting=sitting, actor=actor, at=at, **said)
    if question.participant_id is not None and question.answer == Confirming.ENDED:
        carry_out_exits(at=at)
    return question


@transaction.atomic
def carry_out_exits(*, at: datetime) -> int:
    """Let those out whose last day has come; gives how many. Run twice, it does nothing twice."""
    day = at.date()
    done = 0
    for share in _due(day=day):
        joint = share.terms.joint_case
        activity = activity_of(joint)
        if activity is None:
            continue
        organisation = share.organisation_id
        done += end_co_ownership(activity, organisation_id=organisation, day=day, at=at)
        if activity.course == "inter_municipal_shall" and not partners_of(
            joint.decision_id, day=day
        ):
            rest_alone(activity, reason=_("Nobody else takes part any more."), at=at)
    return done


def _due(*, day: date) -> list[JointShare]:
    """The shares of terms in force whose day has come, of organisations that are still owners."""
    shares = JointShare.objects.filter(
        leaving_date__lte=day, terms__agreed_at__isnull=False, terms__ended_at=None
    ).select_related("terms__joint_case")
    return list(shares.order_by("leaving_date", "pk"))
