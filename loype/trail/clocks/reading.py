"""A council's clocks: what was promised, what waits, which meetings lie ahead; one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection

from loype.bodies.models import Body, RulesOfProcedure
from loype.bodies.procedure import Procedure, procedure_of
from loype.bodies.rules import can_enter_council_room
from loype.kernel.calendar import Calendar, calendar_of, day_in
from loype.organisations.actor import Actor
from loype.trail.clocks.forecast import Expected, MeetingAhead, OpenCase, Proposal, expect, propose
from loype.trail.clocks.targets import Targets, targets_on

# Of a longer queue the newest are left out: the oldest are those whose time runs out.
MOST_CASES = 300
# How many cases a meeting takes is the median of its last meetings that left older cases waiting;
# of fewer than so many meetings nothing is concluded.
LATELY, FEWEST = 6, 3

_READ = """
SELECT o.country, o.closed_dates, o.time_zone, o.receipt_days, o.responsible_days,
    o.decision_days, b.id, b.name,
    (SELECT json_agg(json_build_object('receipt_days', t.receipt_days,
        'responsible_days', t.responsible_days, 'decision_days', t.decision_days,
        'feedback_days', t.feedback_days, 'warn_days', t.warn_days,
        'decider_days', t.decider_days, 'stand_in_id', t.stand_in_id,
        'cases_a_meeting', t.cases_a_meeting,
        'valid_from', t.valid_from, 'valid_to', t.valid_to))
      FROM trail_servicetarget t WHERE t.body_id = b.id),
    (SELECT json_agg(json_build_array(m.id, coalesce(m.answer_by,
        (m.starts_at AT TIME ZONE o.time_zone)::date), m.state,
        (SELECT count(*) FROM councils_agendaitem a WHERE a.meeting_id = m.id
           AND a.case_id IS NOT NULL AND a.removed_at IS NULL)))
      FROM bodies_meeting m WHERE m.body_id = b.id AND m.state IN ('planned', 'called')
        AND (m.starts_at >= %(at)s OR m.answer_by >= (%(at)s AT TIME ZONE o.time_zone)::date)),
    (SELECT json_agg(q) FROM (
        SELECT c.id, i.title, i.language, c.waiting_since, c.responsible_id,
            c.follow_up_by, on_it.meeting_id, c.ahead
        FROM (SELECT w.*, count(*) FILTER (WHERE w.state = 'waiting')
                OVER (ORDER BY w.waiting_since, w.id) - (w.state = 'waiting')::int AS ahead
            FROM councils_case w
            WHERE w.organisation_id = o.id AND w.state IN ('waiting', 'on_agenda')) c
        JOIN ideas_idea i ON i.id = c.idea_id
        LEFT JOIN LATERAL (
            SELECT a.meeting_id FROM councils_agendaitem a JOIN bodies_meeting m
              ON m.id = a.meeting_id AND m.state IN ('planned', 'called')
            WHERE a.case_id = c.id AND a.removed_at IS NULL
            ORDER BY m.starts_at LIMIT 1
        ) on_it ON c.state = 'on_agenda'
        WHERE (%(only)s::bigint IS NULL OR c.id = %(only)s)
        ORDER BY c.waiting_since, c.id LIMIT %(most)s) q),
    (SELECT to_json(r) FROM bodies_rulesofprocedure r WHERE r.body_id = b.id
        AND r.from_date <= (%(at)s AT TIME ZONE o.time_zone)::date
        AND (r.to_date IS NULL OR r.to_date >= (%(at)s AT TIME ZONE o.time_zone)::date)
        ORDER BY r.from_date DESC LIMIT 1),
    last.held_at,
    (SELECT count(*) FROM councils_case c WHERE c.organisation_id = o.id
        AND c.state IN ('waiting', 'on_agenda') AND c.responsible_id IS NULL
        AND c.waiting_since < last.held_at),
    o.name, queue.undecided, queue.alone, queue.oldest,
    (SELECT ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY full_one.dealt_with))::int
      FROM (SELECT (SELECT count(DISTINCT d.case_id) FROM councils_decision d
                WHERE d.meeting_id = m.id) AS dealt_with
            FROM bodies_meeting m
            WHERE m.body_id = b.id AND m.state IN ('held', 'approved') AND m.answer_by IS NULL
              AND EXISTS (SELECT 1 FROM councils_case c WHERE c.organisation_id = o.id
                AND c.waiting_since < m.called_at AND c.state <> 'closed'
                AND (c.first_decided_at IS NULL OR c.first_decided_at > m.held_at))
            ORDER BY m.starts_at DESC LIMIT %(meetings)s) full_one
      HAVING count(*) >= %(fewest)s),
    (SELECT json_agg(r) FROM (SELECT r.id, r.title, r.matter, r.amount, r.currency, r.asked_at,
            a.meeting_id AS agenda_meeting_id, a.id AS agenda_item_id
        FROM bodies_referral r LEFT JOIN LATERAL (
            SELECT i.id, i.meeting_id FROM councils_agendaitem i
            JOIN bodies_meeting m ON m.id = i.meeting_id AND m.state IN ('planned', 'called')
            WHERE i.referral_id = r.id AND i.removed_at IS NULL LIMIT 1) a ON true
        WHERE r.body_id = b.id AND r.state = 'with_the_body'
        ORDER BY r.asked_at, r.id LIMIT 20) r)
FROM organisations_organisation o
LEFT JOIN bodies_body b ON b.organisation_id = o.id AND b.state = 'active'
    AND b.kind = 'innovation_council'
LEFT JOIN LATERAL (SELECT max(m.held_at) AS held_at FROM bodies_meeting m
    WHERE m.body_id = b.id AND m.state IN ('held', 'approved')) last ON true
CROSS JOIN LATERAL (SELECT count(*) AS undecided,
    count(*) FILTER (WHERE c.responsible_id IS NULL) AS alone, min(c.waiting_since) AS oldest
    FROM councils_case c WHERE c.organisation_id = o.id AND c.state IN ('waiting', 'on_agenda')
) queue
WHERE o.id = %(organisation)s
"""


@dataclass(frozen=True, kw_only=True)
class Referred:
    """What was referred to the council and waits for it, with the agenda on which it lies."""

    pk: int
    title: str
    matter: str
    amount: Decimal | None
    currency: str
    asked_at: datetime
    agenda_meeting_id: int | None
    agenda_item_id: int | None


@dataclass(frozen=True, kw_only=True)
class CouncilClocks:
    """Everything the forecast of one organisation needs, as it is at a moment."""

    organisation_id: int
    organisation_name: str
    body: Body | None
    calendar: Calendar
    time_zone: str
    today: date
    targets: tuple[Targets, ...]
    otherwise: Targets
    rules: Procedure
    meetings: tuple[MeetingAhead, ...]
    cases: tuple[OpenCase, ...]
    last_met_at: datetime | None
    left_without: int
    undecided: int
    without_responsible: int
    oldest_since: datetime | None
    lately: int | None = None
    referred: tuple[Referred, ...] = ()

    @property
    def cases_a_meeting(self) -> int | None:
        """How many cases a meeting can take: as set, else as it was lately; None: not known."""
        return self.targets_now.cases_a_meeting or self.lately or None

    @property
    def targets_now(self) -> Targets:
        """What is promised to what is handed in today."""
        return targets_on(self.targets, self.today, otherwise=self.otherwise)

    def targets_of(self, since: datetime) -> Targets:
        """What was promised to a case that has waited since a moment."""
        return targets_on(self.targets, self.day(since), otherwise=self.otherwise)

    def day(self, moment: datetime) -> date:
        """The day it was in the organisation."""
        return day_in(moment, self.time_zone)

    def limit(self, since: datetime) -> date:
        """By which day a case that has waited since a moment should be decided."""
        return self.calendar.add(self.day(since), self.targets_of(since).decision_days)

    def responsible_by(self, since: datetime) -> date:
        """By which day it should have somebody responsible."""
        return self.calendar.add(self.day(since), self.targets_of(since).responsible_days)

    def waited(self, since: datetime) -> int:
        """How many working days it has waited."""
        return self.calendar.between(self.day(since), self.today)

    @cached_property
    def expected(self) -> list[Expected]:
        """When each case can be decided at the earliest."""
        return expect(
            self.cases,
            meetings=self.meetings,
            rules=self.rules,
            today=self.today,
            most=self.cases_a_meeting,
        )

    @cached_property
    def _by_case(self) -> dict[int, Expected]:
        return {one.case.id: one for one in self.expected}

    def expected_of(self, case_id: int) -> Expected | None:
        """When one case can be decided; None when it does not wait or stands far back."""
        return self._by_case.get(case_id)

    @cached_property
    def proposal(self) -> Proposal | None:
        """What to plan so that nothing passes its limit; None without a council."""
        if self.body is None:
            return None
        return propose(
            self.expected,
            rules=self.rules,
            calendar=self.calendar,
            today=self.today,
            most=self.cases_a_meeting,
        )


def can_see_clocks(actor: Actor, organisation_id: int) -> bool:
    """The forecast of a council is for its room."""
    return can_enter_council_room(actor, organisation_id)


def read_clocks(
    organisation_id: int, *, at: datetime, most: int | None = MOST_CASES, only: int | None = None
) -> CouncilClocks:
    """An organisation's clocks at a moment, of its oldest cases (None: of all) or of only one case;
    one statement."""
    values: dict[str, Any] = {"organisation": organisation_id, "at": at, "most": most, "only": only}
    values |= {"meetings": LATELY, "fewest": FEWEST}
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        country, closed, *row = cursor.fetchone()
    zone, receipt, responsible, decision, body_id, name, targets, meetings, cases = row[:9]
    bare = CouncilClocks(
        organisation_id=organisation_id,
        body=_body(body_id, name=name, organisation_id=organisation_id),
        calendar=calendar_of(country, closed),
        time_zone=zone,
        today=day_in(at, zone),
        targets=tuple(_targets(one) for one in targets or ()),
        otherwise=Targets(
            receipt_days=receipt, responsible_days=responsible, decision_days=decision
        ),
        rules=_rules(row[9]),
        meetings=tuple(_meeting(one) for one in meetings or ()),
        cases=(),
        last_met_at=row[10],
        left_without=row[11],
        organisation_name=row[12],
        undecided=row[13],
        without_responsible=row[14],
        oldest_since=row[15],
        lately=row[16],
        referred=tuple(_referred(one) for one in row[17] or ()),
    )
    return _with_cases(bare, cases or [])


def _body(body_id: int | None, *, name: str, organisation_id: int) -> Body | None:
    if body_id is None:
        return None
    return Body(
        pk=body_id,
        organisation_id=organisation_id,
        name=name,
        state="active",
        kind="innovation_council",
    )


def _rules(told: dict[str, Any] | None) -> Procedure:
    """The rules of procedure of today, as `procedure_on` would read them."""
    if told is None:
        return Procedure()
    names = {field.attname for field in RulesOfProcedure._meta.concrete_fields}
    return procedure_of(RulesOfProcedure(**{key: told[key] for key in told if key in names}))


def _targets(told: dict[str, Any]) -> Targets:
    days = {key: told[key] and date.fromisoformat(told[key]) for key in ("valid_from", "valid_to")}
    return Targets(**(told | days))


def _meeting(told: list[Any]) -> MeetingAhead:
    """A meeting on its day; what is decided in writing, on the day by which all have answered."""
    number, day, state, on_agenda = told
    return MeetingAhead(
        id=number, day=date.fromisoformat(day), is_called=state == "called", on_agenda=on_agenda
    )


def _referred(told: dict[str, Any]) -> Referred:
    """A question that waits for the council."""
    amount = None if told["amount"] is None else Decimal(str(told["amount"]))
    facts = told | {"amount": amount, "asked_at": datetime.fromisoformat(told["asked_at"])}
    return Referred(pk=facts.pop("id"), **facts)


def _with_cases(bare: CouncilClocks, rows: list[dict[str, Any]]) -> CouncilClocks:
    cases = []
    for row in rows:
        since = datetime.fromisoformat(row["waiting_since"])
        cases.append(
            OpenCase(
                id=row["id"],
                title=row["title"],
                language=row["language"],
                began_at=since,
                since=bare.day(since),
                limit=bare.limit(since),
                responsible_by=bare.responsible_by(since),
                responsible_id=row["responsible_id"],
                follow_up_by=row["follow_up_by"] and date.fromisoformat(row["follow_up_by"]),
                meeting_id=row["meeting_id"],
                ahead=row["ahead"],
            )
        )
    facts = {name: getattr(bare, name) for name in CouncilClocks.__dataclass_fields__}
    return CouncilClocks(**(facts | {"cases": tuple(cases)}))
