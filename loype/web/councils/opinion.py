"""The spread of opinion as a picture: where each member put each case; no database here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from loype.councils.models import Criterion, Profile, RoundCase
from loype.web.shared import charts

WIDE_APART = 0.35  # of the scale, between the lowest and the highest member


@dataclass(frozen=True)
class Given:
    """Points that a member gave a case on a criterion."""

    round_case_id: int
    assessment_id: int
    criterion_id: int
    value: int


@dataclass(frozen=True)
class CaseOpinion:
    """What the members think of one case."""

    round_case: RoundCase
    means: tuple[tuple[int, float], ...]
    by_criterion: dict[int, tuple[int, ...]]

    @property
    def middle(self) -> float:
        """The middle of the members' means."""
        return median(mean for _assessment, mean in self.means)

    @property
    def apart(self) -> float:
        """How far the lowest and the highest member lie from each other."""
        values = [mean for _assessment, mean in self.means]
        return max(values) - min(values)


def opinions(
    given: Iterable[Given], *, round_cases: Sequence[RoundCase], criteria: Sequence[Criterion]
) -> list[CaseOpinion]:
    """What was said of each case, highest first; a member's mean is weighed as the profile says."""
    weights = {one.pk: float(one.weight) for one in criteria}
    by_case: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in given:
        by_case[one.round_case_id][one.assessment_id][one.criterion_id] = one.value
    found = [
        CaseOpinion(
            round_case=one,
            means=tuple(
                (assessment, _weighed(points, weights))
                for assessment, points in sorted(by_case[one.pk].items())
            ),
            by_criterion={
                key: tuple(points[key] for points in by_case[one.pk].values() if key in points)
                for key in weights
            },
        )
        for one in round_cases
        if one.pk in by_case
    ]
    return sorted(found, key=lambda one: -one.middle)


def _weighed(points: dict[int, int], weights: dict[int, float]) -> float:
    whole = sum(weights[key] for key in points)
    return sum(weights[key] * value for key, value in points.items()) / whole


def opinion_picture(
    found: Sequence[CaseOpinion], *, criteria: Sequence[Criterion], profile: Profile
) -> SafeString:
    """A line for each case: every member a point, the middle upright, the table beneath."""
    lines = [_line(one, criteria=criteria, profile=profile) for one in found]
    note = _(
        "Each point is a member, from %(lowest)s on the left to %(highest)s on the right; the "
        "upright mark is the middle."
    ) % {"lowest": profile.lowest, "highest": profile.highest}
    heads = (_("middle"), _("lowest"), _("highest"), *(one.name for one in criteria))
    return charts.framed(lines, kind="opinion", title=finding(found), heads=heads, note=note)


def finding(found: Sequence[CaseOpinion]) -> str:
    """What the picture shows: where the members disagree most."""
    furthest = max(found, key=lambda one: one.apart)
    profile = furthest.round_case.round.profile
    if furthest.apart < WIDE_APART * (profile.highest - profile.lowest):
        return _("The members agree largely")
    return _("The members disagree most about “%(title)s”") % {
        "title": furthest.round_case.case.idea.title
    }


def said(number: float) -> str:
    """A mean with one decimal."""
    return number_format(round(number, 1), decimal_pos=1)


def _line(one: CaseOpinion, *, criteria: Sequence[Criterion], profile: Profile) -> charts.Line:
    values = [mean for _assessment, mean in one.means]
    low, high = min(values), max(values)
    told = ngettext(
        "%(middle)s, by %(count)s member", "%(middle)s, by %(count)s members", len(values)
    ) % {"middle": said(one.middle), "count": len(values)}
    if high > low:
        told = _("%(told)s, from %(low)s to %(high)s") % {
            "told": told, "low": said(low), "high": said(high)
        }  # fmt: skip
    cells = [said(one.middle), said(low), said(high)]
    cells += [_of_criterion(one.by_criterion.get(criterion.pk, ())) for criterion in criteria]
    return charts.Line(
        label=one.round_case.case.idea.title,
        figure=told,
        shapes=_shapes(values, middle=one.middle, profile=profile),
        cells=tuple(cells),
    )


def _of_criterion(values: tuple[int, ...]) -> str:
    if not values:
        return "–"
    if min(values) == max(values):
        return said(fmean(values))
    return _("%(mean)s (%(low)s to %(high)s)") % {
        "mean": said(fmean(values)),
        "low": min(values),
        "high": max(values),
    }


def _shapes(values: Sequence[float], *, middle: float, profile: Profile) -> SafeString:
    scale = profile.highest - profile.lowest

    def at(value: float) -> float:
        return round(2 + 96 * (value - profile.lowest) / scale, 1)

    low, high = at(min(values)), at(max(values))
    return format_html(
        '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>'
        '<rect class="chart__bar chart__bar--soft" x="{}%" y="6" width="{}%" height="8" rx="4"/>'
        "{}"
        '<svg x="{}%" overflow="visible">'
        '<rect class="chart__median" x="-2.5" width="5" height="20" rx="2"/></svg>',
        low,
        round(max(0.5, high - low), 1),
        format_html_join(
            "",
            '<svg x="{}%" y="10" overflow="visible"><circle class="chart__point" r="5"/></svg>',
            ((at(value),) for value in values),
        ),
        at(middle),
    )
