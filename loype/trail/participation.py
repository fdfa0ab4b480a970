"""Who gives ideas: by unit and by work, so that a council sees where nobody does.

Twelve whole months, so that two looks on two days cannot be compared to find one person. What is
told of a unit is told of five people at least; see `small_groups`.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from loype.ideas.models import Idea
from loype.kernel.calendar import day_in
from loype.organisations.models import Membership, Organisation, Unit
from loype.organisations.positions import Work, position_of
from loype.trail.small_groups import (
    FEWEST,
    Group,
    Row,
    may_stand_beside,
    possible_wholes,
    rows_of,
)

ANSWERED = ("going_on", "parked", "returned", "rejected")


class Given(NamedTuple):
    """An idea of the period: who gave it, from where, and what became of it."""

    giver: int
    unit: int | None
    state: str
    submitted_at: datetime
    employee_driven: bool | None
    answered_at: datetime | None


@dataclass(frozen=True)
class Period:
    """Twelve whole months, up to the end of the last one."""

    first: date
    last_before: date
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Fate:
    """What became of ideas; None where fewer than five people's are answered."""

    carried_on: float | None  # share of those answered, 0 to 1
    days: float | None  # median from handing in to the first decision


@dataclass(frozen=True)
class Line:
    """A unit or kind of work, or several small ones together."""

    names: tuple[str, ...]  # of units, or the codes of works; empty where nothing is named
    people: int
    givers: int | None  # None: from 1 to 4
    fate: Fate

    @property
    def is_silent(self) -> bool:
        """Whether nobody there gave anything."""
        return self.givers == 0

    @property
    def per_hundred(self) -> float | None:
        """Givers per 100 employees; None where there are few."""
        return None if self.givers is None else 100 * self.givers / self.people


@dataclass(frozen=True)
class Participation:
    """An organisation's givers in a period."""

    period: Period
    people: int
    givers: range  # from so many to so many; exact where no line hides a number
    units: list[Line]
    works: list[Line] | None  # None: beside the units they would give a number away
    employee_driven: float | None  # share of the ideas, 0 to 1
    fate: Fate

    @property
    def silent(self) -> list[Line]:
        """Units, or small units together, from which nobody gave anything."""
        return [line for line in self.units if line.is_silent and any(line.names)]


def twelve_months(organisation: Organisation, *, at: datetime) -> Period:
    """The twelve months that were over at the end of the last one, where the organisation is."""
    zone = ZoneInfo(organisation.time_zone)
    end = day_in(at, organisation.time_zone).replace(day=1)
    begin = end.replace(year=end.year - 1)
    since, until = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (begin, end))
    return Period(first=begin, last_before=end, since=since, until=until)


def measure_participation(organisation: Organisation, *, at: datetime) -> Participation:
    """Who gave ideas in the twelve months before this one; three statements."""
    period = twelve_months(organisation, at=at)
    units = {unit.pk: unit for unit in Unit.objects.filter(organisation=organisation).open()}
    held = works_of(organisation, day=day_in(at, organisation.time_zone))
    given = [Given(*row) for row in ideas_of(organisation, period).values_list(*COLUMNS)]
    placed = {person: unit for person, (unit, _position) in held.items()}
    by_unit = _gathered(given, lambda one: _unit_of(one, units=units, placed=placed))
    by_work = _gathered(given, lambda one: held.get(one.giver, (None, ""))[1])
    unit_rows = rows_of(_unit_groups(units, placed=placed, gathered=by_unit))
    work_rows = rows_of(_work_groups(held, gathered=by_work))
    names = {key: unit.name for key, unit in units.items()}
    return Participation(
        period=period,
        people=sum(row.people for row in unit_rows),
        givers=possible_wholes(unit_rows),
        units=_lines(unit_rows, by_unit, names=names),
        works=_lines(work_rows, by_work, names={})
        if may_stand_beside(work_rows, unit_rows)
        else None,
        employee_driven=_driven(given),
        fate=_fate(given),
    )


COLUMNS = (
    "giver_id", "unit_id", "state", "submitted_at", "employee_driven", "answered_at",
)  # fmt: skip


def ideas_of(organisation: Organisation, period: Period) -> QuerySet[Idea]:
    """What people gave in the period; what was taken back does not count."""
    given = Idea.objects.filter(
        organisation=organisation,
        submitted_at__gte=period.since,
        submitted_at__lt=period.until,
        giver__isnull=False,
        source="",
    )
    return (
        given.exclude(state="withdrawn")
        .annotate(answered_at=F("case__first_decided_at"))
        .order_by("submitted_at", "pk")
    )


def works_of(organisation: Organisation, *, day: date) -> dict[int, tuple[int | None, str]]:
    """Each person's unit and what their work is, on a day."""
    held = Membership.objects.filter(organisation=organisation).on(day).order_by("pk")
    rows = held.values_list("person_id", "unit_id", "role", "position", "unit__kind")
    works: dict[int, list[Work]] = defaultdict(list)
    units: dict[int, int | None] = {}
    for person, unit, role, position, kind in rows:
        works[person].append(Work(role, position, kind))
        units[person] = units.get(person) or unit
    return {person: (units[person], position_of(held)) for person, held in works.items()}


def _unit_of(one: Given, *, units: dict[int, Unit], placed: dict[int, int | None]) -> int | None:
    """Where an idea comes from: the unit it names, else the giver's."""
    unit = one.unit or placed.get(one.giver)
    return unit if unit in units else None


Gathered = dict[int | str | None, list[Given]]


def _gathered(given: Sequence[Given], key_of: Callable[[Given], int | str | None]) -> Gathered:
    """The ideas by group; each giver counts once, where they gave last, with all they gave."""
    last = {one.giver: key_of(one) for one in given}
    found: Gathered = defaultdict(list)
    for one in given:
        found[last[one.giver]].append(one)
    return found


def _givers(given: Iterable[Given]) -> int:
    return len({one.giver for one in given})


def _unit_groups(
    units: dict[int, Unit], *, placed: dict[int, int | None], gathered: Gathered
) -> list[Group]:
    """Every unit where somebody works, and those who work in none that is named."""
    registered: dict[int | None, int] = defaultdict(int)
    for unit in placed.values():
        registered[unit if unit in units else None] += 1
    groups = [
        Group(
            key=key,
            people=registered[key] if unit.employees is None else unit.employees,
            givers=_givers(gathered.get(key, ())),
            area=_area(unit, units),
        )
        for key, unit in units.items()
    ]
    groups.append(Group(None, registered[None], _givers(gathered.get(None, ()))))
    return [group for group in groups if group.people or group.givers]


def _area(unit: Unit, units: dict[int, Unit]) -> int:
    """The topmost unit above one."""
    seen = {unit.pk}
    while unit.parent_id in units and unit.parent_id not in seen:
        unit = units[unit.parent_id]
        seen.add(unit.pk)
    return unit.pk


def _work_groups(held: dict[int, tuple[int | None, str]], *, gathered: Gathered) -> list[Group]:
    """Those registered, by what their work is."""
    people: dict[str, int] = defaultdict(int)
    for _unit, position in held.values():
        people[position] += 1
    keys = dict.fromkeys([*people, *(str(key) for key in gathered)])
    return [Group(key, people[key], _givers(gathered.get(key, ()))) for key in sorted(keys)]


def _lines(rows: Sequence[Row], gathered: Gathered, *, names: dict[int, str]) -> list[Line]:
    """Rows as lines, most givers among a hundred first; those with few, then those with none."""
    lines = [_line(row, gathered, names=names) for row in rows]
    return sorted(lines, key=lambda line: (_rank(line), line.names))


def _rank(line: Line) -> tuple[int, float]:
    if line.givers is None:
        return 1, -line.people
    return (2, -line.people) if line.is_silent else (0, -(line.per_hundred or 0.0))


def _line(row: Row, gathered: Gathered, *, names: dict[int, str]) -> Line:
    keys = [group.key for group in row.groups]
    given = [one for key in keys for one in gathered.get(key, ())]
    return Line(
        names=tuple(names.get(key, "") if isinstance(key, int) else key or "" for key in keys),
        people=row.people,
        givers=None if row.is_few else row.givers,
        fate=Fate(None, None) if row.is_few else _fate(given),
    )


def _fate(given: Sequence[Given]) -> Fate:
    """What became of what five people or more gave; no counts, so that none can be subtracted."""
    answered = [one for one in given if one.answered_at and one.state in ANSWERED]
    took = [
        (one.answered_at - one.submitted_at).total_seconds() / 86400
        for one in given
        if one.answered_at
    ]
    if _givers(answered) < FEWEST:
        return Fate(None, None)
    carried_on = sum(one.state == "going_on" for one in answered) / len(answered)
    return Fate(carried_on=carried_on, days=statistics.median(took))


def _driven(given: Sequence[Given]) -> float | None:
    """How many of the ideas come from outside management and IT, where both sides are five."""
    known = [one for one in given if one.employee_driven is not None]
    sides = [_givers(one for one in known if one.employee_driven is side) for side in (True, False)]
    if not known or any(0 < side < FEWEST for side in sides):
        return None
    return sum(one.employee_driven is True for one in known) / len(known)
