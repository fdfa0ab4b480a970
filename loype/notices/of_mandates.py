"""Who hears that a mandate must be confirmed, and what a sitting answered."""

from __future__ import annotations

from collections.abc import Iterable

from loype.history.models import Event
from loype.notices.telling import Telling, council_people, role_holders
from loype.organisations.labels import Role
from loype.organisations.models import Organisation
from loype.portfolio.mandates.labels import Confirming
from loype.portfolio.models import Activity


def mandate_asked(event: Event) -> Iterable[Telling]:
    """Whoever leads the activity."""
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title}
    yield Telling(activity.owner_id, "mandate_asked", "activity", activity.pk, facts)


def part_asked(event: Event) -> Iterable[Telling]:
    """Whoever leads the activity: another of its owners has a new political body."""
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {"title": activity.title, "organisation": _asked_in(event).name}
    yield Telling(activity.owner_id, "part_asked", "activity", activity.pk, facts)


def part_answered(event: Event) -> Iterable[Telling]:
    """Whoever leads the activity; who leaves is told to all by their leaving."""
    if event.change["answer"] == Confirming.ENDED:
        return
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {
        "title": activity.title,
        "organisation": _asked_in(event).name,
        "confirming": event.change["answer"],
        "reason": event.reason,
    }
    yield Telling(activity.owner_id, "part_answered", "activity", activity.pk, facts)


def _asked_in(event: Event) -> Organisation:
    """The co-owner whose political body was chosen anew."""
    assert event.organisation_id is not None  # it is asked and answered in an organisation
    return Organisation.objects.get(pk=event.organisation_id)


def mandates_asked(event: Event) -> Iterable[Telling]:
    """Those who decide, prepare and administer: once for all activities, not once for each."""
    home = Organisation.objects.get(pk=event.thing_id)
    facts = {"organisation": home.name, "count": event.change["count"]}
    people = council_people(home.pk, event.at)
    people |= role_holders(home.pk, (Role.ADMINISTRATOR,), event.at)
    for person in sorted(people):
        yield Telling(person, "mandates_asked", "mandate_folder", home.pk, facts)


def mandate_answered(event: Event) -> Iterable[Telling]:
    """Whoever leads the activity; that it ended is told to all by its stopping."""
    if event.change["answer"] == Confirming.ENDED:
        return
    activity = Activity.objects.get(pk=event.thing_id)
    facts = {
        "title": activity.title,
        "confirming": event.change["answer"],
        "reason": event.reason,
    }
    yield Telling(activity.owner_id, "mandate_answered", "activity", activity.pk, facts)
