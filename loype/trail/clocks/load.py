"""What each person has on their hands in an organisation; one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

_LOAD = """
SELECT p.id, p.name, sum(h.cases), sum(h.unaccepted), sum(h.late), sum(h.deputy), sum(h.leads)
FROM (
    SELECT responsible_id AS who, 1 AS cases, (accepted_at IS NULL)::int AS unaccepted,
        (follow_up_by < %(day)s AND state = 'waiting')::int AS late, 0 AS deputy, 0 AS leads
    FROM councils_case WHERE organisation_id = %(organisation)s
      AND state IN ('waiting', 'on_agenda') AND responsible_id IS NOT NULL
    UNION ALL
    SELECT deputy_id, 0, 0, 0, 1, 0 FROM councils_case WHERE organisation_id = %(organisation)s
      AND state IN ('waiting', 'on_agenda') AND deputy_id IS NOT NULL
    UNION ALL
    SELECT owner_id, 0, 0, 0, 0, 1 FROM portfolio_activity
    WHERE organisation_id = %(organisation)s AND state IN ('planned', 'running', 'paused')
) h JOIN accounts_person p ON p.id = h.who
GROUP BY p.id ORDER BY sum(h.cases) DESC, sum(h.leads) DESC, p.name, p.id LIMIT 100
"""


@dataclass(frozen=True)
class Load:
    """One person: open cases, how many not accepted and past their day, deputy for, leads."""

    person_id: int
    name: str
    cases: int
    unaccepted: int
    late: int
    deputy: int
    leads: int


def read_load(organisation_id: int, *, day: date) -> list[Load]:
    """Who has how much, the most loaded first; for the council's room."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"organisation": organisation_id, "day": day})
        rows = cursor.fetchall()
    return [
        Load(number, name, *(int(one or 0) for one in counts)) for number, name, *counts in rows
    ]
