"""Where ideas stand on the way from idea to spread, the latest news of each, and who has it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _, ngettext

from loype.bodies.models import Body
from loype.councils.models import AgendaItem, Decision
from loype.evaluation.labels import Verdict
from loype.ideas.models import Idea
from loype.ideas.querysets import works_in
from loype.ideas.states import DECIDED, WAITING
from loype.kernel.calendar import day_in
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.portfolio.labels import Light
from loype.portfolio.models import Activity
from loype.spread.models import Solution
from loype.trail.clocks.targets import (
    Targets,
    promised_targets,
    targets_beside,
    targets_from,
)

# Where an idea stands by its own state: the step, and whether it moves or has ended there.
PLACES = {
    "draft": ("idea", "now"),
    "submitted": ("idea", "now"),
    "returned": ("idea", "now"),
    "withdrawn": ("idea", "stopped"),
    "taken_up": ("decision", "now"),
    "needs_information": ("decision", "now"),
    "parked": ("decision", "stopped"),
    "rejected": ("decision", "stopped"),
    "merged": ("decision", "stopped"),
    "going_on": ("activity", "now"),
}


@dataclass(frozen=True)
class Standing:
    """A place on the trail line, and the latest news in one sentence."""

    step: str
    look: str
    label: str
    news: str
    at: datetime | None
    activity: Activity | None = None


@dataclass(frozen=True)
class Waiting:
    """Who has an idea now, since when, what comes next and by which day."""

    who: str
    is_person: bool
    since: datetime
    next_step: str
    by: date | None
    is_late: bool


@dataclass(frozen=True)
class Promise:
    """The days by which a giver gets a receipt, somebody responsible, and a decision."""

    receipt: date
    responsible: date
    decision: date


def standings(ideas: Iterable[Idea], *, actor: Actor) -> dict[int, Standing]:
    """Where each idea stands, as far as the actor may read what became of it; one statement."""
    ideas = list(ideas)
    decided = [idea.pk for idea in ideas if idea.state in DECIDED]
    latest: dict[int, Activity] = {}
    for activity in _activities(decided, actor=actor) if decided else ():
        latest[activity.idea_id] = activity
    return {idea.pk: _standing(idea, latest.get(idea.pk)) for idea in ideas}


def _activities(ideas: list[int], *, actor: Actor) -> QuerySet[Activity]:
    """What the ideas became, oldest first, with evaluation and the solution one may read."""
    readable = Solution.objects.visible_to(actor).published().filter(activity=OuterRef("pk"))
    rows: QuerySet[Activity] = (
        Activity.objects.visible_to(actor)
        .filter(idea__in=ideas)
        .select_related("evaluation", "solution")
        .defer("solution__words")
        .annotate(has_solution=Exists(readable))
        .order_by("pk")
    )
    return rows


def _standing(idea: Idea, activity: Activity | None) -> Standing:
    if activity is not None:
        return _of_activity(activity)
    step, look = PLACES[idea.state]
    return Standing(
        step=step,
        look=look,
        label=str(idea.get_state_display()),
        news=_idea_news(idea.state),
        at=_moment(idea),
    )


def _moment(idea: Idea) -> datetime | None:
    """When the idea came into the state it is in."""
    if idea.state == "withdrawn":
        return idea.withdrawn_at
    if idea.state == "taken_up":
        return idea.taken_up_at
    if idea.state == "needs_information":
        return None
    if idea.state in DECIDED:
        return idea.settled_at
    return idea.submitted_at


def _idea_news(state: str) -> str:
    return {
        "draft": _("Not handed in yet; nobody else sees it."),
        "submitted": _("Handed in and waiting for somebody responsible."),
        "taken_up": _("Taken up: somebody is responsible for it."),
        "needs_information": _("More information is asked for."),
        "going_on": _("It was decided: go on."),
        "parked": _("Parked; it is taken up again when the time is right."),
        "returned": _("Returned; it may be changed and handed in again."),
        "rejected": _("The answer is no, and the reasons are given."),
        "merged": _("Merged with another idea, and followed up there."),
        "withdrawn": _("Withdrawn by its giver."),
    }[state]


def _of_activity(activity: Activity) -> Standing:
    """Where an idea stands by what it became."""
    if activity.has_solution:  # type: ignore[attr-defined]
        return _of_solution(activity)
    evaluation = getattr(activity, "evaluation", None)
    label, at = str(activity.get_state_display()), activity.started_at or activity.opened_at
    if evaluation is not None and evaluation.state == "concluded":
        verdict = str(Verdict(evaluation.verdict).label)
        news = _("Evaluated: %(verdict)s.") % {"verdict": verdict}
        return Standing("evaluation", "done", verdict, news, evaluation.concluded_at, activity)
    if activity.state == "finished":
        news = _("Finished. What came of it is being evaluated.")
        return Standing("evaluation", "now", label, news, activity.ended_at, activity)
    if activity.state == "stopped":
        news = _("Stopped: %(reason)s") % {"reason": activity.end_reason}
        return Standing("activity", "stopped", label, news, activity.ended_at, activity)
    if activity.light:
        news = _("How it goes: %(light)s.") % {"light": Light(activity.light).label}
        return Standing("activity", "now", label, news, activity.reported_at, activity)
    return Standing("activity", "now", label, _activity_news(activity.state), at, activity)


def _activity_news(state: str) -> str:
    return {
        "planned": _("It goes on: the work is being planned."),
        "running": _("It is being worked on."),
        "paused": _("The work rests for now."),
    }[state]


def _of_solution(activity: Activity) -> Standing:
    solution = activity.solution
    used = solution.in_use_count
    if not used:
        news = _("Now a solution that others can use.")
        label = str(solution.get_state_display())
        return Standing("spread", "now", label, news, solution.published_at, activity)
    news = ngettext(
        "In use in %(count)s other organisation.", "In use in %(count)s other organisations.", used
    ) % {"count": used}
    return Standing("spread", "done", _("in use"), news, solution.published_at, activity)


def with_waiting(ideas: QuerySet[Idea], *, day: date) -> QuerySet[Idea]:
    """The ideas with what `waiting_of` needs: their case, its responsible, council and meeting."""
    council = Body.objects.filter(
        organisation=OuterRef("organisation"), kind="innovation_council", state="active"
    )
    ahead = AgendaItem.objects.filter(
        case__idea=OuterRef("pk"), removed_at=None, meeting__state="called",
        meeting__starts_at__date__gte=day,
    ).order_by("meeting__starts_at")  # fmt: skip
    decisions = Decision.objects.filter(case__idea=OuterRef("pk")).order_by("-decided_at")
    return ideas.select_related("case__responsible", "organisation").annotate(
        asked_at=Subquery(decisions.values("decided_at")[:1]),
        own_targets=targets_beside(organisation="organisation", since="case__waiting_since"),
        council_name=Subquery(council.values("name")[:1]),
        meeting_at=Subquery(ahead.values("meeting__starts_at")[:1]),
        responsible_works_here=works_in("case__responsible", organisation="organisation", day=day),
    )


def waiting_of(idea: Idea, *, actor: Actor, day: date, shows_names: bool) -> Waiting | None:
    """Who has an idea (loaded `with_waiting`) that still waits, and what comes next."""
    case = getattr(idea, "case", None)
    if idea.state not in WAITING or case is None:
        return None
    since = case.responsible_since or case.waiting_since
    if idea.state == "needs_information":
        asked_at: datetime = idea.asked_at or case.waiting_since  # type: ignore[attr-defined]
        return Waiting(_("the giver"), False, asked_at, "answer", None, False)
    organisation = idea.organisation
    promise = promised_days(
        organisation,
        handed_in=day_in(case.waiting_since, organisation.time_zone),
        targets=targets_from(idea.own_targets, organisation=organisation),  # type: ignore[attr-defined]
    )
    if case.responsible_id is None:
        by = promise.responsible
        who = idea.council_name or _("the named decider")  # type: ignore[attr-defined]
        return Waiting(who, False, case.waiting_since, "responsible", by, by < day)
    knows = shows_names and idea.responsible_works_here  # type: ignore[attr-defined]
    who = (
        case.responsible.name
        if knows
        else _("a colleague in %(organisation)s") % {"organisation": organisation.name}
    )
    meeting_at: datetime | None = idea.meeting_at  # type: ignore[attr-defined]
    insider = organisation.pk in actor.organisation_ids | actor.council_room_ids
    if meeting_at is not None and insider:
        return Waiting(who, knows, since, "meeting", localdate(meeting_at), False)
    by = promise.decision
    return Waiting(who, knows, since, "decision", by, by < day)


def promised_days(
    organisation: Organisation, *, handed_in: date, targets: Targets | None = None
) -> Promise:
    """By which days the giver hears more, counted in the organisation's working days.

    By what its council promised to what is handed in on that day: one statement, unless said.
    """
    calendar = organisation.calendar
    promised = targets or promised_targets(organisation, day=handed_in)
    return Promise(
        receipt=calendar.add(handed_in, promised.receipt_days),
        responsible=calendar.add(handed_in, promised.responsible_days),
        decision=calendar.add(handed_in, promised.decision_days),
    )
