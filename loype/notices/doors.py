"""What somebody may read at this moment, asked when a notice is made, mailed and shown.

Whatever a notice may be about has its door here. What has none may not be told of.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.bodies.models import Body, Meeting
from loype.councils.models import Case, Decision, JointCase, JointInvitation, Round
from loype.evaluation.models import Evaluation
from loype.ideas.models import Comment, Idea
from loype.news.models import NewsItem
from loype.notices.models import Notice
from loype.organisations.actor import Actor
from loype.organisations.models import Federation, Organisation
from loype.portfolio.models import Activity
from loype.search.models import ContactRequest, SameNeed
from loype.search.saved.models import SavedSearch
from loype.spread.models import Adoption, Solution
from loype.trail.works import Wanted, circle_of, works_of

Thing = tuple[str, int]
WEEK = "federation_week"
MOST_SHARED = 1_000

DOORS: dict[str, Any] = {
    "idea": Idea.objects,
    "comment": Comment.objects,
    "case": Case.objects,
    "decision": Decision.objects,
    "joint_invitation": JointInvitation.objects,
    "joint_case": JointCase.objects,
    "activity": Activity.objects,
    "evaluation": Evaluation.objects,
    "solution": Solution.objects,
    "adoption": Adoption.objects,
    "meeting": Meeting.objects,
    "assessment_round": Round.objects,
    "council": Body.objects,
    "body": Body.objects,
    "body_papers": Body.objects,
    "body_year": Body.objects,
    "organisation": Organisation.objects,
    "federation": Federation.objects,
    "mandate_folder": Organisation.objects,
    "saved_search": SavedSearch.objects,
    "contact_request": ContactRequest.objects,
    "same_need": SameNeed.objects,
    "news_item": NewsItem.objects,
}


def reader(person: Person, *, at: datetime) -> Actor:
    """A person as the rules see them at a moment."""
    return load_actor(person.pk, name=person.name, day=at.date())


def readable(things: Iterable[Thing], *, actor: Actor) -> set[Thing]:
    """Those of the things that the actor may read now; one statement, however many kinds."""
    wanted: dict[str, set[int]] = {}
    for kind, thing_id in things:
        if kind in DOORS:
            wanted.setdefault(kind, set()).add(thing_id)
    parts = [_through(kind, ids, actor=actor) for kind, ids in sorted(wanted.items())]
    if not parts:
        return set()
    found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return {(kind, thing_id) for kind, thing_id in found}


def _through(kind: str, ids: set[int], *, actor: Actor) -> QuerySet[Any, tuple[str, int]]:
    rows = DOORS[kind].visible_to(actor).filter(Q(pk__in=sorted(ids))).order_by()
    named = rows.annotate(door=Value(kind, output_field=CharField()))
    return named.values_list("door", "pk")  # type: ignore[no-any-return]


def things_of(notice: Notice) -> list[Thing]:
    """All that one must be allowed to read before one may hear of this."""
    return [(notice.thing_kind, notice.thing_id), *((kind, pk) for kind, pk in notice.also)]


def sorted_out(
    notices: Iterable[Notice], *, actor: Actor, at: datetime
) -> tuple[list[Notice], list[Notice]]:
    """The notices that may be shown to the actor now, and those that may not (any more).

    What a notice names beside its own thing (what a search found, what members share) is left out
    where it may not be told any more; with nothing left, the notice may not be shown.
    """
    rows = list(notices)
    asked = {thing for row in rows for thing in (*things_of(row), *_named(row))}
    allowed = readable(asked, actor=actor)
    shared = _shared_now([row for row in rows if row.subject == WEEK], actor=actor, at=at)
    shown = [
        row for row in rows
        if allowed.issuperset(things_of(row)) and _narrow(row, shared if _is_week(row) else allowed)
    ]  # fmt: skip
    kept = {row.pk for row in shown}
    return shown, [row for row in rows if row.pk not in kept]


def _is_week(notice: Notice) -> bool:
    return notice.subject == WEEK


def _named(notice: Notice) -> list[Thing]:
    """What the words of a notice name beside its own thing."""
    return [(one["kind"], one["id"]) for one in notice.facts.get("found", ()) if "id" in one]


def _shared_now(weeks: Iterable[Notice], *, actor: Actor, at: datetime) -> set[Thing]:
    """What the members of the weeks' federations still tell the actor by name."""
    spans: dict[int, list[str]] = {}
    for week in weeks:
        moments = [week.facts.get("since"), week.facts.get("until")]
        spans.setdefault(week.thing_id, []).extend(one for one in moments if one)
    found: set[Thing] = set()
    for federation_id, moments in spans.items():
        if moments:
            wanted = Wanted(
                since=datetime.fromisoformat(min(moments)),
                until=datetime.fromisoformat(max(moments)),
                own=False,
            )
            circle = circle_of(federation_id, day=at.date())
            works = works_of(circle, wanted, actor=actor, most=MOST_SHARED)
            found |= {(work.kind, work.id) for work in works if work.title}
    return found


def _narrow(notice: Notice, allowed: set[Thing]) -> bool:
    """Leave out of a notice's words what may not be told; False when nothing of them is left."""
    named = notice.facts.get("found")
    if not named:
        return True
    kept = [one for one in named if (one["kind"], one.get("id")) in allowed]
    left_out = len(named) - len(kept)
    count = notice.facts.get("count", len(named)) - left_out
    notice.facts = {**notice.facts, "found": kept, "count": count}
    return bool(kept)
