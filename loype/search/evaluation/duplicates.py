"""What calling two texts "the same" or "similar" is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from loype.search.evaluation.engine import Engine
from loype.search.evaluation.reading import Entry
from loype.search.labels import Band

Pair = tuple[int, int]


@dataclass(frozen=True)
class Called:
    """How many of the pairs that were called so are true, and how many true ones were called."""

    precision: float
    recall: float
    pairs: int


@dataclass(frozen=True)
class Duplicates:
    """The two bands, and how often another need on the same topic was called the same."""

    same: Called
    similar: Called
    true_pairs: int
    near_texts: int
    near_called_same: float

    def as_json(self) -> dict[str, float]:
        """Precision and recall at the cut of "similar", which is where people are asked."""
        return {
            "precision": round(self.similar.precision, 4),
            "recall": round(self.similar.recall, 4),
            "near_called_same": round(self.near_called_same, 4),
        }


def duplicates(
    entries: Sequence[Entry], engine: Engine, *, only_related: bool = False
) -> Duplicates:
    """Ask with every text, those that stand alone too, and see what is called alike.

    A pair counts once for each of its texts that is asked with: either may be the newer one. With
    `only_related` those that stand alone are found, but not asked with.
    """
    called = {
        place: _called(entry, place, engine)
        for place, entry in enumerate(entries)
        if entry.relation or not only_related
    }
    same = _pairs(called, bands={Band.SAME.value})
    similar = same | _pairs(called, bands={Band.SIMILAR.value})
    true = _true_pairs(entries)
    near = [place for place, entry in enumerate(entries) if entry.relation == "near"]
    wrongly = {place for place, other in same if _is_near_to(entries[place], entries[other])}
    return Duplicates(
        same=_worth(same, true),
        similar=_worth(similar, true),
        true_pairs=len(true),
        near_texts=len(near),
        near_called_same=len(wrongly) / len(near) if near else 0.0,
    )


def _called(entry: Entry, place: int, engine: Engine) -> dict[int, str]:
    ranked = engine.answer(entry.full, itself=place)
    return {one.candidate.thing_id: one.band for one in ranked if one.band}


def _pairs(called: Mapping[int, Mapping[int, str]], *, bands: Collection[str]) -> set[Pair]:
    return {
        (place, other)
        for place, others in called.items()
        for other, band in others.items()
        if band in bands
    }


def _true_pairs(entries: Sequence[Entry]) -> set[Pair]:
    groups: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.relation == "same":
            groups.setdefault(entry.group, []).append(place)
    return {(one, other) for members in groups.values() for one in members for other in members
            if one != other}  # fmt: skip


def _is_near_to(near: Entry, member: Entry) -> bool:
    return (near.relation, member.relation) == ("near", "same") and near.group == member.group


def _worth(called: set[Pair], true: set[Pair]) -> Called:
    right = len(called & true)
    return Called(
        precision=right / len(called) if called else 0.0,
        recall=right / len(true) if true else 0.0,
        pairs=len(called),
    )
