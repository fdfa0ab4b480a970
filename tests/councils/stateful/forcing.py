"""Writing past the verbs: by shell, by import, by mistake. The database must refuse each of these.

What is touched is chosen so that the write would break one of the promises; where nothing is there
to be broken, nothing is touched and nothing is counted.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from loype.bodies.models import Body
from loype.councils.models import AgendaItem, Case, Decision
from tests.councils.stateful.deciding import Deciding
from tests.councils.stateful.machine import number, one_of

FEDERATION_SEAT = """(SELECT s.id FROM bodies_seat s JOIN bodies_body b ON b.id = s.body_id
    WHERE s.kind = 'federation' AND s.closed_date IS NULL AND b.state = 'active'
      AND b.kind = 'innovation_council' ORDER BY s.id LIMIT 1)"""
MEMBERSHIP = """(SELECT m.id FROM organisations_federationmembership m JOIN bodies_body b
    ON b.organisation_id = m.organisation_id AND b.federation_id = m.federation_id
    WHERE b.state = 'active' AND b.kind = 'innovation_council' AND m.to_date IS NULL
    ORDER BY m.id LIMIT 1)"""
LOCKED = """(SELECT id FROM councils_decision WHERE locked_at IS NOT NULL
    ORDER BY in_force DESC, id DESC LIMIT 1)"""
APPROVED = "(SELECT id FROM bodies_meeting WHERE state = 'approved')"
ITEM = f"(SELECT id FROM councils_agendaitem WHERE meeting_id IN {APPROVED})"

COUNCILS = {
    "seat closed": f"UPDATE bodies_seat SET closed_date = %(day)s WHERE id = {FEDERATION_SEAT}",
    "seat made another": f"UPDATE bodies_seat SET kind = 'union' WHERE id = {FEDERATION_SEAT}",
    "terms ended": "UPDATE bodies_term SET to_date = greatest(from_date, %(day)s::date - 1)"
    " WHERE (to_date IS NULL OR to_date >= %(day)s) AND NOT is_deputy"
    f" AND seat_id = {FEDERATION_SEAT}",
    "terms end tomorrow": "UPDATE bodies_term SET to_date = greatest(from_date, %(day)s::date + 1)"
    f" WHERE NOT is_deputy AND to_date IS NULL AND seat_id = {FEDERATION_SEAT}",
    "terms deleted": f"DELETE FROM bodies_term WHERE NOT is_deputy AND seat_id = {FEDERATION_SEAT}",
    "term begins later": "UPDATE bodies_term SET from_date = %(day)s::date + 9"
    f" WHERE NOT is_deputy AND to_date IS NULL AND seat_id = {FEDERATION_SEAT}",
    "begun without the federation": """UPDATE bodies_body SET state = 'active',
        established_date = %(day)s WHERE state = 'draft' AND kind = 'innovation_council'
        AND NOT EXISTS (SELECT 1 FROM bodies_seat s JOIN bodies_term t ON t.seat_id = s.id
            WHERE s.body_id = bodies_body.id AND s.kind = 'federation' AND NOT t.is_deputy)""",
    "new without seats": """INSERT INTO bodies_body (organisation_id, kind, name, federation_id,
            state, decision_reference, established_date, commission, delivery)
        SELECT o.id, 'innovation_council', 'x', (SELECT min(id) FROM organisations_federation),
            'active', '', %(day)s, '', '' FROM organisations_organisation o WHERE NOT EXISTS (
                SELECT 1 FROM bodies_body b WHERE b.organisation_id = o.id
                  AND b.kind = 'innovation_council' AND b.state = 'active') LIMIT 1""",
}
COUNCILS |= {
    "member left": "UPDATE organisations_federationmembership SET to_date = greatest(from_date,"
    f" %(day)s::date - 1) WHERE id = {MEMBERSHIP}",
    "member leaves later": "UPDATE organisations_federationmembership SET to_date ="
    f" greatest(from_date, %(day)s::date + 90) WHERE id = {MEMBERSHIP}",
    "membership deleted": f"DELETE FROM organisations_federationmembership WHERE id = {MEMBERSHIP}",
    "taken to another federation": """UPDATE bodies_body SET federation_id = f.id
        FROM organisations_federation f WHERE bodies_body.state = 'active'
          AND bodies_body.kind = 'innovation_council' AND NOT EXISTS (
            SELECT 1 FROM organisations_federationmembership m WHERE m.federation_id = f.id
              AND m.organisation_id = bodies_body.organisation_id)""",
}
DECISIONS = {
    "moved to another meeting": """UPDATE councils_decision SET meeting_id = (
            SELECT m.id FROM bodies_meeting m WHERE m.id <> councils_decision.meeting_id LIMIT 1)
        WHERE body_id IS NOT NULL AND locked_at IS NULL""",
    "moved to another case": """UPDATE councils_decision SET case_id = (
            SELECT k.id FROM councils_case k WHERE k.id <> councils_decision.case_id LIMIT 1)
        WHERE NOT in_force""",
    "taken from its council": "UPDATE councils_decision SET body_id = NULL, meeting_id = NULL"
    " WHERE body_id IS NOT NULL AND locked_at IS NULL",
    "quorum lowered": "UPDATE bodies_meeting SET quorum_needed = 0 WHERE state = 'called'",
    "called back": "UPDATE bodies_meeting SET state = 'planned' WHERE state IN ('called', 'held')",
    "called without a quorum": "UPDATE bodies_meeting SET state = 'called', called_at = %(at)s,"
    " quorum_needed = 0 WHERE state = 'planned'",
    "those present taken away": """UPDATE bodies_meetingcall SET attended = false,
        attended_by_id = NULL, left_at = NULL WHERE attended AND meeting_id IN (
            SELECT meeting_id FROM councils_decision WHERE meeting_id IS NOT NULL)""",
    "old one in force again": "UPDATE councils_decision SET in_force = true WHERE NOT in_force",
    "second in force": """INSERT INTO councils_decision
        SELECT (d).* FROM (SELECT jsonb_populate_record(x, jsonb_build_object(
            'id', x.id + 100000, 'number', 'X' || x.id, 'corrects_id', NULL,
            'exemption_number', '', 'exemption_reason', '')) AS d
            FROM councils_decision x WHERE x.in_force LIMIT 1) AS copied""",
}
LOCKS = {
    "locked one said otherwise": f"UPDATE councils_decision SET reasons = 'x' WHERE id = {LOCKED}",
    "locked one opened": f"UPDATE councils_decision SET locked_at = NULL WHERE id = {LOCKED}",
    "locked one out of force": "UPDATE councils_decision SET in_force = false"
    f" WHERE in_force AND id = {LOCKED}",
    "unlocked one out of force": "UPDATE councils_decision SET in_force = false WHERE in_force"
    " AND locked_at IS NULL",
    "locked one deleted": f"DELETE FROM councils_decision WHERE id = {LOCKED}",
    "minutes rewritten": "UPDATE councils_minutes SET html = 'x'",
    "minutes deleted": "DELETE FROM councils_minutes",
    "minutes' files rewritten": "UPDATE files_storedfile SET sha256 = repeat('0', 64)"
    " WHERE id IN (SELECT pdf_id FROM councils_minutes)",
    "approved meeting opened": "UPDATE bodies_meeting SET state = 'held' WHERE state = 'approved'",
    "approved meeting said otherwise": "UPDATE bodies_meeting SET minutes = 'x'"
    " WHERE state = 'approved'",
    "attendance rewritten": "UPDATE bodies_meetingcall SET reply = 'absent'"
    f" WHERE meeting_id IN {APPROVED}",
    "votes rewritten": "UPDATE councils_vote SET choice = 'against' WHERE proposal_id IN"
    f" (SELECT id FROM councils_proposal WHERE item_id IN {ITEM})",
    "proposals rewritten": f"UPDATE councils_proposal SET text = 'x' WHERE item_id IN {ITEM}",
    "agenda rewritten": f"UPDATE councils_agendaitem SET notes = 'x' WHERE id IN {ITEM}",
    "account rewritten": "UPDATE history_event SET reason = 'x' WHERE verb = 'decide_case'",
    "account deleted": "DELETE FROM history_event WHERE verb = 'decide_case'",
}


class Forcing(Deciding):
    """Whatever is tried, the database holds what it promised."""

    @rule(names=some.sets(some.sampled_from(sorted(COUNCILS)), min_size=5))
    def force_council(self, names: set[str]) -> None:
        self._go_round(names, COUNCILS)

    @precondition(lambda self: self.there["planned"] + self.there["called"])
    @rule(names=some.sets(some.sampled_from(sorted(DECISIONS)), min_size=5))
    def force_decision(self, names: set[str]) -> None:
        self._go_round(names, DECISIONS)

    @precondition(lambda self: self.there["locked"])
    @rule(names=some.sets(some.sampled_from(sorted(LOCKS)), min_size=5))
    def force_lock(self, names: set[str]) -> None:
        self._go_round(names, LOCKS)

    def _go_round(self, names: set[str], writes: dict[str, str]) -> None:
        for name in sorted(names):
            self.go_round(name, writes[name], {"day": self.day, "at": self.at})

    @precondition(lambda self: self.there["called"] and self.there["items"])
    @rule(chosen=number)
    def force_without_quorum(self, chosen: int) -> None:
        """A row for a case on a called meeting's agenda while too few are there."""
        short = [item for item in self.items("called") if item.case and not self._enough(item)]
        if item := one_of(short, chosen):
            self.refused_by_database("decided without a quorum", lambda: self._insert(item))

    def _enough(self, item: AgendaItem) -> bool:
        sitting = self.quorums.sittings[item.meeting_id]
        return len(sitting.counted(item.pk)) >= sitting.needed

    def _insert(self, item: AgendaItem) -> int:
        assert item.case is not None
        Decision.objects.filter(case=item.case, in_force=True).update(in_force=False)
        facts = self._facts(item.case, body=item.meeting.body)
        Decision.objects.create(meeting=item.meeting, **facts)
        return 1

    @precondition(lambda self: self.there["cases"])
    @rule(chosen=number)
    def force_past_the_council(self, chosen: int) -> None:
        """Somebody decides a case by themselves although there is a council."""
        councils = Body.objects.councils().active().values("organisation")
        found = Case.objects.filter(organisation__in=councils, first_decided_at=None)
        if case := one_of(list(found.order_by("pk")), chosen):
            self.refused_by_database("decided past the council", lambda: self._alone(case))

    def _alone(self, case: Case) -> int:
        Decision.objects.create(**self._facts(case, body=None))
        return 1

    def _facts(self, case: Case, *, body: Body | None) -> dict[str, Any]:
        before = Decision.objects.filter(case=case, corrected_by=None).order_by("-pk").first()
        head = self.town.people[self.head_of(case.organisation_id)]
        return {
            "number": "X-1", "case": case, "organisation_id": case.organisation_id, "body": body,
            "decided_by": head, "decided_at": self.at, "outcome": "reject", "reasons": "No.",
            "corrects": before,
        }  # fmt: skip
