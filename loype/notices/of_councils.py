"""Who hears of councils: their meetings, their seats, and what they ask one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from loype.bodies.models import Meeting, Reply, Term
from loype.councils.models import JointInvitation, Round
from loype.history.models import Event
from loype.notices.of_ideas import not_treated
from loype.notices.telling import Telling, council_people


def council_invited(event: Event) -> Iterable[Telling]:
    """The council that is asked."""
    invitation = JointInvitation.objects.select_related(
        "decision__case__idea", "decision__organisation"
    ).get(pk=event.thing_id)
    facts = {
        "title": invitation.decision.case.idea.title,
        "organisation": invitation.decision.organisation.name,
    }
    for person in council_people(invitation.organisation_id, event.at):
        yield Telling(person, "council_invited", "joint_invitation", invitation.pk, facts)


def council_answered(event: Event) -> Iterable[Telling]:
    """The council that asked, and whoever is responsible there."""
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
    for person in people:
        yield Telling(person, "council_answered", "joint_invitation", invitation.pk, facts)
    if decision.responsible_id and decision.responsible_id not in people:
        # Invitations are the councils' own; the responsible reads the decision that asked.
        yield Telling(decision.responsible_id, "council_answered", "decision", decision.pk, facts)


def when_and_where(meeting: Meeting) -> dict[str, str]:
    """A meeting as its notices tell of it, by the clock of its organisation."""
    facts = {"organisation": meeting.body.name}
    if meeting.answer_by is not None:
        return facts | {"answer_by": meeting.answer_by.isoformat()}
    begins = meeting.starts_at.astimezone(ZoneInfo(meeting.organisation.time_zone))
    return facts | {
        "day": begins.date().isoformat(),
        "time": begins.strftime("%H:%M"),
        "place": meeting.place,
    }


def meeting_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """Those who hold a called seat on the day it meets; the deputies of those who cannot come."""

    def tell(event: Event) -> Iterable[Telling]:
        meeting = Meeting.objects.select_related("body", "organisation").get(pk=event.thing_id)
        facts = when_and_where(meeting) | {"reason": event.reason}
        replies = dict(meeting.calls.values_list("seat_id", "reply"))
        terms = Term.objects.on(meeting.starts_at.date()).filter(seat__in=list(replies))
        comes = {
            term.person_id
            for term in terms
            if not term.is_deputy or replies[term.seat_id] == Reply.ABSENT
        }
        for person in sorted(comes):
            yield Telling(person, subject, "meeting", meeting.pk, facts)

    return tell


def round_opened(event: Event) -> Iterable[Telling]:
    """Those with a vote on the council that assesses, but not whoever opened the round."""
    opened = Round.objects.select_related("organisation").get(pk=event.thing_id)
    facts = {"title": opened.name, "organisation": opened.organisation.name}
    voting = Term.objects.on(event.at.date()).filter(seat__has_vote=True)
    held = voting.filter(seat__body=opened.body_id)
    for person in set(held.values_list("person_id", flat=True)) - {event.person_id}:
        yield Telling(person, "round_opened", "assessment_round", opened.pk, facts)


def round_closed(event: Event) -> Iterable[Telling]:
    """The same people hear that it is over and how far apart they lie, never who said what."""
    closed = Round.objects.select_related("profile").get(pk=event.thing_id)
    facts = {
        "title": closed.name,
        "count": event.change["handed_in"],
        "spread": event.change.get("spread", {}),
        "scale": [closed.profile.lowest, closed.profile.highest],
    }
    held = Term.objects.on(event.at.date()).filter(seat__body=closed.body_id)
    for person in sorted(set(held.values_list("person_id", flat=True))):
        yield Telling(person, "round_closed", "assessment_round", closed.pk, facts)


def deputy_called(event: Event) -> Iterable[Telling]:
    """The deputy of a member who cannot come."""
    if event.change["reply"] != Reply.ABSENT:
        return
    meetings = Meeting.objects.select_related("body", "organisation")
    meeting = meetings.get(pk=event.change["meeting"])
    day = meeting.starts_at.date()
    deputies = Term.objects.filter(
        seat=event.change["seat"], is_deputy=True, from_date__lte=day
    ).on_or_after(day)
    for person in deputies.values_list("person_id", flat=True):
        yield Telling(person, "deputy_called", "meeting", meeting.pk, when_and_where(meeting))


def called_off(event: Event) -> Iterable[Telling]:
    """Those who were called, and those whose ideas lay on the agenda."""
    yield from meeting_teller("meeting_cancelled")(event)
    yield from not_treated(event)


def seated(event: Event) -> Iterable[Telling]:
    """Whoever got a seat."""
    term = Term.objects.select_related("seat__body").get(pk=event.thing_id)
    body = term.seat.body
    place = "council" if body.is_council else "body"  # which page it leads to
    yield Telling(term.person_id, "seated", place, body.pk, {"organisation": body.name})
