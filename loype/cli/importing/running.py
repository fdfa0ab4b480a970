"""The import itself: rows checked one by one, taken over in batches, each batch whole or not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.db import DataError, IntegrityError

from loype.cli.importing.checking import Checked, check_row
from loype.cli.importing.mapping import FieldMap
from loype.cli.importing.problems import Remark, Wrong, shortened
from loype.cli.importing.reading import Table
from loype.cli.importing.reporting import Progress, Report, Tally
from loype.kernel.errors import BadInput

BATCH = 500


@dataclass(frozen=True)
class Item:
    """A row that may be taken over: its number, its id and what the verb is handed."""

    number: int
    external_id: str
    thing: Any


@dataclass
class Outcome:
    """What a batch became, and what is to be said of single rows."""

    new: int = 0
    already: int = 0
    changed: int = 0
    remarks: list[Remark] = field(default_factory=list)


class Target(Protocol):
    """Where the rows go."""

    def item(self, checked: Checked) -> Item:
        """What the verb is handed; Wrong where the values do not fit together."""

    def take(self, items: list[Item], *, dry_run: bool) -> Outcome:
        """Take a batch over in one transaction, or say what would be new."""

    def finish(self, *, whole: bool) -> Iterable[Remark]:
        """What can be told only at the end."""


@dataclass
class Run:
    """One import of one file."""

    table: Table
    mapping: FieldMap
    target: Target
    report: Report
    zone: ZoneInfo
    dry_run: bool = False
    tally: Tally = field(default_factory=Tally)
    batch: list[Item] = field(default_factory=list)
    seen: dict[bytes, int] = field(default_factory=dict)

    def go(self, progress: Progress) -> Tally:
        """Read the file to its end."""
        for row in self.table.rows:
            self.tally.read += 1
            self._take_row(check_row(row, self.mapping, zone=self.zone))
            if len(self.batch) >= BATCH:
                self._flush()
                progress(self.table.position(), self.tally)
        self._flush()
        for remark in self.target.finish(whole=not self.tally.refused):
            self.report.add(remark)
        return self.tally

    def _take_row(self, checked: Checked) -> None:
        if checked.is_good:
            try:
                item = self.target.item(checked)
                self._refuse_repeated(item)
                self.batch.append(item)
            except Wrong as wrong:
                reason, value = wrong.reason, wrong.mended or ""
                checked.remarks.append(
                    Remark(
                        row=checked.number,
                        column="(the whole row)",
                        value=shortened(value),
                        reason=reason,
                    )
                )
        for remark in checked.remarks:
            self.report.add(remark)
        self._count(checked)

    def _count(self, checked: Checked) -> None:
        outcomes = {remark.outcome for remark in checked.remarks}
        if "refused" in outcomes:
            self.tally.refused += 1
        elif "set aside" in outcomes:
            self.tally.aside += 1

    def _refuse_repeated(self, item: Item) -> None:
        """Eight bytes an id are kept: 50,000 rows cost a few megabytes."""
        mark = hashlib.blake2b(item.external_id.encode(), digest_size=8).digest()
        first = self.seen.setdefault(mark, item.number)
        if first != item.number:
            told = f"{item.external_id} (row {first})"
            raise Wrong("its id stands in an earlier row too", mended=told)

    def _flush(self) -> None:
        batch, self.batch = self.batch, []
        if not batch:
            return
        try:
            outcome = self.target.take(batch, dry_run=self.dry_run)
        except (DataError, IntegrityError, BadInput):
            outcome = Outcome()
            for item in batch:
                self._add(outcome, self._one(item))
        self.tally.new += outcome.new
        self.tally.already += outcome.already
        self.tally.changed += outcome.changed
        for remark in outcome.remarks:
            self.tally.refused += remark.outcome == "refused"
            self.report.add(remark)

    def _one(self, item: Item) -> Outcome:
        """A row alone, where its batch was refused by the database: the others shall not suffer."""
        try:
            return self.target.take([item], dry_run=self.dry_run)
        except (DataError, IntegrityError, BadInput) as problem:
            reason = str(problem).splitlines()[0]
            remark = Remark(
                row=item.number,
                column="(the whole row)",
                value=item.external_id,
                reason=f"it cannot be kept: {reason}",
            )
            return Outcome(remarks=[remark])

    @staticmethod
    def _add(total: Outcome, one: Outcome) -> None:
        total.new += one.new
        total.already += one.already
        total.changed += one.changed
        total.remarks += one.remarks
