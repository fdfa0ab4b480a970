"""`python -m bench --ranking`: time the sums in rounds with the simple way, each in its process."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


def run(*, rounds: int) -> dict[str, Any]:
    """Measure every case, show the table, and give the results."""
    console = Console()
    rows = []
    for number in range(len(json.loads(_said("names")))):
        with console.status(f"Measuring sum {number + 1} …"):
            rows.append(_measured(number, rounds=rounds))
    results = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "rounds": rounds,
        "rows": rows,
    }
    results["missed"] = [line for row in rows for line in missed(row)]
    show(results, console=console)
    return results


def _measured(number: int, *, rounds: int) -> dict[str, Any]:
    """One case: its times in one process, its memory in another that does nothing else."""
    row: dict[str, Any] = json.loads(_said("times", number, rounds))
    for which in ("ours", "simple"):
        row[which] |= json.loads(_said("memory", number, which))
    return row


def _said(*words: object) -> str:
    command = [sys.executable, "-m", "bench.ranking.run", *map(str, words)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    return done.stdout.strip().split("\n")[-1]  # the solver may have spoken before


def times(number: int, rounds: int) -> dict[str, Any]:
    """Ours and the simple way in turn, once to warm up; medians."""
    from bench.ranking.cases import cases

    case = cases()[number]
    taken: dict[str, list[tuple[float, float]]] = {"ours": [], "simple": []}
    for turn in range(rounds + 1):
        for which in ("ours", "simple") if turn % 2 else ("simple", "ours"):
            began, worked = time.perf_counter(), time.process_time()
            getattr(case, which)()
            if turn:
                taken[which].append((time.perf_counter() - began, time.process_time() - worked))
    return {
        "what": case.what,
        "simple_words": case.simple_words,
        "most_seconds": case.most_seconds,
        "most_mb": case.most_mb,
        **{
            which: {
                "median_s": statistics.median(wall for wall, _ in all_),
                "longest_s": max(wall for wall, _ in all_),
                "cpu_s": statistics.median(cpu for _, cpu in all_),
            }
            for which, all_ in taken.items()
        },
    }


def memory(number: int, which: str) -> dict[str, float]:
    """The most memory the process ever held, and how much of it the sum itself added."""
    from bench.ranking.cases import cases

    case = cases()[number]
    before = _held()
    getattr(case, which)()
    return {"most_mb": _held(), "added_mb": _held() - before}


def _held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def missed(row: dict[str, Any]) -> list[str]:
    """Which aims a sum did not meet, in words."""
    found, ours = [], row["ours"]
    if row["most_seconds"] and ours["median_s"] > row["most_seconds"]:
        found.append(f"{row['what']}: {ours['median_s']:.2f} s, aim {row['most_seconds']:g} s")
    if row["most_mb"] and ours["most_mb"] > row["most_mb"]:
        found.append(f"{row['what']}: {ours['most_mb']:.0f} MB, aim {row['most_mb']:g} MB")
    return found


def show(results: dict[str, Any], *, console: Console) -> None:
    """Print the table; what misses its aim is said in red."""
    wide = console if console.is_terminal else Console(width=150)
    table = Table(title=f"Sums behind ranking and choosing, medians of {results['rounds']} rounds")
    table.add_column("what")
    for column in ("s", "CPU s", "MB in all", "MB added", "simple way s", "CPU s", "MB", "× CPU"):
        table.add_column(column, justify="right")
    for row in results["rows"]:
        ours, simple = row["ours"], row["simple"]
        table.add_row(
            f"{row['what']} (beside: {row['simple_words']})",
            f"{ours['median_s']:.3f}", f"{ours['cpu_s']:.3f}", f"{ours['most_mb']:.0f}",
            f"{ours['added_mb']:.0f}", f"{simple['median_s']:.3f}", f"{simple['cpu_s']:.3f}",
            f"{simple['most_mb']:.0f}", f"{simple['cpu_s'] / ours['cpu_s']:.1f}",
        )  # fmt: skip
    wide.print(table)
    for line in results["missed"]:
        wide.print(f"[red]missed:[/red] {line}")


def names() -> list[str]:
    """What is measured."""
    from bench.ranking.cases import cases

    return [case.what for case in cases()]


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    if what == "names":
        answer: Any = names()
    elif what == "times":
        answer = times(int(words[0]), int(words[1]))
    else:
        answer = memory(int(words[0]), words[1])
    print(json.dumps(answer))
