"""Three pictures of a flow: what lay where week by week, how long it took, and what grows old.

As in `charts`, shapes are SVG in percent of the width, the words stand beside them as text, the
same numbers stand in a table below, and the title says the finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from django.utils.dates import MONTHS_3
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from loype.web.shared.charts import (
    Line,
    framed,
    largest,
    numbers,
    share,
    table_twin,
)
from loype.web.shared.parts.moments import plain_date

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000)
MOST_BINS = 20
LARGEST_DOT, SMALLEST_DOT = 9.0, 4.0


@dataclass(frozen=True, slots=True)
class Layer:
    """What lay in one place at each of the days of a picture."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A number of working days that matters, with its name; `tone` tells the lines apart."""

    at: float
    label: str
    tone: str = "median"


@dataclass(frozen=True, slots=True)
class Dot:
    """So many things of one age."""

    at: int
    count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The things in one place, by age, and the same in words and numbers."""

    label: str
    figure: str
    dots: tuple[Dot, ...]
    cells: tuple[str, ...]


def layers(days: Sequence[date], stack: Sequence[Layer], *, title: str) -> SafeString:
    """A cumulative flow diagram: layers on top of each other, the first uppermost."""
    totals = [sum(layer.values[place] for layer in stack) for place in range(len(days))]
    most = largest(totals)
    shapes = SafeString("")
    above = totals
    for number, layer in enumerate(stack):
        below = [total - value for total, value in zip(above, layer.values, strict=True)]
        shapes += _band(above, below, most=most, number=number)
        above = below
    picture = format_html(
        '<div class="chart__plot"><svg class="chart__field" aria-hidden="true" focusable="false">'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">{}</svg>'
        '{}</svg><svg class="chart__axis" aria-hidden="true" focusable="false">{}</svg></div>',
        shapes,
        _grid(most),
        _months(days),
    )
    return _figure(
        picture,
        kind="layers",
        title=title,
        key=_key(stack),
        table=_table_by_day(days, stack, title=title),
    )


def _band(
    above: Sequence[float], below: Sequence[float], *, most: float, number: int
) -> SafeString:
    last = max(1, len(above) - 1)
    top = [f"{share(place, of=last)} {_down(value, of=most)}" for place, value in enumerate(above)]
    under = [
        f"{share(place, of=last)} {_down(value, of=most)}" for place, value in enumerate(below)
    ]
    path = "M" + " L".join([*top, *reversed(under)]) + "z"
    return format_html('<path class="chart__band" data-band="{}" d="{}"/>', number, path)


def _down(value: float, *, of: float) -> float:
    """The place of a value from the top, in percent."""
    return round(100 - share(value, of=of), 2)


def _grid(most: float) -> SafeString:
    """Two lines with their numbers, so that a height can be read."""
    step = _nice(most / 2)
    marks = [step * place for place in (1, 2) if step * place <= most]
    return format_html_join(
        "",
        '<line class="chart__rail" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>'
        '<text class="chart__tick" x="4" y="{0}%" dy="-0.3em">{1}</text>',
        ((_down(mark, of=most), number_format(mark)) for mark in marks),
    )


def _nice(value: float) -> int:
    """A round number not above a value, at least 1."""
    power = 1
    while power * 10 <= value:
        power *= 10
    return max(factor * power for factor in (1, 2, 5) if factor * power <= max(value, 1))


def _months(days: Sequence[date]) -> SafeString:
    """The names of every third month under its first week."""
    last = max(1, len(days) - 1)
    firsts = [
        (place, day)
        for place, (before, day) in enumerate(pairwise(days), start=1)
        if day.month != before.month and day.month % 3 == 1
    ]
    return format_html_join(
        "",
        '<text class="chart__tick" x="{}%" y="1em" text-anchor="middle">{}</text>',
        (
            (share(place, of=last), f"{MONTHS_3[day.month]} {day.year}" if day.month == 1
             else MONTHS_3[day.month])
            for place, day in firsts
            if 4 < share(place, of=last) < 96
        ),
    )  # fmt: skip


def _key(stack: Sequence[Layer]) -> SafeString:
    """The layers from top to bottom, with what lies in each at the end."""
    items = format_html_join(
        "",
        '<li><svg class="chart__swatch" aria-hidden="true" focusable="false">'
        '<rect class="chart__band" data-band="{}" width="100%" height="100%"/></svg>'
        "<span>{}</span> <strong>{}</strong></li>",
        (
            (number, layer.label, number_format(layer.values[-1] if layer.values else 0))
            for number, layer in enumerate(stack)
        ),
    )
    return format_html('<ul class="chart__key">{}</ul>', items)


def _table_by_day(days: Sequence[date], stack: Sequence[Layer], *, title: str) -> SafeString:
    rows = [
        Line(
            label=plain_date(day),
            figure="",
            shapes=SafeString(""),
            cells=tuple(number_format(layer.values[place]) for layer in stack),
        )
        for place, day in enumerate(days)
    ]
    return table_twin(rows, heads=[layer.label for layer in stack], title=title)


def histogram(
    counts: Sequence[tuple[int, int]], *, edges: Sequence[Edge], title: str, unit: str
) -> SafeString:
    """How many took how many working days, with the days that matter as lines.

    The lines go from left to right down a stair, so that no name crosses the line of another.
    """
    edges = sorted(edges, key=lambda edge: edge.at)
    longest = max([days for days, _count in counts] + [round(edge.at) for edge in edges])
    width = next(one for one in WIDTHS if longest < one * MOST_BINS)
    bins = binned(counts, width=width, until=longest)
    most, whole = largest(bins), len(bins) * width
    bars = format_html_join(
        "",
        '<rect class="chart__bar" x="{}%" width="{}%" y="{}%" height="{}%"/>',
        (
            (share(place, of=len(bins)), round(92 / len(bins), 2), _down(0.8 * count, of=most),
             share(0.8 * count, of=most))
            for place, count in enumerate(bins)
        ),
    )  # fmt: skip
    lines = format_html_join(
        "",
        '<line class="chart__edge" data-tone="{0}" x1="{1}%" x2="{1}%" y1="{2}em" y2="100%"/>'
        '<text class="chart__tick chart__tick--name" x="{1}%" y="{2}em" dx="{3}" dy="0.8em"'
        ' text-anchor="{4}">{5}</text>',
        (
            (edge.tone, place := share(edge.at, of=whole), 1.25 * number,
             "-0.4em" if place > 80 else "0.4em", "end" if place > 80 else "start", edge.label)
            for number, edge in enumerate(edges)
        ),
    )  # fmt: skip
    picture = format_html(
        '<div class="chart__plot"><svg class="chart__field" aria-hidden="true" focusable="false">'
        '{}{}<line class="chart__rail" x1="0" x2="100%" y1="100%" y2="100%"/></svg>'
        '<svg class="chart__axis" aria-hidden="true" focusable="false">{}</svg></div>',
        bars,
        lines,
        _days_axis(len(bins), width=width),
    )
    return _figure(
        picture,
        kind="histogram",
        title=title,
        key=_edges_in_words(edges),
        table=_table_of_bins(bins, width=width, unit=unit, title=title),
    )


def binned(counts: Iterable[tuple[int, int]], *, width: int, until: int) -> list[int]:
    """How many fall into each stretch of `width` working days, from 0 on."""
    bins = [0] * (until // width + 1)
    for days, count in counts:
        bins[days // width] += count
    return bins


def _days_axis(count: int, *, width: int) -> SafeString:
    step = max(1, count // 4)
    return format_html_join(
        "",
        '<text class="chart__tick" x="{}%" y="1em" text-anchor="{}">{}</text>',
        (
            (share(place, of=count), "middle" if place else "start", number_format(place * width))
            for place in range(0, count, step)
        ),
    )


def _edges_in_words(edges: Sequence[Edge]) -> SafeString:
    items = format_html_join(
        "",
        '<li><svg class="chart__swatch" aria-hidden="true" focusable="false">'
        '<line class="chart__edge" data-tone="{}" x1="50%" x2="50%" y1="0" y2="100%"/></svg>'
        "<span>{}</span> <strong>{}</strong></li>",
        ((edge.tone, edge.label, working_days(edge.at)) for edge in edges),
    )
    return format_html('<ul class="chart__key">{}</ul>', items)


def _table_of_bins(bins: Sequence[int], *, width: int, unit: str, title: str) -> SafeString:
    rows = [
        Line(
            label=stretch(place, width=width),
            figure="",
            shapes=SafeString(""),
            cells=(number_format(count),),
        )
        for place, count in enumerate(bins)
    ]
    return table_twin(rows, heads=(unit,), title=title)


def stretch(place: int, *, width: int) -> str:
    """The working days of one bar: "10–14", or "10" where a bar is one day."""
    first = place * width
    return str(first) if width == 1 else f"{first}–{first + width - 1}"


def working_days(number: float) -> str:
    """A number of working days, whole or to the half."""
    whole = round(number)
    return ngettext("%(days)s working day", "%(days)s working days", whole) % {
        "days": number_format(whole)
    }


def ageing(
    lanes: Sequence[Lane], *, edges: Sequence[Edge], heads: Sequence[str], title: str
) -> SafeString:
    """What waits now, one line a place: further right is older, larger is more."""
    ages = [dot.at for lane in lanes for dot in lane.dots]
    most = largest([*ages, *(edge.at for edge in edges)])
    many = largest(dot.count for lane in lanes for dot in lane.dots)
    lines = [
        Line(
            label=lane.label,
            figure=lane.figure,
            shapes=_lane(lane, edges=edges, most=most, many=many),
            cells=lane.cells,
        )
        for lane in lanes
    ]
    note = gettext("The farther right, the longer it has waited. The lines: %(edges)s.") % {
        "edges": ", ".join(f"{edge.label} {working_days(edge.at)}" for edge in edges)
    }
    return framed(lines, kind="ageing", title=title, heads=heads, note=note if edges else "")


def _lane(lane: Lane, *, edges: Sequence[Edge], most: float, many: float) -> SafeString:
    return format_html(
        '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>{}{}',
        format_html_join(
            "",
            '<line class="chart__edge" data-tone="{0}" x1="{1}%" x2="{1}%" y1="-4" y2="24"/>',
            ((edge.tone, share(edge.at, of=most)) for edge in edges),
        ),
        format_html_join(
            "",
            '<circle class="chart__dot" cx="{}%" cy="10" r="{}"/>',
            ((share(dot.at, of=most), _radius(dot.count / many)) for dot in lane.dots),
        ),
    )


def _radius(part: float) -> float:
    """The area grows with the number."""
    return round(max(SMALLEST_DOT, LARGEST_DOT * sqrt(part)), 1)


def _figure(
    picture: SafeString, *, kind: str, title: str, key: SafeString, table: SafeString
) -> SafeString:
    """A picture in a frame of its own with its title, its key and its table."""
    name = f"chart-{next(numbers)}"
    return format_html(
        '<figure class="chart chart--wide" data-kind="{}" aria-labelledby="{}">'
        '<figcaption class="chart__title" id="{}">{}</figcaption>'
        '<div class="chart__with-key">{}{}</div>{}</figure>',
        kind,
        name,
        name,
        title,
        picture,
        key,
        table,
    )
