"""How the trail flows: how many come in and go on, and how long each step takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from loype.organisations.actor import Actor

STEPS = ("responsible", "decision", "start", "running", "publishing", "reuse", "waiting")
FEWEST_FOR_A_MEDIAN = 5


@dataclass(frozen=True)
class StepTime:
    """Days one step took: how many went through, and the 10th, 50th, 90th percentile and longest.

    Percentiles are the continuous ones of the SQL standard (percentile_cont), in days with
    fractions; None when fewer than five went through, because a median of fewer says little.
    """

    step: str
    count: int
    low: float | None
    median: float | None
    high: float | None
    longest: float | None


@dataclass(frozen=True)
class Flow:
    """What came in, what became of it, and how long it took, in a period."""

    handed_in: int
    with_responsible: int
    decided: int
    outcomes: dict[str, int]
    opened: int
    started: int
    finished: int
    stopped: int
    concluded: int
    published: int
    in_use: int
    waiting_now: int
    without_responsible_now: int
    oldest_waiting_since: datetime | None
    step_times: dict[str, StepTime]
    months: list[tuple[datetime, int, int]]


_TIMES = """
WITH spans AS (
    SELECT 'responsible' AS step, c.first_responsible_at - i.submitted_at AS took
    FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
    WHERE c.organisation_id = ANY(%(who)s) AND c.first_responsible_at >= %(since)s
      AND c.first_responsible_at < %(until)s AND i.source = ''
    UNION ALL
    SELECT 'decision', c.first_decided_at - i.submitted_at
    FROM councils_case c JOIN ideas_idea i ON i.id = c.idea_id
    WHERE c.organisation_id = ANY(%(who)s) AND c.first_decided_at >= %(since)s
      AND c.first_decided_at < %(until)s AND i.source = ''
    UNION ALL
    SELECT 'start', a.started_at - a.opened_at FROM portfolio_activity a
    WHERE a.organisation_id = ANY(%(who)s) AND a.started_at >= %(since)s
      AND a.started_at < %(until)s
    UNION ALL
    SELECT 'running', a.ended_at - a.started_at FROM portfolio_activity a
    WHERE a.organisation_id = ANY(%(who)s) AND a.ended_at >= %(since)s
      AND a.ended_at < %(until)s AND a.started_at IS NOT NULL
    UNION ALL
    SELECT 'publishing', s.published_at - a.ended_at
    FROM spread_solution s JOIN portfolio_activity a ON a.id = s.activity_id
    WHERE s.organisation_id = ANY(%(who)s) AND s.published_at >= %(since)s
      AND s.published_at < %(until)s
    UNION ALL
    SELECT 'reuse', d.confirmed_at - d.began_at FROM spread_adoption d
    WHERE d.organisation_id = ANY(%(who)s) AND d.confirmed_at >= %(since)s
      AND d.confirmed_at < %(until)s
    UNION ALL
    SELECT 'waiting', %(now)s - c.waiting_since FROM councils_case c
    WHERE c.organisation_id = ANY(%(who)s) AND c.state IN ('waiting', 'on_agenda')
      AND c.waiting_since <= %(now)s
)
SELECT step, count(*), percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP
    (ORDER BY extract(epoch FROM took) / 86400.0), max(extract(epoch FROM took)) / 86400.0
FROM spans GROUP BY step
"""

_COUNTS = """
SELECT
    (SELECT count(*) FROM ideas_idea WHERE organisation_id = ANY(%(who)s)
        AND submitted_at >= %(since)s AND submitted_at < %(until)s),
    (SELECT count(*) FROM councils_case WHERE organisation_id = ANY(%(who)s)
        AND first_responsible_at >= %(since)s AND first_responsible_at < %(until)s),
    (SELECT count(*) FROM councils_case WHERE organisation_id = ANY(%(who)s)
        AND first_decided_at >= %(since)s AND first_decided_at < %(until)s),
    (SELECT count(*) FROM portfolio_activity WHERE organisation_id = ANY(%(who)s)
        AND opened_at >= %(since)s AND opened_at < %(until)s),
    (SELECT count(*) FROM portfolio_activity WHERE organisation_id = ANY(%(who)s)
        AND started_at >= %(since)s AND started_at < %(until)s),
    (SELECT count(*) FROM portfolio_activity WHERE organisation_id = ANY(%(who)s)
        AND state = 'finished' AND ended_at >= %(since)s AND ended_at < %(until)s),
    (SELECT count(*) FROM portfolio_activity WHERE organisation_id = ANY(%(who)s)
        AND state = 'stopped' AND ended_at >= %(since)s AND ended_at < %(until)s),
    (SELECT count(*) FROM evaluation_evaluation WHERE organisation_id = ANY(%(who)s)
        AND concluded_at >= %(since)s AND concluded_at < %(until)s),
    (SELECT count(*) FROM spread_solution WHERE organisation_id = ANY(%(who)s)
        AND published_at >= %(since)s AND published_at < %(until)s),
    (SELECT count(*) FROM spread_adoption d JOIN spread_solution s ON s.id = d.solution_id
        WHERE s.organisation_id = ANY(%(who)s) AND d.state = 'in_use'
        AND d.confirmed_at >= %(since)s AND d.confirmed_at < %(until)s),
    (SELECT count(*) FROM councils_case WHERE organisation_id = ANY(%(who)s)
        AND state IN ('waiting', 'on_agenda')),
    (SELECT count(*) FROM councils_case WHERE organisation_id = ANY(%(who)s)
        AND state IN ('waiting', 'on_agenda') AND responsible_id IS NULL),
    (SELECT min(waiting_since) FROM councils_case WHERE organisation_id = ANY(%(who)s)
        AND state IN ('waiting', 'on_agenda')),
    (SELECT json_object_agg(outcome, n) FROM (SELECT outcome, count(*) AS n
        FROM councils_decision WHERE organisation_id = ANY(%(who)s)
        AND decided_at >= %(since)s AND decided_at < %(until)s GROUP BY outcome) o)
"""

_MONTHS = """
SELECT m.month, count(i.id) FILTER (WHERE i.side = 'in'), count(i.id) FILTER (WHERE i.side = 'out')
FROM generate_series(date_trunc('month', %(now)s::timestamptz) - interval '11 months',
        date_trunc('month', %(now)s::timestamptz), interval '1 month') AS m(month)
LEFT JOIN (
    SELECT id, date_trunc('month', submitted_at) AS month, 'in' AS side FROM ideas_idea
    WHERE organisation_id = ANY(%(who)s) AND submitted_at >= %(now)s - interval '13 months'
    UNION ALL
    SELECT id, date_trunc('month', first_decided_at), 'out' FROM councils_case
    WHERE organisation_id = ANY(%(who)s) AND first_decided_at >= %(now)s - interval '13 months'
) i ON i.month = m.month
GROUP BY m.month ORDER BY m.month
"""


def can_see_flow(actor: Actor, organisation_id: int) -> bool:
    """Figures of an organisation are for its own people."""
    return actor.is_house or actor.belongs_to(organisation_id)


def measure_flow(
    organisation_ids: list[int], *, since: datetime, until: datetime, at: datetime
) -> Flow:
    """The figures of organisations for the period from `since` up to `until`; three statements.

    Times count what ended in the period; imported ideas count as handed in, but not in times.
    """
    values: dict[str, Any] = {"who": organisation_ids, "since": since, "until": until, "now": at}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        counts = cursor.fetchone()
        cursor.execute(_TIMES, values)
        times = {row[0]: _step_time(row) for row in cursor.fetchall()}
        cursor.execute(_MONTHS, values)
        months = cursor.fetchall()
    return Flow(
        handed_in=counts[0],
        with_responsible=counts[1],
        decided=counts[2],
        opened=counts[3],
        started=counts[4],
        finished=counts[5],
        stopped=counts[6],
        concluded=counts[7],
        published=counts[8],
        in_use=counts[9],
        waiting_now=counts[10],
        without_responsible_now=counts[11],
        oldest_waiting_since=counts[12],
        outcomes=counts[13] or {},
        step_times={step: times.get(step, _nothing(step)) for step in STEPS},
        months=[(month, came, went) for month, came, went in months],
    )


def _step_time(row: tuple[Any, ...]) -> StepTime:
    step, count, shares, longest = row
    if count < FEWEST_FOR_A_MEDIAN:
        return StepTime(step, count, None, None, None, None)
    low, median, high = (float(share) for share in shares)
    return StepTime(step, count, low, median, high, float(longest))


def _nothing(step: str) -> StepTime:
    return StepTime(step, 0, None, None, None, None)
