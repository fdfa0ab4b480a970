"""How a body works on a day: notice, papers, quorum, voting, urgent and written procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from loype.bodies.models import Body, Seat


@dataclass(frozen=True)
class Procedure:
    """The rules of procedure in force on a day; as given here, where a body adopted none."""

    notice_days: int = 0
    paper_days: int = 0
    quorum: str = "half"
    quorum_number: int = 0
    decides_by: str = "vote"
    casting_vote: bool = True
    allows_written: bool = False
    allows_urgent: bool = False
    urgent_notice_days: int = 0
    meetings_a_year: tuple[int, int] | None = None
    version_id: int | None = None


def procedure_on(body: Body, *, day: date) -> Procedure:
    """The rules of procedure a body follows on a day; one statement."""
    return Procedure()


def voting_seats(body: Body, *, day: date) -> list[Seat]:
    """The seats with a vote that somebody holds on a day; one statement."""
    return list(
        Seat.objects.filter(
            Q(terms__to_date=None) | Q(terms__to_date__gte=day),
            Q(closed_date=None) | Q(closed_date__gt=day),
            body=body, terms__from_date__lte=day, terms__is_deputy=False,
        ).distinct()
    )  # fmt: skip


def quorum_needed(procedure: Procedure, voting: int) -> int:
    """How many of the seats with a vote must be there before anything is decided.

    Half means at least half, so two of three and two of four; two thirds likewise. A number is
    never more than there are seats: a body of three with a quorum of five needs all three.
    """
    if procedure.quorum == "half":
        return -(-voting // 2)
    if procedure.quorum == "two_thirds":
        return -(-2 * voting // 3)
    if procedure.quorum == "all":
        return voting
    if procedure.quorum == "number":
        return min(procedure.quorum_number, voting)
    return 0
