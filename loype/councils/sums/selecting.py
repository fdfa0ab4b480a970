"""The set of highest value under a budget and other ceilings, exactly (HiGHS through SciPy)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from loype.councils.sums.solving import Chosen, Options, Problem

SECONDS = 20.0


@dataclass(frozen=True)
class Proposal:
    """The set of highest value, and of these a cheapest."""

    chosen: Chosen
    value: float
    cost: Decimal
    used: tuple[Decimal, ...]  # of each limit


class Impossible(ValueError):
    """No set meets the conditions: what must be in does not go together or does not fit.

    ``because`` is "exclusion", "budget" or "limit" (with its name in ``limit``); ``ideas`` are
    those that exclude each other, or all that must be in, with what they need; ``missing`` is how
    much of the budget or limit is lacking.
    """

    def __init__(
        self,
        because: str,
        *,
        ideas: Chosen,
        missing: Decimal = Decimal(0),
        limit: str | None = None,
    ) -> None:
        super().__init__(f"{limit or because}: {len(ideas)} that must be in, {missing} too little")
        self.because, self.ideas, self.missing, self.limit = because, ideas, missing, limit


def select(options: Options, *, seconds: float = SECONDS) -> Proposal:
    """The set of highest value; of equal ones a cheapest.

    ``Impossible`` when no set meets the conditions; ``TookTooLong`` without a proof in time.
    """
    problem = Problem(options, seconds=seconds)
    refuse_the_impossible(problem)
    chosen = problem.best(budget=problem.budget.most, required=problem.required)
    assert chosen is not None  # what must be in fits, so at least that is a set
    return Proposal(
        chosen=chosen,
        value=problem.value(chosen),
        cost=problem.budget.amount(problem.budget.taken(chosen)),
        used=tuple(limit.amount(limit.taken(chosen)) for limit in problem.limits),
    )


def refuse_the_impossible(problem: Problem) -> None:
    """Say why not, when what must be in cannot be.

    Nothing uses less than nothing, so there is a set exactly when these alone are one.
    """
    ideas = tuple(sorted(problem.required))
    if (clash := problem.clash(ideas)) is not None:
        raise Impossible("exclusion", ideas=tuple(sorted(clash)))
    for one in (problem.budget, *problem.limits):
        if (missing := one.taken(ideas) - one.most) > 0:
            because = "budget" if one.name is None else "limit"
            raise Impossible(because, ideas=ideas, missing=one.amount(missing), limit=one.name)
