"""What the aims weigh, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loype.history.actions import record
from loype.kernel.errors import BadInput, NotAllowed, Stale, WrongMoment
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.strategy.actions.plans import refuse_unless_writing, refuse_unsaid
from loype.strategy.models import MOST_POINTS, ItemWeight, Period, PlanItem
from loype.strategy.rules import can_adopt_strategy


@transaction.atomic
def draft_period(
    organisation: Organisation,
    *,
    name: str,
    from_date: date,
    actor: Actor,
    at: datetime,
    to_date: date | None = None,
) -> Period:
    """Begin to weigh the aims for a coming period."""
    refuse_unless_writing(actor, organisation.pk)
    problems: dict[str, Any] = {}
    if not clean_line(name):
        problems["name"] = _("Give the period a name, for example 2026–2029.")
    if to_date is not None and to_date < from_date:
        problems["to_date"] = _("The last day comes before the first.")
    if problems:
        raise BadInput(problems)
    period = Period.objects.create(
        organisation=organisation, name=clean_line(name)[:120], from_date=from_date,
        to_date=to_date,
    )  # fmt: skip
    record(
        "draft_period", thing=period, actor=actor, at=at, organisation_id=organisation.pk,
        change={"name": period.name}, follow=False,
    )  # fmt: skip
    return period


def _drafted(period: Period, *, version: int | None) -> Period:
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if version is not None and version != period.version:
        raise Stale(_("Somebody changed these weights after you opened them. Look again."))
    if period.state != "draft":
        raise WrongMoment(
            _("The weights of an adopted period stay. Begin a new period to change course.")
        )
    return period


@transaction.atomic
def weigh_items(
    period: Period,
    *,
    points: Mapping[int, int],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Period:
    """Say how many points each aim has in the period; nothing said is no weight."""
    refuse_unless_writing(actor, period.organisation_id)
    period = _drafted(period, version=version)
    items = PlanItem.objects.filter(organisation=period.organisation_id).standing()
    known = {item.pk for item in items.filter(pk__in=list(points))}
    problems = {
        f"item_{key}": _("Give between 0 and %(most)s points.") % {"most": MOST_POINTS}
        for key, value in points.items()
        if key not in known or not 0 <= value <= MOST_POINTS
    }
    if problems:
        raise BadInput(problems)
    before = dict(period.weights.values_list("item_id", "points"))
    after = {key: value for key, value in points.items() if value}
    period.weights.all().delete()
    ItemWeight.objects.bulk_create(
        ItemWeight(period=period, item_id=key, points=value) for key, value in after.items()
    )
    period.version += 1
    period.save(update_fields=["version"])
    record(
        "weigh_items", thing=period, actor=actor, at=at, organisation_id=period.organisation_id,
        change={"points": [_plain(before), _plain(after)]}, follow=False,
    )  # fmt: skip
    return period


def _plain(points: Mapping[int, int]) -> dict[str, int]:
    return {str(key): value for key, value in sorted(points.items())}


@transaction.atomic
def adopt_period(
    period: Period,
    *,
    actor: Actor,
    at: datetime,
    decision_reference: str = "",
    version: int | None = None,
) -> Period:
    """Let the weights hold from the period's first day; the period before ends the day before."""
    if not can_adopt_strategy(actor, period.organisation_id):
        raise NotAllowed(_("Only the named decider or an administrator adopts the weights."))
    period = _drafted(period, version=version)
    if not period.weights.exists():
        raise BadInput({"points": _("Give at least one aim points first.")})
    weighed = list(PlanItem.objects.filter(weights__period=period))
    refuse_unsaid(weighed, field="points")
    if given_up := [str(one) for one in weighed if one.retired_date is not None]:
        words = _("These aims were given up. Keep the points again without them: %(titles)s")
        raise BadInput({"points": words % {"titles": "; ".join(given_up)}})
    ended = _end_those_before(period)
    period.state, period.adopted_at, period.adopted_by_id = "adopted", at, actor.signed_in_id
    period.decision_reference = clean_line(decision_reference)[:160]
    period.version += 1
    period.save(
        update_fields=["state", "adopted_at", "adopted_by", "decision_reference", "version"]
    )
    points = dict(period.weights.values_list("item_id", "points"))
    record(
        "adopt_period", thing=period, actor=actor, at=at, organisation_id=period.organisation_id,
        change={"points": _plain(points), "ended": ended}, follow=False,
    )  # fmt: skip
    return period


def _end_those_before(period: Period) -> list[int]:
    """Let earlier periods end where the new one begins; refuse where it would cut into later."""
    reaches = Q(to_date=None) | Q(to_date__gte=period.from_date)
    others = Period.objects.select_for_update().filter(
        reaches, organisation=period.organisation_id, state="adopted"
    )
    if period.to_date is not None:
        others = others.filter(from_date__lte=period.to_date)
    found = list(others)
    if any(other.from_date >= period.from_date for other in found):
        raise BadInput(
            {"from_date": _("Another adopted period begins on that day or later in this one.")}
        )
    for other in found:
        other.to_date = period.from_date - timedelta(days=1)
        other.version += 1
        other.save(update_fields=["to_date", "version"])
    return [other.pk for other in found]
