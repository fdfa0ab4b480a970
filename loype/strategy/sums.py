"""Shares of a whole: what was intended over a stretch of days, and whole percents that add up."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Weighed:
    """What each aim weighs from one day to another; None is until further notice."""

    from_date: date
    to_date: date | None
    points: Mapping[int, int]


def shares(amounts: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """Each amount's part of them all; nothing where there is nothing."""
    whole = sum(amounts.values(), Fraction(0))
    return {key: amount / whole for key, amount in amounts.items()} if whole else {}


def intended_shares(periods: Sequence[Weighed], *, first: date, last: date) -> dict[int, Fraction]:
    """The intended share of each aim between two days; each period counts by its days in them."""
    total: dict[int, Fraction] = {}
    for period in periods:
        begin = max(first, period.from_date)
        end = min(last, period.to_date or last)
        days = (end - begin + timedelta(days=1)).days
        if days <= 0:
            continue
        points = {key: Fraction(value) for key, value in period.points.items()}
        for key, part in shares(points).items():
            total[key] = total.get(key, Fraction(0)) + days * part
    return shares(total)


def whole_percents(parts: Mapping[Key, Fraction]) -> dict[Key, int]:
    """Parts of one as whole percents that add up to 100, by largest remainder."""
    if not parts:
        return {}
    floors = {key: int(100 * part) for key, part in parts.items()}
    missing = round(100 * sum(parts.values(), Fraction(0))) - sum(floors.values())
    by_rest = sorted(parts, key=lambda key: 100 * parts[key] - floors[key], reverse=True)
    return {key: floors[key] + (key in by_rest[:missing]) for key in parts}
