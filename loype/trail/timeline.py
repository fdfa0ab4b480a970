"""The story of a thing: from the first word to the latest reuse, as far as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Q
from django.db.models.functions import JSONObject

from loype.councils.models import Decision
from loype.councils.states import JOINT_COURSES
from loype.ideas.models import Idea
from loype.kernel.errors import NotFound
from loype.organisations.actor import Actor
from loype.portfolio.models import Activity
from loype.spread.models import Adoption, Solution
from loype.trail.telling import Told, read_events
from loype.trail.together import activities_joined, ideas_joined_to
from loype.trail.words import STEP_OF, sentence

KINDS = ("idea", "activity", "solution", "adoption")
FOLDED = {"support_idea", "comment_on_idea"}


@dataclass(frozen=True)
class Station:
    """One stop on the way: what happened, when, by whom, why."""

    step: str
    title: str
    at: datetime
    who: str
    reason: str = ""
    days_before: int | None = None
    thing_kind: str = ""
    thing_id: int = 0
    branch: str = ""
    look: str = "done"
    count: int = 1


@dataclass(frozen=True)
class Link:
    """Another thing that this story leads to or comes from."""

    kind: str
    id: int
    title: str
    relation: str


@dataclass
class Things:
    """Everything on one trail that the reader may see."""

    idea: Idea | None = None
    merged_into: Idea | None = None
    merged_in: list[Idea] = field(default_factory=list)
    joined_in: list[Idea] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    joined: list[Activity] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    solutions: list[Any] = field(default_factory=list)

    @property
    def adoptions(self) -> list[dict[str, Any]]:
        """The adoptions of all solutions, as facts."""
        return [one for solution in self.solutions for one in solution.taken or ()]

    def ids(self) -> dict[str, list[int]]:
        """The ids of everything, by the kind under which the history keeps it."""
        ideas = ([self.idea] if self.idea else []) + self.merged_in
        found = {
            "idea": [idea.pk for idea in ideas],
            "case": [self.idea.case.pk] if self.idea and hasattr(self.idea, "case") else [],
            "decision": [one.pk for one in self.decisions],
            "activity": [one.pk for one in self.activities],
            "evaluation": [
                one.evaluation.pk for one in self.activities if hasattr(one, "evaluation")
            ],
            "solution": [one.pk for one in self.solutions],
            "adoption": [one["id"] for one in self.adoptions],
        }
        return {kind: ids for kind, ids in found.items() if ids}


@dataclass(frozen=True)
class Story:
    """The whole way of a thing."""

    title: str
    kind: str
    id: int
    step: str
    language: str
    stations: list[Station]
    links: list[Link]
    is_cut: bool

    @property
    def days(self) -> int:
        """Days from the first station to the last."""
        if not self.stations:
            return 0
        return (self.stations[-1].at - self.stations[0].at).days


def tell_story(kind: str, thing_id: int, *, actor: Actor) -> Story:
    """Tell the story of an idea, activity, solution or adoption; five or six statements, one more
    where it was joined to what others run.

    Raises NotFound when the reader may not see the thing; what lies further along the trail and
    may not be seen is left out without a trace.
    """
    found, idea_id = _anchor(kind, thing_id, actor=actor)
    things = _gather(found, idea_id=idea_id, actor=actor)
    anchor: Any = found or things.idea
    if anchor is None:
        raise NotFound("no such thing")
    events, is_cut = read_events(things.ids(), decisions=[one.pk for one in things.decisions])
    stations = _stations(events, things=things, actor=actor)
    return Story(
        title=anchor.title if kind != "adoption" else anchor.solution.title,
        kind=kind,
        id=thing_id,
        step=_furthest(things),
        language=getattr(things.idea or anchor, "language", ""),
        stations=stations,
        links=_links(things, anchor_kind=kind, anchor_id=thing_id),
        is_cut=is_cut,
    )


def _anchor(kind: str, thing_id: int, *, actor: Actor) -> tuple[Any, int | None]:
    """The thing the reader asked for, and the idea it comes from (None for imported solutions).

    An idea is read together with those merged into it, so it is not read here.
    """
    if kind == "idea":
        return None, thing_id
    readers: dict[str, Any] = {
        "activity": Activity.objects.visible_to(actor),
        "solution": Solution.objects.visible_to(actor).select_related("activity"),
        "adoption": Adoption.objects.visible_to(actor).select_related("solution__activity"),
    }
    if kind not in readers:
        raise NotFound("no such kind")
    anchor = readers[kind].filter(pk=thing_id).first()
    if anchor is None:
        raise NotFound("no such thing")
    if kind == "activity":
        return anchor, anchor.idea_id
    activity = anchor.activity if kind == "solution" else anchor.solution.activity
    return anchor, activity.idea_id if activity else None


def _gather(anchor: Any, *, idea_id: int | None, actor: Actor) -> Things:
    things = Things()
    own = {"solution": anchor} if isinstance(anchor, Solution) else {}
    if idea_id is not None:
        _gather_ideas(things, idea_id=idea_id, actor=actor)
        decisions = Decision.objects.visible_to(actor).filter(case__idea=idea_id)
        things.decisions = list(decisions.with_joined()[:50])
        _gather_joined(things, actor=actor)
        things.activities = list(
            Activity.objects.visible_to(actor)
            .filter(idea=idea_id)
            .select_related("evaluation", "organisation")
            .order_by("pk")[:20]
        )
    things.solutions = _solutions(anchor, idea_id=idea_id, own=own, actor=actor)
    return things


def _gather_ideas(things: Things, *, idea_id: int, actor: Actor) -> None:
    """The idea, those merged into it, the one it was merged into, and those that joined what it
    became, as far as each is read; each is looked up by its number, however many there are."""
    rows = Idea.objects.order_by()
    near = rows.filter(pk=idea_id).values("pk").union(
        rows.filter(merged_into=idea_id).values("pk"),
        rows.filter(pk=idea_id, merged_into__isnull=False).values("merged_into"),
        ideas_joined_to(idea_id).order_by().values("pk"),
    )  # fmt: skip
    ideas = list(
        Idea.objects.visible_to(actor)
        .filter(pk__in=near)
        .select_related("organisation", "case")
        .defer("words")
        .order_by("pk")[:50]
    )
    by_number = {idea.pk: idea for idea in ideas}
    things.idea = by_number.pop(idea_id, None)
    if things.idea is not None and things.idea.merged_into_id is not None:
        things.merged_into = by_number.pop(things.idea.merged_into_id, None)
    things.merged_in = [one for one in by_number.values() if one.merged_into_id == idea_id]
    things.joined_in = [one for one in by_number.values() if one.merged_into_id != idea_id]


def _gather_joined(things: Things, *, actor: Actor) -> None:
    """What others run that it joined; who joined it is told with the decision that asked them."""
    standing = [one for one in things.decisions if one.in_force]
    things.joined = list(activities_joined(standing, actor=actor).values())
    if not any(one.course in JOINT_COURSES for one in things.decisions):
        things.joined_in = []


def _solutions(anchor: Any, *, idea_id: int | None, own: dict[str, Any], actor: Actor) -> list[Any]:
    wanted = Q(pk__in=[])
    if idea_id is not None:
        wanted |= Q(activity__idea=idea_id)
    if own:
        wanted |= Q(pk=anchor.pk)
    if isinstance(anchor, Adoption):
        wanted |= Q(pk=anchor.solution_id)
    taken = JSONObject(
        id="adoptions__id",
        organisation="adoptions__organisation__name",
        state="adoptions__state",
    )
    return list(
        Solution.objects.visible_to(actor)
        .filter(wanted)
        .defer("words")
        .annotate(
            taken=JSONBAgg(taken, filter=Q(adoptions__isnull=False), order_by="adoptions__id")
        )
        .order_by("pk")[:20]
    )


def _furthest(things: Things) -> str:
    """How far along the trail it has come."""
    if things.solutions:
        return "spread"
    if any(hasattr(one, "evaluation") for one in things.activities):
        return "evaluation"
    if things.activities or things.joined:
        return "activity"
    return "decision" if things.decisions else "idea"


def _stations(events: list[Told], *, things: Things, actor: Actor) -> list[Station]:
    decisions = {one.pk: one for one in things.decisions}
    merged = {idea.pk: idea for idea in things.merged_in}
    stations: list[Station] = []
    for event in events:
        taken_back = event.verb == "reach_milestone" and not event.change.get("reached")
        of_merged = event.thing_id in merged and event.verb in FOLDED
        if event.verb not in STEP_OF or taken_back or of_merged:
            continue
        if _folds(stations, event):
            stations[-1] = _fold(stations[-1], event)
            continue
        stations.append(_station(event, decisions=decisions, things=things, actor=actor))
    return _with_days(stations)


def _folds(stations: list[Station], event: Told) -> bool:
    """Several supports (or comments) in a row are one stop on the way."""
    if event.verb not in FOLDED or not stations:
        return False
    last = stations[-1]
    return last.thing_kind == event.verb


def _fold(last: Station, event: Told) -> Station:
    count = last.count + 1
    return replace(last, count=count, title=sentence(event, count=count), at=event.at, who="")


def _station(
    event: Told, *, decisions: dict[int, Decision], things: Things, actor: Actor
) -> Station:
    folded = event.verb in FOLDED
    from_merged = event.thing_kind == "idea" and event.thing_id != (
        things.idea.pk if things.idea else 0
    )
    branch = "in" if from_merged else "out" if event.verb == "take_up" else ""
    return Station(
        step=STEP_OF[event.verb],
        title=sentence(event, decision=decisions.get(event.thing_id), things=things),
        at=event.at,
        who=_who(event, things=things, actor=actor),
        reason=event.reason,
        thing_kind=event.verb if folded else event.thing_kind,
        thing_id=event.thing_id,
        branch=branch,
        look="stopped" if event.verb.startswith(("stop_", "withdraw")) else "done",
    )


def _who(event: Told, *, things: Things, actor: Actor) -> str:
    """A name for colleagues who are still there; else the role; never an anonymous giver."""
    ideas = {idea.pk: idea for idea in [*things.merged_in, *([things.idea] if things.idea else [])]}
    idea = ideas.get(event.thing_id) if event.thing_kind == "idea" else None
    hidden = idea is not None and idea.is_anonymous and event.acting_as == "giver"
    own = event.person_id is not None and event.person_id == actor.person_id
    if own or (actor.is_signed_in and event.is_still_there and not hidden):
        return event.name
    return event.role


def _with_days(stations: list[Station]) -> list[Station]:
    """Write on each station how many days lie between it and the one before."""
    before: datetime | None = None
    dated = []
    for station in stations:
        days = (station.at - before).days if before else None
        dated.append(replace(station, days_before=days))
        before = station.at
    return dated


def _links(things: Things, *, anchor_kind: str, anchor_id: int) -> list[Link]:
    links = []
    if things.idea:
        links.append(Link("idea", things.idea.pk, things.idea.title, "idea"))
        if target := things.merged_into:
            links.append(Link("idea", target.pk, target.title, "merged_into"))
    links += [Link("idea", idea.pk, idea.title, "merged_in") for idea in things.merged_in]
    links += [Link("idea", idea.pk, idea.title, "joined_in") for idea in things.joined_in]
    links += [Link("activity", one.pk, one.title, "joined") for one in things.joined]
    links += [Link("decision", one.pk, one.number, "decision") for one in things.decisions]
    links += [Link("activity", one.pk, one.title, "activity") for one in things.activities]
    links += [Link("solution", one.pk, one.title, "solution") for one in things.solutions]
    links += [
        Link("adoption", one["id"], one["organisation"], "adoption") for one in things.adoptions
    ]
    return [link for link in links if (link.kind, link.id) != (anchor_kind, anchor_id)]
