"""A body as it was on any day: who sat where, what it went by, and what it lacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from loype.accounts.models import Person
from loype.bodies.composition import Missing, missing_at, rules_on, table_on
from loype.bodies.models import (
    Body,
    CompositionRule,
    Instruction,
    Mandate,
    MandatePoint,
    Power,
    RulesOfProcedure,
    Seat,
)
from loype.bodies.powers import compare
from loype.bodies.procedure import rules_of_procedure_on
from loype.bodies.querysets import in_force


@dataclass(frozen=True)
class SeatThen:
    """A seat with who held it and who stood in."""

    seat: Seat
    holder: Person | None
    deputy: Person | None


@dataclass(frozen=True)
class PeopleThen:
    """Who sat on a body on a day, by which rules, and what was missing."""

    body: Body
    day: date
    state: str
    seats: Sequence[SeatThen]
    rules: Sequence[CompositionRule]
    missing: Sequence[Missing]


@dataclass(frozen=True)
class PapersThen:
    """What a body went by on a day, and where its papers said different things."""

    mandate: Mandate | None
    points: Sequence[MandatePoint]
    rules_of_procedure: RulesOfProcedure | None
    instruction: Instruction | None
    powers: Sequence[Power]
    mismatches: Sequence[str]


@dataclass(frozen=True)
class BodyThen:
    """A body on a day: its people and its papers."""

    people: PeopleThen
    papers: PapersThen


def state_on(body: Body, *, day: date) -> str:
    """Whether the body was being set up, active or closed on a day."""
    if body.closed_date is not None and body.closed_date <= day:
        return "closed"
    if body.established_date is not None and body.established_date <= day:
        return "active"
    return "draft"


def people_on(body: Body, *, day: date) -> PeopleThen:
    """Who sat on the body on a day, and who was missing; four statements at most."""
    rules = rules_on(body, day=day)
    table = table_on(body, day=day, rules=rules)
    holders = {(term.seat_id, term.is_deputy): term.person for term in table.terms}
    return PeopleThen(
        body=body,
        day=day,
        state=state_on(body, day=day),
        seats=[
            SeatThen(seat, holders.get((seat.pk, False)), holders.get((seat.pk, True)))
            for seat in table.standing
        ],
        rules=rules,
        missing=missing_at(table, rules=rules),
    )


def papers_on(body: Body, *, day: date) -> PapersThen:
    """What the body went by on a day; three statements."""
    points = list(
        MandatePoint.objects.filter(in_force(day, path="mandate__"), mandate__body=body)
        .select_related("mandate")
        .order_by("number")
    )
    lines = list(
        Power.objects.filter(
            in_force(day, path="instruction__") & Q(instruction__body=body)
            | in_force(day, path="rules__") & Q(rules__body=body)
        ).select_related("instruction")
    )
    ours = [line for line in lines if line.instruction_id]
    return PapersThen(
        mandate=points[0].mandate if points else None,
        points=points,
        rules_of_procedure=rules_of_procedure_on(body, day=day),
        instruction=ours[0].instruction if ours else None,
        powers=ours,
        mismatches=compare(ours, [line for line in lines if line.rules_id]),
    )


def body_on(body: Body, *, day: date) -> BodyThen:
    """The body as it was on a day; seven statements at most, however many sat on it."""
    return BodyThen(people=people_on(body, day=day), papers=papers_on(body, day=day))
