"""A state table: which states there are and which may follow which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class StateTable:
    """The moves a thing may make, e.g. `StateTable({"draft": ["submitted"], "submitted": []})`."""

    def __init__(self, moves: Mapping[str, Iterable[str]]) -> None:
        self.moves = {state: frozenset(after) for state, after in moves.items()}
        unknown = {after for afters in self.moves.values() for after in afters} - set(self.moves)
        if unknown:
            raise ValueError(f"states that are moved to but not named: {sorted(unknown)}")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order they were named."""
        return tuple(self.moves)

    @property
    def ends(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(state for state, after in self.moves.items() if not after)

    def may_move(self, *, before: str, after: str) -> bool:
        """Whether `after` may follow `before`."""
        return after in self.moves[before]

    def before(self, after: str) -> frozenset[str]:
        """The states from which one may come to `after`."""
        return frozenset(state for state, afters in self.moves.items() if after in afters)
