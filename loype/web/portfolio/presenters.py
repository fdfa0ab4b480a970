"""Shaping activities for board, timeline and list; no database here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from loype.councils.labels import Form
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity, Milestone, StatusReport
from loype.portfolio.rules import can_lead_activity
from loype.portfolio.states import OPEN_ACTIVITY
from loype.web.portfolio.forms import phase_choices
from loype.web.shared import charts
from loype.web.shared.parts.moments import day_of
from loype.web.shared.parts.states import sentence

TONES = {
    "planned": "planned",
    "running": "running",
    "paused": "planned",
    "finished": "done",
    "stopped": "stopped",
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """An activity as a card or row shows it."""

    activity: Activity
    url: str
    owner: str
    next_milestone: Milestone | None
    is_late: bool
    report: StatusReport | None
    can_move: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """A phase and the cards in it."""

    phase: str
    label: str
    cards: list[Card]


@dataclass(frozen=True, kw_only=True)
class Board:
    """One form of activity with its phases."""

    form: str
    label: str
    columns: list[Column]
    phases: list[tuple[str, Any]]


def card_of(activity: Any, *, actor: Actor, today: date) -> Card:
    """What a card says; the activity was read with its outlook."""
    ahead = [one for one in activity.milestones_kept if one.reached_date is None]
    is_open = activity.state in OPEN_ACTIVITY
    following = ahead[0] if ahead and is_open else None
    deadline = following.due_date if following else activity.due_date
    return Card(
        activity=activity,
        url=reverse("activity_page", args=[activity.pk]),
        owner=activity.owner.name if actor.is_signed_in else "",
        next_milestone=following,
        is_late=bool(is_open and deadline and deadline < today),
        report=activity.last_reports[0] if activity.last_reports else None,
        can_move=is_open and can_lead_activity(actor, activity),
    )


def boards_of(cards: Sequence[Card]) -> list[Board]:
    """A board for each form that has cards, its phases as columns."""
    boards = []
    for form, label in Form.choices:
        mine = [card for card in cards if card.activity.form == form]
        if mine:
            boards.append(_board(form, label=sentence(str(label)), cards=mine))
    return boards


def _board(form: str, *, label: str, cards: list[Card]) -> Board:
    phases = phase_choices(form)
    columns = [
        Column(
            phase=phase,
            label=words,
            cards=[card for card in cards if card.activity.phase == phase],
        )
        for phase, words in phases
    ]
    return Board(form=form, label=label, columns=columns, phases=phases)


def plan_of(cards: Sequence[Card], *, today: date) -> SafeString:
    """The activities as bars over the months, with their milestones."""
    late = sum(card.is_late for card in cards)
    title = (
        ngettext(
            "%(late)s of %(total)s has passed its day",
            "%(late)s of %(total)s have passed their day",
            late,
        )
        % {"late": late, "total": len(cards)}
        if late
        else _("Nothing has passed its day")
    )
    spans = sorted((_span(card, today=today) for card in cards), key=lambda span: span.start)
    return charts.plan(spans, title=title, today=today)


def _span(card: Card, *, today: date) -> charts.Span:
    activity: Any = card.activity
    start = day_of(activity.started_at or activity.opened_at)
    marks = tuple(charts.Mark(one.due_date, one.title) for one in activity.milestones_kept)
    return charts.Span(
        label=activity.title,
        start=start,
        end=_end(activity, start=start, marks=marks, today=today),
        tone=TONES[activity.state],
        url=card.url,
        marks=marks,
    )


def _end(activity: Activity, *, start: date, marks: Sequence[charts.Mark], today: date) -> date:
    """The day it ended, or when it is due, or else its last milestone or today."""
    if activity.ended_at:
        return max(start, day_of(activity.ended_at))
    ends = [activity.due_date] if activity.due_date else [today]
    return max([start, *ends, *(mark.on for mark in marks)])
