"""`python -m bench`: fill, measure, show, and write bench/results.json."""

from __future__ import annotations

import json
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from bench.measuring import WARM_UP, in_rounds, summed_up
from bench.memory import memory_under_load
from bench.places import drop, ready
from bench.showing import missed, show
from bench.stage import LOAD, Stage

RESULTS = Path(__file__).parent / "results.json"
SIZES, QUICK_SIZES = (10_000, 100_000), (2_000, 20_000)
SEARCH_SIZES, SEARCH_QUICK = (100_000,), (5_000,)


@click.command()
@click.option("--quick", is_flag=True, help="Fewer ideas and rounds, to see that all is well.")
@click.option("--rounds", default=None, type=int, help="How often each page is asked for.")
@click.option("--seed", default=20261, show_default=True, help="Chooses members and ideas.")
@click.option("--kill", is_flag=True, help="The large kill run instead: 500 acts.")
@click.option("--search", is_flag=True, help="Search over many texts instead.")
@click.option("--ranking", is_flag=True, help="The sums behind ranking and choosing instead.")
@click.option("--texts", multiple=True, type=int, help="How many texts, with --search.")
@click.option("--questions", default=200, show_default=True, help="How many, with --search.")
@click.option("--acts", default=500, show_default=True, help="How many acts the kill run makes.")
def main(
    *,
    quick: bool,
    rounds: int | None,
    seed: int,
    kill: bool,
    search: bool,
    ranking: bool,
    texts: tuple[int, ...],
    questions: int,
    acts: int,
) -> None:
    """Measure Løype beside a bare Django view, with 10,000 and 100,000 ideas."""
    if search:
        search_for(texts or (SEARCH_QUICK if quick else SEARCH_SIZES), questions=questions)
        return
    if ranking:
        rank(rounds=rounds or (2 if quick else 7))
        return
    if kill:
        from bench.kill_run import run

        raise SystemExit(run(acts=acts, seed=seed))
    sizes = QUICK_SIZES if quick else SIZES
    measure(sizes, rounds=rounds or (10 if quick else 60), seed=seed, quick=quick)


def rank(*, rounds: int) -> None:
    """Measure the sums behind ranking, and keep the results beside the others."""
    from bench.ranking.run import run

    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept["ranking"] = run(rounds=rounds)
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def search_for(sizes: tuple[int, ...], *, questions: int) -> None:
    """Measure search over so many texts, and keep the results beside the others."""
    from bench.finding.run import run

    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for size in sizes:
        told = run(size, questions=questions, others=True)
        kept["search"] = {**kept.get("search", {}), str(size): told}
        RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def measure(sizes: tuple[int, ...], *, rounds: int, seed: int, quick: bool) -> None:
    """Fill what is not filled, ask in rounds, and keep the results."""
    console, began = Console(), time.monotonic()
    names = {}
    for size in sizes:
        with console.status(f"Preparing {size:,} ideas (minutes, the first time) …"):
            names[size] = ready(size)
    stages = {size: Stage(name, seed=seed) for size, name in names.items()}
    try:
        with Progress(console=console) as progress:
            task = progress.add_task("Asking in rounds", total=rounds + WARM_UP)
            samples = in_rounds(stages, rounds=rounds, done=lambda: progress.advance(task))
        load = stages[sizes[-1]].ask(LOAD)["load"]
    finally:
        for stage in stages.values():
            stage.close()
    with console.status("Reading the memory of a web process under load …"):
        memory = memory_under_load(names[sizes[-1]], load, requests=200 if quick else 1200)
    results: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "rounds": rounds,
        "rows": summed_up(samples, sizes=sizes),
        "memory": memory,
    }
    results["missed"] = missed(results)
    show(results)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results |= {part: kept[part] for part in ("search", "ranking") if part in kept}
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for name in names.values():
        drop(name)
    console.print(f"Written to {RESULTS.name} in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
