"""Asking in rounds, and the figures that come of it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.stage import Stage

BARE, SIGNED_IN = "bare", "bare_signed_in"
COUNCIL_PAGES = (
    "meeting_list", "decision_list", "decision_log", "council_clocks", "round_list",
    "ranking_list", "ranking_page", "federation_works", "federation_overview", "flow_time",
    "flow_months", "flow_public",
)  # fmt: skip
PAGES = (
    "idea_list", "idea_list_filtered", "idea_list_searched", "council_queue", "idea_page",
    "trail_page", "portfolio_board", "portfolio_board_full", "api_1000", *COUNCIL_PAGES,
)  # fmt: skip
ACTS = ("submit", "decide")
EVERYTHING = (BARE, SIGNED_IN, *PAGES, *ACTS)
WARM_UP = 6
Samples = dict[tuple[str, int], list[dict[str, Any]]]


def in_rounds(
    stages: Mapping[int, Stage], *, rounds: int, done: Callable[[], object] = lambda: None
) -> Samples:
    """Ask for everything once a round, at each size in turn; the first rounds only warm up.

    A page is asked for twice and the second time counts: the process was idle before.
    """
    samples: Samples = {}
    for number in range(rounds + WARM_UP):
        turn = list(stages.items())[:: 1 if number % 2 else -1]
        for name in EVERYTHING:
            for size, stage in turn:
                stage.ask(BARE if name in ACTS else name)
                figures = stage.ask(name)
                if number >= WARM_UP:
                    samples.setdefault((name, size), []).append(figures)
        done()
    return samples


def summed_up(samples: Samples, *, sizes: Sequence[int]) -> list[dict[str, Any]]:
    """A row for each page or act and size: medians, ratios to the bare view and to 10,000."""
    rows = []
    for name in EVERYTHING:
        for size in sizes:
            row: dict[str, Any] = {"name": name, "ideas": size, **_figures(samples[name, size])}
            for baseline in (BARE, SIGNED_IN):
                base = _figures(samples[baseline, size])
                row[f"ratio_to_{baseline}"] = row["median_ms"] / base["median_ms"]
                row[f"cpu_ratio_to_{baseline}"] = row["cpu_ms"] / base["cpu_ms"]
            if size != sizes[0]:
                small = _figures(samples[name, sizes[0]])
                row["ratio_to_smaller"] = row["median_ms"] / small["median_ms"]
            rows.append(row)
    return rows


def _figures(samples: list[dict[str, Any]]) -> dict[str, Any]:
    walls = sorted(one["wall_ms"] for one in samples)
    return {
        "requests": len(samples),
        "median_ms": statistics.median(walls),
        "p95_ms": walls[min(len(walls) - 1, round(0.95 * len(walls)))],
        "cpu_ms": statistics.median(one["cpu_ms"] for one in samples),
        "statements": max(one["statements"] for one in samples),
        "bytes": statistics.median(one["size"] for one in samples),
    }
