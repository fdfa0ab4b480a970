"""Who hears of what councils run together, and the week's news from the federation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from loype.accounts.models import Person
from loype.bodies.models import SeatKind, Term
from loype.councils.models import JointTerms
from loype.history.models import Event
from loype.notices.doors import reader
from loype.notices.telling import Telling, council_people, role_holders
from loype.organisations.labels import Role
from loype.organisations.models import Federation, FederationMembership
from loype.trail.works import Wanted, circle_of, works_of

MOST_NAMED = 12
MOST_COUNTED = 200


def terms_teller(subject: str) -> Callable[[Event], Iterable[Telling]]:
    """The councils that have a part in the terms, and who coordinates their federation."""

    def tell(event: Event) -> Iterable[Telling]:
        terms = JointTerms.objects.select_related(
            "joint_case__decision__case__idea", "joint_case__federation", "proposed_for"
        ).get(pk=event.thing_id)
        joint = terms.joint_case
        places = dict(terms.shares.values_list("organisation_id", "organisation__name"))
        facts = {
            "title": joint.decision.case.idea.title,
            "organisation": places.get(event.organisation_id or 0, ""),
            "reason": event.reason,
            "day": event.change.get("leaving", ""),
        }
        people = set().union(*(council_people(place, event.at) for place in places))
        if joint.federation is not None:
            people |= role_holders(joint.federation.coordinator_id, (Role.COORDINATOR,), event.at)
        for person in sorted(people):
            yield Telling(person, subject, "joint_case", joint.pk, facts)

    return tell


def week_of_federation(event: Event) -> Iterable[Telling]:
    """Everybody who works with councils in the federation, each of what they may know themselves;
    nobody of a week without news."""
    federation = Federation.objects.filter(pk=event.thing_id).first()
    if federation is None:
        return
    circle = circle_of(federation.pk, day=event.at.date())
    wanted = Wanted(
        since=datetime.fromisoformat(event.change["since"]),
        until=datetime.fromisoformat(event.change["until"]),
        own=False,
    )
    people = Person.objects.filter(pk__in=_members(federation, at=event.at), is_active=True)
    for person in people.order_by("pk"):
        actor = reader(person, at=event.at)
        works = works_of(circle, wanted, actor=actor, most=MOST_COUNTED)
        named = [
            {
                "title": one.title,
                "kind": one.kind,
                "id": one.id,
                "organisation": one.organisation,
            }
            for one in works
            if one.title
        ]
        if works:
            facts = {
                "title": federation.name,
                "count": len(works),
                "found": named[:MOST_NAMED],
                "since": event.change["since"],
                "until": event.change["until"],
            }
            yield Telling(
                person.pk, "federation_week", "federation", federation.pk, facts,
                is_important=False,
            )  # fmt: skip


def _members(federation: Federation, *, at: datetime) -> set[int]:
    """Who leads, serves or decides for a member's council, sits there for the federation, or
    coordinates it."""
    day = at.date()
    members = FederationMembership.objects.on(day).filter(federation=federation.pk)
    people = role_holders(federation.coordinator_id, (Role.COORDINATOR,), at)
    for organisation in members.values_list("organisation_id", flat=True):
        people |= council_people(organisation, at)
    seated = Term.objects.filter(
        seat__kind=SeatKind.FEDERATION, seat__body__federation=federation.pk,
        seat__body__state="active", seat__closed_date=None, from_date__lte=day,
    )  # fmt: skip
    return people | set(seated.on_or_after(day).values_list("person_id", flat=True))
