"""Groups of needs among what somebody may read: computed when asked for, of nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, TextField

from loype.ideas.states import DECIDED
from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership
from loype.search.analysis.frequency import is_common
from loype.search.meaning import current_meaning
from loype.search.models import SearchText
from loype.search.needs.linkage import groups, merges
from loype.search.needs.naming import Name, Written, names_of
from loype.search.vectors import current_number

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

MOST_IDEAS = 2_000
MOST_WORDS = 2_000  # columns where texts are compared by their words
READ_SIGNS = 1_000
LEAST_BY_WORDS = 0.22
LOOSER = 0.95


@dataclass(frozen=True)
class Need:
    """An idea on the map."""

    idea_id: int
    title: str
    language: str
    state: str
    organisation_id: int
    organisation: str
    happened_at: datetime

    @property
    def is_decided(self) -> bool:
        """Whether a council has settled it."""
        return self.state in DECIDED


@dataclass(frozen=True, eq=False)
class Cluster:
    """Ideas that speak of much the same; `key` is the idea in its middle, by which it is found."""

    key: int
    name: Name
    needs: list[Need]
    centre: NDArray[float32]

    @property
    def organisations(self) -> list[str]:
        """Whose ideas they are, most first."""
        return _most_first(need.organisation for need in self.needs)

    @property
    def languages(self) -> list[str]:
        """The languages they are written in, most first."""
        return _most_first(need.language for need in self.needs)

    @property
    def newest_at(self) -> datetime:
        """When the newest was handed in."""
        return max(need.happened_at for need in self.needs)

    @property
    def decided(self) -> int:
        """How many a council has settled."""
        return sum(need.is_decided for need in self.needs)

    @property
    def open(self) -> int:
        """How many still wait."""
        return len(self.needs) - self.decided


@dataclass(frozen=True)
class NeedMap:
    """All groups of at least two, largest first, and how many ideas stand alone."""

    clusters: list[Cluster]
    alone: int
    total: int
    is_cut: bool
    by_meaning: bool

    def cluster_of(self, idea_id: int) -> Cluster | None:
        """The group that holds an idea."""
        return next(
            (one for one in self.clusters if any(n.idea_id == idea_id for n in one.needs)), None
        )


def map_needs(
    *,
    actor: Actor,
    language: str = "",
    federation: int | None = None,
    organisation: int | None = None,
    most: int = MOST_IDEAS,
) -> NeedMap:
    """Groups among the newest ideas the actor may read; three or four statements."""
    texts = _texts(actor, federation=federation, organisation=organisation, most=most + 1)
    is_cut, texts = len(texts) > most, texts[:most]
    meant = _meant(texts)
    by_meaning = meant is not None
    if meant is not None:
        texts, points, least = meant
    else:
        points, least = _by_words(texts), LEAST_BY_WORDS
    total = len(texts)
    if total < 2:
        return NeedMap([], total, total, is_cut, by_meaning)
    found = groups(merges(points @ points.T), count=total, least=least)
    together = [one for one in found if len(one) > 1]
    clusters = _clusters(together, texts, points, language=language)
    alone = total - sum(len(one) for one in together)
    return NeedMap(clusters, alone, total, is_cut, by_meaning)


def _texts(
    actor: Actor, *, federation: int | None, organisation: int | None, most: int
) -> list[SearchText]:
    rows = SearchText.objects.visible_to(actor).filter(kind="idea", is_comparable=True)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    if federation is not None:
        members = FederationMembership.objects.filter(federation=federation).on(now().date())
        rows = rows.filter(organisation__in=members.values("organisation"))
    newest = rows.select_related("organisation").order_by("-happened_at", "-id")
    lexemes = Func(
        F("tokens"),
        function="tsvector_to_array",
        output_field=ArrayField(TextField()),
    )
    return list(newest.defer("tokens", "audience").annotate(lexemes=lexemes)[:most])


def _meant(
    texts: Sequence[SearchText],
) -> tuple[list[SearchText], NDArray[float32], float] | None:
    """The texts that have a meaning already, each with one unit vector (the mean of its parts), and
    how alike a group must be: nearly as much as these texts are to the sentences of ours that
    happen to lie nearest, which holds for every embedder. None where there is no meaning at all.
    """
    import numpy as np

    meaning = current_meaning()
    number = current_number(meaning.name) if meaning else None
    if number is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text_id, crowding, vector::text FROM search_vector"
            " WHERE embedder_id = %s AND text_id = ANY(%s) ORDER BY text_id, part",
            [number, [text.pk for text in texts]],
        )
        rows = cursor.fetchall()
    if not rows:
        return [], np.zeros((0, 1), dtype=np.float32), 1.0
    numbers = np.fromstring(
        ",".join(vector[1:-1] for *_, vector in rows), dtype=np.float32, sep=","
    ).reshape(len(rows), -1)
    sums: dict[int, NDArray[float32]] = {}
    for (text_id, *_), vector in zip(rows, numbers, strict=True):
        sums[text_id] = sums[text_id] + vector if text_id in sums else vector
    known = [text for text in texts if text.pk in sums]
    crowding = float(np.mean([crowded for _, crowded, _ in rows]))
    return known, _unit(np.stack([sums[text.pk] for text in known])), LOOSER * crowding


def _by_words(texts: Sequence[SearchText]) -> NDArray[float32]:
    """Without a language model: texts by the tokens they are found by, the rarer the heavier; what
    a text is about has the same token in every language."""
    import numpy as np

    held = [[word for word in _lexemes(text) if not is_common(word)] for text in texts]
    spread = Counter(word for words in held for word in words)
    shared = sorted((word for word in spread if spread[word] > 1), key=lambda w: (-spread[w], w))
    column = {word: place for place, word in enumerate(shared[:MOST_WORDS])}
    points = np.zeros((len(texts), max(len(column), 1)), dtype=np.float32)
    for row, words in enumerate(held):
        for word in column.keys() & set(words):
            points[row, column[word]] = np.log(1 + len(texts) / spread[word])
    return _unit(points)


def _unit(points: NDArray[float32]) -> NDArray[float32]:
    import numpy as np

    length = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.maximum(length, 1e-9), dtype=np.float32)


def _clusters(
    together: Sequence[Sequence[int]],
    texts: Sequence[SearchText],
    points: NDArray[float32],
    *,
    language: str,
) -> list[Cluster]:
    written = [_written(text) for text in texts]
    names = names_of(
        [[written[one] for one in group] for group in together],
        among=written,
        reader_language=language,
    )
    clusters = []
    for group, name in zip(together, names, strict=True):
        centre = points[list(group)].mean(axis=0)
        middle = max(group, key=lambda one: (float(points[one] @ centre), -texts[one].thing_id))
        needs = [_need(texts[one]) for one in group]  # newest first, as they were read
        clusters.append(Cluster(texts[middle].thing_id, name, needs, centre))
    return sorted(clusters, key=lambda one: (-len(one.needs), one.key))


def _lexemes(text: Any) -> list[str]:
    """The tokens of a text, as the database keeps them."""
    found: list[str] = text.lexemes
    return found


def _written(text: Any) -> Written:
    return Written(text.language, text.title, text.body[:READ_SIGNS], frozenset(_lexemes(text)))


def _need(text: SearchText) -> Need:
    return Need(
        idea_id=text.thing_id,
        title=text.title,
        language=text.language,
        state=text.state,
        organisation_id=text.organisation_id,
        organisation=text.organisation.name,
        happened_at=text.happened_at,
    )


def _most_first(values: object) -> list[str]:
    counted = Counter(values)  # type: ignore[call-overload]
    return sorted(counted, key=lambda value: (-counted[value], value))
