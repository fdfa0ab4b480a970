"""What kinds, states and other choices of a search are called, and where hits are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loype.evaluation.labels import STATES as EVALUATION_STATES
from loype.ideas.labels import STATES as IDEA_STATES, IdeaKind
from loype.keywords.given import label_of
from loype.organisations.labels import Language
from loype.portfolio.labels import STATES as ACTIVITY_STATES
from loype.search.labels import Kind
from loype.spread.labels import ADOPTION_STATES, SOLUTION_STATES

PAGES = {
    "idea": "idea_page",
    "comment": "idea_page",
    "decision": "decision_page",
    "activity": "activity_page",
    "evaluation": "evaluation_page",
    "solution": "solution_page",
    "adoption": "adoption_page",
    "organisation": "organisation_page",
}
STATES: dict[str, dict[str, Any]] = {
    "idea": dict(IDEA_STATES),
    "solution": dict(SOLUTION_STATES),
    "activity": dict(ACTIVITY_STATES),
    "evaluation": dict(EVALUATION_STATES),
    "adoption": dict(ADOPTION_STATES),
    "decision": {"in_force": _("in force"), "replaced": _("replaced by a later decision")},
    "organisation": {"proposed": _("named in imported data, not yet confirmed")},
}
FACETS = {
    "kind": _("What it is"),
    "variant": _("Idea, need or wish"),
    "keyword": _("About"),
    "state": _("How far it has come"),
    "organisation": _("Whose"),
    "federation": _("Working together in"),
    "language": _("Written in"),
    "year": _("Year"),
}
"""The facets in the order in which they are shown."""

KINDS: dict[str, Any] = dict(Kind.choices)
VARIANTS: dict[str, Any] = dict(IdeaKind.choices)
LANGUAGES: dict[str, Any] = dict(Language.choices)
LABELS = {"kind": KINDS, "variant": VARIANTS, "language": LANGUAGES}


def kind_words(kind: str, variant: str) -> str:
    """What sort of thing it is; of an idea, whether it is an idea, a need or a wish."""
    if kind == "idea" and variant in VARIANTS:
        return str(capfirst(VARIANTS[variant]))
    return str(capfirst(KINDS.get(kind, kind)))


def state_words(kind: str, state: str) -> str:
    """A state in words; what goes without saying has none."""
    return str(STATES.get(kind, {}).get(state, ""))


def choice_words(
    facet: str, value: str, *, names: Mapping[str, Mapping[str, str]], language: str
) -> str:
    """A value of a facet in the reader's language; "" for one that is not shown."""
    if facet == "keyword":
        return str(capfirst(label_of(value, language=language)))
    if facet == "state":
        found = next((words[value] for words in STATES.values() if value in words), "")
        return str(capfirst(found))
    if facet in names:
        return names[facet].get(value, "")
    return str(capfirst(LABELS[facet].get(value, ""))) if facet in LABELS else value
