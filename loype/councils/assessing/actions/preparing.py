"""What a case serves, takes and needs, said before the council decides."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.councils.actions.cases import current_council, lock_case
from loype.councils.models import Case, CaseAim, CaseEstimate, CaseNeed
from loype.councils.rules import can_prepare_cases
from loype.history.actions import record
from loype.kernel.currency import currency_of
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor
from loype.strategy.models import PlanItem

MOST = Decimal("999999999999.99")
MOST_WEEKS = Decimal(100_000)


def can_weigh_case(actor: Actor, case: Case) -> bool:
    """The council's leader and secretary, and the responsible, say what a case serves and takes."""
    council = current_council(case.organisation_id)
    return can_prepare_cases(actor, case.organisation_id, council=council) or (
        actor.is_signed_in and actor.person_id in (case.responsible_id, case.deputy_id)
    )


def _held(case: Case, *, actor: Actor) -> Case:
    case = lock_case(case)
    if not can_weigh_case(actor, case):
        raise NotAllowed(_("Only those who prepare the case say what it serves and takes."))
    if case.state == "closed":
        raise WrongMoment(_("The idea was withdrawn; there is nothing to prepare."))
    return case


def _told(verb: str, case: Case, *, actor: Actor, at: datetime, **more: Any) -> None:
    record(
        verb, thing=case, actor=actor, at=at, organisation_id=case.organisation_id,
        acting_as="council", follow=False, **more,
    )  # fmt: skip


@transaction.atomic
def name_aim(
    case: Case, *, item: PlanItem, fit: int, reason: str, actor: Actor, at: datetime
) -> CaseAim:
    """Say which aim of the organisation's own plans a case serves, how well (1 to 5) and why."""
    case = _held(case, actor=actor)
    problems: dict[str, Any] = {}
    if item.organisation_id != case.organisation_id or item.retired_date is not None:
        problems["item"] = _("Choose an aim of your own plans.")
    if not 1 <= fit <= 5:
        problems["fit"] = _("Say how well it serves the aim, from 1 to 5.")
    if not clean_text(reason):
        problems["reason"] = _("Say why it serves the aim.")
    if problems:
        raise BadInput(problems)
    aim, _new = CaseAim.objects.update_or_create(
        case=case, item=item,
        defaults={
            "fit": fit, "reason": clean_text(reason), "said_at": at,
            "said_by_id": actor.signed_in_id,
        },
    )  # fmt: skip
    change = {"item": item.pk, "fit": fit}
    _told("name_aim", case, actor=actor, at=at, change=change, reason=aim.reason)
    return aim


@transaction.atomic
def drop_aim(aim: CaseAim, *, actor: Actor, at: datetime) -> None:
    """Take back that a case serves an aim; what was decided under it stays."""
    case = _held(aim.case, actor=actor)
    change = {"item": aim.item_id, "fit": aim.fit}
    CaseAim.objects.filter(pk=aim.pk).delete()
    _told("drop_aim", case, actor=actor, at=at, change=change)


@transaction.atomic
def estimate_case(
    case: Case,
    *,
    cost: Decimal,
    weeks: Decimal,
    actor: Actor,
    at: datetime,
    yearly_value: Decimal | None = None,
    version: int | None = None,
) -> CaseEstimate:
    """Say what a case would cost, how many weeks of work it takes and what it may give a year."""
    case = _held(case, actor=actor)
    _refuse_bad_amounts(cost=cost, weeks=weeks, yearly_value=yearly_value)
    before = CaseEstimate.objects.filter(case=case).first()
    if version is not None and version != (before.version if before else 0):
        raise Stale(_("Somebody estimated this case after you opened it. Look again."))
    estimate = before or CaseEstimate(case=case, version=0)
    told = {
        name: [None if before is None else str(getattr(before, name)), str(value)]
        for name, value in (("cost", cost), ("weeks", weeks), ("yearly_value", yearly_value))
    }
    estimate.cost, estimate.weeks, estimate.yearly_value = cost, weeks, yearly_value
    estimate.currency = currency_of(case.organisation.country)
    estimate.estimated_at, estimate.estimated_by_id = at, actor.signed_in_id
    estimate.version += 1
    estimate.save()
    _told("estimate_case", case, actor=actor, at=at, change=told)
    return estimate


def _refuse_bad_amounts(*, cost: Decimal, weeks: Decimal, yearly_value: Decimal | None) -> None:
    problems: dict[str, Any] = {}
    if not 0 <= cost <= MOST:
        problems["cost"] = _("Write an amount that is not below zero.")
    if not 0 <= weeks <= MOST_WEEKS:
        problems["weeks"] = _("Write a number of weeks that is not below zero.")
    if yearly_value is not None and abs(yearly_value) > MOST:
        problems["yearly_value"] = _("The amount is too large.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def name_need(case: Case, *, needed: Case, reason: str, actor: Actor, at: datetime) -> CaseNeed:
    """Say that a case makes sense only together with another."""
    case = _held(case, actor=actor)
    problems: dict[str, Any] = {}
    if needed.pk == case.pk or needed.state == "closed":
        problems["needed"] = _("Choose another case.")
    elif needed.organisation_id != case.organisation_id:
        problems["needed"] = _("Choose a case of your own organisation.")
    if not clean_text(reason):
        problems["reason"] = _("Say why it needs the other.")
    if problems:
        raise BadInput(problems)
    need, _new = CaseNeed.objects.update_or_create(
        case=case, needed=needed, defaults={"reason": clean_text(reason)}
    )
    change = {"needed": needed.pk}
    _told("name_need", case, actor=actor, at=at, change=change, reason=need.reason)
    return need


@transaction.atomic
def drop_need(need: CaseNeed, *, actor: Actor, at: datetime) -> None:
    """Take back that a case needs another."""
    case = _held(need.case, actor=actor)
    CaseNeed.objects.filter(pk=need.pk).delete()
    _told("drop_need", case, actor=actor, at=at, change={"needed": need.needed_id})
