"""Shapes the federation's pages are made of; no rules, only what is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from loype.organisations.sharing import SharedKind
from loype.trail.work_words import form_words, state_words
from loype.trail.works import Work

PAGES = {
    SharedKind.IDEA: "idea_page",
    SharedKind.DECISION: "decision_page",
    SharedKind.ACTIVITY: "activity_page",
    SharedKind.SOLUTION: "solution_page",
}
STEPS = {
    SharedKind.IDEA: "idea",
    SharedKind.DECISION: "decision",
    SharedKind.ACTIVITY: "activity",
    SharedKind.SOLUTION: "spread",
}


@dataclass(frozen=True)
class WorkRow:
    """One line of the register."""

    work: Work
    url: str
    title: str
    state: str
    form: str
    step: str


def row_of(work: Work) -> WorkRow:
    """A line in words; what is not told has a plain name instead of a title."""
    url = reverse(PAGES[SharedKind(work.kind)], args=[work.id]) if work.may_open else ""
    return WorkRow(
        work=work,
        url=url,
        title=work.title or untold(work.kind),
        state=state_words(work),
        form=form_words(work),
        step=STEPS[SharedKind(work.kind)],
    )


def untold(kind: str) -> str:
    """What stands where a title is not told."""
    return {
        SharedKind.IDEA: _("An idea"),
        SharedKind.DECISION: _("A decision"),
        SharedKind.ACTIVITY: _("An activity"),
        SharedKind.SOLUTION: _("A solution"),
    }[SharedKind(kind)]
