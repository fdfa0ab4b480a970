"""An activity of several owners: only the trail makes and ends that, by what councils agreed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from loype.councils.actions import leave_joint_case
from loype.councils.models import JointCase, JointTerms
from loype.history.actions import record
from loype.organisations.actor import HOUSE, Actor
from loype.portfolio.actions import lock_activity
from loype.portfolio.mandates.hanging import mandate_to_join_on
from loype.portfolio.models import Activity, Participant


def share_ownership(
    activity: Activity,
    *,
    shares: Mapping[int, Decimal],
    currency: str,
    lead_id: int,
    actor: Actor,
    at: datetime,
) -> Activity:
    """Let these organisations own the activity together, each with its share of the cost; it then
    stands in each one's portfolio, on a political mandate of each one's own. Who owned it before
    and is not named takes part no longer."""
    activity = lock_activity(activity)
    now = {one.organisation_id: one for one in activity.participants.filter(left_date=None)}
    for one in now.values():
        one.is_lead = False
        if one.is_owner and one.organisation_id not in shares:
            one.left_date = at.date()
    Participant.objects.bulk_update(now.values(), ["is_lead", "left_date"])
    for organisation_id, share in shares.items():
        if organisation_id == activity.organisation_id:
            continue
        one = now.get(organisation_id) or Participant(
            activity=activity, organisation_id=organisation_id, joined_date=at.date()
        )
        if not one.is_owner:
            one.mandate = mandate_to_join_on(organisation_id, at=at)
        one.is_owner, one.share, one.currency = True, share, currency
        one.is_lead = organisation_id == lead_id
        one.save()
    record(
        "share_ownership", thing=activity, actor=actor, at=at, follow=False, acting_as="council",
        organisation_id=activity.organisation_id,
        change={"owners": sorted(shares), "lead": lead_id},
    )  # fmt: skip
    return activity


def end_co_ownership(
    activity: Activity, *, organisation_id: int | None = None, day: date, at: datetime
) -> int:
    """Take one co-owner (or all of them) out of the activity; gives how many left."""
    owners = activity.participants.filter(is_owner=True, left_date=None)
    if organisation_id is not None:
        owners = owners.filter(organisation=organisation_id)
    left = list(owners.values_list("organisation_id", flat=True))
    owners.update(left_date=day, is_lead=False)
    for one in left:
        record(
            "end_co_ownership", thing=activity, actor=HOUSE, at=at, follow=False,
            organisation_id=activity.organisation_id, change={"organisation": one},
        )  # fmt: skip
    return len(left)


def leave_by_terms(part: Participant, *, reason: str, actor: Actor, at: datetime) -> None:
    """Let a co-owner leave on the first day that the agreed terms allow; what has been said to
    leave already, or was never agreed in terms, needs no further word."""
    activity = part.activity
    joint = JointCase.objects.filter(decision=activity.current_decision_id).open().first()
    terms = JointTerms.objects.filter(joint_case=joint).in_force().first() if joint else None
    share = terms.shares.filter(organisation=part.organisation_id).first() if terms else None
    if joint is None or terms is None or share is None:
        end_co_ownership(activity, organisation_id=part.organisation_id, day=localdate(at), at=at)
    elif share.leaving_date is None:
        leave_joint_case(
            joint,
            organisation=part.organisation,
            leaving_date=at.date() + timedelta(days=terms.exit_days),
            reason=reason,
            actor=actor,
            at=at,
        )


def rest_alone(activity: Activity, *, reason: str, at: datetime) -> bool:
    """What shall not be run alone rests when the last of the others has left."""
    activity = lock_activity(activity)
    if activity.state != "running":
        return False
    activity.state = "paused"
    activity.version += 1
    activity.save(update_fields=["state", "version"])
    record(
        "pause_activity", thing=activity, actor=HOUSE, at=at, reason=reason,
        organisation_id=activity.organisation_id, change={"state": ["running", "paused"]},
    )  # fmt: skip
    return True
