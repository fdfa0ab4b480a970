"""Writing the decision paper of an item, so that two who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loype.bodies.models import Meeting
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
    paper = paper or DecisionPaper(item=item, version=0)
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
    paper.save()
    record(
        "write_paper", thing=paper, actor=actor, at=at,
        organisation_id=item.meeting.organisation_id, acting_as="council", follow=False,
        change={"item": item.pk, **change},
    )  # fmt: skip
    return paper


def papers_due(meeting: Meeting) -> date | None:
    """The day by which the papers are to be ready by the rules of procedure, if they say one."""
    day = meeting.starts_at.date()
    days = procedure_on(meeting.body, day=day).paper_days
    return day - timedelta(days=days) if days else None
