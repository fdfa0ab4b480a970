"""The shape of the flow: what lay where week by week, how long decisions took, what grows old."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import connection

from loype.organisations.models import Organisation
from loype.trail.flow import FEWEST_FOR_A_MEDIAN

LAYERS = ("waiting", "with_responsible", "decided", "started", "finished")
PLACES = ("nobody", "somebody", "on_agenda")

_CUMULATIVE = """
WITH way AS (
    SELECT least(i.submitted_at, c.first_responsible_at, c.first_decided_at) AS came,
        least(c.first_responsible_at, c.first_decided_at, i.withdrawn_at) AS taken,
        least(c.first_decided_at, i.withdrawn_at) AS decided, w.started, w.ended
    FROM ideas_idea i JOIN councils_case c ON c.idea_id = i.id
    LEFT JOIN LATERAL (SELECT min(a.started_at) AS started, min(a.ended_at)
        FILTER (WHERE a.started_at IS NOT NULL) AS ended
        FROM portfolio_activity a WHERE a.idea_id = i.id) w ON true
    WHERE i.organisation_id = ANY(%(who)s) AND i.submitted_at < %(until)s
), weeks AS (
    SELECT least(week + interval '7 days', %(until)s) AS ends FROM generate_series(
        %(since)s::timestamptz, %(until)s::timestamptz - interval '1 second', interval '7 days')
        AS week
), moments AS (
    SELECT step, least(width_bucket(at, (SELECT array_agg(ends ORDER BY ends) FROM weeks)),
        (SELECT count(*) FROM weeks)) AS place, count(*) AS many
    FROM way CROSS JOIN LATERAL (VALUES (0, came), (1, taken), (2, decided), (3, started),
        (4, ended)) AS s(step, at)
    WHERE at < %(until)s GROUP BY 1, 2
)
SELECT w.ends,
    coalesce(sum(m.many) FILTER (WHERE m.step = 0), 0), coalesce(sum(m.many)
    FILTER (WHERE m.step = 1), 0), coalesce(sum(m.many) FILTER (WHERE m.step = 2), 0),
    coalesce(sum(m.many) FILTER (WHERE m.step = 3), 0),
    coalesce(sum(m.many) FILTER (WHERE m.step = 4), 0)
FROM (SELECT ends, row_number() OVER (ORDER BY ends) - 1 AS place FROM weeks) w
LEFT JOIN moments m ON m.place <= w.place
GROUP BY w.ends ORDER BY w.ends
"""

_LEAD_TIMES = """
SELECT loype_working_days((i.submitted_at AT TIME ZONE %(zone)s)::date,
    (c.first_decided_at AT TIME ZONE %(zone)s)::date, %(closed)s::date[]) AS took, count(*)
FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
WHERE c.organisation_id = %(organisation)s AND i.source = ''
  AND c.first_decided_at >= %(since)s AND c.first_decided_at < %(until)s
GROUP BY took ORDER BY took
"""

_AGEING = """
SELECT CASE WHEN c.state = 'on_agenda' THEN 'on_agenda' WHEN c.responsible_id IS NULL THEN 'nobody'
    ELSE 'somebody' END AS place,
    loype_working_days((c.waiting_since AT TIME ZONE %(zone)s)::date,
        (%(at)s AT TIME ZONE %(zone)s)::date, %(closed)s::date[]) AS waited, count(*)
FROM councils_case c
WHERE c.organisation_id = %(organisation)s AND c.state IN ('waiting', 'on_agenda')
GROUP BY place, waited ORDER BY place, waited
"""


_PUBLIC = """
SELECT o.id, o.name, latest.month, latest.figures -> 'first_decisions'
FROM organisations_organisation o CROSS JOIN LATERAL (
    SELECT f.month, f.figures FROM trail_monthlyfigures f
    WHERE f.organisation_id = o.id ORDER BY f.month DESC LIMIT 1
) latest
WHERE o.state = 'active'
ORDER BY lower(o.name), o.id
"""


@dataclass(frozen=True)
class Week:
    """How many things had come at least so far when a week was over, one number a layer.

    The numbers never rise from one layer to the next: what is decided was handed in.
    """

    ends: datetime
    reached: tuple[int, int, int, int, int]

    @property
    def layers(self) -> dict[str, int]:
        """How many lay in each layer."""
        steps = (*self.reached, 0)
        return dict(zip(LAYERS, (more - less for more, less in pairwise(steps)), strict=True))


@dataclass(frozen=True)
class LeadTimes:
    """Working days from handing in to the first decision: how many took how long."""

    counts: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        """How many were decided."""
        return sum(count for _days, count in self.counts)

    @property
    def says_something(self) -> bool:
        """Whether there are enough to say how long it takes."""
        return self.total >= FEWEST_FOR_A_MEDIAN

    def share(self, part: float) -> float:
        """The continuous percentile of the SQL standard, in working days; 0.5 is the median."""
        whole = [days for days, count in self.counts for _one in range(count)]
        place = part * (len(whole) - 1)
        low = int(place)
        high = min(low + 1, len(whole) - 1)
        return whole[low] + (whole[high] - whole[low]) * (place - low)

    def within(self, limit: int) -> int:
        """How many took no longer than so many working days."""
        return sum(count for days, count in self.counts if days <= limit)


@dataclass(frozen=True)
class Aged:
    """So many things in one place have waited so many working days."""

    place: str
    waited: int
    count: int


@dataclass(frozen=True)
class PublicTime:
    """How long an organisation takes to its first decision; nothing where few were decided."""

    organisation_id: int
    organisation: str
    month: date
    promised: int | None
    count: int
    median: float | None
    high: float | None
    in_time: int | None

    @property
    def kept(self) -> int | None:
        """How many in a hundred came within what was promised."""
        if self.in_time is None or not self.count:
            return None
        return round(100 * self.in_time / self.count)


def read_cumulative(
    organisation_ids: Sequence[int], *, since: datetime, until: datetime
) -> list[Week]:
    """Week by week, how many things had come how far; one statement."""
    rows = _rows(_CUMULATIVE, {"who": list(organisation_ids), "since": since, "until": until})
    return [Week(row[0], tuple(int(number) for number in row[1:])) for row in rows]  # type: ignore[arg-type]


def read_lead_times(
    organisation: Organisation, *, since: datetime, until: datetime
) -> LeadTimes:  # fmt: skip
    """How long first decisions took that were made in a period; one statement."""
    rows = _rows(_LEAD_TIMES, {**_of(organisation), "since": since, "until": until})
    return LeadTimes(tuple((days, count) for days, count in rows))


def read_ageing(organisation: Organisation, *, at: datetime) -> list[Aged]:
    """How long everything has waited that waits now; one statement."""
    return [Aged(*row) for row in _rows(_AGEING, {**_of(organisation), "at": at})]


def read_public_times() -> list[PublicTime]:
    """For everybody: how long each organisation took to its first decisions; one statement.

    Taken from the last month that was reported, over the twelve months up to its end; of fewer
    than five nothing is told.
    """
    return [_public(*row) for row in _rows(_PUBLIC, {})]


def _public(
    organisation_id: int, name: str, month: date, told: dict[str, Any] | str | None
) -> PublicTime:
    facts: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told) or {}
    return PublicTime(
        organisation_id=organisation_id,
        organisation=name,
        month=month,
        promised=facts.get("promised"),
        count=facts.get("count", 0),
        median=facts.get("median"),
        high=facts.get("high"),
        in_time=facts.get("in_time"),
    )


def _of(organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation": organisation.pk,
        "zone": organisation.time_zone,
        "closed": sorted(organisation.calendar.closed),
    }


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
