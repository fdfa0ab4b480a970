"""Rows into published solutions of the organisations they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from loype.cli.importing.checking import Checked
from loype.cli.importing.problems import Remark, Wrong
from loype.cli.importing.running import Item, Outcome
from loype.organisations.actions.proposing import NamedOrganisation
from loype.organisations.actor import HOUSE
from loype.organisations.models import MergeProposal, Organisation
from loype.spread.actions import ImportedSolution, import_solutions
from loype.spread.actions.importing import SolutionsTakenOver, known_solutions


@dataclass
class SolutionTarget:
    """Hands batches to the verb, and keeps what it says of organisations."""

    source: str
    licence: str
    fetched: date
    undated: datetime
    at: datetime
    rows_of: dict[str, int] = field(default_factory=dict)
    named: int = 0
    asked: int = 0

    def item(self, checked: Checked) -> Item:
        """A row as the verb wants it."""
        values = dict(checked.values)
        moment = values.pop("published_at", None) or self.undated
        if moment > self.at:
            raise Wrong("its date lies in the future", mended=moment.date().isoformat())
        named = NamedOrganisation(
            name=values.pop("organisation"),
            country=values.pop("organisation_country"),
            kind=values.pop("organisation_kind", "other"),
        )
        solution = ImportedSolution(organisation=named, published_at=moment, **values)
        return Item(checked.number, solution.external_id, solution)

    def take(self, items: list[Item], *, dry_run: bool) -> Outcome:
        """Take a batch over, or count what would be new."""
        if dry_run:
            known = known_solutions(self.source, [item.external_id for item in items])
            return Outcome(new=len(items) - len(known), already=len(known))
        taken = import_solutions(
            [item.thing for item in items], source=self.source, licence=self.licence,
            fetched_date=self.fetched, actor=HOUSE, at=self.at,
        )  # fmt: skip
        self.named += len(taken.organisations)
        self.asked += len(taken.merges)
        new = len(taken.solutions)
        return Outcome(new, len(items) - new, remarks=list(_told(taken, items)))

    def finish(self, *, whole: bool) -> Iterable[Remark]:
        """Nothing is left for the end: each batch told of its organisations."""
        return ()


def _told(taken: SolutionsTakenOver, items: list[Item]) -> Iterator[Remark]:
    rows = {item.external_id: item.number for item in items}
    first_rows: dict[int, int] = {}
    for solution in taken.solutions:
        first_rows.setdefault(solution.organisation_id, rows[solution.external_id])
    for organisation in taken.organisations:
        yield _remark(organisation, first_rows, "proposed")
    for merge in taken.merges:
        yield _question(merge, first_rows)


def _remark(organisation: Organisation, rows: dict[int, int], outcome: str) -> Remark:
    return Remark(
        row=rows[organisation.pk],
        column="organisation",
        value=organisation.name,
        reason="no organisation of this name is known for certain",
        outcome=outcome,
    )


def _question(merge: MergeProposal, rows: dict[int, int]) -> Remark:
    return Remark(
        row=rows[merge.found_id],
        column="organisation",
        value=f"{merge.found.name} = {merge.candidate.name}? ({merge.likeness})",
        reason="a similar name is known: somebody must say whether it is the same",
        outcome="merge proposed",
    )
