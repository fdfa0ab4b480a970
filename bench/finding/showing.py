"""The results of the search benchmark as tables, also for `docs/measured.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ASKED = {
    "find": "find, a title",
    "find_alike": "alike, a whole text",
    "typing": "while typing, by meaning",
    "typing_words_only": "while typing, by words",
    "find_filtered": "find, narrowed",
}
MOST_P50, MOST_P99, MOST_TYPING = 40.0, 120.0, 60.0
LEAST_RECALL = 0.97
MOST_MB = 220
HEAD = (
    "what", "readable", "p50", "p95", "p99", "CPU p50", "CPU mean",
    "of it database", "recall@10",
)  # fmt: skip


def show(results: dict[str, Any], *, console: Console) -> None:
    """Print the tables; what misses its aim is red."""
    wide = console if console.is_terminal else Console(width=130)
    table = Table(title=f"Search over {results['texts']:,} texts, milliseconds")
    for column in HEAD:
        table.add_column(column, justify="left" if column == "what" else "right")
    for row in rows(results):
        table.add_row(*row)
    wide.print(table)
    for line in (*_facts(results), *(f"[red]missed:[/red] {one}" for one in results["missed"])):
        wide.print(line)


def as_markdown(results: dict[str, Any]) -> Iterator[str]:
    """The same for a page."""
    yield f"| {results['texts']:,} texts, ms | {' | '.join(HEAD[1:])} |"
    yield f"|---|{'---:|' * (len(HEAD) - 1)}"
    for row in rows(results):
        yield f"| {' | '.join(row)} |"
    yield ""
    for line in _facts(results):
        yield f"* {line}"


def rows(results: dict[str, Any]) -> Iterator[Sequence[str]]:
    """A row for each question and reader, ours first."""
    readers = results["readers"]
    for key, name in ASKED.items():
        for share, told in readers.items():
            measured = {"find_alike": told, "find_filtered": told["narrowed"]}.get(key)
            recall = f"{measured['recall_at_10']:.3f}" if measured else ""
            yield (name, share, *_cells(told[key]), recall)
    others = results.get("others") or {}
    for key, name in (("full_text", "PostgreSQL full text alone"), ("tantivy", "tantivy")):
        for share in readers:
            if told := (others.get(key) or {}).get(share):
                yield (name, share, *_cells(told), "")


def missed(results: dict[str, Any]) -> list[str]:
    """Which aims were not met, by the processor's time: an idle core would take as long."""
    found = []
    for share, told in results["readers"].items():
        for which, measured in (("", told), (", narrowed", told["narrowed"])):
            if (reached := measured["recall_at_10"]) < LEAST_RECALL:
                found.append(f"recall at {share}{which}: {reached:.3f}, aim {LEAST_RECALL}")
        for key in ("find", "find_alike", "find_filtered"):
            if told[key]["p50_ms"] > MOST_P50 or told[key]["p99_ms"] > MOST_P99:
                p50, p99 = told[key]["p50_ms"], told[key]["p99_ms"]
                found.append(
                    f"{key} at {share}: p50 {p50:.0f} and p99 {p99:.0f} ms by the clock (on the"
                    f" average {told[key]['cpu_mean_ms']:.0f} of the processor), aim 40 and 120"
                )
        if told["typing"]["p95_ms"] > MOST_TYPING:
            found.append(
                f"typing at {share}: p95 {told['typing']['p95_ms']:.0f} ms by the clock (on the"
                f" average {told['typing']['cpu_mean_ms']:.0f} of the processor), aim 60"
            )
    if (added := _added(results["memory"])) > MOST_MB:
        found.append(f"memory for search in a web process: {added:.0f} MB, aim {MOST_MB}")
    return found


def _added(memory: dict[str, Any]) -> float:
    """Megabytes that a web process holds for search over what it held for other pages."""
    held: float = memory["under_load"]["web_process_rss"] - memory["before_load"]["web_process_rss"]
    return held


def _cells(told: dict[str, float]) -> list[str]:
    names = (
        "p50_ms", "p95_ms", "p99_ms", "own_cpu_p50_ms", "cpu_mean_ms", "database_cpu_mean_ms",
    )  # fmt: skip
    return [f"{told[name]:.1f}" for name in names]


def _facts(results: dict[str, Any]) -> Iterator[str]:
    filling, sizes = results["filling"], results["sizes_mb"]
    graph = sum(size for name, size in sizes.items() if "graph" in name)
    own = sum(size for name, size in sizes.items() if not name.startswith("bench"))
    if filling:
        indexes = filling["indexes_s"]
        graph_s = sum(took for name, took in indexes.items() if "graph" in name)
        speed = filling["embedded_texts"] / max(filling["embedding_cpu_s"], 0.001)
        yield (
            f"Built: rows loaded in {filling['loading_s']:.0f} s, the graph in {graph_s:.0f} s, "
            f"all other indexes in {sum(indexes.values()) - graph_s:.0f} s. "
            f"{speed:.0f} short texts embedded a second of one core."
        )
    yield (
        f"Size: {own:.0f} MB in all; texts {sizes['search_text']:.0f}, vectors "
        f"{sizes['search_vector']:.0f}, their graph {graph:.0f}, words "
        f"{sizes['search_text_tokens']:.0f}."
    )
    yield (
        f"To embed one title took {results['embed_title_cpu_ms']:.1f} ms of the processor in this"
        " run: other work on the machine makes everything slower alike."
    )
    held = results["memory"]["under_load"]
    yield (
        f"A web process that searches holds {held['web_process_rss']:.0f} MB, "
        f"{held['web_process_pss']:.0f} of them its own share; {_added(results['memory']):.0f} more"
        " than for other pages."
    )
    tantivy = (results.get("others") or {}).get("tantivy")
    if tantivy:
        yield f"tantivy: built in {tantivy['build_s']:.0f} s, {tantivy['megabytes']:.0f} MB."


def main() -> None:
    """Print the last results of every size as tables for a page."""
    results = json.loads((Path(__file__).parents[1] / "results.json").read_text())
    for told in results.get("search", {}).values():
        print("\n".join(as_markdown(told)), "\n")


if __name__ == "__main__":
    main()
