"""A body as it was on any day: who sat where, what it went by, and what it lacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    Term,
)
from loype.bodies.procedure import rules_of_procedure_on


@dataclass(frozen=True)
class SeatThen:
    """A seat with who held it and who stood in."""

    seat: Seat
    holder: Person | None
    deputy: Person | None


@dataclass(frozen=True)
class BodyThen:
    """A body on a day."""

    body: Body
    day: date
    state: str
    seats: Sequence[SeatThen]
    rules: Sequence[CompositionRule]
    missing: Sequence[Missing]
    mandate: Mandate | None
    points: Sequence[MandatePoint]
    rules_of_procedure: RulesOfProcedure | None
    instruction: Instruction | None
    powers: Sequence[Power]


def state_on(body: Body, *, day: date) -> str:
    """Whether the body was being set up, active or closed on a day."""
    if body.closed_date is not None and body.closed_date <= day:
        return "closed"
    if body.established_date is not None and body.established_date <= day:
        return "active"
    return "draft"


def body_on(body: Body, *, day: date) -> BodyThen:
    """The body as it was on a day; at most ten statements, however many sat on it."""
    rules = rules_on(body, day=day)
    table = table_on(body, day=day, rules=rules)
    terms = list(
        Term.objects.filter(seat__in=[one.pk for one in table.standing])
        .on(day)
        .select_related("person")
    )
    holders = {(term.seat_id, term.is_deputy): term.person for term in terms}
    mandate = Mandate.objects.filter(body=body).on(day).first()
    instruction = Instruction.objects.filter(body=body).on(day).first()
    return BodyThen(
        body=body,
        day=day,
        state=state_on(body, day=day),
        seats=[
            SeatThen(seat, holders.get((seat.pk, False)), holders.get((seat.pk, True)))
            for seat in table.standing
        ],
        rules=rules,
        missing=missing_at(table, rules=rules),
        mandate=mandate,
        points=list(mandate.points.all()) if mandate else [],
        rules_of_procedure=rules_of_procedure_on(body, day=day),
        instruction=instruction,
        powers=list(instruction.powers.all()) if instruction else [],
    )
