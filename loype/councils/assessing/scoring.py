"""From handed-in assessments to the numbers that the sums take; reads only what is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from loype.councils.models import (
    Comparison,
    Criterion,
    CriterionWeight,
    PriorityLimit,
    Profile,
    RoundCase,
    Score,
)

if TYPE_CHECKING:
    from loype.councils.sums.arrays import Floats

BOOTSTRAPS = 200


@dataclass(frozen=True)
class Result:
    """Where a case comes by what the members said."""

    round_case: RoundCase
    value: float
    kept: float
    kept_error: float
    best_rank: int
    worst_rank: int
    members: int
    points: Decimal | None = None
    disagreement: float | None = None


@dataclass(frozen=True)
class Computed:
    """All results, best first, with what they were computed with."""

    results: list[Result]
    left_out: list[RoundCase]
    weights: dict[str, float] = field(default_factory=dict)
    concentration: float | None = None
    tied: bool = True


@dataclass(frozen=True)
class Said:
    """What each member gave each case on each criterion: `points[case][person][criterion]`."""

    points: Mapping[int, Mapping[int, Mapping[int, int]]]

    def people(self) -> list[int]:
        """Everybody who gave points, in a fixed order."""
        return sorted({person for case in self.points.values() for person in case})


def what_was_said(round_cases: Sequence[RoundCase]) -> Said:
    """The points of all handed-in assessments of these cases."""
    rows = Score.objects.filter(
        sheet__round_case__in=[one.pk for one in round_cases],
        sheet__assessment__handed_in_at__isnull=False,
    ).values_list("sheet__round_case_id", "sheet__assessment__person_id", "criterion_id", "value")
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for case, person, criterion, value in rows:
        found[case][person][criterion] = value
    return Said(found)


def by_criteria(
    round_cases: Sequence[RoundCase], *, profile: Profile, places: int, draws: int, seed: int
) -> Computed:
    """Rank by points on criteria: how sure each place is comes from the members' disagreement."""
    from loype.councils.sums import smaa  # noqa: PLC0415  heavy

    criteria = list(Criterion.objects.filter(profile=profile))
    said = what_was_said(round_cases)
    assessed = [one for one in round_cases if said.points.get(one.pk)]
    left_out = [one for one in round_cases if one not in assessed]
    weights, concentration = _weights(round_cases, profile=profile, criteria=criteria)
    plain = {str(key.pk): value for key, value in zip(criteria, weights, strict=True)}
    if not assessed:
        return Computed([], left_out, plain, concentration)
    sure = smaa(
        _tensor(assessed, criteria=criteria, said=said),
        weights=weights, concentration=concentration, places=min(places, len(assessed)),
        draws=draws, seed=seed,
    )  # fmt: skip
    low, high = sure.rank_between()
    results = [
        Result(
            round_case=one,
            value=float(sure.values[place]),
            kept=float(sure.kept[place]),
            kept_error=float(sure.error[place]),
            best_rank=int(low[place]),
            worst_rank=int(high[place]),
            members=len(said.points[one.pk]),
            points=sum_of_means(said.points[one.pk]),
            disagreement=disagreement_of(said.points[one.pk]),
        )
        for place, one in enumerate(assessed)
    ]
    expected = dict(zip([one.pk for one in assessed], sure.expected_rank.tolist(), strict=True))
    results.sort(key=lambda one: (-one.value, expected[one.round_case.pk], one.round_case.pk))
    return Computed(results, left_out, plain, concentration)


def _tensor(
    round_cases: Sequence[RoundCase], *, criteria: Sequence[Criterion], said: Said
) -> Floats:
    """Cases by criteria by members; NaN where a member said nothing."""
    import numpy as np  # noqa: PLC0415  heavy

    people = said.people()
    scores = np.full((len(round_cases), len(criteria), len(people)), np.nan)
    for i, one in enumerate(round_cases):
        for k, person in enumerate(people):
            given = said.points[one.pk].get(person, {})
            for j, criterion in enumerate(criteria):
                if criterion.pk in given:
                    scores[i, j, k] = given[criterion.pk]
    return scores


def _weights(
    round_cases: Sequence[RoundCase], *, profile: Profile, criteria: Sequence[Criterion]
) -> tuple[list[float], float | None]:
    """The criteria's weights, and how far the members disagree about them (None: not at all)."""
    own = [float(one.weight) for one in criteria]
    if not profile.members_weigh:
        return own, None
    rounds = {one.round_id for one in round_cases}
    rows = CriterionWeight.objects.filter(
        assessment__round__in=rounds, assessment__handed_in_at__isnull=False
    ).values_list("assessment_id", "criterion_id", "points")
    told: dict[int, dict[int, int]] = defaultdict(dict)
    for assessment, criterion, points in rows:
        told[assessment][criterion] = points
    matrix = [
        [float(points.get(one.pk, 0)) for one in criteria]
        for _assessment, points in sorted(told.items())
        if any(points.values())
    ]
    if not matrix:
        return own, None
    from loype.councils.sums import weights_of_members  # noqa: PLC0415  heavy

    mean, concentration = weights_of_members(matrix)
    finite = concentration != float("inf")
    return [float(value) for value in mean], float(concentration) if finite else None


def sum_of_means(said: Mapping[int, Mapping[int, int]]) -> Decimal:
    """The members' mean on each criterion, added up."""
    criteria = {key for given in said.values() for key in given}
    means = (fmean(given[key] for given in said.values() if key in given) for key in criteria)
    return Decimal(str(round(sum(means), 2)))


def disagreement_of(said: Mapping[int, Mapping[int, int]]) -> float:
    """How far apart the members lie: the mean over criteria of their standard deviation."""
    criteria = {key for given in said.values() for key in given}
    spreads = [pstdev(given[key] for given in said.values() if key in given) for key in criteria]
    return fmean(spreads) if spreads else 0.0


def priority_of(points: Decimal | None, limits: Sequence[PriorityLimit]) -> str:
    """What a sum of points says: the highest limit that it lies above; limits highest first."""
    if points is None:
        return ""
    return next((one.priority for one in limits if points > one.above), "")


def by_pairs(round_cases: Sequence[RoundCase], *, places: int, seed: int) -> Computed:
    """Rank by pairwise comparison; how sure comes from drawing the members anew."""
    import numpy as np  # noqa: PLC0415  heavy

    from loype.councils.sums import bradley_terry  # noqa: PLC0415  heavy

    wins, members = _wins(round_cases)
    assessed = [one for one in round_cases if members[one.pk]]
    left_out = [one for one in round_cases if not members[one.pk]]
    if not assessed:
        return Computed([], left_out)
    keep = [place for place, one in enumerate(round_cases) if members[one.pk]]
    wins = wins[:, keep][:, :, keep]
    strengths = bradley_terry(wins.sum(axis=0))
    lot = np.random.default_rng(seed)
    ranks = np.empty((BOOTSTRAPS, len(assessed)), dtype=np.int64)
    for draw in range(BOOTSTRAPS):
        drawn = wins[lot.integers(0, len(wins), len(wins))].sum(axis=0)
        order = np.argsort(-bradley_terry(drawn).strengths, kind="stable")
        ranks[draw, order] = np.arange(1, len(assessed) + 1)
    kept = (ranks <= places).mean(axis=0)
    low, high = np.quantile(ranks, (0.05, 0.95), axis=0, method="nearest")
    results = [
        Result(
            round_case=assessed[place],
            value=float(strengths.strengths[place]),
            kept=float(kept[place]),
            kept_error=float((kept[place] * (1 - kept[place]) / BOOTSTRAPS) ** 0.5),
            best_rank=int(low[place]),
            worst_rank=int(high[place]),
            members=members[assessed[place].pk],
        )
        for place in strengths.order
    ]
    return Computed(results, left_out, tied=strengths.connection != "apart")


def _wins(round_cases: Sequence[RoundCase]) -> tuple[Floats, dict[int, int]]:
    """How often each member preferred which (members, cases, cases), and how many saw each."""
    import numpy as np  # noqa: PLC0415  heavy

    place = {one.pk: number for number, one in enumerate(round_cases)}
    rows = list(
        Comparison.objects.filter(
            first__in=place, second__in=place, assessment__handed_in_at__isnull=False
        ).values_list("assessment__person_id", "first_id", "second_id", "preferred")
    )
    people = {person: number for number, person in enumerate(sorted({row[0] for row in rows}))}
    wins = np.zeros((len(people), len(place), len(place)))
    seen: dict[int, set[int]] = {key: set() for key in place}
    for person, first, second, preferred in rows:
        seen[first].add(person)
        seen[second].add(person)
        i, j, k = place[first], place[second], people[person]
        if preferred != "second":
            wins[k, i, j] += 0.5 if preferred == "equal" else 1.0
        if preferred != "first":
            wins[k, j, i] += 0.5 if preferred == "equal" else 1.0
    return wins, {key: len(found) for key, found in seen.items()}
