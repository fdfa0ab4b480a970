"""Writing the decision paper of an item, so that two who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import Meeting, RulesOfProcedure
from loype.bodies.procedure import procedure_on
from loype.councils.actions.agenda_items import refuse_closed_agenda
from loype.councils.actions.meeting_room import lock_item, refuse_unless_preparer
from loype.councils.models import AgendaItem, DecisionPaper
from loype.history.actions import record
from loype.kernel.errors import BadInput, Stale
from loype.kernel.words import clean_text
from loype.organisations.actor import Actor

PARTS = (
    "summary",
    "decision_points",
    "background",
    "economy",
    "involvement",
    "employees_statement",
)


@transaction.atomic
def write_paper(
    item: AgendaItem, *, words: Mapping[str, str], actor: Actor, at: datetime, version: int
) -> DecisionPaper:
    """Write an item's paper; `version` is the one that was read, 0 where there was none."""
    refuse_unless_preparer(actor, item.meeting)
    item = lock_item(item)
    refuse_closed_agenda(item.meeting)
    if unknown := set(words) - set(PARTS):
        raise BadInput(dict.fromkeys(unknown, _("This is no part of a paper.")))
    paper = DecisionPaper.objects.select_for_update().filter(item=item).first()
    if version != (paper.version if paper else 0):
        raise Stale(
            _("Somebody changed this paper while you wrote. Your words are kept beside theirs.")
        )
    paper = paper or DecisionPaper(
        item=item, version=0, added_date=at.date(), days_before=paper_days_of(item.meeting)
    )
    before = {part: getattr(paper, part) for part in PARTS}
    for part, text in words.items():
        setattr(paper, part, clean_text(text))
    change = {
        part: [before[part], getattr(paper, part)]
        for part in PARTS
        if before[part] != getattr(paper, part)
    }
    if not change and paper.pk:
        return paper
    paper.version += 1
    paper.changed_at, paper.changed_by_id = at, actor.signed_in_id
    is_new = paper.pk is None
    paper.save()
    _account(paper, is_new=is_new, change=change, actor=actor, at=at)
    return paper


def _account(
    paper: DecisionPaper, *, is_new: bool, change: dict[str, list[str]], actor: Actor, at: datetime
) -> None:
    """Account for it; that one was added to a called agenda, or late, is told to the members."""
    meeting = paper.item.meeting
    common: dict[str, Any] = {
        "thing": paper, "actor": actor, "at": at, "organisation_id": meeting.organisation_id,
        "acting_as": "council", "change": {"item": paper.item_id, "late": paper.is_late, **change},
    }  # fmt: skip
    if is_new:
        record("add_paper", follow=meeting.state == "called" or paper.is_late, **common)
    else:
        record("write_paper", follow=False, **common)


def paper_days_of(meeting: Meeting) -> int:
    """How many days before it decides the papers are out: by the rules it was called by, or those
    in force on its day."""
    if meeting.called_at is None:
        return procedure_on(meeting.body, day=meeting.decides_on).paper_days
    rules = RulesOfProcedure.objects.filter(pk=meeting.rules_version or 0).first()
    return rules.paper_days if rules is not None else 0


def papers_due(meeting: Meeting) -> date | None:
    """The day by which the papers are to be ready by the rules of procedure, if they say one."""
    days = paper_days_of(meeting)
    return meeting.decides_on - timedelta(days=days) if days else None
