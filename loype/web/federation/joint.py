"""What the page of a joint case is made of: read in few statements, shown without any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loype.bodies.models import Body
from loype.councils.models import JointCase, JointInvitation, JointShare, JointTerms
from loype.councils.rules import can_decide
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity


@dataclass(frozen=True)
class TermsShown:
    """Terms with everybody's share."""

    terms: JointTerms
    shares: list[JointShare]

    @property
    def waiting(self) -> list[JointShare]:
        """Who has not said yes yet."""
        return [one for one in self.shares if one.agreed_at is None]

    @property
    def leaving(self) -> list[JointShare]:
        """Who said that they leave."""
        return [one for one in self.shares if one.leaving_date is not None]


@dataclass(frozen=True)
class JointPage:
    """Everything the page shows, and what the reader may do."""

    answers: list[JointInvitation]
    members: list[Organisation]
    own: list[Organisation]
    agreed: TermsShown | None
    proposed: TermsShown | None
    declined: JointTerms | None
    activity: Activity | None
    may_propose: bool
    may_answer: bool
    may_leave: bool

    @property
    def first_terms(self) -> dict[str, Any]:
        """What a new proposal begins with: what holds, or was proposed last."""
        last = self.proposed or self.agreed
        if last is None:
            return {"cost_key": "equal", "currency": "NOK", "exit_days": 90}
        terms = last.terms
        users = {f"users_{one.organisation_id}": one.weight for one in last.shares}
        return {
            "lead": str(terms.lead_id),
            "cost_key": terms.cost_key,
            "amount": terms.amount,
            "currency": terms.currency,
            "exit_terms": terms.exit_terms,
            "exit_days": terms.exit_days,
            **(users if terms.cost_key == "users" else {}),
        }


def load_page(joint: JointCase, *, actor: Actor, at: datetime) -> JointPage:
    """Read what a joint case has come to."""
    answers = _answers(joint, actor=actor)
    rows = list(
        JointTerms.objects.visible_to(actor)
        .filter(joint_case=joint)
        .select_related("lead", "proposed_for", "declined_for")
        .with_shares()
        .order_by("-number")
    )
    agreed = _first(rows, is_agreed=True)
    proposed = _first(rows, is_agreed=False)
    members = _members(joint, answers, agreed, day=at.date())
    own = decided_by(members, actor=actor)
    ids = {one.pk for one in own}
    is_open = joint.state != "ended"
    return JointPage(
        answers=answers,
        members=members,
        own=own,
        agreed=agreed,
        proposed=proposed,
        declined=_declined(rows),
        activity=_activity(joint, actor=actor),
        may_propose=is_open and bool(own) and len(members) > 1,
        may_answer=is_open
        and proposed is not None
        and any(one.organisation_id in ids for one in proposed.waiting),
        may_leave=is_open and agreed is not None and _may_leave(agreed, joint, ids),
    )


def _answers(joint: JointCase, *, actor: Actor) -> list[JointInvitation]:
    """What every council that was asked says, for everybody who sees the joint case."""
    rows = joint.decision.invitations.select_related("organisation")
    return list(rows.order_by("organisation__name", "pk"))


def _first(rows: Iterable[JointTerms], *, is_agreed: bool) -> TermsShown | None:
    for terms in rows:
        if terms.ended_at is None and (terms.agreed_at is not None) == is_agreed:
            return TermsShown(terms, list(terms.shares.all()))
    return None


def _declined(rows: list[JointTerms]) -> JointTerms | None:
    """The last proposal, where somebody said no to it and nothing came after."""
    return rows[0] if rows and rows[0].declined_for_id is not None else None


def _members(
    joint: JointCase,
    answers: Iterable[JointInvitation],
    agreed: TermsShown | None,
    *,
    day: date,
) -> list[Organisation]:
    """Who takes part, the council that asked first; those who have left are not among them."""
    gone = {
        one.organisation_id
        for one in (agreed.leaving if agreed else ())
        if one.leaving_date is not None and one.leaving_date <= day
    }
    said_yes = [one.organisation for one in answers if one.answer == "yes"]
    return [joint.organisation, *(one for one in said_yes if one.pk not in gone)]


def members_of(joint: JointCase) -> list[Organisation]:
    """The council that asked, and those that ever said yes; the verbs say who still takes part."""
    answers = joint.decision.invitations.filter(answer="yes").select_related("organisation")
    return [joint.organisation, *(one.organisation for one in answers)]


def decided_by(members: list[Organisation], *, actor: Actor) -> list[Organisation]:
    near = [one for one in members if one.pk in actor.council_room_ids]
    if not near:
        return []
    councils = {
        body.organisation_id: body
        for body in Body.objects.visible_to(actor)
        .active()
        .filter(organisation__in=near, kind="innovation_council")
    }
    return [one for one in near if can_decide(actor, one.pk, council=councils.get(one.pk))]


def _may_leave(agreed: TermsShown, joint: JointCase, own: set[int]) -> bool:
    """Whoever agreed, but does not lead and did not ask."""
    return any(
        one.organisation_id in own
        and one.leaving_date is None
        and one.organisation_id not in (agreed.terms.lead_id, joint.organisation_id)
        for one in agreed.shares
    )


def _activity(joint: JointCase, *, actor: Actor) -> Activity | None:
    rows = Activity.objects.visible_to(actor).filter(current_decision=joint.decision_id)
    return rows.order_by("-opened_at", "-pk").first()
