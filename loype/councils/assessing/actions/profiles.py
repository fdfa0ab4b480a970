"""By which criteria an organisation assesses, from which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loype.councils.actions.cases import refuse_unless_preparing
from loype.councils.assessing.labels import ProfileKind
from loype.councils.assessing.packs import PACKS
from loype.councils.models import Criterion, PriorityLimit, Profile
from loype.history.actions import record
from loype.kernel.errors import BadInput, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.strategy.models import Period, PlanItem

MOST_WEIGHT = Decimal(10_000)


@dataclass(frozen=True, kw_only=True)
class CriterionWords:
    """What one criterion of an own profile asks."""

    name: str
    help: str = ""
    weight: Decimal = Decimal(1)
    item: PlanItem | None = None


@transaction.atomic
def profile_from_pack(
    organisation: Organisation, *, pack: str, actor: Actor, at: datetime
) -> Profile:
    """Take a shipped profile over, in the organisation's language; twice gives the first."""
    refuse_unless_preparing(actor, organisation.pk)
    if pack not in PACKS:
        raise BadInput({"pack": _("Choose one from the list.")})
    before = Profile.objects.filter(organisation=organisation, pack=pack).on(at.date()).first()
    if before is not None:
        return before
    shipped = PACKS[pack]
    with translation.override(organisation.language):
        profile = Profile.objects.create(
            organisation=organisation, kind=ProfileKind.PACK, pack=pack, name=_(shipped.name),
            members_weigh=True, from_date=at.date(),
        )  # fmt: skip
        Criterion.objects.bulk_create(
            Criterion(
                profile=profile, code=one.code, name=_(one.name), help=_(one.help), position=place
            )
            for place, one in enumerate(shipped.criteria, start=1)
        )
    PriorityLimit.objects.bulk_create(
        PriorityLimit(profile=profile, priority=priority, above=above)
        for priority, above in shipped.limits
    )
    return _told("profile_from_pack", profile, actor=actor, at=at, pack=pack)


@transaction.atomic
def profile_from_plans(period: Period, *, actor: Actor, at: datetime) -> Profile:
    """Ask of every case how well it serves each aim of the period, weighed as adopted."""
    refuse_unless_preparing(actor, period.organisation_id)
    if period.state != "adopted":
        raise WrongMoment(_("The period's weights are not adopted yet."))
    before = Profile.objects.filter(period=period).on(at.date()).first()
    if before is not None:
        return before
    profile = Profile.objects.create(
        organisation_id=period.organisation_id, kind=ProfileKind.PLAN, period=period,
        name=period.name, from_date=at.date(),
    )  # fmt: skip
    weights = period.weights.select_related("item").order_by("-points", "item_id")
    Criterion.objects.bulk_create(
        Criterion(
            profile=profile, code=f"aim-{one.item_id}", name=str(one.item)[:220],
            weight=Decimal(one.points), plan_item=one.item, position=place,
        )
        for place, one in enumerate(weights, start=1)
    )  # fmt: skip
    return _told("profile_from_plans", profile, actor=actor, at=at, period=period.pk)


@transaction.atomic
def write_profile(
    organisation: Organisation,
    *,
    name: str,
    criteria: Sequence[CriterionWords],
    actor: Actor,
    at: datetime,
    members_weigh: bool = False,
) -> Profile:
    """Assess by criteria of one's own, each with its weight and perhaps an aim of a plan."""
    refuse_unless_preparing(actor, organisation.pk)
    _refuse_bad_criteria(name, criteria, organisation_id=organisation.pk)
    profile = Profile.objects.create(
        organisation=organisation, kind=ProfileKind.OWN, name=clean_line(name)[:160],
        members_weigh=members_weigh, from_date=at.date(),
    )  # fmt: skip
    Criterion.objects.bulk_create(
        Criterion(
            profile=profile, code=f"own-{place}", name=clean_line(one.name)[:220],
            help=clean_line(one.help)[:300], weight=one.weight, plan_item=one.item, position=place,
        )
        for place, one in enumerate(criteria, start=1)
    )  # fmt: skip
    return _told("write_profile", profile, actor=actor, at=at, name=profile.name)


def _refuse_bad_criteria(
    name: str, criteria: Sequence[CriterionWords], *, organisation_id: int
) -> None:
    problems: dict[str, Any] = {}
    if not clean_line(name):
        problems["name"] = _("Give the profile a name.")
    if not criteria or any(not clean_line(one.name) for one in criteria):
        problems["criteria"] = _("Write at least one criterion, and a name for each.")
    if any(one.weight <= 0 for one in criteria):
        problems["criteria"] = _("Each criterion weighs more than nothing.")
    if any(one.weight > MOST_WEIGHT for one in criteria):
        problems["criteria"] = _("A criterion weighs at most 10,000.")
    if any(one.item and one.item.organisation_id != organisation_id for one in criteria):
        problems["criteria"] = _("Only aims of your own plans can be asked about.")
    if problems:
        raise BadInput(problems)


@transaction.atomic
def end_profile(profile: Profile, *, actor: Actor, at: datetime) -> Profile:
    """Use a profile no more; rounds that began with it go on with it."""
    refuse_unless_preparing(actor, profile.organisation_id)
    profile = Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    if profile.to_date is not None:
        raise WrongMoment(_("This profile has ended."))
    profile.to_date = at.date() - timedelta(days=1)
    profile.save(update_fields=["to_date"])
    return _told("end_profile", profile, actor=actor, at=at)


def _told(verb: str, profile: Profile, *, actor: Actor, at: datetime, **change: Any) -> Profile:
    record(
        verb, thing=profile, actor=actor, at=at, organisation_id=profile.organisation_id,
        acting_as="council", change=change, follow=False,
    )  # fmt: skip
    return profile
