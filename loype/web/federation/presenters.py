"""Shapes the federation's pages are made of; no rules, only what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loype.councils.labels import Form, OutcomeLabel
from loype.ideas.labels import STATES as IDEA_STATES, IdeaKind
from loype.organisations.sharing import SharedKind
from loype.portfolio.labels import STATES as ACTIVITY_STATES
from loype.spread.labels import SOLUTION_STATES
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
STATE_WORDS: dict[str, Any] = {
    SharedKind.IDEA: dict(IDEA_STATES),
    SharedKind.DECISION: dict(OutcomeLabel.choices),
    SharedKind.ACTIVITY: dict(ACTIVITY_STATES),
    SharedKind.SOLUTION: dict(SOLUTION_STATES),
}
FORM_WORDS: dict[str, Any] = {
    SharedKind.IDEA: dict(IdeaKind.choices),
    SharedKind.DECISION: dict(Form.choices),
    SharedKind.ACTIVITY: dict(Form.choices),
    SharedKind.SOLUTION: {},
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
        state=str(STATE_WORDS[work.kind].get(work.state, "")),
        form=str(FORM_WORDS[work.kind].get(work.form, "")),
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
