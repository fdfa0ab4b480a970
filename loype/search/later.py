"""Tells those who handed an idea in when somebody else turns out to have the same, later on.

What waits is known from the rows themselves: a text is looked at when its words or its readers
differ from what `LaterCheck` says was looked at. What was told is told once (`LaterMatch`), so a
run that dies half-way, or comes twice, tells nothing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from loype.accounts.models import Person
from loype.bodies.loading import load_actor
from loype.history.actions import record
from loype.ideas.models import CoAuthor, Idea, Support
from loype.ideas.states import WAITING
from loype.organisations.actor import HOUSE
from loype.organisations.labels import Role
from loype.organisations.models import Membership
from loype.portfolio.models import Activity
from loype.search.asking import asked
from loype.search.candidates import gather
from loype.search.labels import Band
from loype.search.meaning import current_meaning
from loype.search.models import LaterCheck, LaterMatch, SameNeed, SearchText
from loype.search.ranking import rank
from loype.search.vectors import current_number, kept_vectors
from loype.spread.models import Solution

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

MOST_AT_ONCE = 1_000
MOST_NEIGHBOURS = 40
REMEMBERED = timedelta(days=730)  # after two years, whoever handed it in has long gone on

Thing = tuple[str, int]

_WAITING = """
SELECT t.id, t.kind, t.thing_id, t.changed_at, t.audience
FROM search_text t LEFT JOIN search_later_check c ON c.text_id = t.id
    JOIN organisations_organisation o ON o.id = t.organisation_id
WHERE t.is_comparable AND t.analysed_by <> ''
    AND (t.embedded_by = %(embedder)s OR %(is_outside)s AND NOT o.sends_text_outside)
    AND (c.text_id IS NULL
        OR (c.changed_at, c.audience) IS DISTINCT FROM (t.changed_at, t.audience))
ORDER BY t.id LIMIT %(most)s
"""


class Waiting(NamedTuple):
    """A text as it stood when it was taken up."""

    text_id: int
    kind: str
    thing_id: int
    changed_at: datetime
    audience: list[int]


@dataclass(frozen=True)
class Match:
    """Something that turned up, for somebody who has the same."""

    person_id: int
    thing: Thing


def tell_later_matches(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Look whether texts that are new, changed or shared with more readers are the same as ideas
    handed in before, and tell of it; how many texts were looked at."""
    meaning = current_meaning()
    embedder = current_number(meaning.name) if meaning else 0
    if embedder is None:
        return 0  # vectors are being made anew; what turns up meanwhile waits until they answer
    batch = _waiting(embedder, is_outside=bool(meaning and meaning.is_outside), most=most)
    vectors = kept_vectors([one.text_id for one in batch], number=embedder) if meaning else {}
    found: dict[int, set[Thing]] = defaultdict(set)
    for one in batch:
        for idea_id in _same_as(one, vector=vectors.get(one.text_id)):
            found[idea_id].add((one.kind, one.thing_id))
    for idea_id, things in found.items():
        _tell(idea_id, things, at=at)
    _remember(batch)
    return len(batch)


def _waiting(embedder: int, *, is_outside: bool, most: int) -> list[Waiting]:
    """What waits and is read; what never leaves this machine is compared by its words."""
    asked = {"embedder": embedder, "is_outside": is_outside, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, asked)
        return [Waiting(*row) for row in cursor.fetchall()]


def _same_as(one: Waiting, *, vector: NDArray[float32] | None) -> list[int]:
    """Ideas that are the same need as a text, whoever may read them."""
    text = SearchText.objects.filter(pk=one.text_id).defer("tokens").first()
    if text is None:
        return []
    question = asked(
        f"{text.title}. {text.body}",
        language=text.language,
        by_meaning=vector is not None,
        is_own_text=True,
    )
    pool = gather(
        question,
        actor=HOUSE,
        wanted={"kind": ["idea"]},
        only_comparable=True,
        exclude=(one.kind, one.thing_id),
        most=MOST_NEIGHBOURS,
        vector=vector,
    )
    return [hit.candidate.thing_id for hit in rank(question, pool) if hit.band == Band.SAME]


@transaction.atomic
def _tell(idea_id: int, things: Iterable[Thing], *, at: datetime) -> None:
    """Note what each of those concerned is told, once; one account for all of it."""
    rows = Idea.objects.select_for_update(of=("self",)).defer("words")
    idea = rows.filter(pk=idea_id, submitted_at__gte=at - REMEMBERED).first()
    if idea is None:
        return
    known = set(LaterMatch.objects.filter(idea=idea).values_list("person_id", "kind", "thing_id"))
    fresh = [
        match
        for match in _matches(idea, _of_others(idea, things), at=at)
        if (match.person_id, *match.thing) not in known
    ]
    if not fresh:
        return
    event = record(
        "find_later", thing=idea, actor=HOUSE, at=at, organisation_id=idea.organisation_id,
        change={"count": len({match.thing for match in fresh})},
    )  # fmt: skip
    LaterMatch.objects.bulk_create(
        LaterMatch(
            idea=idea,
            kind=match.thing[0],
            thing_id=match.thing[1],
            person_id=match.person_id,
            event_id=event.pk,
            told_at=at,
        )
        for match in fresh
    )


def _of_others(idea: Idea, things: Iterable[Thing]) -> list[Thing]:
    """Without what became of the idea itself, and what a council said is not the same."""
    own: set[Thing] = set()
    opened = Activity.objects.filter(idea=idea).values_list("pk", "solution__pk")
    for activity, solution in opened:
        own |= {("activity", activity), ("solution", solution)}
    pairs = SameNeed.objects.filter(Q(idea_a=idea) | Q(idea_b=idea), state="dismissed")
    for first, second in pairs.values_list("idea_a_id", "idea_b_id"):
        own.add(("idea", second if first == idea.pk else first))
    return sorted(set(things) - own)


def _matches(idea: Idea, things: Sequence[Thing], *, at: datetime) -> list[Match]:
    """Who hears of what: only of what they may read now, and did not make or support themselves."""
    makers = _makers(things)
    found = []
    for person, of_interest in _people(idea, things, at=at).items():
        news = [thing for thing in of_interest if person.pk not in makers.get(thing, ())]
        found += [Match(person.pk, thing) for thing in _readable(person, news, at=at)]
    return found


def _people(idea: Idea, things: Sequence[Thing], *, at: datetime) -> dict[Person, Sequence[Thing]]:
    """Those who wrote it hear of everything; its council, while it waits, of what was built."""
    writers = set(CoAuthor.objects.filter(idea=idea).values_list("person_id", flat=True))
    if idea.giver_id:
        writers.add(idea.giver_id)
    built = [thing for thing in things if thing[0] != "idea"]  # of ideas, `needs` tells councils
    council: set[int] = set()
    if built and idea.state in WAITING:
        roles = (Role.COUNCIL_SECRETARY, Role.DECIDER)
        held = Membership.objects.filter(organisation=idea.organisation_id, role__in=roles)
        council = set(held.on(at.date()).values_list("person_id", flat=True)) - writers
    people = Person.objects.filter(pk__in=writers | council, is_active=True).order_by("pk")
    return {person: things if person.pk in writers else built for person in people}


def _makers(things: Sequence[Thing]) -> Mapping[Thing, set[int]]:
    """Who made or supports each thing: it is no news to them."""
    made: dict[Thing, set[int]] = defaultdict(set)
    ideas = [number for kind, number in things if kind == "idea"]
    for number, giver in Idea.objects.filter(pk__in=ideas).values_list("pk", "giver_id"):
        made["idea", number].add(giver or 0)
    for rows in (CoAuthor.objects.all(), Support.objects.all()):
        for number, person in rows.filter(idea__in=ideas).values_list("idea_id", "person_id"):
            made["idea", number].add(person)
    activities = [number for kind, number in things if kind == "activity"]
    for number, owner in Activity.objects.filter(pk__in=activities).values_list("pk", "owner_id"):
        made["activity", number].add(owner)
    solutions = [number for kind, number in things if kind == "solution"]
    owners = Solution.objects.filter(pk__in=solutions).values_list("pk", "activity__owner_id")
    for number, owner in owners:
        made["solution", number].add(owner or 0)
    return made


def _readable(person: Person, things: Sequence[Thing], *, at: datetime) -> list[Thing]:
    if not things:
        return []
    actor = load_actor(person.pk, name=person.name, day=at.date())
    any_of = Q()
    for kind, number in things:
        any_of |= Q(kind=kind, thing_id=number)
    rows = SearchText.objects.visible_to(actor).filter(any_of, is_comparable=True)
    return sorted(rows.values_list("kind", "thing_id"))


def _remember(batch: Sequence[Waiting]) -> None:
    """As they stood when they were read: what changed meanwhile waits again."""
    ids = [one.text_id for one in batch]
    still = set(SearchText.objects.filter(pk__in=ids).values_list("pk", flat=True))
    LaterCheck.objects.bulk_create(
        [
            LaterCheck(text_id=one.text_id, changed_at=one.changed_at, audience=one.audience)
            for one in batch
            if one.text_id in still
        ],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["changed_at", "audience"],
    )
