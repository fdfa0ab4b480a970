"""A month's process figures: counted once when it is over, and never again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max

from loype.history.actions import record
from loype.kernel.calendar import Calendar, day_in
from loype.organisations.actor import HOUSE
from loype.organisations.models import Organisation
from loype.trail import month_sql
from loype.trail.clocks.targets import Targets, as_targets, own_targets, targets_on
from loype.trail.flow import Flow, measure_flow
from loype.trail.models import MonthlyFigures, ServiceTarget
from loype.trail.shape import read_lead_times

DEFINITION = 1
FEWEST_SHOWN = 5
MOST_CAUGHT_UP = 12
BANDS = (5, 10, 20, 40)
REACHED = (
    "handed_in", "with_responsible", "decided", "opened", "started", "finished", "concluded",
    "published", "in_use",
)  # fmt: skip
VOLUMES = (*REACHED, "stopped")


@dataclass(frozen=True)
class Month:
    """A month where an organisation is: its first day and the moments between which it lies."""

    organisation: Organisation
    first: date
    targets: tuple[Targets, ...]

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return next_month(self.first)

    def moment(self, day: date) -> datetime:
        """The beginning of a day where the organisation is."""
        zone = ZoneInfo(self.organisation.time_zone)
        return datetime(day.year, day.month, day.day, tzinfo=zone)

    @property
    def calendar(self) -> Calendar:
        """The organisation's working days."""
        return self.organisation.calendar

    @property
    def values(self) -> dict[str, Any]:
        """What the statements are asked with; `year` begins twelve months before the end."""
        return {
            "organisation": self.organisation.pk,
            "zone": self.organisation.time_zone,
            "since": self.moment(self.first),
            "until": self.moment(self.after),
            "year": self.moment(self.after.replace(year=self.after.year - 1)),
            "day": self.after - timedelta(days=1),
        }

    def promised(self, day: date) -> Targets:
        """What was promised to what was handed in on a day."""
        return targets_on(self.targets, day, otherwise=own_targets(self.organisation))


def next_month(first: date) -> date:
    """The first day of the month after one."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the last month that is over on a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


@transaction.atomic
def report_month(organisation: Organisation, *, month: date, at: datetime) -> MonthlyFigures:
    """Count a month that is over and keep it for good; counted already, it stays as it is."""
    known = MonthlyFigures.objects.filter(organisation=organisation, month=month).first()
    if known is not None:
        return known
    figures = measure_month(organisation, month=month)
    wanted = MonthlyFigures(
        organisation=organisation, month=month, taken_at=at, definition=DEFINITION, figures=figures
    )
    MonthlyFigures.objects.bulk_create([wanted], ignore_conflicts=True)
    kept = MonthlyFigures.objects.get(organisation=organisation, month=month)
    if kept.taken_at == at:
        record(
            "report_month", thing=kept, actor=HOUSE, at=at, organisation_id=organisation.pk,
            acting_as="clock", follow=False,
            change={"month": month.isoformat(), "sha256": fingerprint(kept.figures)},
        )  # fmt: skip
    return kept


def fingerprint(figures: dict[str, Any]) -> str:
    """A short proof of what was reported, kept in the account beside it."""
    return sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


def report_months(*, at: datetime) -> int:
    """Count the last month (and months missed meanwhile) of every organisation; gives how many."""
    taken = 0
    organisations = Organisation.objects.active().filter(ideas__submitted_at__isnull=False)
    latest = organisations.distinct().annotate(latest=Max("monthly_figures__month"))
    for organisation in latest.order_by("pk"):
        for month in _missing(organisation, at=at):
            report_month(organisation, month=month, at=at)
            taken += 1
    return taken


def _missing(organisation: Any, *, at: datetime) -> list[date]:
    last = month_before(day_in(at, organisation.time_zone))
    if organisation.latest is None:
        return [last]
    found, month = [], next_month(organisation.latest)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found[-MOST_CAUGHT_UP:]


def measure_month(organisation: Organisation, *, month: date) -> dict[str, Any]:
    """The figures of a month, ready to be kept; percentiles only where five or more are counted."""
    targets = ServiceTarget.objects.filter(body__organisation=organisation)
    whole = Month(organisation, month, tuple(as_targets(one) for one in targets))
    values = whole.values
    flow = measure_flow([organisation.pk], since=values["since"], until=values["until"],
                        at=values["until"])  # fmt: skip
    year = measure_flow([organisation.pk], since=values["year"], until=values["until"],
                        at=values["until"])  # fmt: skip
    return {
        "volume": {name: getattr(flow, name) for name in VOLUMES},
        "outcomes": flow.outcomes,
        "conversion": dict(zip(REACHED, _rows(month_sql.CONVERSION, values)[0], strict=True)),
        "times": _times(flow),
        "times_of_the_year": _times(year),
        "first_decisions": _first_decisions(whole),
        "ageing": _ageing(_rows(month_sql.WAITING, values), month=whole),
        "promises": _promises(_rows(month_sql.KEPT, values), month=whole),
        "stops": [
            {"kind": kind, "reason": reason, "count": count, "ids": ids}
            for kind, reason, count, ids in _rows(month_sql.STOPS, values)
        ],
        "participation": _participation(_rows(month_sql.PARTICIPATION, values)),
    }


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _times(flow: Flow) -> dict[str, Any]:
    return {
        step: {"count": one.count, "median": _tenth(one.median), "high": _tenth(one.high)}
        for step, one in flow.step_times.items()
        if step != "waiting"
    }


def _first_decisions(month: Month) -> dict[str, Any]:
    """Working days to the first decision over the year, as everybody may know them."""
    took = read_lead_times(
        month.organisation, since=month.values["year"], until=month.values["until"]
    )
    promised = month.promised(month.after - timedelta(days=1)).decision_days
    if not took.says_something:
        return {"count": took.total, "promised": promised}
    return {
        "count": took.total, "promised": promised, "median": _tenth(took.share(0.5)),
        "high": _tenth(took.share(0.9)), "in_time": took.within(promised),
    }  # fmt: skip


def _tenth(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def _ageing(rows: Iterable[tuple[Any, ...]], *, month: Month) -> dict[str, Any]:
    """How long what waited at the month's end had waited, in working days."""
    last, calendar = month.after - timedelta(days=1), month.calendar
    ages: list[int] = []
    alone = late = 0
    for since, has_somebody, count in rows:
        waited = calendar.between(since, last)
        ages += [waited] * count
        alone += 0 if has_somebody else count
        late += count if waited > month.promised(since).decision_days else 0
    bands = dict.fromkeys([str(edge) for edge in (*BANDS, "more")], 0)
    for age in ages:
        bands[next((str(edge) for edge in BANDS if age <= edge), "more")] += 1
    return {
        "count": len(ages), "bands": bands, "oldest": max(ages, default=None),
        "without_responsible": alone, "past_limit": late,
    }  # fmt: skip


def _promises(rows: Iterable[tuple[Any, ...]], *, month: Month) -> dict[str, Any]:
    """Of what was done in the month, how much within the promised working days."""
    kept = {clock: {"done": 0, "in_time": 0} for clock in
            ("receipt", "responsible", "decision", "feedback")}  # fmt: skip
    for clock, since, done, count in rows:
        promised = getattr(month.promised(since), f"{clock}_days")
        in_time = done <= month.calendar.add(since, promised)
        kept[clock]["done"] += count
        kept[clock]["in_time"] += count if in_time else 0
    return kept


def _participation(rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Givers and ideas by unit; units so small that somebody could be recognised go together."""
    units = sorted(rows, key=lambda row: row[1])
    hidden = [row for row in units if row[1] < FEWEST_SHOWN]
    shown = [row for row in units if row[1] >= FEWEST_SHOWN]
    # What is left over after all others must not tell of a few either.
    while hidden and shown and sum(row[1] for row in hidden) < FEWEST_SHOWN:
        hidden.append(shown.pop(0))
    said = [_of_units(row[0], [row]) for row in sorted(shown, key=itemgetter(0))]
    if sum(row[1] for row in hidden) >= FEWEST_SHOWN:
        said.append(_of_units("", hidden))
    return said


def _of_units(name: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """One line for one or several units; whoever gave in two of them is one giver."""
    givers = {giver for row in rows for giver in row[2] or ()}
    return {
        "unit": name,
        "people": sum(row[1] for row in rows),
        "givers": len(givers),
        "ideas": sum(row[3] for row in rows),
    }
