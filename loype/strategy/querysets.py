"""What may be asked of plans, items and periods at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from loype.organisations.visibility import readable_by

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.strategy.models import ItemWeight, Period, Plan, PlanItem  # noqa: F401


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans."""

    def visible_to(self, actor: Actor) -> Self:
        """As wide as the organisation shows the plan."""
        return self.filter(readable_by(actor))

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Aims of plans."""

    def visible_to(self, actor: Actor) -> Self:
        """An aim is read by whoever may read its plan."""
        return self.filter(readable_by(actor, owner="organisation", visibility="plan__visibility"))

    def standing(self) -> Self:
        """Aims that were not given up."""
        return self.filter(retired_date=None)

    def on(self, day: date) -> Self:
        """Aims of plans in force on a day."""
        current = Q(plan__to_date=None) | Q(plan__to_date__gte=day)
        return self.filter(current, plan__from_date__lte=day)


def _own(actor: Actor, path: str) -> Q:
    """One's own organisation's, and that of the councils one sits on."""
    return Q(**{f"{path}__in": sorted(actor.organisation_ids | actor.council_room_ids)})


class PeriodQuerySet(models.QuerySet["Period"]):
    """Periods."""

    def visible_to(self, actor: Actor) -> Self:
        """What an organisation weighs is seen by its own people and its council."""
        return self if actor.is_house else self.filter(_own(actor, "organisation"))

    def adopted_on(self, day: date) -> Self:
        """Those whose weights hold on a day."""
        current = Q(to_date=None) | Q(to_date__gte=day)
        return self.filter(current, state="adopted", from_date__lte=day)

    def adopted_during(self, first: date, last: date) -> Self:
        """Those whose weights hold on any day between two."""
        reaches = Q(to_date=None) | Q(to_date__gte=first)
        return self.filter(reaches, state="adopted", from_date__lte=last)


class ItemWeightQuerySet(models.QuerySet["ItemWeight"]):
    """Weights of aims."""

    def visible_to(self, actor: Actor) -> Self:
        """Seen with their period, as far as the plan of the aim may be read."""
        if actor.is_house:
            return self
        readable = readable_by(
            actor, owner="item__organisation", visibility="item__plan__visibility"
        )
        return self.filter(_own(actor, "period__organisation"), readable)

    def in_force(self, organisation_id: int, *, day: date) -> Self:
        """What an organisation's aims weigh on a day, heaviest first."""
        current = Q(period__to_date=None) | Q(period__to_date__gte=day)
        return self.filter(
            current,
            period__organisation=organisation_id,
            period__state="adopted",
            period__from_date__lte=day,
        ).order_by("-points", "item_id")
