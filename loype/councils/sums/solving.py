"""The conditions of a choice in whole numbers, and the solver behind an exact check."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loype.councils.sums.arrays import Amount, whole

TOP = 2.0**20  # the largest number in a row: the solver's tolerance is an absolute millionth
SAME_VALUE = 1e-9  # relative: sums of values closer than this are equal
OUT_OF_TIME, HAS_NONE = 1, 2  # what the solver answers

Chosen = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A ceiling beside the budget, such as person-months of one unit."""

    name: str
    uses: Sequence[Amount]  # (ideas,)
    ceiling: Amount


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be chosen, and under which conditions."""

    values: Sequence[float]  # (ideas,) not negative
    costs: Sequence[Amount]  # (ideas,) not negative
    budget: Amount
    limits: Sequence[Limit] = ()
    required: Collection[int] = ()  # must be in
    needs: Collection[tuple[int, int]] = ()  # (i, j): i only together with j
    exclusions: Collection[Collection[int]] = ()  # at most one of each


class TookTooLong(TimeoutError):
    """The solver did not prove the best set in the time it had."""


@dataclass(frozen=True)
class Row:
    """One condition: the numbers times 0 or 1, added up, lie between two bounds."""

    numbers: Mapping[int, float]
    least: float = -math.inf
    most: float = math.inf


@dataclass(frozen=True)
class Ceiling:
    """What each idea takes of something, in its smallest unit, and how much there is."""

    uses: tuple[int, ...]
    most: int
    unit: Decimal
    name: str | None  # None is the budget

    def taken(self, ideas: Iterable[int]) -> int:
        """How much these take together."""
        return sum(self.uses[one] for one in ideas)

    def amount(self, taken: int) -> Decimal:
        """So many of the smallest unit, as an amount."""
        return taken * self.unit


def ceiling_of(name: str | None, *, uses: Sequence[Amount], most: Amount) -> Ceiling:
    """A budget or limit in whole numbers."""
    (top, *each), unit = whole([most, *uses])
    return Ceiling(tuple(each), top, unit, name)


class Problem:
    """Options in whole numbers, to be solved again and again under other budgets."""

    def __init__(self, options: Options, *, seconds: float) -> None:
        """Count everything in its smallest unit."""
        self.values = [float(value) for value in options.values]
        self.count, self.seconds = len(self.values), seconds
        self.budget = ceiling_of(None, uses=options.costs, most=options.budget)
        self.limits = [
            ceiling_of(limit.name, uses=limit.uses, most=limit.ceiling) for limit in options.limits
        ]
        self.needs = sorted(set(options.needs))
        self.exclusions = [frozenset(group) for group in options.exclusions]
        self.required = self.with_needs(options.required)
        self._check()
        self._aim = [-value for value in scaled(self.values)]
        self._highest: dict[int, float] = {}

    def _check(self) -> None:
        """Refuse what is no choice at all."""
        rows = [self.values, *(one.uses for one in (self.budget, *self.limits))]
        if any(len(row) != self.count for row in rows):
            raise ValueError("values, costs and uses must be one for each idea")
        if any(not number >= 0 or math.isinf(number) for row in rows for number in row):
            raise ValueError("values, costs and uses must not be negative")

    def with_needs(self, ideas: Iterable[int]) -> frozenset[int]:
        """These and all that they need, directly or through others."""
        found, waiting = set[int](), list(ideas)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(other for idea, other in self.needs if idea == one)
        return frozenset(found)

    def value(self, chosen: Iterable[int]) -> float:
        """What a set is worth."""
        return math.fsum(self.values[one] for one in chosen)

    def is_worth(self, chosen: Iterable[int], worth: float) -> bool:
        """Whether a set is worth so much, but for rounding."""
        return self.value(chosen) >= worth - SAME_VALUE * max(1.0, abs(worth))

    def clash(self, ideas: Collection[int]) -> frozenset[int] | None:
        """Those among them that exclude each other."""
        groups = (group & frozenset(ideas) for group in self.exclusions)
        return next((group for group in groups if len(group) > 1), None)

    def over(self, ideas: Collection[int]) -> Ceiling | None:
        """The first limit, beside the budget, that a set breaks."""
        return next((one for one in self.limits if one.taken(ideas) > one.most), None)

    def highest(self, *, budget: int) -> float:
        """The highest value within so much money, with what must be in; remembered."""
        if budget not in self._highest:
            found = self._solve(self._aim, required=self.required, budget=budget)
            assert found is not None  # what must be in fits, so at least that is a set
            self._highest[budget] = self.value(found)
        return self._highest[budget]

    def best(self, *, budget: int, required: frozenset[int]) -> Chosen | None:
        """The set of highest value within so much money; of equal ones a cheapest."""
        found = self._solve(self._aim, required=required, budget=budget)
        if found is None:
            return None
        cheapest = self.cheapest(worth=self.value(found), required=required, budget=budget)
        return found if cheapest is None else cheapest  # an empty set is a set

    def cheapest(
        self, *, worth: float, required: frozenset[int], budget: int | None = None
    ) -> Chosen | None:
        """The cheapest set that is worth at least so much; of any cost when no budget is given."""
        aim = scaled(self.budget.uses)
        return self._solve(aim, required=required, budget=budget, worth=worth)

    def _solve(
        self,
        aim: Sequence[float],
        *,
        required: frozenset[int],
        budget: int | None,
        worth: float | None = None,
    ) -> Chosen | None:
        """Ask the solver until its answer holds in whole numbers, too."""
        rows = self._rows(budget=budget, worth=worth)
        while True:
            answer = self._ask(aim, rows, required=required)
            if answer is None:
                return None
            if (mistake := self._mistake(answer, budget=budget, worth=worth)) is None:
                return answer
            rows.append(mistake)

    def _rows(self, *, budget: int | None, worth: float | None) -> list[Row]:
        """All conditions, each in numbers that suit the solver."""
        tops = [(one, one.most) for one in self.limits]
        if budget is not None:
            tops.append((self.budget, budget))
        rows = []
        for one, most in tops:
            *uses, top = scaled([*one.uses, most], largest=max(one.uses, default=0))
            rows.append(Row(dict(enumerate(uses)), most=top))
        rows += [Row({idea: 1.0, other: -1.0}, most=0.0) for idea, other in self.needs]
        rows += [Row(dict.fromkeys(group, 1.0), most=1.0) for group in self.exclusions]
        if worth is not None:
            least = worth - SAME_VALUE * max(1.0, abs(worth))
            *values, floor = scaled([*self.values, least], largest=max(self.values, default=0))
            rows.append(Row(dict(enumerate(values)), least=floor))
        return rows

    def _mistake(self, chosen: Chosen, *, budget: int | None, worth: float | None) -> Row | None:
        """A condition that rules out a set which only the solver's rounding let through."""
        is_dear = budget is not None and self.budget.taken(chosen) > budget
        if is_dear or self.over(chosen) is not None:
            return Row(dict.fromkeys(chosen, 1.0), most=len(chosen) - 1.0)
        if worth is not None and not self.is_worth(chosen, worth):
            others = set(range(self.count)) - set(chosen)
            return Row(dict.fromkeys(others, 1.0), least=1.0)
        return None

    def _ask(
        self, aim: Sequence[float], rows: Sequence[Row], *, required: frozenset[int]
    ) -> Chosen | None:
        """The set for which the aim is least, or None where no set meets the conditions."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        if self.count == 0:
            return ()
        least = np.zeros(self.count)
        least[list(required)] = 1
        places = [(number, idea) for number, row in enumerate(rows) for idea in row.numbers]
        numbers = [number for row in rows for number in row.numbers.values()]
        across = np.array(places, dtype=np.int32).reshape(-1, 2).T
        table = coo_array((numbers, (across[0], across[1])), shape=(len(rows), self.count))
        bounds = ([row.least for row in rows], [row.most for row in rows])
        answer = milp(
            np.asarray(aim),
            integrality=np.ones(self.count),
            bounds=Bounds(least, 1),
            constraints=[LinearConstraint(table.tocsr(), *bounds)] if rows else [],
            options={"mip_rel_gap": 0.0, "time_limit": self.seconds},
        )
        if answer.status == HAS_NONE:
            return None
        if answer.status == OUT_OF_TIME or answer.x is None:
            raise TookTooLong(f"no proof within {self.seconds:g} s: {answer.message}")
        return tuple(int(one) for one in np.flatnonzero(answer.x > 0.5))


def scaled(row: Sequence[float], *, largest: float | None = None) -> list[float]:
    """The row times a power of two, so that its largest number is just below a million."""
    most = float(max(row, default=0) if largest is None else largest)
    if most <= 0:
        return [float(one) for one in row]
    factor = 2.0 ** (math.floor(math.log2(TOP / most)))
    return [float(one) * factor for one in row]
