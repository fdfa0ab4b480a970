"""Time in the demo: what councils promise, who takes cases on, who is told, months as reported."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from loype.bodies.loading import load_actor
from loype.councils.actions import accept_responsibility, arrange_follow_up
from loype.councils.models import Case
from loype.demo.stage import Stage
from loype.history.models import Event
from loype.organisations.actions import close_days
from loype.organisations.models import Membership
from loype.trail.clocks.escalating import escalate
from loype.trail.clocks.noting import note_told
from loype.trail.clocks.targets import set_targets
from loype.trail.monthly import next_month, report_months

YEAR_DAYS = 365
TOLD_AFTER = timedelta(seconds=20)
TIGHTER_DAYS_AGO = 150
BETWEEN_HOLIDAYS = {
    "nb": "Mellom jul og nyttår", "nn": "Romjula", "da": "Mellem jul og nytår",
    "sv": "Mellandagarna",
}  # fmt: skip


def plan_time(stage: Stage) -> None:
    """A year of promises, Monday mornings and first days of months."""
    for number, council in enumerate(stage.tables["council"]):
        key, began = council["organisation"], int(council["active_from_days_ago"])
        stage.plan(stage.moment(began - 1, hour=7), partial(_promise, stage, key, 0))
        if number == 0:
            stage.plan(stage.moment(TIGHTER_DAYS_AGO, hour=7), partial(_promise, stage, key, 10))
    for days_ago in range(YEAR_DAYS, -1, -1):
        morning = stage.moment(days_ago, hour=5, minute=30)
        if morning.weekday() == 0:
            stage.plan(morning, partial(_monday, stage))
    noted = _Noted()
    for first in _firsts(stage.now):
        night = stage.now.replace(
            year=first.year, month=first.month, day=1, hour=2, minute=30, second=0, microsecond=0
        )
        stage.plan(night, partial(_report, noted))
    stage.plan(stage.now, noted.catch_up)
    for year in (stage.now.year - 1, stage.now.year):
        said = stage.now.replace(year=year, month=11, day=10, hour=8)
        if stage.moment(YEAR_DAYS) < said <= stage.now:
            stage.plan(said, partial(_close, stage))


def _close(stage: Stage, at: datetime) -> None:
    """In November the municipalities say that they are closed between Christmas and New Year."""
    for council in stage.tables["council"]:
        key = council["organisation"]
        organisation = stage.organisations[key]
        close_days(
            organisation,
            name=BETWEEN_HOLIDAYS.get(organisation.language, BETWEEN_HOLIDAYS["nb"]),
            from_date=date(at.year, 12, 27),
            to_date=date(at.year, 12, 31),
            actor=stage.actor(stage.holder_of("administrator", key), at),
            at=at,
        )


def _firsts(now: datetime) -> list[date]:
    """The first days of the last twelve months."""
    first = date(now.year - 1, now.month, 1)
    found = []
    for _turn in range(12):
        first = next_month(first)
        found.append(first)
    return found


def _promise(stage: Stage, key: str, fewer: int, at: datetime) -> None:
    """What the council promises: its organisation's figures, and later some days fewer."""
    council = stage.councils[key]
    organisation = stage.organisations[key]
    set_targets(
        council,
        valid_from=at.date(),
        receipt_days=1,
        responsible_days=organisation.responsible_days,
        decision_days=max(organisation.decision_days - fewer, organisation.responsible_days),
        feedback_days=3,
        decision_reference=f"{'14' if fewer else '3'}/{at:%y}",
        actor=stage.actor(stage.decider_of(key), at),
        at=at,
    )


def _monday(stage: Stage, at: datetime) -> None:
    """Those named last week take it on, most of them; then the clocks are looked at."""
    open_cases = Case.objects.undecided().exclude(responsible=None).filter(accepted_at=None)
    for case in open_cases.select_related("responsible").order_by("pk"):
        if case.pk % 5 and case.responsible is not None:
            actor = load_actor(case.responsible.pk, name=case.responsible.name, day=at.date())
            accepted = accept_responsibility(case, actor=actor, at=at)
            if accepted.pk % 4 == 0:
                _name_deputy(accepted, at=at)
    escalate(at=at)


def _name_deputy(case: Case, *, at: datetime) -> None:
    """A colleague of the same organisation stands in."""
    others = Membership.objects.filter(organisation=case.organisation_id).on(at.date())
    others = others.exclude(person=case.responsible_id).select_related("person")
    deputy = others.order_by("person_id").first()
    if deputy is not None and case.responsible is not None:
        actor = load_actor(case.responsible.pk, name=case.responsible.name, day=at.date())
        arrange_follow_up(
            case, deputy=deputy.person, follow_up_by=case.follow_up_by, actor=actor, at=at
        )


class _Noted:
    """Which receipts and decisions have reached their givers so far."""

    def __init__(self) -> None:
        self.last = 0

    def catch_up(self, at: datetime) -> None:
        """Everybody was told within seconds of what had happened until now."""
        events = Event.objects.filter(pk__gt=self.last, verb__in=("submit_idea", "decide_case"))
        for event in events.order_by("pk"):
            note_told(event.pk, at=event.at + TOLD_AFTER)
            self.last = event.pk


def _report(noted: _Noted, at: datetime) -> None:
    noted.catch_up(at)
    report_months(at=at)
