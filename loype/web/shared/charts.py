"""Pictures of numbers, made on the server, each with its numbers in a table below.

Labels are text beside what they name, so they grow and wrap with the reader's type; only the
shapes are SVG, placed in percent of the width so that no inline style and no script is needed.
The title says the finding. Colours come from the style sheets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loype.web.shared.parts.moments import days as days_in_words, plain_date

numbers = count(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A thing and how many."""

    label: str
    value: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something takes: tenth, fiftieth, ninetieth percentile and the longest, in days."""

    label: str
    low: float
    median: float
    high: float
    most: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters, with its name."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts from one day to another; `tone` is running, done, stopped or planned."""

    label: str
    start: date
    end: date
    tone: str = "running"
    url: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way and how many came so far."""

    label: str
    value: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of any picture: its words, its figure in words, its shapes, its row in the table."""

    label: str
    figure: str
    shapes: SafeString
    cells: tuple[str, ...]
    url: str = ""


def bars(rows: Sequence[Bar], *, title: str, unit: str) -> SafeString:
    """Lying bars, longest of all the full width."""
    most = largest(row.value for row in rows)
    lines = [
        Line(
            label=row.label,
            figure=number_format(row.value),
            shapes=bar(share(row.value, of=most)),
            cells=(number_format(row.value),),
            url=row.url,
        )
        for row in rows
    ]
    return framed(lines, kind="bars", title=title, heads=(unit,))


def distribution(rows: Sequence[Spread], *, title: str) -> SafeString:
    """For each row a strip from the tenth to the ninetieth percentile, the median marked."""
    most = largest(row.most for row in rows)
    lines = [
        Line(
            label=row.label,
            figure=gettext("half within %(median)s, nine of ten within %(high)s")
            % {"median": days_in_words(row.median), "high": days_in_words(row.high)},
            shapes=strip(row, most=most),
            cells=tuple(days_in_words(v) for v in (row.low, row.median, row.high, row.most)),
            url=row.url,
        )
        for row in rows
    ]
    heads = (
        gettext("one of ten within"),
        gettext("half within"),
        gettext("nine of ten within"),
        gettext("longest"),
    )
    return framed(lines, kind="spread", title=title, heads=heads)


def plan(rows: Sequence[Span], *, title: str, today: date) -> SafeString:
    """Bars over the months, with the days that matter as diamonds and a line for today."""
    first = min([row.start for row in rows] + [today])
    last = max([row.end for row in rows] + [today])
    lines = [
        Line(
            label=row.label,
            figure=f"{plain_date(row.start)} – {plain_date(row.end)}",
            shapes=span(row, first=first, last=last, today=today),
            cells=(plain_date(row.start), plain_date(row.end), dates_of(row)),
            url=row.url,
        )
        for row in rows
    ]
    heads = (gettext("from"), gettext("to"), gettext("dates that matter"))
    note = gettext("The line is today, %(day)s.") % {"day": plain_date(today)}
    return framed(lines, kind="plan", title=title, heads=heads, note=note)


def flow(stages: Sequence[Stage], *, title: str, unit: str) -> SafeString:
    """How many came in and how many went on, as a path that narrows."""
    most = largest(stage.value for stage in stages)
    onward = [stage.value for stage in stages[1:]] + [stage.value for stage in stages[-1:]]
    lines = [
        Line(
            label=stage.label,
            figure=with_share(stage.value, of=stages[0].value),
            shapes=narrowing(share(stage.value, of=most), share(after, of=most)),
            cells=(number_format(stage.value),),
            url=stage.url,
        )
        for stage, after in zip(stages, onward, strict=True)
    ]
    return framed(lines, kind="flow", title=title, heads=(unit,))


def largest(values: Iterable[float]) -> float:
    """The largest value, never zero, so that it can divide."""
    return max(values, default=0) or 1


def share(value: float, *, of: float) -> float:
    """A part of a whole in percent, between 0 and 100, one decimal."""
    return round(min(100.0, max(0.0, 100 * value / of)), 1)


def with_share(value: float, *, of: float) -> str:
    """A number, and what share of those that came in it is."""
    number = number_format(value)
    if not of or value == of:
        return number
    return gettext("%(number)s (%(share)s %%)") % {
        "number": number,
        "share": number_format(round(100 * value / of)),
    }


def dates_of(row: Span) -> str:
    """The days that matter, in words."""
    return ", ".join(f"{mark.label} {plain_date(mark.on)}" for mark in row.marks)


def bar(percent: float) -> SafeString:
    """One lying bar."""
    return format_html('<rect class="chart__bar" width="{}%" height="20" rx="3"/>', percent)


def strip(row: Spread, *, most: float) -> SafeString:
    """Thin to the longest, thick from low to high, upright at the median."""
    low, median, high, end = (share(v, of=most) for v in (row.low, row.median, row.high, row.most))
    return format_html(
        '<line class="chart__range" x1="0" x2="{}%" y1="10" y2="10"/>'
        '<rect class="chart__bar chart__bar--soft" x="{}%" y="3" width="{}%" height="14" rx="7"/>'
        '<svg x="{}%" overflow="visible">'
        '<rect class="chart__median" x="-2.5" width="5" height="20" rx="2"/></svg>',
        end,
        low,
        round(max(1.0, high - low), 1),
        median,
    )


def span(row: Span, *, first: date, last: date, today: date) -> SafeString:
    """One bar of the plan with its marks and the line for today."""
    whole = max(1, (last - first).days)

    def at(day: date) -> float:
        return share((day - first).days, of=whole)

    return format_html(
        '<line class="chart__rail" x1="0" x2="100%" y1="10" y2="10"/>'
        '<rect class="chart__span" data-tone="{}" x="{}%" width="{}%" height="20" rx="4"/>{}'
        '<line class="chart__today" x1="{today}%" x2="{today}%" y1="-6" y2="26"/>',
        row.tone,
        at(row.start),
        round(max(1.0, at(row.end) - at(row.start)), 1),
        format_html_join(
            "",
            '<svg x="{}%" y="10" overflow="visible">'
            '<path class="chart__mark" d="M0-8 8 0 0 8-8 0z"/></svg>',
            ((at(mark.on),) for mark in row.marks),
        ),
        today=at(today),
    )


def narrowing(top: float, bottom: float) -> SafeString:
    """A slab as wide as its number, its lower edge as wide as the next."""
    return format_html(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none">'
        '<path class="chart__slab" d="M0 0H{}L{} 10H0z"/></svg>',
        max(1.0, top),
        max(1.0, bottom),
    )


def framed(
    lines: Sequence[Line], *, kind: str, title: str, heads: Sequence[str], note: str = ""
) -> SafeString:
    """The picture with its title, and the same numbers as a table."""
    name = f"chart-{next(numbers)}"
    return format_html(
        '<figure class="chart" data-kind="{}" aria-labelledby="{}">'
        '<figcaption class="chart__title" id="{}">{}</figcaption>'
        '<ul class="chart__rows">{}</ul>{}{}</figure>',
        kind,
        name,
        name,
        title,
        SafeString("".join(drawn(line) for line in lines)),
        format_html('<p class="chart__note">{}</p>', note) if note else "",
        table_twin(lines, heads=heads, title=title),
    )


def drawn(line: Line) -> SafeString:
    """One row: words, shapes, figure. The shapes say nothing that the words do not."""
    return format_html(
        '<li class="chart__row"><span class="chart__label">{}</span>'
        '<svg class="chart__shapes" aria-hidden="true" focusable="false">{}</svg>'
        '<span class="chart__figure">{}</span></li>',
        format_html('<a href="{}">{}</a>', line.url, line.label) if line.url else line.label,
        line.shapes,
        line.figure,
    )


def table_twin(lines: Sequence[Line], *, heads: Sequence[str], title: str) -> SafeString:
    """The same numbers as a table, folded."""
    return format_html(
        '<details class="fold"><summary>{}</summary><div class="table-frame" tabindex="0"'
        ' role="region" aria-label="{}"><table class="table"><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details>",
        gettext("The numbers as a table"),
        title,
        format_html_join("", '<th scope="col">{}</th>', ((head,) for head in heads)),
        SafeString("".join(table_row(line) for line in lines)),
    )


def table_row(line: Line) -> SafeString:
    """One row, its first cell as its name."""
    cells = format_html_join("", "<td>{}</td>", ((cell,) for cell in line.cells))
    return format_html('<tr><th scope="row">{}</th>{}</tr>', line.label, cells)
