"""How a body works on a day: notice, papers, quorum, voting, urgent and written procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loype.bodies.models import Body, RulesOfProcedure, Seat


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


def rules_of_procedure_on(body: Body, *, day: date) -> RulesOfProcedure | None:
    """The version of the rules of procedure in force on a day; one statement."""
    return RulesOfProcedure.objects.filter(body=body).on(day).first()


def procedure_on(body: Body, *, day: date) -> Procedure:
    """The rules of procedure a body follows on a day; one statement."""
    rules = rules_of_procedure_on(body, day=day)
    return Procedure() if rules is None else procedure_of(rules)


def procedure_of(rules: RulesOfProcedure) -> Procedure:
    """A version of the rules, as the calls, the quorum and the year wheel read it."""
    a_year = None
    if rules.least_meetings is not None and rules.most_meetings is not None:
        a_year = (rules.least_meetings, rules.most_meetings)
    return Procedure(
        notice_days=rules.notice_days,
        paper_days=rules.paper_days,
        quorum=rules.quorum,
        quorum_number=rules.quorum_number,
        decides_by=rules.decides_by,
        casting_vote=rules.casting_vote,
        allows_written=rules.allows_written,
        allows_urgent=rules.allows_urgent,
        urgent_notice_days=rules.urgent_notice_days,
        meetings_a_year=a_year,
        version_id=rules.pk,
    )


def voting_seats(body: Body, *, day: date) -> list[Seat]:
    """The seats with a vote that somebody holds on a day; one statement."""
    return list(Seat.objects.filter(body=body, has_vote=True).held_on(day))


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
