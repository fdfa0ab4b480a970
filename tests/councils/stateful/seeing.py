"""Who may see what, written down a second time from the manual, in plain Python over plain rows.

Nothing here asks `visible_to`, `readable_by` or `load_actor`: `Sight` reads the rows as they stand
and says for a person which ideas, cases, decisions, agenda items (with their papers), meetings,
minutes and activities that person may see on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

_TABLES = {
    "works": "SELECT person_id, organisation_id, role FROM organisations_membership"
    " WHERE from_date <= %(day)s AND (to_date IS NULL OR to_date >= %(day)s)",
    "together": "SELECT federation_id, organisation_id FROM organisations_federationmembership"
    " WHERE from_date <= %(day)s AND (to_date IS NULL OR to_date >= %(day)s)",
    "seats": "SELECT t.person_id, s.body_id, b.kind, b.organisation_id, CASE s.kind"
    " WHEN 'federation' THEN f.coordinator_id ELSE coalesce(s.party_id, b.organisation_id) END"
    " FROM bodies_term t JOIN bodies_seat s ON s.id = t.seat_id"
    " JOIN bodies_body b ON b.id = s.body_id"
    " LEFT JOIN organisations_federation f ON f.id = b.federation_id"
    " WHERE b.state <> 'closed' AND s.closed_date IS NULL"
    " AND (s.from_date IS NULL OR s.from_date <= %(day)s)"
    " AND t.from_date <= %(day)s AND (t.to_date IS NULL OR t.to_date >= %(day)s)",
    "ideas": "SELECT id, organisation_id, visibility, state, giver_id FROM ideas_idea",
    "authors": "SELECT idea_id, person_id FROM ideas_coauthor",
    "cases": "SELECT id, idea_id, organisation_id, responsible_id, deputy_id FROM councils_case",
    "decisions": "SELECT id, case_id, organisation_id FROM councils_decision",
    "withheld": "SELECT decision_id FROM councils_decisionaccess"
    " WHERE in_force AND access_class IN ('partly', 'withheld')",
    "items": "SELECT id, meeting_id, case_id FROM councils_agendaitem",
    "meetings": "SELECT id, body_id, organisation_id FROM bodies_meeting",
    "minutes": "SELECT id, meeting_id FROM councils_minutes",
    "activities": "SELECT id, organisation_id, visibility, owner_id FROM portfolio_activity",
    "partners": "SELECT activity_id, organisation_id, is_owner FROM portfolio_participant"
    " WHERE left_date IS NULL",
    "asked": "SELECT i.id, i.organisation_id, d.organisation_id FROM councils_jointinvitation i"
    " JOIN councils_decision d ON d.id = i.decision_id",
}


@dataclass(frozen=True)
class Reader:
    """A person as the manual speaks of them: where they work, whose council's room they enter,
    and which organisations theirs work together with."""

    person: int | None
    works: frozenset[int]
    rooms: frozenset[int]
    near: frozenset[int]
    sits_on: frozenset[int]

    def reads(self, owner: int, width: str) -> bool:
        """Four widths: the council room and those involved, the organisation, those it works
        with, everybody."""
        if width == "public" or owner in self.rooms:
            return True
        if width == "confidential":
            return False
        if owner in self.works:
            return True
        return width == "federation" and owner in self.near


class Sight:
    """All rows that say who may see what, on a day."""

    def __init__(self, day: date) -> None:
        self.rows: dict[str, list[Any]] = {}
        with connection.cursor() as cursor:
            for name, statement in _TABLES.items():
                cursor.execute(statement, {"day": day})
                self.rows[name] = cursor.fetchall()
        self.ideas = {row[0]: row[1:] for row in self.rows["ideas"]}
        self.case_ideas = {case: idea for case, idea, *_more in self.rows["cases"]}
        self.authors = set(self.rows["authors"])

    def reader(self, person: int | None) -> Reader:
        """Somebody as they stand that day; nobody is signed out."""
        works = {place for one, place, _role in self.rows["works"] if one == person}
        circles = {circle for circle, place in self.rows["together"] if place in works}
        near = {place for circle, place in self.rows["together"] if circle in circles}
        rooms = {
            place for one, place, role in self.rows["works"]
            if one == person and role in ("decider", "council_secretary")
        }  # fmt: skip
        seats = [row for row in self.rows["seats"] if row[0] == person and row[4] in works]
        rooms |= {row[3] for row in seats if row[2] == "innovation_council"}
        bodies = frozenset(row[1] for row in seats)
        return Reader(person, frozenset(works), frozenset(rooms), frozenset(near), bodies)

    def sees(self, kind: str, reader: Reader) -> set[int]:
        """The ids of everything of a kind that a reader may see."""
        return set(_SEES[kind](self, reader))

    def count(self, kind: str) -> int:
        """How many of a kind there are in all."""
        return len(self.rows[_ROWS_OF[kind]])

    def wrote(self, reader: Reader, idea: int) -> bool:
        """Whether the reader gave the idea or wrote it together with the giver."""
        giver = self.ideas[idea][3]
        signed_in = reader.person is not None
        return signed_in and (giver == reader.person or (idea, reader.person) in self.authors)

    def reads_idea(self, reader: Reader, idea: int) -> bool:
        """Drafts and what was withdrawn are for those who wrote it."""
        owner, width, state, _giver = self.ideas[idea]
        open_now = state not in ("draft", "withdrawn") and reader.reads(owner, width)
        return open_now or self.wrote(reader, idea)

    def _ideas(self, reader: Reader) -> Iterable[int]:
        return (idea for idea in self.ideas if self.reads_idea(reader, idea))

    def _cases(self, reader: Reader) -> Iterable[int]:
        """The council's room, and whoever follows it up while they work there."""
        for case, _idea, owner, responsible, deputy in self.rows["cases"]:
            follows_up = reader.person is not None and reader.person in (responsible, deputy)
            if owner in reader.rooms or (follows_up and owner in reader.works):
                yield case

    def _decisions(self, reader: Reader) -> Iterable[int]:
        """Whoever may read the idea; what is withheld stays in the organisation and with those who
        wrote the idea."""
        withheld = {row[0] for row in self.rows["withheld"]}
        for decision, case, owner in self.rows["decisions"]:
            idea = self.case_ideas[case]
            _owner, width, _state, _giver = self.ideas[idea]
            at_home = owner in reader.works | reader.rooms
            may_be_told = at_home or decision not in withheld
            if self.wrote(reader, idea) or (reader.reads(owner, width) and may_be_told):
                yield decision

    def _meetings(self, reader: Reader) -> Iterable[int]:
        for meeting, body, owner in self.rows["meetings"]:
            if owner in reader.works | reader.rooms or body in reader.sits_on:
                yield meeting

    def _items(self, reader: Reader) -> Iterable[int]:
        """The whole agenda with its papers for the room and those who sit there; of the rest, what
        is about an idea one may read."""
        held = {meeting: (body, owner) for meeting, body, owner in self.rows["meetings"]}
        for item, meeting, case in self.rows["items"]:
            body, owner = held[meeting]
            at_the_table = owner in reader.rooms or body in reader.sits_on
            readable = case is not None and self.reads_idea(reader, self.case_ideas[case])
            if at_the_table or readable:
                yield item

    def _minutes(self, reader: Reader) -> Iterable[int]:
        owners = {meeting: owner for meeting, _body, owner in self.rows["meetings"]}
        return (one for one, meeting in self.rows["minutes"] if owners[meeting] in reader.rooms)

    def _activities(self, reader: Reader) -> Iterable[int]:
        """By width; whoever leads it while they work at an owner; and who takes part."""
        partners = {(activity, place) for activity, place, _owns in self.rows["partners"]}
        for activity, owner, width, leads in self.rows["activities"]:
            takes_part = any((activity, place) in partners for place in reader.works)
            is_led = reader.person is not None and leads == reader.person and owner in reader.works
            if reader.reads(owner, width) or is_led or takes_part:
                yield activity

    def _invitations(self, reader: Reader) -> Iterable[int]:
        for invitation, invited, asking in self.rows["asked"]:
            if {invited, asking} & reader.rooms:
                yield invitation


_SEES: dict[str, Callable[[Sight, Reader], Iterable[int]]] = {
    "idea": Sight._ideas,
    "case": Sight._cases,
    "decision": Sight._decisions,
    "meeting": Sight._meetings,
    "agenda item": Sight._items,
    "minutes": Sight._minutes,
    "activity": Sight._activities,
    "invitation": Sight._invitations,
}
KINDS = tuple(_SEES)
_ROWS_OF = {
    "idea": "ideas",
    "case": "cases",
    "decision": "decisions",
    "meeting": "meetings",
    "agenda item": "items",
    "minutes": "minutes",
    "activity": "activities",
    "invitation": "asked",
}
