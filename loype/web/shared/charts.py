"""Pictures of numbers as SVG made on the server, each with its numbers in a table below.

Labels stand beside what they name, the title says the finding, colours come from style sheets.
Positions are SVG attributes, so that no inline style is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loype.web.shared.parts.moments import days as days_in_words
from loype.web.shared.parts.moments import plain_date

WIDTH = 640
ROW = 56
PLOT = WIDTH - 12
"""Width of the drawing and height of a row, in the units of the viewBox."""

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


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters, with its name."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts from one day to another; `tone` is done, running or stopped."""

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


def bars(rows: Sequence[Bar], *, title: str, unit: str) -> SafeString:
    """Lying bars, the label above each and the number at its end."""
    longest = max((row.value for row in rows), default=0) or 1
    drawn = [
        format_html(
            '{}<rect class="chart__bar" x="0" y="{}" width="{}" height="20" rx="3"/>'
            '<text class="chart__number" x="{}" y="{}">{}</text>',
            words(row.label, x=0, y=index * ROW + 18, url=row.url),
            index * ROW + 26,
            length(row.value, longest=longest),
            length(row.value, longest=longest) + 8,
            index * ROW + 42,
            number_format(row.value),
        )
        for index, row in enumerate(rows)
    ]
    table = [(row.label, number_format(row.value)) for row in rows]
    return framed(drawn, rows=len(rows), title=title, heads=("", unit), table=table)


def length(value: float, *, longest: float) -> float:
    """The width of a bar, leaving room for its number."""
    return round(max(2.0, (PLOT - 90) * value / longest), 1)


def distribution(rows: Sequence[Spread], *, title: str) -> SafeString:
    """For each row a strip from the tenth to the ninetieth percentile, the median marked."""
    longest = max((row.most for row in rows), default=0) or 1
    drawn = [
        format_html("{}{}", words(row.label, x=0, y=index * ROW + 18), strip(row, index, longest))
        for index, row in enumerate(rows)
    ]
    heads = (
        "",
        gettext("a tenth is faster than"),
        gettext("half is faster than"),
        gettext("nine of ten are faster than"),
        gettext("longest"),
    )
    table = [
        (row.label, *(days_in_words(v) for v in (row.low, row.median, row.high, row.most)))
        for row in rows
    ]
    return framed(drawn, rows=len(rows), title=title, heads=heads, table=table)


def strip(row: Spread, index: int, longest: float) -> SafeString:
    """One strip: thin to the longest, thick from low to high, a line and its words at the median."""
    scale = (PLOT - 20) / longest
    y = index * ROW + 36
    return format_html(
        '<line class="chart__range" x1="0" x2="{}" y1="{}" y2="{}"/>'
        '<rect class="chart__bar chart__bar--soft" x="{}" y="{}" width="{}" height="14" rx="7"/>'
        '<rect class="chart__median" x="{}" y="{}" width="5" height="22" rx="2"/>'
        '<text class="chart__note" x="{}" y="{}" text-anchor="end">{}</text>',
        round(row.most * scale, 1), y, y,
        round(row.low * scale, 1), y - 7, round(max(4.0, (row.high - row.low) * scale), 1),
        round(row.median * scale - 2.5, 1), y - 11,
        PLOT, index * ROW + 18,
        gettext("median %(median)s, nine of ten within %(high)s")
        % {"median": days_in_words(row.median), "high": days_in_words(row.high)},
    )  # fmt: skip


def plan(rows: Sequence[Span], *, title: str, today: date) -> SafeString:
    """Bars over the months, with gates as diamonds and a line for today."""
    first = min([row.start for row in rows] + [today])
    last = max([row.end for row in rows] + [today])
    scale = (PLOT - 10) / max(1, (last - first).days)
    drawn = [one_span(row, index, first=first, scale=scale) for index, row in enumerate(rows)]
    drawn.insert(0, today_line(round((today - first).days * scale, 1), rows=len(rows)))
    table = [
        (row.label, plain_date(row.start), plain_date(row.end),
         ", ".join(f"{mark.label} {plain_date(mark.on)}" for mark in row.marks))
        for row in rows
    ]  # fmt: skip
    heads = ("", gettext("from"), gettext("to"), gettext("dates that matter"))
    return framed(drawn, rows=len(rows), title=title, heads=heads, table=table, foot=24)


def one_span(row: Span, index: int, *, first: date, scale: float) -> SafeString:
    """One bar of the plan with its label and its marks."""
    x = round((row.start - first).days * scale, 1)
    width = round(max(6.0, (row.end - row.start).days * scale), 1)
    anchor_end = x > PLOT * 0.6
    marks = (
        (round((mark.on - first).days * scale, 1), index * ROW + 38, mark.label)
        for mark in row.marks
    )
    return format_html(
        '{}<rect class="chart__span" data-tone="{}" x="{}" y="{}" width="{}" height="20" rx="4"/>{}',
        words(
            row.label,
            x=x + width if anchor_end else x,
            y=index * ROW + 20,
            url=row.url,
            anchor="end" if anchor_end else "start",
        ),
        row.tone, x, index * ROW + 28, width,
        format_html_join(
            "",
            '<path class="chart__mark" transform="translate({} {})" d="M0-8 8 0 0 8-8 0z">'
            "<title>{}</title></path>",
            marks,
        ),
    )  # fmt: skip


def today_line(x: float, *, rows: int) -> SafeString:
    """Where we are now."""
    return format_html(
        '<line class="chart__today" x1="{}" x2="{}" y1="0" y2="{}"/>'
        '<text class="chart__note" x="{}" y="{}" text-anchor="{}">{}</text>',
        x, x, rows * ROW + 4,
        x, rows * ROW + 20, "end" if x > PLOT / 2 else "start", gettext("today"),
    )  # fmt: skip


def flow(stages: Sequence[Stage], *, title: str, unit: str) -> SafeString:
    """How many came in and how many went on, as a path that narrows."""
    most = max((stage.value for stage in stages), default=0) or 1
    drawn = []
    for index, stage in enumerate(stages):
        after = stages[index + 1].value if index + 1 < len(stages) else stage.value
        drawn.append(narrowing(stage, index, after=after, most=most))
    table = [(stage.label, number_format(stage.value)) for stage in stages]
    return framed(drawn, rows=len(stages), title=title, heads=("", unit), table=table)


def narrowing(stage: Stage, index: int, *, after: float, most: float) -> SafeString:
    """One stage: a slab as wide as its number, its lower edge as wide as the next."""
    wide = PLOT * 0.5
    top, bottom = (round(max(3.0, wide * value / most), 1) for value in (stage.value, after))
    y = index * ROW
    return format_html(
        '<path class="chart__slab" d="M0 {}H{}L{} {}H0z"/>'
        '<text class="chart__label" x="{}" y="{}">{}</text>'
        '<text class="chart__number" x="{}" y="{}" text-anchor="end">{}</text>',
        y + 3, top, bottom, y + ROW,
        round(wide + 16, 1), y + 32, stage.label,
        PLOT, y + 32, number_format(stage.value),
    )  # fmt: skip


def words(label: str, *, x: float, y: float, url: str = "", anchor: str = "start") -> SafeString:
    """A label in the picture, as a link where there is more to see."""
    text = format_html(
        '<text class="chart__label" x="{}" y="{}" text-anchor="{}">{}</text>', x, y, anchor, label
    )
    return format_html('<a href="{}">{}</a>', url, text) if url else text


def framed(
    drawn: Iterable[SafeString],
    *,
    rows: int,
    title: str,
    heads: Sequence[str],
    table: Sequence[Sequence[str]],
    foot: int = 0,
) -> SafeString:
    """The picture with its title, a description for those who do not see it, and the table."""
    name = f"chart-{next(numbers)}"
    return format_html(
        '<figure class="chart"><figcaption class="chart__title" id="{name}">{title}</figcaption>'
        '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name} {name}-d">'
        '<desc id="{name}-d">{desc}</desc>{drawn}</svg>{twin}</figure>',
        name=name,
        title=title,
        width=WIDTH,
        height=rows * ROW + foot + 4,
        desc="; ".join(" ".join(part for part in row if part) for row in table),
        drawn=SafeString("".join(drawn)),
        twin=table_twin(heads, table),
    )


def table_twin(heads: Sequence[str], table: Sequence[Sequence[str]]) -> SafeString:
    """The same numbers as a table, folded."""
    return format_html(
        '<details class="fold"><summary>{}</summary><div class="table-frame">'
        '<table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>',
        gettext("The numbers as a table"),
        format_html_join("", "{}", ((head_cell(head),) for head in heads)),
        format_html_join("", "<tr>{}</tr>", ((table_row(row),) for row in table)),
    )


def head_cell(head: str) -> SafeString:
    """A column's name; the corner has none."""
    return format_html('<th scope="col">{}</th>', head) if head else SafeString("<td></td>")


def table_row(row: Sequence[str]) -> SafeString:
    """One row, its first cell as its name."""
    first, *others = row
    return format_html(
        '<th scope="row">{}</th>{}',
        first,
        format_html_join("", "<td>{}</td>", ((cell,) for cell in others)),
    )
