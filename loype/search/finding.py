"""Who has had this before? The one door to everything that search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loype.kernel.clock import now
from loype.organisations.actor import Actor
from loype.organisations.models import FederationMembership
from loype.search.asking import asked
from loype.search.candidates import Candidate, gather
from loype.search.labels import Band
from loype.search.meaning import current_meaning
from loype.search.newest import newest
from loype.search.ranking import BANDS, Hit, Ranked, explained, rank

POOL = 300  # at most so many are ranked, counted and paged through
LEAST_SCORE = 0.22  # below this, what is near is near by chance


@dataclass(frozen=True)
class Filters:
    """What the answer is narrowed to; an empty one lets everything through."""

    kinds: frozenset[str] = frozenset()
    variants: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    federation: int | None = None

    @property
    def are_set(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.wanted or self.federation)

    @property
    def wanted(self) -> dict[str, list[str]]:
        """As the database reads them: names of facets with the values let through."""
        named = {
            "kind": self.kinds,
            "variant": self.variants,
            "state": self.states,
            "language": self.languages,
            "keyword": self.keywords,
            "organisation": self.organisations,
            "year": self.years,
        }
        return {name: sorted(map(str, values)) for name, values in named.items() if values}


@dataclass(frozen=True)
class Found:
    """An answer: one page of hits, and counts over all that was found."""

    hits: list[Hit]
    count: int
    is_cut: bool
    facets: dict[str, list[tuple[str, int]]]
    meaning: bool
    most: int = POOL
    page: int = 1
    pages: int = 1
    organisations: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether there were more that answer: by meaning there is always something less near."""
        return self.is_cut and (self.count >= self.most or not self.meaning)


def find(
    text: str,
    *,
    actor: Actor,
    filters: Filters | None = None,
    page: int = 1,
    per_page: int = 20,
    language: str = "",
    by_meaning: bool = True,
    most: int = POOL,
) -> Found:
    """Everything the reader may see that answers a question, best first; newest if none is asked.

    Counts of a facet leave its own choice out, so that another value can be chosen too. At most
    `most` texts are ranked; `is_cut` tells that there were more.
    """
    filters = filters or Filters()
    question = asked(text, language=language, by_meaning=by_meaning)
    wanted = _wanted(filters)
    if question.is_empty:
        return newest(actor=actor, wanted=wanted, page=page, per_page=per_page, most=most)
    pool = gather(question, actor=actor, most=most)
    everything = _relevant(rank(question, pool))[:most]
    ranked = everything
    if wanted:
        narrowed = gather(question, actor=actor, wanted=wanted, most=most)
        ranked = _relevant(rank(question, narrowed))[:most]
    start = (max(page, 1) - 1) * per_page
    shown = explained(question, ranked[start : start + per_page], reader_language=language)
    candidates = [one.candidate for one in everything]
    return Found(
        hits=shown,
        count=len(ranked),
        is_cut=pool.is_cut,
        facets=facets_of(candidates, wanted=wanted, narrowed=[one.candidate for one in ranked]),
        meaning=pool.vector is not None,
        most=most,
        page=max(page, 1),
        pages=max(1, -(-len(ranked) // per_page)),
        organisations={str(one.organisation_id): one.organisation for one in candidates},
    )


def find_alike(
    text: str,
    *,
    actor: Actor,
    limit: int = 8,
    exclude: tuple[str, int] | None = None,
    language: str = "",
    least_band: str = Band.RELATED.value,
    by_meaning: bool = True,
) -> list[Hit]:
    """What others have that may be the same need: solutions in use first, then the most alike."""
    question = asked(text, language=language, by_meaning=by_meaning, is_own_text=True)
    if question.is_empty:
        return []
    pool = gather(question, actor=actor, only_comparable=True, exclude=exclude)
    enough = BANDS[: BANDS.index(least_band) + 1]
    ranked = [one for one in rank(question, pool) if one.band in enough]
    ranked.sort(key=lambda one: (_standing(one), -one.score))
    return explained(question, ranked[:limit], reader_language=language)


def can_read_meaning() -> bool:
    """Whether search goes by meaning now, or by words alone."""
    return current_meaning() is not None


def facets_of(
    found: Sequence[Candidate],
    *,
    wanted: Mapping[str, Sequence[str]],
    narrowed: Sequence[Candidate] = (),
) -> dict[str, list[tuple[str, int]]]:
    """How many texts each value of each facet would leave, most first."""
    rows = {one.text_id: one for one in (*found, *narrowed)}.values()
    counted: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for one in rows:
        missed = [name for name, values in wanted.items() if not _fits(one, name, values)]
        if len(missed) < 2:  # a choice of its own a facet leaves out
            for name in missed or FACETS:
                counted[name].update(facet_values(one, name))
    return {
        name: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        for name, counts in counted.items()
    }


FACETS = ("kind", "variant", "state", "language", "organisation", "year", "keyword")


def facet_values(one: Candidate, name: str) -> Iterable[str]:
    """What a text counts as in a facet."""
    if name == "keyword":
        return tuple(dict.fromkeys((*one.keywords, *one.concepts)))
    if name == "year":
        return (str(one.happened_at.year),)
    if name == "organisation":
        return (str(one.organisation_id),)
    value = str(getattr(one, name))
    return (value,) if value else ()


def _fits(one: Candidate, name: str, values: Sequence[str]) -> bool:
    return any(value in values for value in facet_values(one, name))


def _standing(one: Ranked) -> tuple[int, int]:
    """Same before similar before related; within each, what somebody uses already comes first."""
    in_use = one.candidate.is_in_use and one.band in (Band.SAME, Band.SIMILAR)
    return 0 if in_use else 1, BANDS.index(one.band)


def _relevant(ranked: Sequence[Ranked]) -> list[Ranked]:
    """What is not near by chance. An idea stands where it or what is said under it stands best."""
    near = [one for one in ranked if one.score >= LEAST_SCORE]
    ideas = {one.candidate.page_id: one for one in near if one.candidate.kind == "idea"}
    shown: dict[tuple[str, int], Ranked] = {}
    for one in near:
        found = one.candidate
        kind = "idea" if found.kind == "comment" else found.kind
        stands_for = ideas.get(found.page_id, one) if kind == "idea" else one
        shown.setdefault((kind, found.page_id), stands_for)
    return list(shown.values())


def _wanted(filters: Filters) -> dict[str, list[str]]:
    wanted = filters.wanted
    if filters.federation is None:
        return wanted
    members = FederationMembership.objects.filter(federation=filters.federation).on(now().date())
    ids = {str(one) for one in members.values_list("organisation_id", flat=True)}
    chosen = set(wanted.get("organisation", ids))
    return {**wanted, "organisation": sorted(ids & chosen) or ["none"]}
