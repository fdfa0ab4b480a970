"""Organisations of several sizes, and people who may read 0.1, 2, 20 and 100 % of all texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loype.organisations.actor import Actor, RoleHeld, SeatHeld
from loype.organisations.models import Organisation
from loype.search.audience import COUNCIL_ROOM, INSIDER, NEIGHBOUR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ORGANISATIONS = 50
SMALL, USUAL = 0, 1  # the places of the smallest organisation and of one of the others
SMALL_SHARE = 0.001
FEW = 10  # organisations of a federation of a fifth
MADE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """Somebody who asks."""

    name: str
    actor: Actor


def found_organisations() -> list[int]:
    """Make the organisations; their ids."""
    Organisation.objects.bulk_create(
        Organisation(
            name=f"Kommune {number:03d}", short_name=f"K{number:03d}", kind="municipality",
            language="nb", created_at=MADE,
        )
        for number in range(ORGANISATIONS)
    )  # fmt: skip
    return organisation_ids()


def organisation_ids() -> list[int]:
    """The ids of the organisations, in order."""
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def owners(count: int, *, chance: np.random.Generator) -> NDArray[np.int64]:
    """For each text the place of the organisation it belongs to."""
    import numpy as np

    others = ORGANISATIONS - 1
    shares = np.array([SMALL_SHARE, *[(1 - SMALL_SHARE) / others] * others])
    return chance.choice(ORGANISATIONS, size=count, p=shares)


def audience(organisation: int) -> list[int]:
    """Who reads a text shared with the federation."""
    return [organisation * 8 + code for code in (INSIDER, NEIGHBOUR, COUNCIL_ROOM)]


def readers() -> list[Reader]:
    """From the smallest share to everything."""
    ids = organisation_ids()
    return [
        Reader("0.1 %", _employee(ids[SMALL])),
        Reader("2 %", _employee(ids[USUAL])),
        Reader("20 %", _employee(ids[USUAL], neighbours=ids[USUAL + 1 : USUAL + FEW])),
        Reader("100 %", _employee(ids[USUAL], neighbours=ids, sits_in=ids[USUAL])),
    ]


def _employee(organisation: int, *, neighbours: list[int] | None = None, sits_in: int = 0) -> Actor:
    seats = (SeatHeld(1, sits_in, "employer", False, False),) if sits_in else ()
    return Actor(
        person_id=1,
        name="Somebody",
        roles_held=(RoleHeld(organisation, "", "employee"),),
        seats_held=seats,
        neighbour_ids=frozenset(neighbours or ()),
    )
