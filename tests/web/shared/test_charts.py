"""A picture of numbers says its finding, its numbers, and the same again as a table."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString

from loype.web.shared import charts

BARS = charts.bars(
    [charts.Bar("Fjordvik", 41), charts.Bar("Nordås <x>", 0)], title="F", unit="ideas"
)
SPREAD = charts.distribution(
    [charts.Spread("Waiting", low=4, median=18, high=41, most=66)], title="Half take 18 days"
)
PLAN = charts.plan(
    [
        charts.Span(
            "Keys",
            date(2026, 1, 1),
            date(2026, 5, 1),
            url="/activities/1",
            marks=(charts.Mark(date(2026, 3, 2), "Gate"),),
        )
    ],
    title="One activity",
    today=date(2026, 3, 1),
)
FLOW = charts.flow(
    [charts.Stage("In", 200), charts.Stage("Out", 50), charts.Stage("Reused", 0)],
    title="A quarter goes on",
    unit="ideas",
)
ALL = [BARS, SPREAD, PLAN, FLOW]
VOID = {"rect", "line", "path"}


class Balance(HTMLParser):
    """Checks that every element is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("chart", ALL)
def test_it_is_whole_markup_without_inline_style(chart: SafeString) -> None:
    balance = Balance()
    balance.feed(chart)
    assert balance.open == []
    assert "style=" not in chart


@pytest.mark.parametrize("chart", ALL)
def test_it_has_a_title_and_a_table_twin(chart: SafeString) -> None:
    name = re.search(r'aria-labelledby="([^"]+)"', chart)
    assert name
    assert f'id="{name.group(1)}"' in chart
    assert "<details" in chart
    assert "<table" in chart
    assert '<th scope="col">' in chart


def test_two_charts_on_a_page_have_different_names() -> None:
    again = charts.bars([charts.Bar("a", 1)], title="t", unit="u")
    names = [re.findall(r' id="([^"]+)"', chart) for chart in (BARS, again)]
    assert not set(names[0]) & set(names[1])


def test_every_shape_stays_inside_the_picture() -> None:
    for chart in ALL:
        for share in re.findall(r'(?:x|x1|x2|width)="(-?[\d.]+)%"', chart):
            assert 0 <= float(share) <= 100
        for x, width in re.findall(r'<rect[^>]* x="([\d.]+)%"[^>]* width="([\d.]+)%"', chart):
            assert float(x) + float(width) <= 101


def test_bars_are_as_long_as_their_numbers() -> None:
    halves = charts.bars([charts.Bar("a", 8), charts.Bar("b", 2)], title="t", unit="u")
    assert re.findall(r'<rect class="chart__bar" width="([\d.]+)%"', halves) == ["100.0", "25.0"]


def test_labels_are_escaped_and_linked() -> None:
    assert "Nordås &lt;x&gt;" in BARS
    assert '<a href="/activities/1">Keys</a>' in PLAN


def test_dates_that_matter_stand_in_the_table() -> None:
    assert "Gate 2 March" in PLAN


def test_the_flow_says_what_share_went_on() -> None:
    assert "50 (25 %)" in FLOW


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars([], title="t", unit="u"),
        charts.distribution([], title="t"),
        charts.plan([], title="t", today=date(2026, 1, 1)),
        charts.flow([], title="t", unit="u"),
        charts.flow([charts.Stage("In", 0)], title="t", unit="u"),
        charts.distribution([charts.Spread("w", low=0, median=0, high=0, most=0)], title="t"),
    ],
)
def test_nothing_to_show_is_no_error(chart: SafeString) -> None:
    assert "<figure" in chart
