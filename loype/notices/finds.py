"""Who hears of what search found: news of a kept search, the same need elsewhere, later matches.

Each is told only of what they may read at the moment of telling.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.history.models import Event
from loype.ideas.models import Idea
from loype.ideas.states import WAITING
from loype.kernel.clock import now
from loype.notices.telling import Telling, council_people, role_holders
from loype.organisations.labels import Role
from loype.organisations.models import FederationMembership
from loype.search.compared import compared
from loype.search.models import ContactRequest, LaterMatch, SameNeed, SearchText
from loype.search.saved.models import SavedSearch

MOST_NAMED = 20  # of what a saved search found


def found_new(event: Event) -> Iterable[Telling]:
    """Whoever kept the search, of what they may still read today."""
    saved = SavedSearch.objects.select_related("person").filter(pk=event.thing_id).first()
    if saved is None:
        return
    person = saved.person
    actor = load_actor(person.pk, name=person.name, day=now().date())
    texts = SearchText.objects.visible_to(actor).filter(pk__in=event.change["texts"])
    found = {text.pk: text for text in texts.select_related("organisation").defer("tokens")}
    ordered = [found[pk] for pk in event.change["texts"] if pk in found]
    if ordered:
        named = [
            {
                "title": text.title,
                "kind": text.kind,
                "id": text.thing_id,
                "organisation": text.organisation.name,
            }
            for text in ordered[:MOST_NAMED]
        ]
        facts = {"title": saved.name, "count": len(ordered), "found": named}
        yield Telling(person.pk, "found_new", "saved_search", saved.pk, facts)


def found_later(event: Event) -> Iterable[Telling]:
    """Those who have the same, each of what they may still read when they are told."""
    idea = Idea.objects.filter(pk=event.thing_id).defer("words").first()
    matches = LaterMatch.objects.filter(event_id=event.pk).select_related("person").order_by("pk")
    by_person: dict[Person, list[LaterMatch]] = {}
    for match in matches if idea else ():
        by_person.setdefault(match.person, []).append(match)
    for person, found in by_person.items():
        assert idea is not None
        actor = load_actor(person.pk, name=person.name, day=now().date())
        things = compared(((one.kind, one.thing_id) for one in found), actor=actor)
        if things:
            named = [
                {
                    "title": one.title,
                    "kind": one.kind,
                    "id": one.thing_id,
                    "organisation": one.organisation,
                }
                for one in things
            ]
            facts = {"title": idea.title, "count": len(things), "found": named}
            wrote = person.pk == idea.giver_id
            yield Telling(person.pk, "found_later", "idea", idea.pk, facts, is_important=wrote)


def contact_asked(event: Event) -> Iterable[Telling]:
    """Whoever answers for the organisation hears who looks for the same, and what they wrote."""
    request = (
        ContactRequest.objects.select_related("asker", "asker_organisation")
        .filter(pk=event.thing_id)
        .first()
    )
    if request is None:
        return
    facts = {
        "who": request.asker.name,
        "organisation": request.asker_organisation.name,
        "email": request.asker.email,
        "words": request.words,
    }
    roles = (Role.ADMINISTRATOR, Role.COUNCIL_SECRETARY)
    for person in role_holders(request.organisation_id, roles, event.at):
        yield Telling(person, "contact_asked", "contact_request", request.pk, facts)


def same_need(event: Event) -> Iterable[Telling]:
    """Both councils and the federation that both belong to, while one of them has not decided."""
    pairs = SameNeed.objects.unanswered().across().with_ideas()
    pair = pairs.filter(pk=event.thing_id).first()
    if pair is None or not _is_before_a_decision(pair):
        return
    sides = ((pair.idea_a, pair.idea_b), (pair.idea_b, pair.idea_a))
    for own, other in sides:
        facts = _of_a_pair(own, other)
        for person in council_people(own.organisation_id, event.at):
            yield Telling(person, "same_need", "same_need", pair.pk, facts)
    for person in _coordinators(sides[0], event.at):
        yield Telling(person, "same_need", "same_need", pair.pk, _of_a_pair(*sides[0]))


def _is_before_a_decision(pair: SameNeed) -> bool:
    """Whether a council still decides on either, and it was handed in here: a whole register that
    was imported is looked through in the list."""
    return any(idea.state in WAITING and not idea.source for idea in (pair.idea_a, pair.idea_b))


def _of_a_pair(own: Idea, other: Idea) -> dict[str, Any]:
    return {"title": own.title, "organisation": other.organisation.name, "other": other.title}


def _coordinators(ideas: Iterable[Idea], at: datetime) -> set[int]:
    """Who coordinates a federation that all these ideas' organisations belong to."""
    members = FederationMembership.objects.on(at.date())
    shared: set[int] | None = None
    for idea in ideas:
        found = members.filter(organisation=idea.organisation_id)
        mine = set(found.values_list("federation__coordinator_id", flat=True))
        shared = mine if shared is None else shared & mine
    people = (role_holders(one, (Role.COORDINATOR,), at) for one in shared or ())
    return set().union(*people)
