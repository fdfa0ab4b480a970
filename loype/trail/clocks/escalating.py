"""Telling those who must know before and after a clock runs out: responsible, leader, decider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from loype.accounts.models import Person
from loype.councils.actions import appoint_by_delegation
from loype.councils.models import Case
from loype.councils.states import OPEN_CASE
from loype.history.actions import record
from loype.kernel.calendar import Calendar
from loype.organisations.actor import HOUSE
from loype.trail.clocks.forecast import OpenCase
from loype.trail.clocks.reading import CouncilClocks, read_clocks
from loype.trail.clocks.targets import Targets
from loype.trail.labels import Clock, Step
from loype.trail.models import Escalation


@dataclass(frozen=True)
class Due:
    """A step that is due for a case's clock."""

    case: OpenCase
    clock: Clock
    step: Step
    limit: date

    @property
    def key(self) -> tuple[int, str, str, datetime]:
        """What may be told only once."""
        return self.case.id, self.clock, self.step, self.case.began_at


def due_steps(
    limit: date, *, today: date, targets: Targets, calendar: Calendar
) -> Iterator[Step]:  # fmt: skip
    """Which steps are due: before the limit, once it has passed, and some days later."""
    if today >= calendar.before(limit, targets.warn_days):
        yield Step.RESPONSIBLE
    if today > limit:
        yield Step.CHAIR
    if today > limit and today >= calendar.add(limit, targets.decider_days):
        yield Step.DECIDER


def due_of(clocks: CouncilClocks) -> list[Due]:
    """Everything that somebody should hear of today in one organisation."""
    found = []
    for case in clocks.cases:
        targets = clocks.targets_of(case.began_at)
        for clock, limit in _running(case):
            steps = due_steps(
                limit, today=clocks.today, targets=targets, calendar=clocks.calendar
            )  # fmt: skip
            found += [Due(case, clock, step, limit) for step in steps]
    return found


def _running(case: OpenCase) -> Iterator[tuple[Clock, date]]:
    """The clocks that run for a case, with the day by which each should have stopped."""
    yield Clock.DECISION, case.limit
    if case.responsible_id is None:
        yield Clock.RESPONSIBLE, case.responsible_by
    elif case.follow_up_by is not None and not case.is_on_agenda:
        yield Clock.FOLLOW_UP, case.follow_up_by


def escalate(*, at: datetime) -> int:
    """Tell everybody who should hear of a clock today, each once; gives how many notices.

    Days off are left alone: it is told on the next working day. Run twice it tells nobody twice.
    """
    waiting = Case.objects.filter(state__in=sorted(OPEN_CASE)).order_by("organisation")
    told = 0
    for organisation_id in waiting.values_list("organisation", flat=True).distinct():
        clocks = read_clocks(organisation_id, at=at, most=None)
        if clocks.calendar.is_working(clocks.today):
            named = _let_stand_in(clocks, at=at)
            told += _tell(
                (due for due in due_of(clocks) if due.case.id not in named),
                organisation_id=organisation_id,
                at=at,
            )
    return told


def _let_stand_in(clocks: CouncilClocks, *, at: datetime) -> set[int]:
    """Nobody was named in time: by standing delegation somebody is responsible from today."""
    named = set()
    late = [
        (case, clocks.targets_of(case.began_at).stand_in_id)
        for case in clocks.cases
        if case.responsible_id is None and clocks.today > case.responsible_by
    ]
    people = Person.objects.in_bulk({person for _case, person in late if person is not None})
    cases = Case.objects.in_bulk([case.id for case, person in late if person in people])
    for case, person_id in late:
        person = people.get(person_id or 0)
        if person is not None and appoint_by_delegation(cases[case.id], person=person, at=at):
            named.add(case.id)
    return named


def _tell(found: Iterable[Due], *, organisation_id: int, at: datetime) -> int:
    wanted = {due.key: due for due in found}
    known = Escalation.objects.filter(case__in={case for case, *_rest in wanted})
    for row in known:
        wanted.pop((row.case_id, row.clock, row.step, row.since), None)
    cases = Case.objects.in_bulk({case for case, *_rest in wanted})
    return sum(
        _tell_one(due, case=cases[due.case.id], organisation_id=organisation_id, at=at)
        for due in wanted.values()
    )


def _tell_one(due: Due, *, case: Case, organisation_id: int, at: datetime) -> int:
    """Keep that it was told and queue the notice, together; 0 when another worker was faster."""
    try:
        with transaction.atomic():
            Escalation.objects.create(
                case=case, clock=due.clock, step=due.step, since=due.case.began_at,
                limit_date=due.limit, told_at=at,
            )  # fmt: skip
            record(
                "escalate_case", thing=case, actor=HOUSE, at=at, organisation_id=organisation_id,
                acting_as="clock",
                change={
                    "clock": due.clock.value, "step": due.step.value,
                    "limit": due.limit.isoformat(), "idea": case.idea_id,
                },
            )  # fmt: skip
    except IntegrityError:
        return 0
    return 1
