"""What fell out of a proposed set, why, and what it would cost to bring it in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from loype.councils.sums.selecting import SECONDS, Proposal
from loype.councils.sums.solving import Chosen, Options, Problem

Because = Literal["budget", "limit", "need", "exclusion", "value"]


@dataclass(frozen=True)
class FellOut:
    """One idea that is not in the proposed set.

    ``because`` is what would have to give way if it were added to the set: another that excludes
    it, a limit, the budget ("need": it fits, but not with what it needs); "value": nothing, but
    it is worth nothing.
    """

    idea: int
    because: Because
    limit: str | None  # the limit's name where `because` is "limit"
    brings: Chosen  # what it needs that is not in the set either
    displaces: Chosen | None  # what leaves if it must be in; None: it cannot be in
    value_lost: float | None  # by that exchange
    extra_budget: Decimal | None  # least more money to have it in and lose no value; None: no sum
    chosen_with: Decimal | None  # more money at which a best set holds it by itself, if asked


def explain(
    options: Options,
    proposal: Proposal,
    *,
    which: Collection[int] | None = None,
    until_chosen: bool = False,
    seconds: float = SECONDS,
) -> tuple[FellOut, ...]:
    """Why each idea (or each of ``which``) is not in the set, the most valuable first.

    Each asks the solver three times (a thirtieth of a second among forty ideas): name those of
    interest in ``which`` where there are hundreds. ``until_chosen`` also finds ``chosen_with``: at
    that much more money, and no less, the idea is in one of the best sets; ten times as slow.
    """
    problem = Problem(options, seconds=seconds)
    asked = set(range(problem.count) if which is None else which) - set(proposal.chosen)
    in_turn = sorted(asked, key=lambda idea: (-problem.values[idea], idea))
    return tuple(
        _explain_one(problem, proposal, idea, until_chosen=until_chosen) for idea in in_turn
    )


def _explain_one(problem: Problem, proposal: Proposal, idea: int, *, until_chosen: bool) -> FellOut:
    chosen = frozenset(proposal.chosen)
    own = problem.with_needs([idea])
    forced = own | problem.required
    because, limit = _because(problem, chosen, idea=idea, own=own)
    can_be_in = problem.clash(forced) is None and problem.over(forced) is None
    instead = None
    if can_be_in:
        instead = problem.best(budget=problem.budget.most, required=forced)
    return FellOut(
        idea=idea,
        because=because,
        limit=limit,
        brings=tuple(sorted(own - chosen - {idea})),
        displaces=None if instead is None else tuple(sorted(chosen - set(instead))),
        value_lost=None if instead is None else max(0.0, proposal.value - problem.value(instead)),
        extra_budget=_extra(problem, proposal, forced) if can_be_in else None,
        chosen_with=_chosen_with(problem, proposal, forced) if can_be_in and until_chosen else None,
    )


def _because(
    problem: Problem, chosen: frozenset[int], *, idea: int, own: frozenset[int]
) -> tuple[Because, str | None]:
    """What would have to give way if this were added to the set."""
    together = chosen | own
    if problem.clash(together) is not None:
        return "exclusion", None
    if (limit := problem.over(together)) is not None:
        return "limit", limit.name
    if problem.budget.taken(together) <= problem.budget.most:
        return "value", None
    alone = problem.budget.taken(chosen | {idea})
    return ("need" if alone <= problem.budget.most else "budget"), None


def _extra(problem: Problem, proposal: Proposal, forced: frozenset[int]) -> Decimal | None:
    """The least more money for a set that holds what is forced and is worth no less than now."""
    cheapest = problem.cheapest(worth=proposal.value, required=forced)
    if cheapest is None:
        return None
    lacking = problem.budget.taken(cheapest) - problem.budget.most
    return problem.budget.amount(max(0, lacking))


def _chosen_with(problem: Problem, proposal: Proposal, forced: frozenset[int]) -> Decimal | None:
    """The least more money at which one of the best sets holds what is forced.

    With it the set must be worth what the best is worth without it. That best rises with the
    budget, so the sum found is raised until both meet; every step is a lower bound, so where they
    meet is the least.
    """
    budget, worth = problem.budget.most, proposal.value
    while (cheapest := problem.cheapest(worth=worth, required=forced)) is not None:
        budget = max(budget, problem.budget.taken(cheapest))
        best = problem.highest(budget=budget)
        if problem.is_worth(cheapest, best):
            return problem.budget.amount(budget - problem.budget.most)
        worth = best
    return None
