"""How far each indicator has come from its baseline to its target; no database here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from loype.evaluation.models import Indicator, Measurement
from loype.evaluation.sums import Reach, reach_of, realised_share
from loype.web.shared import charts
from loype.web.shared.numbers import plain
from loype.web.shared.parts.moments import plain_date


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An indicator with what it showed, in the order of the days."""

    indicator: Indicator
    measurements: Sequence[Measurement]
    form: Any = None

    @property
    def latest(self) -> Measurement | None:
        """The newest measurement."""
        return self.measurements[-1] if self.measurements else None

    @property
    def from_to(self) -> str:
        """From where to where, in words."""
        if self.indicator.baseline == self.indicator.target:
            return _("keep at %(target)s %(unit)s") % {
                "target": plain(self.indicator.target),
                "unit": self.indicator.unit,
            }
        return _("from %(baseline)s to %(target)s %(unit)s") % {
            "baseline": plain(self.indicator.baseline),
            "target": plain(self.indicator.target),
            "unit": self.indicator.unit,
        }

    @property
    def reach(self) -> Reach:
        """How far the newest measurement has come."""
        return reach_of(
            baseline=self.indicator.baseline,
            target=self.indicator.target,
            measured=self.latest.value if self.latest else None,
            lower_is_better=self.indicator.better == "down",
        )

    @property
    def words(self) -> str:
        """The same in words."""
        words = {
            Reach.NOT_MEASURED: _("not measured yet"),
            Reach.WORSE: _("worse than before"),
            Reach.REACHED: _("the target is reached"),
            Reach.ON_THE_WAY: _("%(share)s %% of the way") % {"share": self._percent()},
        }
        return words[self.reach]

    def _percent(self) -> str:
        share = self.share_of(self.latest.value) if self.latest else None
        return "" if share is None else number_format(round(100 * share))

    def share_of(self, value: Decimal) -> Decimal | None:
        """How much of the way a measured value has gone."""
        return realised_share(
            baseline=self.indicator.baseline, target=self.indicator.target, measured=value
        )


def picture(rows: Sequence[Measured]) -> SafeString:
    """A line for each indicator, from before to target, with each measurement as a point."""
    reached = sum(row.reach is Reach.REACHED for row in rows)
    title = ngettext(
        "%(reached)s of %(total)s target reached",
        "%(reached)s of %(total)s targets reached",
        len(rows),
    ) % {"reached": reached, "total": len(rows)}
    heads = (_("before"), _("target"), _("measured"), _("how far"))
    note = _("Left is before, the upright line is the target, the filled point is the newest.")
    return charts.framed(
        [_line(row) for row in rows], kind="reach", title=title, heads=heads, note=note
    )


def _line(row: Measured) -> charts.Line:
    indicator, latest = row.indicator, row.latest
    now = f"{plain(latest.value)} {indicator.unit}: " if latest else ""
    told = "; ".join(
        f"{plain_date(one.measured_date)}: {plain(one.value)}" for one in row.measurements
    )
    share = row.share_of(latest.value) if latest else None
    return charts.Line(
        label=f"{indicator.name}, {row.from_to}",
        figure=f"{now}{row.words}",
        shapes=_shapes(row),
        cells=(
            f"{plain(indicator.baseline)} {indicator.unit}",
            f"{plain(indicator.target)} {indicator.unit}",
            told or _("not measured yet"),
            row.words if share is None else f"{number_format(round(100 * share))} %",
        ),
    )


def _shapes(row: Measured) -> SafeString:
    """The way as a rail, what was gone of it as a bar, the target upright, points measured."""
    indicator = row.indicator
    values = [one.value for one in row.measurements]
    at = scale(indicator.baseline, indicator.target, values, down=indicator.better == "down")
    start, goal = at(indicator.baseline), at(indicator.target)
    latest = at(values[-1]) if values else start
    points = [
        (at(value), " chart__point--last" if n == len(values) else "")
        for n, value in enumerate(values, 1)
    ]
    return format_html(
        '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>'
        '<rect class="chart__way{}" x="{}%" y="7" width="{}%" height="6" rx="3"/>'
        '<line class="chart__goal" x1="{goal}%" x2="{goal}%" y1="-2" y2="22"/>{}',
        " chart__way--back" if latest < start else "",
        min(start, latest),
        round(abs(latest - start), 1),
        format_html_join(
            "",
            '<svg x="{}%" y="10" overflow="visible"><circle class="chart__point{}" r="6"/></svg>',
            points,
        ),
        goal=goal,
    )


def scale(baseline: Decimal, target: Decimal, values: Sequence[Decimal], *, down: bool) -> Any:
    """A function from a value to its place in percent of the width, better to the right."""
    everything = [baseline, target, *values]
    low, high = min(everything), max(everything)
    width = high - low

    def at(value: Decimal) -> float:
        if not width:
            return 50.0
        part = (high - value if down else value - low) / width
        return float(round(2 + 96 * part, 1))

    return at
