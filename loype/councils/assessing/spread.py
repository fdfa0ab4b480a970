"""How far the members of a round lie from each other, in figures that name nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from loype.councils.assessing.labels import Method
from loype.councils.models import Comparison, Round, Score


def spread_of(round: Round) -> dict[str, Any]:
    """What those who handed in said apart from each other; one statement.

    Scores: how far the lowest and the highest member lie apart on a case, usually and at most.
    Pairs: of how many that several compared, and on how many of these they disagreed.
    """
    if round.method == Method.PAIRS:
        rows = Comparison.objects.filter(
            assessment__round=round, assessment__handed_in_at__isnull=False
        )
        return pairs_apart(rows.values_list("first_id", "second_id", "preferred"))
    scores = Score.objects.filter(
        sheet__assessment__round=round, sheet__assessment__handed_in_at__isnull=False
    )
    return scores_apart(
        scores.values_list(
            "sheet__round_case_id", "sheet__assessment_id", "criterion__weight", "value"
        )
    )


def scores_apart(given: Iterable[tuple[int, int, Any, int]]) -> dict[str, Any]:
    """From (case, member, weight, points): how far apart the members' weighed means lie."""
    said: dict[int, dict[int, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for case, member, weight, value in given:
        said[case][member].append((float(weight), value))
    apart = [_apart(members.values()) for members in said.values() if len(members) > 1]
    if not apart:
        return {}
    return {"usual": round_to_tenth(median(apart)), "most": round_to_tenth(max(apart))}


def _apart(members: Iterable[list[tuple[float, int]]]) -> float:
    means = [
        sum(weight * value for weight, value in points) / sum(weight for weight, _value in points)
        for points in members
    ]
    return max(means) - min(means)


def round_to_tenth(number: float) -> float:
    """One decimal, as people say it."""
    return round(number, 1)


def pairs_apart(given: Iterable[tuple[int, int, str]]) -> dict[str, Any]:
    """From (first, second, preferred): how many pairs several compared, on how many they differ."""
    said: dict[tuple[int, int], list[str]] = defaultdict(list)
    for first, second, preferred in given:
        said[(first, second)].append(preferred)
    several = [choices for choices in said.values() if len(choices) > 1]
    if not several:
        return {}
    return {"pairs": len(several), "differ": sum(len(set(choices)) > 1 for choices in several)}
