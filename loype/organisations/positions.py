"""Who gives as an employee: somebody whose work is neither to lead nor with IT."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from loype.organisations.actor import Actor
from loype.organisations.labels import Position, Role, UnitKind

FIRST: tuple[str, ...] = (Position.LEADER.value, Position.IT.value, Position.STAFF.value)
AS_ITS_UNIT: dict[str, str] = {
    UnitKind.MANAGEMENT: Position.LEADER,
    UnitKind.IT: Position.IT,
    UnitKind.SERVICE: Position.STAFF,
}


class Work(NamedTuple):
    """What one of a person's roles says about their work."""

    role: str
    position: str
    unit_kind: str | None


def position_of(held: Iterable[Work]) -> str:
    """What a person's work is by all the roles they hold; empty when nothing says it.

    What is said of the person counts before what the unit is there for. Who decides alone leads.
    """
    works = list(held)
    said = {work.position for work in works} - {""}
    meant = said or {AS_ITS_UNIT[work.unit_kind] for work in works if work.unit_kind}
    if any(work.role == Role.DECIDER for work in works):
        meant.add(Position.LEADER)
    return next((position for position in FIRST if position in meant), "")


def is_employee_driven(position: str) -> bool | None:
    """Whether somebody with this work gives from outside management and IT; None: not known."""
    return position == Position.STAFF if position else None


def gives_as_employee(actor: Actor, *, organisation_id: int) -> bool | None:
    """Whether the actor gives from outside management and IT there; None: not known."""
    return is_employee_driven(
        position_of(
            Work(held.role, held.position, held.unit_kind)
            for held in actor.roles_held
            if held.organisation_id == organisation_id
        )
    )
