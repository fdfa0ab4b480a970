"""A ranking as it stands after the moves by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loype.councils.assessing.ordering import moved
from loype.councils.models import ManualMove, RankedCase, Ranking


@dataclass
class Placed:
    """A case in the list: where it stands now, and who moved it there."""

    ranked: RankedCase
    place: int
    moves: list[ManualMove] = field(default_factory=list)

    @property
    def computed_place(self) -> int:
        """Where the sums put it."""
        return self.ranked.position or 0

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere than the sums put it."""
        return self.place != self.computed_place


def placed(ranked: Iterable[RankedCase], moves: Sequence[ManualMove]) -> list[Placed]:
    """The ranked cases in the order they stand now, each with its own moves."""
    computed = sorted(
        (one for one in ranked if one.standing == "ranked"), key=lambda one: one.position or 0
    )
    by_id = {one.pk: one for one in computed}
    order = moved(list(by_id), [(one.ranked_id, one.to_place) for one in moves])
    found = {key: Placed(by_id[key], place) for place, key in enumerate(order, start=1)}
    for move in moves:
        found[move.ranked_id].moves.append(move)
    return list(found.values())


def values_by_place(order: Sequence[Placed]) -> dict[int, float]:
    """What each case is worth as the list stands: the value the sums gave to its place.

    So a move by hand counts in a proposed set, too.
    """
    values = sorted((one.ranked.value or 0.0 for one in order), reverse=True)
    return {one.ranked.round_case_id: value for one, value in zip(order, values, strict=True)}


def final_order(ranking: Ranking) -> tuple[dict[int, int], list[ManualMove]]:
    """Where each ranked case stands after all moves, and the moves; two statements.

    Places count every case, also those that a reader of a shared list may not see.
    """
    computed = ranking.ranked.filter(standing="ranked").order_by("position")
    moves = list(ranking.moves.select_related("moved_by").order_by("pk"))
    order = moved(
        list(computed.values_list("pk", flat=True)),
        [(one.ranked_id, one.to_place) for one in moves],
    )
    return {key: place for place, key in enumerate(order, start=1)}, moves
