"""Who hears of what happens to an idea until it is decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from loype.accounts.models import Person
from loype.bodies.models import Meeting
from loype.councils.models import AgendaItem, Case, Decision
from loype.councils.states import OPEN_CASE
from loype.history.models import Event
from loype.ideas.models import Comment, Idea
from loype.kernel.calendar import day_in
from loype.notices.kinds import NoticeKind
from loype.notices.telling import Telling, role_holders
from loype.organisations.labels import Role
from loype.trail.standing import promised_days


def idea_people(idea: Idea) -> dict[int, bool]:
    """The giver and co-authors (important to them) and followers (not)."""
    people = dict.fromkeys(idea.follows.values_list("person_id", flat=True), False)
    people |= dict.fromkeys(idea.co_authors.values_list("person_id", flat=True), True)
    if idea.giver_id:
        people[idea.giver_id] = True
    return people


def about_idea(
    idea: Idea, subject: str, *, also: tuple[tuple[str, int], ...] = (), **facts: Any
) -> Iterable[Telling]:
    """Everybody who wrote or follows an idea."""
    told = {"title": idea.title, "case": idea.case_number, **facts}
    for person, important in idea_people(idea).items():
        yield Telling(person, subject, "idea", idea.pk, told, important, also)


def submitted(event: Event) -> Iterable[Telling]:
    """The giver gets a receipt; those who prepare the queue hear of a new case."""
    idea = Idea.objects.select_related("organisation").get(pk=event.thing_id)
    organisation = idea.organisation
    promise = promised_days(organisation, handed_in=day_in(event.at, organisation.time_zone))
    facts = {
        "title": idea.title,
        "case": idea.case_number,
        "responsible_by": promise.responsible.isoformat(),
        "decision_by": promise.decision.isoformat(),
    }
    if idea.giver_id:
        yield Telling(idea.giver_id, "receipt", "idea", idea.pk, facts)
    holders = role_holders(organisation.pk, (Role.COUNCIL_SECRETARY, Role.DECIDER), event.at)
    for person in holders:
        yield Telling(
            person, "new_in_queue", "idea", idea.pk, {"title": idea.title}, is_important=False
        )


def co_author(event: Event) -> Iterable[Telling]:
    """Whoever is named as co-author."""
    idea = Idea.objects.get(pk=event.thing_id)
    facts = {"title": idea.title}
    yield Telling(event.change["person"], "co_author", "idea", idea.pk, facts)


def supported(event: Event) -> Iterable[Telling]:
    """Those who wrote the idea, and those who follow it."""
    idea = Idea.objects.get(pk=event.thing_id)
    return about_idea(idea, "supported", who=doer_name(event))


def commented(event: Event) -> Iterable[Telling]:
    """Those who are mentioned, those who wrote the idea or follow it, and the responsible."""
    comment = Comment.objects.select_related("idea").get(pk=event.change["comment"])
    idea = comment.idea
    who = "" if idea.is_anonymous and event.acting_as == "giver" else doer_name(event)
    facts = {"title": idea.title, "who": who}
    for person in comment.mentions.values_list("person_id", flat=True):
        yield Telling(person, "mentioned", "idea", idea.pk, facts)
    yield from about_idea(idea, "commented", who=who)
    responsible = Case.objects.filter(idea=idea).values_list("responsible_id", flat=True).first()
    if responsible:
        yield Telling(responsible, "commented", "idea", idea.pk, facts, is_important=False)


def withdrawn(event: Event) -> Iterable[Telling]:
    """The responsible, led to the closed case, and the co-authors.

    Only those who wrote the idea can read it from now on.
    """
    idea = Idea.objects.get(pk=event.thing_id)
    facts = {"title": idea.title, "reason": event.reason}
    for author in idea.co_authors.values_list("person_id", flat=True):
        yield Telling(author, "withdrawn", "idea", idea.pk, facts, kind=NoticeKind.MINE)
    case = Case.objects.filter(idea=idea).first()
    if case is not None and case.responsible_id:
        yield Telling(case.responsible_id, "withdrawn", "case", case.pk, facts)


def responsible(event: Event) -> Iterable[Telling]:
    """Whoever is responsible now, and those who wait for that."""
    idea = Idea.objects.get(pk=event.change["idea"])
    new = event.change["responsible"][1]
    facts = {"title": idea.title, "case": idea.case_number}
    yield Telling(new, "you_are_responsible", "idea", idea.pk, facts)
    yield from about_idea(idea, "responsible_appointed")


def on_agenda(event: Event) -> Iterable[Telling]:
    """Those who wrote the idea hear when the council meets; followers, that it will."""
    idea = Idea.objects.select_related("organisation").get(pk=event.change["idea"])
    meeting = Meeting.objects.filter(pk=event.change.get("meeting")).first()
    for telling in about_idea(idea, "on_agenda"):
        if meeting is not None and telling.is_important:
            there = meeting.starts_at.astimezone(ZoneInfo(idea.organisation.time_zone))
            telling.facts = {**telling.facts, "meets_on": there.date().isoformat()}
        yield telling


def off_agenda(event: Event) -> Iterable[Telling]:
    """Those who wait for a case that was taken off the agenda: it is back in the queue."""
    case = Case.objects.select_related("idea").get(pk=event.thing_id)
    return about_idea(case.idea, "off_agenda") if case.state in OPEN_CASE else ()


def not_treated(event: Event) -> Iterable[Telling]:
    """Those who wait for what a meeting did not come to: it is back in the queue."""
    released = AgendaItem.objects.filter(
        meeting=event.thing_id, removed_at=event.at, case__state__in=OPEN_CASE
    )
    for item in released.select_related("case__idea").order_by("pk"):
        assert item.case is not None
        yield from about_idea(item.case.idea, "off_agenda")


def decided(event: Event) -> Iterable[Telling]:
    """Those who wrote the idea or follow it, with the reasons, as long as they may read those."""
    decision = Decision.objects.select_related("case__idea").get(pk=event.thing_id)
    told = {key: event.change[key] for key in ("outcome", "form", "course")}
    told["lead"] = event.change.get("lead", "")
    also = (("decision", decision.pk),)
    yield from about_idea(decision.case.idea, "decided", also=also, reason=decision.reasons, **told)


def doer_name(event: Event) -> str:
    """Who did it."""
    return (
        Person.objects.filter(pk=event.person_id or 0).values_list("name", flat=True).first() or ""
    )
