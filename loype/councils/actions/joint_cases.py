"""Agreeing with other councils on who leads, who pays what and how one leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _, pgettext

from loype.councils.actions.cases import current_council
from loype.councils.joint_labels import CostKey
from loype.councils.models import (
    Decision,
    JointCase,
    JointInvitation,
    JointShare,
    JointTerms,
)
from loype.councils.rules import can_decide
from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, WrongMoment
from loype.kernel.shares import CENT, split_amount
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership, Organisation

LONGEST_NOTICE = 1_000
MOST_MONEY = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True)
class TermsWords:
    """What is proposed; `users` counts each organisation's users, where they decide the shares."""

    lead_id: int | None
    cost_key: str
    amount: Decimal | None
    exit_terms: str
    exit_days: int | None
    currency: str = "NOK"
    users: Mapping[int, int | None] = field(default_factory=dict)


def open_joint_case(decision: Decision, *, actor: Actor, at: datetime) -> JointCase:
    """Lay a decision to run something together before the federation."""
    assert decision.answer_by is not None  # the database holds it for every joint course
    joint = JointCase.objects.create(
        decision=decision,
        organisation_id=decision.organisation_id,
        federation_id=_federation_of(decision, day=at.date()),
        answer_by=decision.answer_by,
        opened_at=at,
    )
    record(
        "open_joint_case", thing=joint, actor=actor, at=at, acting_as="council", follow=False,
        organisation_id=decision.organisation_id, change={"decision": decision.pk},
    )  # fmt: skip
    return joint


def _federation_of(decision: Decision, *, day: date) -> int | None:
    if decision.body is not None and decision.body.federation_id is not None:
        return decision.body.federation_id
    found = FederationMembership.objects.on(day).filter(organisation=decision.organisation_id)
    return found.order_by("from_date", "pk").values_list("federation_id", flat=True).first()


def end_joint_cases(case_id: int, *, at: datetime) -> int:
    """A later decision stands: what was agreed about the earlier one ends with it."""
    joints = list(JointCase.objects.select_for_update().filter(decision__case=case_id).open())
    JointTerms.objects.filter(joint_case__in=joints, ended_at=None).update(ended_at=at)
    return JointCase.objects.filter(pk__in=[one.pk for one in joints]).update(
        state="ended", ended_at=at
    )


def standing_answers(decision_id: int, *, day: date) -> list[str]:
    """What the other councils answered, "" where one did not; those who left since not counted."""
    invitations = JointInvitation.objects.filter(decision=decision_id)
    gone = _gone_from(decision_id, day=day)
    answers = invitations.values_list("organisation_id", "answer")
    return [answer for organisation, answer in answers if organisation not in gone]


def partners_of(decision_id: int, *, day: date) -> set[int]:
    """The other organisations that said yes to a decision and have not left on a day."""
    said_yes = JointInvitation.objects.filter(decision=decision_id, answer="yes")
    gone = _gone_from(decision_id, day=day)
    return set(said_yes.values_list("organisation_id", flat=True)) - gone


def _gone_from(decision_id: int, *, day: date) -> set[int]:
    """Who left by the terms they last agreed to."""
    agreed = JointShare.objects.filter(
        terms__joint_case__decision=decision_id, terms__agreed_at__isnull=False
    )
    newest = agreed.order_by("organisation_id", "-terms__number").distinct("organisation_id")
    return {
        one.organisation_id
        for one in newest
        if one.leaving_date is not None and one.leaving_date <= day
    }


@transaction.atomic
def propose_joint_terms(
    joint: JointCase,
    *,
    words: TermsWords,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
) -> JointTerms:
    """Propose who leads, how the cost is split and how one leaves, to all who said yes; what was
    proposed before and not agreed ends. What is agreed holds until the new terms are."""
    joint = _lock(joint, organisation=organisation, actor=actor)
    members = _members_of(joint, day=at.date())
    if len(members) < 2:
        raise WrongMoment(_("Nobody else takes part yet. Wait for a yes."))
    if organisation.pk not in {one.pk for one in members}:
        raise WrongMoment(_("Only those who take part propose terms. Answer yes first."))
    weights = _weights(words, members)
    _refuse_bad_terms(words, members=members, weights=weights)
    assert words.amount is not None
    assert words.lead_id is not None
    assert words.exit_days is not None
    JointTerms.objects.filter(joint_case=joint).proposed().update(ended_at=at)
    last = JointTerms.objects.filter(joint_case=joint).aggregate(last=Max("number"))["last"]
    terms = JointTerms.objects.create(
        joint_case=joint, number=(last or 0) + 1, lead_id=words.lead_id, cost_key=words.cost_key,
        amount=words.amount, currency=words.currency, exit_terms=clean_text(words.exit_terms),
        exit_days=words.exit_days, proposed_for=organisation, proposed_by_id=actor.signed_in_id,
        proposed_at=at,
    )  # fmt: skip
    amounts = split_amount(words.amount, weights=[weights[one.pk] for one in members])
    JointShare.objects.bulk_create(
        JointShare(
            terms=terms,
            organisation=one,
            weight=weights[one.pk],
            amount=amount,
            agreed_at=at if one.pk == organisation.pk else None,
            agreed_by_id=actor.person_id if one.pk == organisation.pk else None,
        )
        for one, amount in zip(members, amounts, strict=True)
    )
    _tell("propose_joint_terms", terms, organisation=organisation, actor=actor, at=at)
    return terms


def _lock(joint: JointCase, *, organisation: Organisation, actor: Actor) -> JointCase:
    """The joint case as it is now, held, if the actor decides for the organisation."""
    council = current_council(organisation.pk)
    if not can_decide(actor, organisation.pk, council=council):
        raise NotAllowed(_("The council's leader or the named decider does this."))
    joint = JointCase.objects.select_for_update(of=("self",)).get(pk=joint.pk)
    if joint.state == "ended":
        raise WrongMoment(_("This is no longer run together."))
    return joint


def _members_of(joint: JointCase, *, day: date) -> list[Organisation]:
    """Who takes part, the council that asked first."""
    ids = partners_of(joint.decision_id, day=day)
    others = Organisation.objects.filter(pk__in=ids).order_by("name", "pk")
    return [joint.organisation, *others]


def _weights(words: TermsWords, members: list[Organisation]) -> dict[int, int]:
    """What the key counts for each; 0 where it is not known."""
    if words.cost_key == CostKey.INHABITANTS:
        return {one.pk: one.inhabitants or 0 for one in members}
    if words.cost_key == CostKey.USERS:
        return {one.pk: words.users.get(one.pk) or 0 for one in members}
    return {one.pk: 1 for one in members}


def _refuse_bad_terms(
    words: TermsWords, *, members: list[Organisation], weights: dict[int, int]
) -> None:
    problems: dict[str, Any] = {}
    if words.lead_id not in {one.pk for one in members}:
        problems["lead"] = _("Choose one of those who take part.")
    amount = words.amount
    if amount is None or not 0 <= amount < MOST_MONEY or amount % CENT:
        problems["amount"] = _("Write the whole cost, with at most two decimals.")
    if not clean_text(words.exit_terms):
        problems["exit_terms"] = _("Say how one leaves, and what one still pays.")
    if words.exit_days is None or not 0 <= words.exit_days <= LONGEST_NOTICE:
        problems["exit_days"] = _("Say how many days before one leaves one says so.")
    if len(words.currency) != 3 or not words.currency.isalpha():
        problems["currency"] = _("Three letters, for example NOK.")
    problems |= _key_problem(words, members=members, weights=weights)
    if problems:
        raise BadInput(problems)


def _key_problem(
    words: TermsWords, *, members: list[Organisation], weights: dict[int, int]
) -> dict[str, Any]:
    if words.cost_key not in CostKey.values:
        return {"cost_key": _("Choose one from the list.")}
    unknown = ", ".join(one.name for one in members if weights[one.pk] == 0)
    if words.cost_key == CostKey.INHABITANTS and unknown:
        return {
            "cost_key": _("It is not known how many inhabitants there are in %(places)s.")
            % {"places": unknown}
        }
    if words.cost_key == CostKey.USERS:
        missing = [one.name for one in members if words.users.get(one.pk) is None]
        if missing or not any(weights.values()) or min(weights.values()) < 0:
            return {"users": _("Write how many users each has.")}
    return {}


@transaction.atomic
def agree_to_joint_terms(
    terms: JointTerms, *, organisation: Organisation, actor: Actor, at: datetime
) -> JointTerms:
    """Say yes to proposed terms; with the last yes they hold, frozen, in place of earlier ones."""
    terms, share = _lock_share(terms, organisation=organisation, actor=actor)
    if share.agreed_at is not None:
        return terms
    share.agreed_at, share.agreed_by_id = at, actor.person_id
    share.save(update_fields=["agreed_at", "agreed_by"])
    _tell("agree_to_joint_terms", terms, organisation=organisation, actor=actor, at=at,
          follow=False)  # fmt: skip
    if terms.shares.filter(agreed_at=None).exists():
        return terms
    JointTerms.objects.filter(joint_case=terms.joint_case_id).in_force().update(ended_at=at)
    terms.agreed_at = at
    terms.save(update_fields=["agreed_at"])
    JointCase.objects.filter(pk=terms.joint_case_id).update(state="agreed")
    _tell("settle_joint_terms", terms, organisation=organisation, actor=actor, at=at)
    return terms


@transaction.atomic
def decline_joint_terms(
    terms: JointTerms, *, organisation: Organisation, reason: str, actor: Actor, at: datetime
) -> JointTerms:
    """Say no to proposed terms, and why; somebody proposes others."""
    terms, share = _lock_share(terms, organisation=organisation, actor=actor)
    if not (reason := clean_text(reason)):
        raise BadInput({"reason": _("Give a reason, so that the others can propose better terms.")})
    if share.agreed_at is not None and share.organisation_id != terms.proposed_for_id:
        raise WrongMoment(_("Your council has said yes to these terms."))
    terms.ended_at, terms.declined_for, terms.decline_reason = at, organisation, reason
    terms.save(update_fields=["ended_at", "declined_for", "decline_reason"])
    _tell("decline_joint_terms", terms, organisation=organisation, actor=actor, at=at,
          reason=reason)  # fmt: skip
    return terms


def _lock_share(
    terms: JointTerms, *, organisation: Organisation, actor: Actor
) -> tuple[JointTerms, JointShare]:
    """Open terms and the organisation's share of them, held."""
    _lock(terms.joint_case, organisation=organisation, actor=actor)
    terms = JointTerms.objects.select_for_update(of=("self",)).get(pk=terms.pk)
    if terms.agreed_at is not None or terms.ended_at is not None:
        raise WrongMoment(_("These terms are not proposed any more. Look again."))
    share = JointShare.objects.select_for_update().filter(
        terms=terms, organisation=organisation
    ).first()  # fmt: skip
    if share is None:
        raise WrongMoment(_("Your organisation has no part in these terms."))
    return terms, share


@transaction.atomic
def leave_joint_case(
    joint: JointCase,
    *,
    organisation: Organisation,
    leaving_date: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> JointShare:
    """Say from which day on the organisation takes part no longer, by the terms for leaving."""
    joint = _lock(joint, organisation=organisation, actor=actor)
    if joint.organisation_id == organisation.pk:
        raise WrongMoment(
            _("Your own council's decision stands behind this. To end it, decide the case anew.")
        )
    terms = JointTerms.objects.filter(joint_case=joint).in_force().first()
    shares = JointShare.objects.select_for_update().filter(terms=terms, organisation=organisation)
    share = shares.first() if terms else None
    if terms is None or share is None:
        raise WrongMoment(_("Your organisation has not agreed to anything here."))
    if share.leaving_date is not None:
        raise WrongMoment(_("Your organisation has said already that it leaves."))
    if terms.lead_id == organisation.pk:
        raise WrongMoment(_("The one who leads cannot leave. Propose first who leads instead."))
    _refuse_early(leaving_date, first=at.date() + timedelta(days=terms.exit_days), reason=reason)
    share.leaving_date, share.leaving_reason = leaving_date, clean_text(reason)
    share.save(update_fields=["leaving_date", "leaving_reason"])
    _tell("leave_joint_case", terms, organisation=organisation, actor=actor, at=at,
          reason=share.leaving_reason, leaving=str(leaving_date))  # fmt: skip
    return share


def _refuse_early(leaving_date: date | None, *, first: date, reason: str) -> None:
    problems: dict[str, Any] = {}
    if leaving_date is None or leaving_date < first:
        problems["leaving_date"] = _("By the terms, the first day is %(day)s.") % {
            "day": date_format(first, pgettext("a date", "j F Y"))
        }
    if not clean_text(reason):
        problems["reason"] = _("Give a reason, so that the others understand.")
    if problems:
        raise BadInput(problems)


def _tell(
    verb: str,
    terms: JointTerms,
    *,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    reason: str = "",
    follow: bool = True,
    **change: Any,
) -> None:
    record(
        verb, thing=terms, actor=actor, at=at, organisation_id=organisation.pk,
        acting_as="council", reason=reason, follow=follow,
        change={"joint_case": terms.joint_case_id, "number": terms.number, **change},
    )  # fmt: skip
