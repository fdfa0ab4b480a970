"""Looks for the same need among what changed since it was last looked at; safe to run at any time.

What waits is known from the rows themselves, not from jobs: a text is looked at when it differs
from what `SameNeedCheck` says was looked at. A run that dies half-way leaves the rest waiting; two
runs at once find the same pairs and keep each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import exp, log
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q

from loype.councils.models import Decision
from loype.history.actions import record
from loype.ideas.models import Idea
from loype.organisations.actor import HOUSE
from loype.search.meaning import current_meaning
from loype.search.models import SameNeed, SameNeedCheck, SearchText
from loype.search.needs.actions import drop_proposal, propose_pair
from loype.search.needs.evidence import digest_of, evidence_of
from loype.search.pairs import near_pairs
from loype.search.ranking import BY_WORDS
from loype.search.vectors import current_number

BATCH = 40
MOST_AT_ONCE = 10_000
MOST_PAIRS = 10  # of one text, with one circle of readers: a title said a thousand times stays few

_WAITING = """
SELECT t.id, t.thing_id, t.embedded_by, t.changed_at, t.audience
FROM search_text t LEFT JOIN search_same_need_check c ON c.text_id = t.id
    JOIN organisations_organisation o ON o.id = t.organisation_id
WHERE t.kind = 'idea' AND t.is_comparable AND t.analysed_by <> ''
    AND (t.embedded_by = %(embedder)s OR %(is_outside)s AND NOT o.sends_text_outside)
    AND (%(only)s::bigint[] IS NULL OR t.thing_id = ANY(%(only)s))
    AND (c.text_id IS NULL OR (c.embedded_by, c.changed_at, c.audience)
        IS DISTINCT FROM (t.embedded_by, t.changed_at, t.audience))
ORDER BY t.id LIMIT %(most)s
"""


class Waiting(NamedTuple):
    """A text as it stood when it was taken up."""

    text_id: int
    idea_id: int
    embedded_by: int
    changed_at: datetime
    audience: list[int]


def check_needs(
    *, at: datetime, idea_ids: Iterable[int] | None = None, most: int = MOST_AT_ONCE
) -> int:
    """Propose pairs for the ideas that changed (or for those of them that are named); how many
    texts were looked at."""
    meaning = current_meaning()
    name = meaning.name if meaning else ""
    embedder = current_number(name) if meaning else 0
    if embedder is None:
        return 0  # vectors are being made anew; what changes meanwhile waits until they answer
    is_outside = bool(meaning and meaning.is_outside)
    weights = meaning.calibration.weights if meaning else BY_WORDS
    only = None if idea_ids is None else sorted(idea_ids)
    done = 0
    while done < most:
        size = min(BATCH, most - done)
        batch = _waiting(embedder, only=only, is_outside=is_outside, most=size)
        if not batch:
            break
        _check(batch, least=least_of(weights), name=name, at=at)
        done += len(batch)
    return done


def least_of(weights: Mapping[str, float]) -> float:
    """From where on a pair is proposed: half-way from related to similar, in log odds. A council
    that looks at one pair too many loses a minute, one that misses its twin decides alone."""
    middle = (_log_odds(weights["related"]) + _log_odds(weights["similar"])) / 2
    return 1 / (1 + exp(-middle))


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


def _waiting(
    embedder: int, *, only: list[int] | None, is_outside: bool, most: int
) -> list[Waiting]:
    """What waits and is read; what never leaves this machine is compared by its words."""
    asked = {"embedder": embedder, "only": only, "is_outside": is_outside, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, asked)
        return [Waiting(*row) for row in cursor.fetchall()]


def _check(batch: Sequence[Waiting], *, least: float, name: str, at: datetime) -> None:
    near = near_pairs([one.text_id for one in batch], actor=HOUSE, least=least)
    named = {text for one, other, _ in near for text in (one, other)}
    texts = SearchText.objects.defer("tokens").in_bulk(named | {one.text_id for one in batch})
    ideas = Idea.objects.defer("words").in_bulk({text.thing_id for text in texts.values()})
    for one, other, probability in _strongest(near, texts):
        _propose(texts[one], texts[other], probability, ideas=ideas, name=name, at=at)
    _drop_stale(batch, ideas=ideas, near=_idea_pairs(near, texts), at=at)
    _remember(batch, at=at)


def _strongest(
    near: Iterable[tuple[int, int, float]], texts: dict[int, SearchText]
) -> list[tuple[int, int, float]]:
    """The strongest of each text, counted apart for each circle of readers: what some may not read
    must not push out what they may."""
    circles: dict[tuple[int, ...], list[tuple[int, int, float]]] = {}
    for one, other, probability in near:
        if one in texts and other in texts:
            circle = (one, *texts[other].audience)
            circles.setdefault(circle, []).append((one, other, probability))
    return [
        pair
        for pairs in circles.values()
        for pair in sorted(pairs, key=lambda pair: (-pair[2], pair[1]))[:MOST_PAIRS]
    ]


def _propose(
    one: SearchText,
    other: SearchText,
    probability: float,
    *,
    ideas: dict[int, Idea],
    name: str,
    at: datetime,
) -> None:
    first, second = sorted((one, other), key=lambda text: text.thing_id)
    if first.thing_id in ideas and second.thing_id in ideas:
        propose_pair(
            ideas[first.thing_id],
            ideas[second.thing_id],
            probability=probability,
            evidence=evidence_of(first, second),
            embedder=name[:60],
            at=at,
        )


def _idea_pairs(
    near: Iterable[tuple[int, int, float]], texts: dict[int, SearchText]
) -> set[tuple[int, int]]:
    things = {pk: text.thing_id for pk, text in texts.items()}
    known = ((things[one], things[other]) for one, other, _ in near if {one, other} <= set(things))
    return {(min(pair), max(pair)) for pair in known}


def _drop_stale(
    batch: Sequence[Waiting], *, ideas: dict[int, Idea], near: set[tuple[int, int]], at: datetime
) -> None:
    """Proposals about texts that were changed and are not alike any more."""
    mine = [one.idea_id for one in batch]
    for pair in SameNeed.objects.unanswered().filter(Q(idea_a__in=mine) | Q(idea_b__in=mine)):
        if (pair.idea_a_id, pair.idea_b_id) in near:
            continue
        sides = ((pair.idea_a_id, pair.digest_a), (pair.idea_b_id, pair.digest_b))
        if any(pk in ideas and digest_of(ideas[pk]) != digest for pk, digest in sides):
            drop_proposal(pair, at=at)


def _remember(batch: Sequence[Waiting], *, at: datetime) -> None:
    """As they stood when they were read: what changed meanwhile waits again."""
    still = set(
        SearchText.objects.filter(pk__in=[one.text_id for one in batch]).values_list(
            "pk", flat=True
        )
    )
    SameNeedCheck.objects.bulk_create(
        [
            SameNeedCheck(
                text_id=one.text_id,
                embedded_by=one.embedded_by,
                changed_at=one.changed_at,
                audience=one.audience,
            )
            for one in batch
            if one.text_id in still
        ],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["embedded_by", "changed_at", "audience"],
    )


def settle_merged(*, at: datetime) -> int:
    """Pairs whose ideas a council merged in a meeting are merged, and no longer if it took that
    back; how many changed."""
    into = Q(idea_a__merged_into=F("idea_b")) | Q(idea_b__merged_into=F("idea_a"))
    merged = SameNeed.objects.filter(into).exclude(state="merged")
    parted = SameNeed.objects.filter(state="merged").exclude(
        idea_a__merged_into__isnull=False, idea_a__merged_into=F("idea_b")
    ).exclude(idea_b__merged_into__isnull=False, idea_b__merged_into=F("idea_a"))  # fmt: skip
    changed = [_settle(pair, "merged", at=at) for pair in merged.with_ideas()]
    changed += [_settle(pair, "confirmed", at=at) for pair in parted.with_ideas()]
    return sum(changed)


@transaction.atomic
def _settle(pair: SameNeed, state: str, *, at: datetime) -> bool:
    found = SameNeed.objects.select_for_update().get(pk=pair.pk)
    if found.state == state:
        return False
    before = found.state
    gone = pair.idea_a if pair.idea_a.merged_into_id == pair.idea_b_id else pair.idea_b
    decision = Decision.objects.filter(case__idea=gone, in_force=True).first()
    found.state, found.relation, found.is_turned = state, "", False
    found.answered_by_id = decision.decided_by_id if decision else found.answered_by_id
    found.answered_at = decision.decided_at if decision else found.answered_at or at
    found.version += 1
    found.save()
    record(
        "settle_same_need", thing=found, actor=HOUSE, at=at, organisation_id=None, follow=False,
        change={"ideas": [found.idea_a_id, found.idea_b_id], "state": [before, state]},
    )  # fmt: skip
    return True
