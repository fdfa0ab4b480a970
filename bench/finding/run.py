"""`python -m bench --search`: fill what is not filled, ask, compare, and keep the results."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from bench.finding.places import filled, ready, said_by
from bench.finding.showing import missed, show
from bench.memory import memory_under_load

PAGES = ("/", "/ideas/", "/portfolio/", "/solutions/", "/notices/", "/organisations/", "/about/")
"""Asked for before search is, to tell what search adds to them."""


def run(count: int, *, questions: int, others: bool) -> dict[str, Any]:
    """Measure search over so many texts."""
    console, began = Console(), time.monotonic()
    with console.status(f"Preparing {count:,} texts (minutes, the first time) …"):
        name = ready(count)
    with console.status("Asking, as readers of 0.1, 2, 20 and 100 % …"):
        told = said_by(name, "bench.finding.stage", str(questions), "others" if others else "no")
    said_by(name, "bench.finding.prepare", "0")  # who works on the tables meanwhile loses nothing
    with console.status("Reading the memory of a web process that searches …"):
        load = told.pop("load")
        pages = [(address, load[0][1]) for address in PAGES]
        memory = memory_under_load(name, load, requests=400, before=pages)
    results = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "texts": count,
        "filling": filled(count),
        "memory": memory,
        **told,
    }
    results["missed"] = missed(results)
    show(results, console=console)
    console.print(f"{count:,} texts in {time.monotonic() - began:.0f} s.")
    return results
