"""The results as a table."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

MOST_TIMES_BARE = {"submit": 2.0}
MOST_TIMES_SMALLER = 1.2
MOST_MB = 120
# What is decided here goes on and serves no aim of a plan. The guard counts alike: for a case that
# serves one, a statement more ("POST meeting_decide what goes on" in tests/budgets.toml).
STATEMENTS = {
    "submit": 15, "decide": 15, "idea_page": 10, "trail_page": 10, "ranking_page": 10,
    "federation_overview": 10,
}  # fmt: skip
COLUMNS = (
    "median ms", "p95 ms", "CPU ms", "SQL", "kB", "× bare", "CPU × bare", "× signed in",
    "× 10,000",
)  # fmt: skip


def show(results: dict[str, Any]) -> None:
    """Print the table; what misses its aim is red."""
    console = Console(width=None if Console().is_terminal else 130)
    table = Table(title="Løype beside a bare Django view", show_lines=False)
    table.add_column("what")
    table.add_column("ideas", justify="right")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for row in results["rows"]:
        table.add_row(row["name"], f"{row['ideas']:,}", *_cells(row))
    console.print(table)
    for line in _about_memory(results.get("memory", {})):
        console.print(line)
    for line in missed(results):
        console.print(f"[red]missed:[/red] {line}")


def _cells(row: dict[str, Any]) -> list[str]:
    is_bare = row["name"].startswith("bare")
    ratio = row["ratio_to_bare"]
    growth = row.get("ratio_to_smaller")
    return [
        f"{row['median_ms']:.1f}",
        f"{row['p95_ms']:.1f}",
        f"{row['cpu_ms']:.1f}",
        _marked(str(row["statements"]), is_bare or row["statements"] <= _budget(row)),
        f"{row['bytes'] / 1000:.1f}",
        _marked(f"{ratio:.1f}", is_bare or ratio <= _most(row)),
        f"{row['cpu_ratio_to_bare']:.1f}",
        f"{row['ratio_to_bare_signed_in']:.1f}",
        "" if growth is None else _marked(f"{growth:.2f}", growth <= MOST_TIMES_SMALLER),
    ]


def _marked(text: str, is_met: bool) -> str:
    return text if is_met else f"[red]{text}[/red]"


def _budget(row: dict[str, Any]) -> int:
    return STATEMENTS.get(row["name"], 8)


def _most(row: dict[str, Any]) -> float:
    return MOST_TIMES_BARE.get(row["name"], 4.0)


def missed(results: dict[str, Any]) -> list[str]:
    """Which aims were not met, in words."""
    found = []
    for row in results["rows"]:
        if row["name"].startswith("bare"):
            continue
        what = f"{row['name']} at {row['ideas']:,}"
        if row["ratio_to_bare"] > _most(row):
            found.append(f"{what}: {row['ratio_to_bare']:.1f} times bare, aim {_most(row):g}")
        if row["statements"] > _budget(row):
            found.append(f"{what}: {row['statements']} statements, aim {_budget(row)}")
        growth = row.get("ratio_to_smaller", 0.0)
        if growth > MOST_TIMES_SMALLER:
            found.append(f"{what}: {growth:.2f} times the smaller, aim {MOST_TIMES_SMALLER:g}")
    held = results.get("memory", {}).get("under_load", {}).get("web_process_rss", 0.0)
    if held > MOST_MB:
        found.append(f"web process: {held:.0f} MB, aim {MOST_MB}")
    return found


def _about_memory(memory: dict[str, Any]) -> list[str]:
    if not memory:
        return []
    held, idle = memory["under_load"], memory["idle"]
    line = (
        f"Web process under load: {held['web_process_rss']:.0f} MB resident, "
        f"{held['web_process_pss']:.0f} MB its own share (at start "
        f"{idle['web_process_rss']:.0f} and {idle['web_process_pss']:.0f}); with its parent "
        f"{held['with_its_parent_pss']:.0f} MB. {memory['requests']} requests, "
        f"{memory['requests_a_second']:.0f} a second, "
        f"{memory['answers_other_than_200']} not answered with 200."
    )
    return [line]
