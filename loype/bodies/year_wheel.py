"""A body's year: its meetings with the days their papers are due, its tasks, and what is amiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _, ngettext

from loype.bodies.models import Body, Meeting, WheelItem, WheelKind
from loype.bodies.procedure import Procedure, procedure_on


@dataclass(frozen=True)
class OnWheel:
    """A day on the year wheel: a meeting with its paper day, or something to be done."""

    day: date
    meeting: Meeting | None = None
    papers_by: date | None = None
    item: WheelItem | None = None


@dataclass(frozen=True)
class YearWheel:
    """A year of a body, in order, with what should be put right."""

    year: int
    days: Sequence[OnWheel]
    warnings: Sequence[str]


def year_wheel(body: Body, *, year: int, today: date) -> YearWheel:
    """The body's year as the rules of procedure at its end see it; three statements."""
    procedure = procedure_on(body, day=date(year, 12, 31))
    meetings = [
        one
        for one in Meeting.objects.filter(body=body, starts_at__year=year)
        if one.state != "cancelled" and one.answer_by is None
    ]
    items = list(WheelItem.objects.filter(body=body, due_date__year=year))
    days = [
        OnWheel(
            day=one.starts_at.date(),
            meeting=one,
            papers_by=one.starts_at.date() - timedelta(days=procedure.paper_days),
        )
        for one in meetings
    ] + [OnWheel(day=one.due_date, item=one) for one in items]
    return YearWheel(
        year=year,
        days=sorted(days, key=lambda one: (one.day, one.item is not None)),
        warnings=[
            *count_words(len(meetings), procedure=procedure, year=year),
            *_late(items, today=today),
            *_unreviewed(body, items, year=year),
        ],
    )


def count_words(planned: int, *, procedure: Procedure, year: int) -> list[str]:
    """What to say of the number of meetings in a year; nothing when it is as the rules want it."""
    if procedure.meetings_a_year is None:
        return []
    least, most = procedure.meetings_a_year
    if least <= planned <= most:
        return []
    return [
        ngettext(
            "%(planned)s meeting stands in %(year)s; the rules of procedure ask for %(least)s to "
            "%(most)s.",
            "%(planned)s meetings stand in %(year)s; the rules of procedure ask for %(least)s to "
            "%(most)s.",
            planned,
        )
        % {"planned": planned, "year": year, "least": least, "most": most}
    ]


def _late(items: Sequence[WheelItem], *, today: date) -> list[str]:
    return [
        _("“%(title)s” was to be done and is not.") % {"title": one.title}
        for one in items
        if one.done_date is None and one.due_date < today
    ]


def _unreviewed(body: Body, items: Sequence[WheelItem], *, year: int) -> list[str]:
    """A council looks at its own mandate every year."""
    if not body.is_council or any(one.kind == WheelKind.MANDATE_REVIEW for one in items):
        return []
    return [_("No review of the mandate stands in %(year)s.") % {"year": year}]
