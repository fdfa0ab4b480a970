"""Who should hear of an event, and what about it; nobody hears of what they may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from loype.accounts.models import Person
from loype.bodies.models import Meeting, Term
from loype.councils.models import Case, Decision, JointInvitation
from loype.evaluation.models import Evaluation
from loype.history.models import Event
from loype.ideas.models import Comment, Idea
from loype.kernel.clock import add_working_days
from loype.notices.finds import contact_asked, found_later, found_new, same_need
from loype.notices.telling import Telling, council_people, role_holders
from loype.organisations.labels import Role
from loype.portfolio.models import Activity
from loype.spread.models import Adoption, Solution


def tellings(event: Event) -> list[Telling]:
    """What to tell whom about an event; never to the person who did it, but for receipts."""
    teller = TELLERS.get(event.verb)
    if teller is None:
        return []
    found: dict[int, Telling] = {}
    for telling in teller(event):
        own = telling.person_id == event.person_id and telling.subject != "receipt"
        if not own:
            found.setdefault(telling.person_id, telling)
    return list(found.values())


def _idea_people(idea: Idea) -> dict[int, bool]:
    """The giver and co-authors (important to them) and followers (not)."""
    people = dict.fromkeys(idea.follows.values_list("person_id", flat=True), False)
    people |= dict.fromkeys(idea.co_authors.values_list("person_id", flat=True), True)
    if idea.giver_id:
        people[idea.giver_id] = True
    return people


def _about_idea(idea: Idea, subject: str, **facts: Any) -> Iterable[Telling]:
    told = {"title": idea.title, "case": idea.case_number, **facts}
    for person, important in _idea_people(idea).items():
        yield Telling(person, subject, "idea", idea.pk, told, important)


def _submitted(event: Event) -> Iterable[Telling]:
    idea = Idea.objects.select_related("organisation").get(pk=event.thing_id)
    organisation = idea.organisation
    day = event.at.date()
    facts = {
        "title": idea.title,
        "case": idea.case_number,
        "responsible_by": add_working_days(day, organisation.responsible_days).isoformat(),
        "decision_by": add_working_days(day, organisation.decision_days).isoformat(),
    }
    if idea.giver_id:
        yield Telling(idea.giver_id, "receipt", "idea", idea.pk, facts)
    holders = role_holders(organisation.pk, (Role.COUNCIL_SECRETARY, Role.DECIDER), event.at)
    for person in holders:
        yield Telling(
            person, "new_in_queue", "idea", idea.pk, {"title": idea.title}, is_important=False
        )


def _co_author(event: Event) -> Iterable[Telling]:
    idea = Idea.objects.get(pk=event.thing_id)
    facts = {"title": idea.title}
    yield Telling(event.change["person"], "co_author", "idea", idea.pk, facts)


def _supported(event: Event) -> Iterable[Telling]:
    idea = Idea.objects.get(pk=event.thing_id)
    for telling in _about_idea(idea, "supported", who=_name(event)):
        telling.is_important = False
        yield telling


def _commented(event: Event) -> Iterable[Telling]:
    comment = Comment.objects.select_related("idea").get(pk=event.change["comment"])
    idea = comment.idea
    who = "" if idea.is_anonymous and event.acting_as == "giver" else _name(event)
    facts = {"title": idea.title, "who": who}
    for person in comment.mentions.values_list("person_id", flat=True):
        yield Telling(person, "mentioned", "idea", idea.pk, facts)
    yield from _about_idea(idea, "commented", who=who)
    responsible = Case.objects.filter(idea=idea).values_list("responsible_id", flat=True).first()
    if responsible:
        yield Telling(responsible, "commented", "idea", idea.pk, facts, is_important=False)


def _withdrawn(event: Event) -> Iterable[Telling]:
    """The responsible, led to the closed case: only the giver can read the idea from now on."""
    case = Case.objects.select_related("idea").filter(idea=event.thing_id).first()
    if case is not None and case.responsible_id:
        facts = {"title": case.idea.title, "reason": event.reason}
        yield Telling(case.responsible_id, "withdrawn", "case", case.pk, facts)


def _responsible(event: Event) -> Iterable[Telling]:
    idea = Idea.objects.get(pk=event.change["idea"])
    new = event.change["responsible"][1]
    facts = {"title": idea.title, "case": idea.case_number}
    yield Telling(new, "you_are_responsible", "idea", idea.pk, facts)
    yield from _about_idea(idea, "responsible_appointed")


def _on_agenda(event: Event) -> Iterable[Telling]:
    idea = Idea.objects.get(pk=event.change["idea"])
    yield from _about_idea(idea, "on_agenda")


def _decided(event: Event) -> Iterable[Telling]:
    decision = Decision.objects.select_related("case__idea").get(pk=event.thing_id)
    told = {key: event.change[key] for key in ("outcome", "form", "course")}
    yield from _about_idea(decision.case.idea, "decided", reason=decision.reasons, **told)


def _opened(event: Event) -> Iterable[Telling]:
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title}
    yield Telling(activity.owner_id, "you_lead", "activity", activity.pk, facts)


def _about_activity(
    activity: Activity, subject: str, *, also: tuple[tuple[str, int], ...] = (), **facts: Any
) -> Iterable[Telling]:
    """The owner, and the giver and followers of the idea as far as they may read it."""
    told = {"title": activity.title, **facts}
    yield Telling(activity.owner_id, subject, "activity", activity.pk, told, also=also)
    also = (*also, ("activity", activity.pk))
    for person, important in _idea_people(activity.idea).items():
        yield Telling(person, subject, "idea", activity.idea_id, told, important, also)


def _activity_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    def tell(event: Event) -> Iterable[Telling]:
        activity = Activity.objects.select_related("idea").get(pk=event.thing_id)
        return _about_activity(
            activity, subject, reason=event.reason, light=event.change.get("light", "")
        )

    return tell


def _joined(event: Event) -> Iterable[Telling]:
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title}
    for person in role_holders(event.change["organisation"], (Role.DECIDER,), event.at):
        yield Telling(person, "joined_activity", "activity", activity.pk, facts)


def _evaluated(event: Event) -> Iterable[Telling]:
    evaluation = Evaluation.objects.select_related("activity__idea").get(pk=event.thing_id)
    return _about_activity(evaluation.activity, "evaluated", reason=evaluation.conclusion)


def _published(event: Event) -> Iterable[Telling]:
    solution = Solution.objects.select_related("activity__idea").get(pk=event.thing_id)
    if solution.activity is None:
        return []
    return _about_activity(solution.activity, "published", also=(("solution", solution.pk),))


def _retired(event: Event) -> Iterable[Telling]:
    """Those who took it up: they keep it, but nobody looks after it any more."""
    solution = Solution.objects.get(pk=event.thing_id)
    facts = {"title": solution.title, "reason": event.reason}
    for adoption in solution.adoptions.exclude(state="stopped"):
        yield Telling(adoption.contact_id, "retired", "adoption", adoption.pk, facts)


def _adoption_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
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
            for person, important in _idea_people(solution.activity.idea).items():
                yield Telling(
                    person, subject, "idea", solution.activity.idea_id, facts,
                    important and subject == "in_use", (("adoption", adoption.pk),),
                )  # fmt: skip
        yield Telling(adoption.contact_id, subject, "adoption", adoption.pk, facts)

    return tell


def _council_invited(event: Event) -> Iterable[Telling]:
    invitation = JointInvitation.objects.select_related(
        "decision__case__idea", "decision__organisation"
    ).get(pk=event.thing_id)
    facts = {
        "title": invitation.decision.case.idea.title,
        "organisation": invitation.decision.organisation.name,
    }
    for person in council_people(invitation.organisation_id, event.at):
        yield Telling(person, "council_invited", "joint_invitation", invitation.pk, facts)


def _council_answered(event: Event) -> Iterable[Telling]:
    invitation = JointInvitation.objects.select_related("decision__case__idea", "organisation").get(
        pk=event.thing_id
    )
    facts = {
        "title": invitation.decision.case.idea.title,
        "organisation": invitation.organisation.name,
        "answer": invitation.answer,
        "reason": event.reason,
    }
    decision = invitation.decision
    people = council_people(decision.organisation_id, event.at)
    if decision.responsible_id:
        people.add(decision.responsible_id)
    for person in people:
        yield Telling(person, "council_answered", "joint_invitation", invitation.pk, facts)


def _meeting_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """Those who hold a called seat now."""

    def tell(event: Event) -> Iterable[Telling]:
        meeting = Meeting.objects.select_related("body").get(pk=event.thing_id)
        facts = {"organisation": meeting.body.name, "reason": event.reason}
        seats = meeting.calls.values_list("seat_id", flat=True)
        held = Term.objects.filter(seat__in=seats, to_date=None)
        for person in set(held.values_list("person_id", flat=True)):
            yield Telling(person, subject, "meeting", meeting.pk, facts)

    return tell


def _seated(event: Event) -> Iterable[Telling]:
    term = Term.objects.select_related("seat__body").get(pk=event.thing_id)
    body = term.seat.body
    yield Telling(term.person_id, "seated", "council", body.pk, {"organisation": body.name})


def _name(event: Event) -> str:
    return (
        Person.objects.filter(pk=event.person_id or 0).values_list("name", flat=True).first() or ""
    )


TELLERS: dict[str, Callable[[Event], Iterable[Telling]]] = {
    "submit_idea": _submitted,
    "add_co_author": _co_author,
    "support_idea": _supported,
    "comment_on_idea": _commented,
    "withdraw_idea": _withdrawn,
    "appoint_responsible": _responsible,
    "put_on_agenda": _on_agenda,
    "decide_case": _decided,
    "open_activity": _opened,
    "start_activity": _activity_teller("activity_started"),
    "pause_activity": _activity_teller("activity_paused"),
    "resume_activity": _activity_teller("activity_resumed"),
    "finish_activity": _activity_teller("activity_finished"),
    "stop_activity": _activity_teller("activity_stopped"),
    "report_status": _activity_teller("status_reported"),
    "add_participant": _joined,
    "conclude_evaluation": _evaluated,
    "publish_solution": _published,
    "take_up": _adoption_teller("taken_up"),
    "move_adoption": _adoption_teller("adoption_moved"),
    "confirm_in_use": _adoption_teller("in_use"),
    "stop_adoption": _adoption_teller("adoption_moved"),
    "invite_council": _council_invited,
    "answer_joint_invitation": _council_answered,
    "call_meeting": _meeting_teller("meeting_called"),
    "cancel_meeting": _meeting_teller("meeting_cancelled"),
    "appoint_to_seat": _seated,
    "hand_over_activity": _opened,
    "retire_solution": _retired,
    "find_new": found_new,
    "find_later": found_later,
    "ask_for_contact": contact_asked,
    "propose_same_need": same_need,
}

# Verbs that follow up but tell nobody: those concerned did it themselves, or see it where they
# work. A test holds every other verb to the list above.
SILENT = frozenset(
    {
        "activate_council", "add_seat", "approve_minutes", "close_council", "close_meeting",
        "establish_council", "move_to_phase", "plan_evaluation", "plan_meeting",
        "reach_milestone", "reshape_activity",
    }
)  # fmt: skip
