"""Who hears of activities, evaluations, solutions and their reuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from loype.evaluation.models import Evaluation
from loype.history.models import Event
from loype.notices.of_ideas import idea_people
from loype.notices.telling import Telling, role_holders
from loype.organisations.labels import Role
from loype.portfolio.models import Activity
from loype.spread.models import Adoption, Solution
from loype.trail.together import ideas_joined_to


def opened(event: Event) -> Iterable[Telling]:
    """Whoever leads the activity from now on; the giver hears it with the decision."""
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title}
    yield Telling(activity.owner_id, "you_lead", "activity", activity.pk, facts)


def about_activity(
    activity: Activity, subject: str, *, also: tuple[tuple[str, int], ...] = (), **facts: Any
) -> Iterable[Telling]:
    """The owner, and the giver and followers of the idea as far as they may read it; those who
    follow the activity itself, as far as they may read that, and so the givers and followers of
    other councils' ideas that joined it."""
    told = {"title": activity.title, **facts}
    yield Telling(activity.owner_id, subject, "activity", activity.pk, told, also=also)
    people, followers = idea_people(activity.idea), followers_of(activity)
    for person, important in people.items():
        if important or person not in followers:
            whole = (*also, ("activity", activity.pk))
            yield Telling(person, subject, "idea", activity.idea_id, told, important, whole)
    for person in sorted(followers):
        yield Telling(person, subject, "activity", activity.pk, told, False, also)
    for idea in ideas_joined_to(activity.idea_id):
        whole = (*also, ("activity", activity.pk))
        for person, important in idea_people(idea).items():
            yield Telling(person, subject, "idea", idea.pk, told, important, whole)


def followers_of(activity: Activity) -> set[int]:
    """Who follows the activity itself, perhaps without being allowed to read its idea."""
    return set(activity.follows.values_list("person_id", flat=True))


def initiative_people(activity: Activity) -> set[int]:
    """Everybody who wrote the idea, follows it, or follows the activity it became."""
    return set(idea_people(activity.idea)) | followers_of(activity)


def activity_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """Those whom an activity concerns."""

    def tell(event: Event) -> Iterable[Telling]:
        activity = Activity.objects.select_related("idea").get(pk=event.thing_id)
        return about_activity(
            activity, subject, reason=event.reason, light=event.change.get("light", "")
        )

    return tell


def joined(event: Event) -> Iterable[Telling]:
    """Those who decide in the organisation that takes part."""
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title}
    for person in role_holders(event.change["organisation"], (Role.DECIDER,), event.at):
        yield Telling(person, "joined_activity", "activity", activity.pk, facts)


def evaluation_planned(event: Event) -> Iterable[Telling]:
    """Those whom the activity concerns: what shall be found out about it."""
    evaluation = _evaluation(event)
    return about_activity(evaluation.activity, "evaluation_planned", asked=evaluation.question)


def evaluation_measuring(event: Event) -> Iterable[Telling]:
    """Those whom the activity concerns, when the first measurement came in."""
    if "state" not in event.change:
        return ()
    return about_activity(_evaluation(event).activity, "evaluation_measuring")


def evaluated(event: Event) -> Iterable[Telling]:
    """Those whom the activity concerns: what was found out."""
    evaluation = _evaluation(event)
    return about_activity(evaluation.activity, "evaluated", reason=evaluation.conclusion)


def _evaluation(event: Event) -> Evaluation:
    return Evaluation.objects.select_related("activity__idea").get(pk=event.thing_id)


def solution_drafted(event: Event) -> Iterable[Telling]:
    """Those whose idea it began with: somebody writes down what others may reuse."""
    solution = Solution.objects.select_related("activity__idea").get(pk=event.thing_id)
    return about_activity(solution.activity, "solution_drafted") if solution.activity else ()


def published(event: Event) -> Iterable[Telling]:
    """Those whose idea it began with."""
    solution = Solution.objects.select_related("activity__idea").get(pk=event.thing_id)
    if solution.activity is None:
        return ()
    return about_activity(solution.activity, "published", also=(("solution", solution.pk),))


def retired(event: Event) -> Iterable[Telling]:
    """Those who took it up, who keep it without anybody looking after it; and its givers."""
    solution = Solution.objects.select_related("activity__idea").get(pk=event.thing_id)
    facts = {"title": solution.title, "reason": event.reason}
    for adoption in solution.adoptions.exclude(state="stopped"):
        yield Telling(adoption.contact_id, "retired", "adoption", adoption.pk, facts)
    if solution.activity is not None:
        yield from about_activity(
            solution.activity, "no_longer_offered",
            also=(("solution", solution.pk),), reason=event.reason,
        )  # fmt: skip


def adoption_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """Those who made a solution, and whoever looks after its use elsewhere."""

    def tell(event: Event) -> Iterable[Telling]:
        adoption = Adoption.objects.select_related("solution__activity__idea", "organisation").get(
            pk=event.thing_id
        )
        solution = adoption.solution
        facts = {
            "title": solution.title,
            "organisation": adoption.organisation.name,
            "state": event.change["state"][1],
            "reason": event.reason,
        }
        if solution.activity is not None:
            yield Telling(solution.activity.owner_id, subject, "solution", solution.pk, facts)
            for person, important in idea_people(solution.activity.idea).items():
                yield Telling(
                    person, subject, "idea", solution.activity.idea_id, facts,
                    important and subject == "in_use", (("adoption", adoption.pk),),
                )  # fmt: skip
            for person in sorted(followers_of(solution.activity)):
                yield Telling(
                    person, subject, "solution", solution.pk, facts, False,
                    (("adoption", adoption.pk),),
                )  # fmt: skip
        yield Telling(adoption.contact_id, subject, "adoption", adoption.pk, facts)

    return tell
