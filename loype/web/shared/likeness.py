"""What is alike, as pages show it: how alike, why, whose, how far it has come, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext as _, ngettext

from loype.ideas.labels import STATES as IDEA_STATES
from loype.ideas.models import Idea
from loype.organisations.actor import Actor
from loype.portfolio.labels import STATES as ACTIVITY_STATES
from loype.portfolio.models import Activity
from loype.search.explanation import told
from loype.search.finding import find_alike
from loype.search.labels import Band
from loype.search.ranking import Hit
from loype.spread.labels import SOLUTION_STATES
from loype.web.shared.context import address

MOST_OPEN = 3  # the rest is folded, so that what one came to do stays in reach
MOST_FOUND = 8
LONGEST_TOLD = 45
PAGES = {"idea": "idea_page", "activity": "activity_page", "solution": "solution_page"}
STATES: dict[str, dict[str, Any]] = {
    "idea": dict(IDEA_STATES),
    "activity": dict(ACTIVITY_STATES),
    "solution": dict(SOLUTION_STATES),
}

Pair = tuple[str, int]


@dataclass(frozen=True)
class Alike:
    """Something that is alike, ready for the template."""

    hit: Hit
    url: str
    what: str
    band: str
    reason: str
    state_label: str
    support_count: int
    is_own: bool
    support_url: str
    take_up_url: str

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.hit.kind}-{self.hit.thing_id}"


def alike(
    text: str,
    *,
    actor: Actor,
    idea_id: int = 0,
    own: Collection[Pair] = (),
    language: str = "",
    limit: int = MOST_FOUND,
    is_for_support: bool = True,
) -> list[Alike]:
    """What others have that is like a text; never the idea itself or what became of it (`own`).

    Who has an idea too, and whether one may say so, is asked only where it is shown.
    """
    reader = spoken()
    hits = find_alike(
        text,
        actor=actor,
        limit=limit + len(own),
        exclude=("idea", idea_id) if idea_id else None,
        language=language or reader,
    )
    hits = [hit for hit in hits if (hit.kind, hit.thing_id) not in own][:limit]
    ideas = _ideas(hits, actor=actor) if is_for_support else {}
    return [_alike(hit, ideas.get(hit.thing_id), actor=actor, reader=reader) for hit in hits]


def own_trail(idea_id: int, *, actor: Actor) -> list[Pair]:
    """What became of an idea: it is alike, of course, but it is not what others have."""
    rows = Activity.objects.visible_to(actor).filter(idea=idea_id).values_list("pk", "solution__pk")
    found: list[Pair] = []
    for activity, solution in rows:
        found += [("activity", activity), *([("solution", solution)] if solution else [])]
    return found


def spoken() -> str:
    """The language of the screen."""
    return (get_language() or "en").split("-")[0]


def said_of(found: Sequence[Alike]) -> str:
    """One sentence for the eye and for screen readers: how many, and the first."""
    if not found:
        return ""
    first = found[0].hit
    return ngettext(
        "%(count)s alike found: “%(title)s” (%(organisation)s).",
        "%(count)s alike found, the first: “%(title)s” (%(organisation)s).",
        len(found),
    ) % {
        "count": len(found),
        "title": Truncator(first.title).chars(LONGEST_TOLD),
        "organisation": first.organisation,
    }


def _ideas(hits: Sequence[Hit], *, actor: Actor) -> dict[int, Idea]:
    """The rows behind the ideas among the hits: who gave them and how many have them too."""
    ids = [hit.thing_id for hit in hits if hit.kind == "idea"]
    rows = Idea.objects.visible_to(actor).filter(pk__in=ids).only("giver_id", "support_count")
    return {idea.pk: idea for idea in rows} if ids else {}


def _alike(hit: Hit, idea: Idea | None, *, actor: Actor, reader: str) -> Alike:
    is_own = idea is not None and actor.is_signed_in and idea.giver_id == actor.person_id
    can_support = idea is not None and bool(actor.organisation_ids) and not is_own
    return Alike(
        hit=hit,
        url=address(PAGES[hit.kind], hit.page_id),
        what=what_it_is(hit),
        band=str(capfirst(Band(hit.band).label)),
        reason=str(capfirst(told(hit, reader_language=reader))),
        state_label=str(STATES[hit.kind].get(hit.state, "")),
        support_count=idea.support_count if idea else 0,
        is_own=is_own,
        support_url=address("idea_support", hit.thing_id) if can_support else "",
        take_up_url=address("solution_page", hit.page_id) if hit.kind == "solution" else "",
    )


def what_it_is(hit: Hit) -> str:
    """What sort of thing it is, as somebody who looks for help wants to know it."""
    if hit.kind == "solution":
        return _("A solution in use") if hit.is_in_use else _("A solution that can be reused")
    if hit.kind == "activity":
        return _("Being tried out or built")
    return {"need": _("A need"), "wish": _("A wish")}.get(hit.variant, _("An idea"))
