"""Reading the history of several things at once, with names: one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

MOST_EVENTS = 600

_READ = """
    SELECT e.verb, e.at, e.person_id, e.acting_as, e.thing_kind, e.thing_id, e.change, e.reason,
           coalesce(p.name, ''), coalesce(o.name, ''), EXISTS (
               SELECT 1 FROM organisations_membership m WHERE m.person_id = e.person_id
               AND (m.to_date IS NULL OR m.to_date >= current_date))
    FROM history_event e
    LEFT JOIN accounts_person p ON p.id = e.person_id
    LEFT JOIN organisations_organisation o ON o.id = e.organisation_id
    WHERE {where}
    ORDER BY e.at, e.id LIMIT {most}
"""
_INVITATIONS = """(e.thing_kind = 'joint_invitation' AND e.thing_id IN
    (SELECT id FROM councils_jointinvitation WHERE decision_id = ANY(%s)))"""


@dataclass(frozen=True)
class Told:
    """One row of the account, with the names a reader needs."""

    verb: str
    at: datetime
    person_id: int | None
    acting_as: str
    thing_kind: str
    thing_id: int
    change: dict[str, Any]
    reason: str
    name: str
    organisation: str
    is_still_there: bool

    @property
    def role(self) -> str:
        """Who it was by role, for strangers, for the anonymous and for those who left."""
        words = {
            "giver": _("the giver"),
            "council": _("the innovation council in %(organisation)s"),
            "decider": _("the named decider in %(organisation)s"),
            "owner": _("whoever leads the activity in %(organisation)s"),
            "taker": _("%(organisation)s"),
        }
        if self.person_id is None:
            return _("taken over from elsewhere")
        phrase = words.get(self.acting_as, _("somebody in %(organisation)s"))
        return phrase % {"organisation": self.organisation}


def read_events(things: dict[str, list[int]], *, decisions: list[int]) -> tuple[list[Told], bool]:
    """What happened to these things, oldest first, and whether there is more than fits."""
    conditions: list[str] = []
    values: list[Any] = []
    for kind, ids in things.items():
        conditions.append("(e.thing_kind = %s AND e.thing_id = ANY(%s))")
        values += [kind, ids]
    if decisions:
        conditions.append(_INVITATIONS)
        values.append(decisions)
    if not conditions:
        return [], False
    statement = _READ.format(where=" OR ".join(conditions), most=MOST_EVENTS + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [_told(row) for row in rows[:MOST_EVENTS]], len(rows) > MOST_EVENTS


def _told(row: tuple[Any, ...]) -> Told:
    change = json.loads(row[6]) if isinstance(row[6], str) else row[6]
    verb, at, person_id, acting_as, kind, thing_id, _change, reason, name, organisation, there = row
    return Told(
        verb=verb,
        at=at,
        person_id=person_id,
        acting_as=acting_as,
        thing_kind=kind,
        thing_id=thing_id,
        change=change,
        reason=reason,
        name=name,
        organisation=organisation,
        is_still_there=there,
    )
