"""Did what was selected go where the plans said? Share of effort per aim against its weight."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from loype.councils.models import Decision, DecisionAim
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.organisations.visibility import may_read
from loype.strategy.models import ItemWeight, Period, PlanItem
from loype.strategy.sums import Weighed, intended_shares, shares


@dataclass(frozen=True)
class AimLine:
    """One aim over a year: what was intended, and what was selected for it."""

    item: PlanItem
    intended: Fraction | None
    effort: Fraction | None
    weeks: Decimal
    count: Decimal

    @property
    def gap(self) -> Fraction | None:
        """How much more (or less) of the effort went there than was intended."""
        if self.intended is None or self.effort is None:
            return None
        return self.effort - self.intended


@dataclass(frozen=True)
class Direction:
    """A year of selections against the plans."""

    year: int
    lines: list[AimLine]
    selected: int
    without_aim: int
    without_estimate: int

    @property
    def by_weeks(self) -> bool:
        """Whether effort is counted in weeks of work: when every selection was estimated."""
        return self.selected > 0 and not self.without_estimate

    def seen_by(self, actor: Actor) -> Direction:
        """Without the aims of plans that somebody may not read; the numbers stay as they are."""
        lines = [
            one for one in self.lines
            if may_read(
                actor, organisation_id=one.item.organisation_id, visibility=one.item.plan.visibility
            )
        ]  # fmt: skip
        return replace(self, lines=lines)


def direction_of(organisation: Organisation, *, year: int) -> Direction:
    """What an organisation selected in a calendar year, by aim; four statements.

    Effort is weeks of work where every selection with an aim has an estimate; else each selection
    counts as one, shared among its aims by how well it serves them.
    """
    zone = ZoneInfo(organisation.time_zone)
    begin, end = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    decisions = Decision.objects.filter(
        organisation=organisation, outcome="go_on", in_force=True, decided_at__gte=begin,
        decided_at__lt=end,
    )  # fmt: skip
    all_ids = set(decisions.values_list("pk", flat=True))
    aims = list(DecisionAim.objects.filter(decision__in=all_ids).select_related("item__plan"))
    intended = _intended(organisation, first=date(year, 1, 1), last=date(year, 12, 31))
    estimated = {aim.decision_id for aim in aims if aim.weeks is not None}
    named = {aim.decision_id for aim in aims}
    return Direction(
        year=year,
        lines=_lines(aims, intended, by_weeks=bool(named) and named == estimated),
        selected=len(all_ids),
        without_aim=len(all_ids - named),
        without_estimate=len(named - estimated),
    )


def _intended(organisation: Organisation, *, first: date, last: date) -> dict[int, Fraction]:
    periods = list(Period.objects.filter(organisation=organisation).adopted_during(first, last))
    points: dict[int, dict[int, int]] = defaultdict(dict)
    for weight in ItemWeight.objects.filter(period__in=periods):
        points[weight.period_id][weight.item_id] = weight.points
    weighed = [
        Weighed(from_date=one.from_date, to_date=one.to_date, points=points[one.pk])
        for one in periods
    ]
    return intended_shares(weighed, first=first, last=last)


def _lines(
    aims: list[DecisionAim], intended: dict[int, Fraction], *, by_weeks: bool
) -> list[AimLine]:
    items = {aim.item_id: aim.item for aim in aims}
    missing = [key for key in intended if key not in items]
    items |= {one.pk: one for one in PlanItem.objects.filter(pk__in=missing).select_related("plan")}
    weeks: dict[int, Decimal] = defaultdict(Decimal)
    count: dict[int, Decimal] = defaultdict(Decimal)
    for aim in aims:
        weeks[aim.item_id] += aim.weeks or 0
        count[aim.item_id] += aim.share
    measured = weeks if by_weeks else count
    effort = shares({key: Fraction(measured[key]) for key in items})
    lines = [
        AimLine(
            item=item,
            intended=intended.get(key, Fraction(0)) if intended else None,
            effort=effort.get(key),
            weeks=weeks[key],
            count=count[key],
        )
        for key, item in items.items()
    ]
    return sorted(lines, key=lambda one: (-(one.intended or 0), -(one.effort or 0), one.item.pk))
