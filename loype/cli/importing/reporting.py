"""What is told of an import: the report file, the count at the end, and how far it is."""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

import click

from loype.cli.exporting.cells import safe_cell
from loype.cli.importing.problems import Remark

COLUMNS = ("row", "column", "value", "reason", "outcome")
LINE_EVERY_SECONDS = 5.0


@dataclass
class Report:
    """A CSV file with one line for each remark; made with the first one."""

    path: Path
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    file: IO[str] | None = None

    def add(self, remark: Remark) -> None:
        """Write a remark down."""
        self.counts[remark.outcome, remark.column, remark.reason] += 1
        if self.file is None:
            # The mark at the beginning lets spreadsheets see that it is UTF-8.
            self.file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self.file).writerow(COLUMNS)
        cells = (getattr(remark, name) for name in COLUMNS)
        csv.writer(self.file).writerow([safe_cell(cell) for cell in cells])

    def close(self) -> None:
        """Finish the file."""
        if self.file is not None:
            self.file.close()


@dataclass
class Tally:
    """How many rows became what."""

    read: int = 0
    new: int = 0
    already: int = 0
    refused: int = 0
    aside: int = 0
    changed: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def exit_code(self) -> int:
        """0 all good, 1 some rows refused, 2 nothing could be used."""
        if not self.refused:
            return 0
        return 1 if self.new + self.already else 2

    def show(self, report: Report, *, dry_run: bool) -> None:
        """The summary."""
        words = "would be new" if dry_run else "new"
        parts = [f"{self.read:,} read", f"{self.new:,} {words}", f"{self.already:,} already there"]
        if self.changed:
            parts.append(f"{self.changed:,} changed")
        if self.aside:
            parts.append(f"{self.aside:,} set aside")
        parts.append(f"{self.refused:,} refused")
        seconds = time.monotonic() - self.began
        pace = f"{self.read / seconds:,.0f} rows/s" if seconds else ""
        click.echo(f"{', '.join(parts)} ({seconds:.1f} s, {pace}).")
        for (outcome, column, reason), count in report.counts.most_common(20):
            click.echo(f"  {count:>6,} {outcome}: {column}: {reason}")
        if len(report.counts) > 20:
            click.echo(f"  and {len(report.counts) - 20} more sorts")
        if report.counts:
            click.echo(f"Every one of them with its row is in {report.path}.")


class Progress(Protocol):
    """Told how far the file is read."""

    def __call__(self, done: int, tally: Tally) -> None: ...


@contextmanager
def shown_progress(total: int) -> Iterator[Progress]:
    """A bar where somebody watches, else a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress as Bar, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total or None)

        def show(done: int, tally: Tally) -> None:
            words = f"{tally.read:,} rows, {tally.refused:,} refused"
            bar.update(task, completed=done, description=words)

        yield show


class _Lines:
    """Plain lines for logs."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, done: int, tally: Tally) -> None:
        if time.monotonic() - self.last >= LINE_EVERY_SECONDS:
            self.last = time.monotonic()
            click.echo(f"{tally.read:,} rows read, {tally.refused:,} refused …", err=True)
