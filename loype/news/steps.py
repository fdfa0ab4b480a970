"""Which happenings are worth telling, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from loype.councils.models import Decision, JointInvitation
from loype.councils.states import JOINT_COURSES
from loype.evaluation.models import Evaluation
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.news.labels import NewsKind
from loype.organisations.models import Organisation
from loype.portfolio.models import Activity
from loype.portfolio.states import PHASES
from loype.spread.models import Adoption, Solution


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of an initiative: what it is about, and the facts that its words are made of."""

    about: str
    kind: NewsKind
    organisation: Organisation
    idea: Idea | None
    decision: Decision | None = None
    activity: Activity | None = None
    solution: Solution | None = None
    adoption: Adoption | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def step_of(event: Event) -> Step | None:
    """The step that an event is; None for what is no news."""
    reader = STEPS.get(event.verb)
    return reader(event) if reader else None


def _decided(event: Event) -> Step | None:
    """A council lets an idea go on; a correction of a decision that said so already is no news."""
    found = Decision.objects.select_related(
        "case__idea", "case__organisation", "corrects", "organisation"
    )
    decision = found.get(pk=event.thing_id)
    before = decision.corrects
    if decision.outcome != "go_on" or (before is not None and before.outcome == "go_on"):
        return None
    asked: list[str] = []
    if decision.course in JOINT_COURSES:
        names = decision.invitations.order_by("organisation__name")
        asked = list(names.values_list("organisation__name", flat=True))
    return _of_decision(
        decision,
        kind=NewsKind.TOGETHER if asked else NewsKind.DECIDED,
        about=f"decision:{decision.pk}",
        asked=asked,
    )


def _joined(event: Event) -> Step | None:
    """Another council says yes; a no or a later is between the councils."""
    if event.change.get("answer") != "yes":
        return None
    invitation = JointInvitation.objects.select_related(
        "organisation", "decision__case__idea", "decision__organisation"
    ).get(pk=event.thing_id)
    return _of_decision(
        invitation.decision,
        kind=NewsKind.JOINED,
        about=f"invitation:{invitation.pk}",
        other=invitation.organisation.name,
    )


def _of_decision(decision: Decision, *, kind: NewsKind, about: str, **facts: Any) -> Step:
    return Step(
        about=about,
        kind=kind,
        organisation=decision.organisation,
        idea=decision.case.idea,
        decision=decision,
        facts={"title": decision.case.idea.title, **facts},
    )


def _started(event: Event) -> Step:
    activity = _activity(event.thing_id)
    return _of_activity(activity, kind=NewsKind.STARTED, about=f"started:{activity.pk}")


def _gate(event: Event) -> Step | None:
    """A project comes to a later phase; going back is no news, and small forms have no gates."""
    activity = _activity(event.thing_id)
    before, after = event.change["phase"]
    phases = PHASES["project"]
    is_forward = {before, after} <= set(phases) and phases.index(after) > phases.index(before)
    if activity.form != "project" or not is_forward:
        return None
    return _of_activity(
        activity, kind=NewsKind.GATE, about=f"phase:{activity.pk}:{after}",
        before=before, after=after,
    )  # fmt: skip


def _evaluated(event: Event) -> Step:
    evaluation = Evaluation.objects.get(pk=event.thing_id)
    return _of_activity(
        _activity(evaluation.activity_id), kind=NewsKind.EVALUATED,
        about=f"evaluated:{evaluation.pk}", evaluation=evaluation,
    )  # fmt: skip


def _activity(activity_id: int) -> Activity:
    return Activity.objects.select_related("organisation", "idea").get(pk=activity_id)


def _of_activity(activity: Activity, *, kind: NewsKind, about: str, **facts: Any) -> Step:
    return Step(
        about=about,
        kind=kind,
        organisation=activity.organisation,
        idea=activity.idea,
        activity=activity,
        facts={"title": activity.title, **facts},
    )


def _offered(event: Event) -> Step:
    solution = _solution(event.thing_id)
    return _of_solution(solution, kind=NewsKind.SOLUTION, about=f"solution:{solution.pk}")


def _in_use(event: Event) -> Step:
    adoption = Adoption.objects.select_related("organisation").get(pk=event.thing_id)
    return _of_solution(
        _solution(adoption.solution_id), kind=NewsKind.IN_USE, about=f"adoption:{adoption.pk}",
        adoption=adoption,
    )  # fmt: skip


def _solution(solution_id: int) -> Solution:
    rows = Solution.objects.select_related("organisation", "activity__idea")
    return rows.get(pk=solution_id)


def _of_solution(
    solution: Solution, *, kind: NewsKind, about: str, adoption: Adoption | None = None
) -> Step:
    return Step(
        about=about,
        kind=kind,
        organisation=solution.organisation,
        idea=solution.activity.idea if solution.activity else None,
        solution=solution,
        adoption=adoption,
        facts={"title": solution.title},
    )


# Every other verb is a step on the way that its own followers hear of as a notice.
STEPS: dict[str, Callable[[Event], Step | None]] = {
    "decide_case": _decided,
    "answer_joint_invitation": _joined,
    "start_activity": _started,
    "move_to_phase": _gate,
    "conclude_evaluation": _evaluated,
    "publish_solution": _offered,
    "confirm_in_use": _in_use,
}
