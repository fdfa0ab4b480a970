"""The words for what members have in the works: what sort of thing it is, and where it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from loype.councils.labels import Form, OutcomeLabel
from loype.ideas.labels import STATES as IDEA_STATES, IdeaKind
from loype.organisations.sharing import SharedKind
from loype.portfolio.labels import STATES as ACTIVITY_STATES
from loype.spread.labels import SOLUTION_STATES
from loype.trail.works import Work

_STATES: dict[str, Any] = {
    SharedKind.IDEA: dict(IDEA_STATES),
    SharedKind.DECISION: dict(OutcomeLabel.choices),
    SharedKind.ACTIVITY: dict(ACTIVITY_STATES),
    SharedKind.SOLUTION: dict(SOLUTION_STATES),
}
_FORMS: dict[str, Any] = {
    SharedKind.IDEA: dict(IdeaKind.choices),
    SharedKind.DECISION: dict(Form.choices),
    SharedKind.ACTIVITY: dict(Form.choices),
    SharedKind.SOLUTION: {},
}


_KINDS = {
    SharedKind.IDEA: _("Idea"),
    SharedKind.DECISION: _("Decision"),
    SharedKind.ACTIVITY: _("Activity"),
    SharedKind.SOLUTION: _("Solution"),
}


def kind_words(work: Work) -> str:
    """What it is."""
    return str(_KINDS[SharedKind(work.kind)])


def state_words(work: Work) -> str:
    """Where it stands; empty where that is not told."""
    return str(_STATES[work.kind].get(work.state, ""))


def form_words(work: Work) -> str:
    """What sort it is; empty where that is not told."""
    return str(_FORMS[work.kind].get(work.form, ""))
