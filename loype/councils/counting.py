"""Counting votes; plain arithmetic, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many voted what."""

    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0


def tally(choices: Iterable[str]) -> Tally:
    """How many of the choices are for, against, and neither."""
    said = list(choices)
    return Tally(said.count("for"), said.count("against"), said.count("abstain"))


def settle(count: Tally, *, chair: str, has_casting_vote: bool) -> tuple[str, str]:
    """The outcome and how it was reached: more for than against adopts.

    Where as many are for as against, the chair's own vote decides if the rules give it a casting
    vote and the chair voted; else the proposal falls.
    """
    if count.votes_for != count.votes_against:
        return ("adopted" if count.votes_for > count.votes_against else "rejected"), "vote"
    if has_casting_vote and chair in ("for", "against"):
        return ("adopted" if chair == "for" else "rejected"), "casting_vote"
    return "rejected", "vote"
