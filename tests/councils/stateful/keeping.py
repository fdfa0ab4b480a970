"""What must hold after every act: the federation's seats, one decision in force, nothing lost.

`Keeping` remembers everything that was locked, word for word, and looks whether it still stands.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import connection

from loype.history.verify import find_flaws

_SEATS = """
    SELECT b.id, s.id, t.from_date, t.to_date
    FROM bodies_body b
    LEFT JOIN bodies_seat s ON s.body_id = b.id AND s.kind = 'federation' AND s.closed_date IS NULL
    LEFT JOIN bodies_term t ON t.seat_id = s.id AND NOT t.is_deputy
    WHERE b.state = 'active' AND b.kind = 'innovation_council'
    ORDER BY b.id, t.from_date
"""
# Councils that work while their organisation is not, or does not stay, a member of the federation.
_ASTRAY = """
    SELECT b.id FROM bodies_body b
    WHERE b.state = 'active' AND b.kind = 'innovation_council' AND NOT EXISTS (
        SELECT 1 FROM organisations_federationmembership m
        WHERE m.organisation_id = b.organisation_id AND m.federation_id = b.federation_id
          AND m.from_date <= %s AND m.to_date IS NULL)
"""
# Everything that is locked, as text, with the meeting it belongs to. Whether a decision is in force
# is looked at apart: a later one puts it out of force, nothing else does.
_LOCKED = """
    WITH approved AS (SELECT id FROM bodies_meeting WHERE state = 'approved'),
    items AS (SELECT * FROM councils_agendaitem WHERE meeting_id IN (SELECT id FROM approved)),
    proposals AS (SELECT p.*, i.meeting_id FROM councils_proposal p JOIN items i ON i.id = item_id)
    SELECT 'decision', d.id, coalesce(d.meeting_id, 0), (to_jsonb(d) - 'in_force')::text
        FROM councils_decision d WHERE d.locked_at IS NOT NULL
    UNION ALL SELECT 'minutes', m.id, m.meeting_id, to_jsonb(m)::text FROM councils_minutes m
    UNION ALL SELECT 'file', f.id, m.meeting_id, to_jsonb(f)::text FROM councils_minutes m
        JOIN files_storedfile f ON f.id IN (m.pdf_id, m.docx_id)
    UNION ALL SELECT 'meeting', m.id, m.id, to_jsonb(m)::text FROM bodies_meeting m
        WHERE m.state = 'approved'
    UNION ALL SELECT 'call', c.id, c.meeting_id, to_jsonb(c)::text FROM bodies_meetingcall c
        WHERE c.meeting_id IN (SELECT id FROM approved)
    UNION ALL SELECT 'item', i.id, i.meeting_id, to_jsonb(i)::text FROM items i
    UNION ALL SELECT 'paper', p.id, i.meeting_id, to_jsonb(p)::text
        FROM councils_decisionpaper p JOIN items i ON i.id = p.item_id
    UNION ALL SELECT 'proposal', p.id, p.meeting_id, to_jsonb(p)::text FROM proposals p
    UNION ALL SELECT 'vote', v.id, p.meeting_id, to_jsonb(v)::text
        FROM councils_vote v JOIN proposals p ON p.id = v.proposal_id
    UNION ALL SELECT 'dissent', x.id, i.meeting_id, to_jsonb(x)::text
        FROM councils_dissent x JOIN items i ON i.id = x.item_id
    UNION ALL SELECT 'interest', x.id, i.meeting_id, to_jsonb(x)::text
        FROM councils_interest x JOIN items i ON i.id = x.item_id
    UNION ALL SELECT 'citation', c.id, d.meeting_id, to_jsonb(c)::text
        FROM councils_citation c JOIN councils_decision d ON d.id = c.decision_id
        WHERE d.locked_at IS NOT NULL AND d.meeting_id IS NOT NULL
"""
_STANDING = """
    SELECT k.id, k.first_decided_at IS NOT NULL, count(d.id) FILTER (WHERE d.in_force),
        count(d.id), count(d.id) FILTER (WHERE NOT d.in_force AND NOT EXISTS (
            SELECT 1 FROM councils_decision n WHERE n.corrects_id = d.id))
    FROM councils_case k LEFT JOIN councils_decision d ON d.case_id = k.id GROUP BY k.id
"""
Locked = dict[tuple[str, int], tuple[int, str]]


class Keeping:
    """Everything that was locked so far, and every row of the account."""

    def __init__(self) -> None:
        self.locked: Locked = {}
        self.told: dict[int, str] = {}

    def look(self, *, day: date) -> None:
        """Everything that must hold, after each act."""
        every_council_has_its_federation_seat(day)
        every_council_is_within_its_federation(day)
        one_decision_stands_for_each_case()
        self._nothing_locked_is_changed()
        self._the_account_stands()

    def _nothing_locked_is_changed(self) -> None:
        now: Locked = {(kind, key): (meeting, text) for kind, key, meeting, text in _rows(_LOCKED)}
        for thing, (_meeting, text) in self.locked.items():
            assert thing in now, f"locked and lost: {thing}"
            assert now[thing][1] == text, f"locked and changed: {thing}"
        closed = {
            meeting for (kind, _key), (meeting, _) in self.locked.items() if kind == "meeting"
        }
        for thing in now.keys() - self.locked.keys():
            assert now[thing][0] not in closed, f"added to approved minutes: {thing}"
        self.locked = now

    def _the_account_stands(self) -> None:
        now = dict(_rows("SELECT id, hash FROM history_event"))
        for event, told in self.told.items():
            assert now.get(event) == told, f"the account of event {event} was changed or lost"
        if len(now) != len(self.told):
            flaws = list(find_flaws())
            assert not flaws, f"the chain of the account is broken: {flaws}"
        self.told = now


def every_council_has_its_federation_seat(day: date) -> None:
    """Each active council has a standing federation seat that somebody holds today and every day
    from now on, without a gap."""
    terms: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for body, seat, begins, ends in _rows(_SEATS):
        assert seat is not None, f"council {body} is active and has no federation seat"
        if begins is not None:
            terms[body].append((begins, ends))
        terms[body] += []
    for body, held in terms.items():
        gap = first_empty_day(held, since=day)
        assert gap is None, f"council {body} is active; nobody holds the federation's seat {gap}"


def every_council_is_within_its_federation(day: date) -> None:
    """Whoever has an active council is a member of its federation, with no last day."""
    astray = [council for (council,) in _rows(_ASTRAY, day)]
    assert not astray, f"councils {astray} are active; their organisations left the federation"


def first_empty_day(terms: list[tuple[date, date | None]], *, since: date) -> date | None:
    """The first day from a day on that no term covers; None where there is none."""
    day = since
    for begins, ends in sorted(terms, key=lambda term: term[0]):
        if begins > day:
            return day
        if ends is None:
            return None
        if ends >= day:
            day = ends + timedelta(days=1)
    return day


def one_decision_stands_for_each_case() -> None:
    """Never two in force; a case that was decided has one; what is out of force was replaced."""
    for case, was_decided, in_force, every, lost in _rows(_STANDING):
        assert in_force <= 1, f"case {case} has {in_force} decisions in force"
        assert not (was_decided or every) or in_force == 1, f"case {case} has lost its decision"
        assert not lost, f"case {case} has a decision that nothing replaced and is out of force"


def _rows(statement: str, *facts: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts or None)
        return list(cursor.fetchall())
