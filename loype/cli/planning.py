"""A plan's aims and weights from a file: every row looked at first, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from loype.cli.importing.problems import Impossible, Remark, shortened
from loype.cli.importing.reading import open_table
from loype.cli.importing.rows import Row
from loype.kernel.clock import now
from loype.kernel.errors import BadInput
from loype.kernel.words import clean_line
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.strategy.actions import (
    ItemWords,
    PlanWords,
    add_plan_item,
    change_plan_item,
    draft_period,
    weigh_items,
    write_plan,
)
from loype.strategy.labels import Involved
from loype.strategy.models import MOST_POINTS, Period, Plan, PlanItem

MOST_AIMS = 1_000
KNOWN = {"number", "title", "text", "points", "involvement", "involvement_words"}


@dataclass(frozen=True)
class Aim:
    """One row: the aim's words, its points (None where the file does not say), and its place."""

    row: int
    words: ItemWords
    points: int | None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where the aims go: a plan that is there or a new one, and a period, if any."""

    organisation: Organisation
    plan: Plan | None
    period: Period | None
    title: str
    kind: str
    from_date: date | None
    to_date: date | None
    decision_reference: str
    visibility: str
    new_period: str


@dataclass
class Tally:
    """What came of it."""

    plan: str
    new: int = 0
    changed: int = 0
    same: int = 0
    weighed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.plan}: {self.new} new aims, {self.changed} changed, {self.same} as they were, "
            f"{self.weighed} with points."
        )


class _DryRun(Exception):
    """Everything was tried; nothing is kept."""


def read_aims(file: Path) -> tuple[list[Aim], list[Remark]]:
    """Every aim of a file, and what is wrong with which row."""
    aims: list[Aim] = []
    remarks: list[Remark] = []
    seen: dict[str, int] = {}
    with open_table(file) as table:
        _check_columns(table.columns, file=file)
        for row in table.rows:
            if len(aims) >= MOST_AIMS:
                raise Impossible(f"{file.name} has more than {MOST_AIMS:,} aims.")
            found, wrong = _aim(row, seen=seen)
            remarks += wrong
            if found is not None:
                aims.append(found)
    if not aims and not remarks:
        raise Impossible(f"{file.name} has no aims.")
    return aims, remarks


def _check_columns(columns: Sequence[str], *, file: Path) -> None:
    names = {one.lower() for one in columns}
    if "title" not in names:
        raise Impossible(f"{file.name} has no column called title.")
    if unknown := ", ".join(sorted(names - KNOWN)):
        raise Impossible(f"{file.name} has columns that a plan does not: {unknown}.")


def _aim(row: Row, *, seen: dict[str, int]) -> tuple[Aim | None, list[Remark]]:
    cells = {name.lower(): _plain(value) for name, value in row.cells.items()}
    wrong = []

    def say(column: str, reason: str) -> None:
        value = shortened(cells.get(column, ""))
        wrong.append(Remark(row=row.number, column=column, value=value, reason=reason))

    if row.problem:
        say("title", row.problem)
        return None, wrong
    title = clean_line(cells.get("title", ""))
    if not title:
        say("title", "say what the plan aims at")
    key = clean_line(cells.get("number", "")) or title
    if key and key in seen:
        say("number" if cells.get("number") else "title", f"stands in row {seen[key]}, too")
    seen.setdefault(key, row.number)
    points = _points(cells.get("points", ""))
    if points == -1:
        say("points", f"give a whole number from 0 to {MOST_POINTS}")
    involvement, words = cells.get("involvement", ""), cells.get("involvement_words", "")
    if involvement and involvement not in Involved.values:
        say("involvement", f"choose one of {', '.join(Involved.values)}")
    elif bool(involvement) != bool(words.strip()):
        say("involvement_words", "say how they are involved, or why not, and which it is")
    if wrong:
        return None, wrong
    told = ItemWords(
        title=title, number=cells.get("number", ""), text=cells.get("text", ""),
        involvement=involvement, involvement_words=words,
    )  # fmt: skip
    return Aim(row.number, told, points), []


def _plain(value: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from calculating."""
    text = value.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" and len(text) > 1 else text


def _points(text: str) -> int | None:
    """The points of a cell; None for an empty one, -1 for what is no number of points."""
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or len(text) > 3:
        return -1
    return int(text) if int(text) <= MOST_POINTS else -1


def take_in(
    aims: Sequence[Aim], *, wanted: Wanted, remarks: list[Remark], actor: Actor, dry_run: bool
) -> Tally:
    """Write the plan, its aims and their points; with anything wrong, or on a dry run, nothing."""
    at = now()
    tally = Tally(wanted.plan.title if wanted.plan else wanted.title)
    try:
        with transaction.atomic():
            plan = wanted.plan or _write(wanted, actor=actor, at=at)
            points = _take_aims(aims, plan, tally=tally, remarks=remarks, actor=actor, at=at)
            if not remarks:
                tally.weighed = _weigh(points, wanted=wanted, plan=plan, actor=actor, at=at)
            if dry_run or remarks:
                raise _DryRun
    except _DryRun:
        pass
    return tally


def _write(wanted: Wanted, *, actor: Actor, at: datetime) -> Plan:
    words = PlanWords(
        title=wanted.title, kind=wanted.kind, from_date=wanted.from_date or localdate(at),
        to_date=wanted.to_date, decision_reference=wanted.decision_reference,
        visibility=wanted.visibility,
    )  # fmt: skip
    return write_plan(wanted.organisation, words=words, actor=actor, at=at)


def _take_aims(
    aims: Sequence[Aim],
    plan: Plan,
    *,
    tally: Tally,
    remarks: list[Remark],
    actor: Actor,
    at: datetime,
) -> dict[int, int]:
    """Add or change each aim; gives the points by aim."""
    there = {(one.number or one.title): one for one in plan.items.standing()}
    points: dict[int, int] = {}
    for aim in aims:
        words = aim.words
        known = there.get(clean_line(words.number) or words.title)
        try:
            with transaction.atomic():
                item = _take(known, words, plan=plan, tally=tally, actor=actor, at=at)
        except BadInput as problem:
            remarks += [
                Remark(row=aim.row, column=column, value="", reason=str(reason))
                for column, reason in problem.fields.items()
            ]
            continue
        if aim.points is not None:
            points[item.pk] = aim.points
    return points


def _take(
    known: PlanItem | None,
    words: ItemWords,
    *,
    plan: Plan,
    tally: Tally,
    actor: Actor,
    at: datetime,
) -> PlanItem:
    if known is None:
        tally.new += 1
        return add_plan_item(plan, words=words, actor=actor, at=at)
    if _says_the_same(known, words):
        tally.same += 1
        return known
    tally.changed += 1
    return change_plan_item(known, words=words, actor=actor, at=at)


def _says_the_same(item: PlanItem, words: ItemWords) -> bool:
    kept = (item.title, item.number, item.text.strip())
    said = (words.title, clean_line(words.number), words.text.strip())
    involved = (item.involvement, item.involvement_words.strip())
    is_silent = not words.involvement
    return kept == said and (
        is_silent or involved == (words.involvement, words.involvement_words.strip())
    )


def _weigh(
    points: dict[int, int], *, wanted: Wanted, plan: Plan, actor: Actor, at: datetime
) -> int:
    """Give the aims their points in a period that is being weighed; those of other plans stay."""
    if wanted.period is None and not wanted.new_period:
        return 0
    period = wanted.period or draft_period(
        wanted.organisation, name=wanted.new_period, from_date=plan.from_date,
        to_date=plan.to_date, actor=actor, at=at,
    )  # fmt: skip
    standing = period.weights.filter(item__retired_date=None)
    before = dict(standing.values_list("item_id", "points"))
    after = {key: value for key, value in {**before, **points}.items() if value}
    if after != before:
        weigh_items(period, points=after, actor=actor, at=at)
    return sum(1 for one in points.values() if one)
