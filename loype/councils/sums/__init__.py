"""Sums behind ranking and choosing: NumPy and SciPy only, no Django, no database.

What is where, and what each answers:

- ``smaa``: how sure is a ranking? Weights and scores vary within what the members disagree about,
  and each idea gets the share of draws in which it has each rank and stays in the selected set.
- ``weights_of_members``: the members' common weights, and how much they agree about them.
- ``bradley_terry``: a ranking from pairwise comparisons ("rather this than that").
- ``select`` and ``explain``: the set of highest value under a budget and other ceilings, what fell
  out, why, and what it would cost to bring it in.
- ``greedy`` and ``equal_shares``: a set chosen from several voters' ballots (members, or whole
  municipalities); equal shares gives each voter the same part of the money to speak for.

Everywhere the first axis is the ideas, in the caller's order, and results name ideas by their
place in it. More is better: turn a criterion where less is better round before. Money is exact
(``Decimal``); the same input and seed give the same answer. Arrays may be given as nested lists.
"""

from __future__ import annotations

from loype.councils.sums.equal_shares import equal_shares
from loype.councils.sums.explaining import FellOut, explain
from loype.councils.sums.greedy import greedy
from loype.councils.sums.pairs import NotComparable, Strengths, bradley_terry
from loype.councils.sums.robustness import Acceptability, smaa, weights_of_members
from loype.councils.sums.selecting import Impossible, Proposal, select
from loype.councils.sums.solving import Limit, Options, TookTooLong
from loype.councils.sums.voting import Election, Outcome, satisfaction_of

__all__ = [
    "Acceptability",
    "Election",
    "FellOut",
    "Impossible",
    "Limit",
    "NotComparable",
    "Options",
    "Outcome",
    "Proposal",
    "Strengths",
    "TookTooLong",
    "bradley_terry",
    "equal_shares",
    "explain",
    "greedy",
    "satisfaction_of",
    "select",
    "smaa",
    "weights_of_members",
]
