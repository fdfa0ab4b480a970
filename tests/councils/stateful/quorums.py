"""How many are there for each matter, counted from what was seen to happen and not by the product.

`Quorums` is told what the play did: who was called, who came, who answered in writing, who had an
interest of their own. From that it knows whether a decision had enough behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from django.db import connection

from loype.bodies.models import Meeting, RulesOfProcedure

_VOTING = """
    SELECT s.id FROM bodies_seat s JOIN bodies_body b ON b.id = s.body_id
    LEFT JOIN organisations_federation f ON f.id = b.federation_id
    WHERE s.body_id = %(body)s AND s.has_vote
      AND (s.from_date IS NULL OR s.from_date <= %(day)s)
      AND (s.closed_date IS NULL OR s.closed_date > %(day)s)
      AND EXISTS (SELECT 1 FROM bodies_term t WHERE t.seat_id = s.id AND NOT t.is_deputy
          AND daterange(t.from_date, t.to_date, '[]') @> %(day)s::date
          AND EXISTS (SELECT 1 FROM organisations_membership m WHERE m.person_id = t.person_id
              AND daterange(m.from_date, m.to_date, '[]') @> %(day)s::date
              AND m.organisation_id = CASE s.kind WHEN 'federation' THEN f.coordinator_id
                  ELSE coalesce(s.party_id, b.organisation_id) END))
"""
SHARE = {"half": 1 / 2, "two_thirds": 2 / 3, "all": 1.0}


@dataclass
class Sitting:
    """One called meeting: which seats vote, how many it takes, and who is there."""

    in_writing: bool
    voting: frozenset[int]
    needed: int
    present: set[int] = field(default_factory=set)
    away: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    answers: dict[int, tuple[int, set[int]]] = field(default_factory=dict)

    def counted(self, item_id: int) -> set[int]:
        """The seats that stand behind what is decided about an item."""
        there = self.present
        if self.in_writing:
            said = [seats for item, seats in self.answers.values() if item == item_id]
            there = set().union(*said)
        return (there & self.voting) - self.away[item_id]


class Quorums:
    """All meetings that were called in a play."""

    def __init__(self) -> None:
        self.sittings: dict[int, Sitting] = {}
        self.decided: dict[int, int] = {}

    def called(self, meeting: Meeting, *, day: date) -> None:
        """A meeting was called on a day; what its rules ask for holds from now on."""
        voting = _voting(meeting.body_id, day=max(day, meeting.starts_at.date()))
        needed = _needed(meeting, voting=len(voting), day=max(day, meeting.starts_at.date()))
        self.sittings[meeting.pk] = Sitting(meeting.answer_by is not None, voting, needed)

    def came(self, meeting: Meeting, seats: Iterable[int]) -> None:
        """These are there now, nobody else."""
        self.sittings[meeting.pk].present = set(seats)

    def moved(self, meeting: Meeting) -> None:
        """A meeting has another day; what was answered in writing brings nobody to a table."""
        if sitting := self.sittings.get(meeting.pk):
            sitting.in_writing = meeting.answer_by is not None

    def declared(self, meeting_id: int, *, item_id: int, seat_id: int, away: bool) -> None:
        """A seat has an interest in an item: what it answered is void, and unless somebody stands
        in it does not count."""
        sitting = self.sittings[meeting_id]
        for item, seats in sitting.answers.values():
            if item == item_id:
                seats.discard(seat_id)
        if away:
            sitting.away[item_id].add(seat_id)

    def comes_back(self, meeting_id: int, *, item_id: int, seat_id: int) -> None:
        """The interest was taken back."""
        self.sittings[meeting_id].away[item_id].discard(seat_id)

    def answered(self, meeting_id: int, *, item_id: int, proposal_id: int, seat_id: int) -> None:
        """A seat answered about a proposal, in writing."""
        answers = self.sittings[meeting_id].answers
        answers.setdefault(proposal_id, (item_id, set()))[1].add(seat_id)

    def withdrawn(self, meeting_id: int, *, proposal_id: int) -> None:
        """A proposal was taken back, and what was answered about it with it."""
        if sitting := self.sittings.get(meeting_id):
            sitting.answers.pop(proposal_id, None)

    def decides(self, decision_id: int, *, meeting_id: int, item_id: int) -> None:
        """Something was decided; enough must have been there."""
        sitting = self.sittings.get(meeting_id)
        assert sitting is not None, "decided in a meeting that was never called"
        counted = len(sitting.counted(item_id))
        assert counted >= sitting.needed, (
            f"decided without a quorum: {counted} counted, {sitting.needed} needed"
        )
        self.decided[decision_id] = counted

    def all_seen(self) -> None:
        """Every decision of a council was decided by an act that was seen to have a quorum."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM councils_decision WHERE body_id IS NOT NULL")
            unseen = {row[0] for row in cursor.fetchall()} - set(self.decided)
        assert not unseen, f"decisions that nobody was seen to make: {unseen}"


def _voting(body_id: int, *, day: date) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(_VOTING, {"body": body_id, "day": day})
        return frozenset(row[0] for row in cursor.fetchall())


def _needed(meeting: Meeting, *, voting: int, day: date) -> int:
    """At least one; of a share the next whole number; without rules half."""
    versions = RulesOfProcedure.objects.filter(body=meeting.body_id, from_date__lte=day)
    rules = versions.order_by("-from_date").first()
    kind = rules.quorum if rules else "half"
    if kind == "number" and rules:
        return max(1, min(rules.quorum_number, voting))
    return max(1, ceil(round(SHARE.get(kind, 0) * voting, 6)))
