"""Taking published solutions over from elsewhere, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from loype.history.actions import Account, record_many
from loype.kernel.errors import NotAllowed
from loype.organisations.actions.proposing import NameBook, NamedOrganisation, find_or_propose
from loype.organisations.actor import Actor
from loype.organisations.models import MergeProposal, Organisation
from loype.spread.models import Solution


@dataclass(frozen=True, kw_only=True)
class ImportedSolution:
    """One row of a file, already checked and cleaned."""

    external_id: str
    organisation: NamedOrganisation
    title: str
    summary: str
    language: str
    published_at: datetime
    for_whom: str = ""
    core_parts: str = ""
    adaptable_parts: str = ""
    cost: str = ""
    conditions: str = ""
    contact_role: str = ""
    visibility: str = "public"
    source_address: str = ""


@dataclass(frozen=True)
class SolutionsTakenOver:
    """What a batch brought: new solutions, organisations named for the first time, questions."""

    solutions: list[Solution] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    merges: list[MergeProposal] = field(default_factory=list)


@transaction.atomic
def import_solutions(
    rows: Sequence[ImportedSolution],
    *,
    source: str,
    licence: str,
    fetched_date: date,
    actor: Actor,
    at: datetime,
) -> SolutionsTakenOver:
    """Take a batch of solutions over, all or none; those taken over before are left as they are."""
    if not actor.is_house:
        raise NotAllowed(_("Only the operator of the installation imports solutions."))
    _one_import_at_a_time(source)
    known = known_solutions(source, [row.external_id for row in rows])
    new = {row.external_id: row for row in rows if row.external_id not in known}
    if not new:
        return SolutionsTakenOver()
    book = NameBook.read(source=source)
    solutions = Solution.objects.bulk_create(
        _solution(
            row, organisation=find_or_propose(row.organisation, book=book, actor=actor, at=at),
            source=source, licence=licence, fetched_date=fetched_date, at=at,
        )
        for row in new.values()
    )  # fmt: skip
    record_many(
        Account(
            verb="import_solution", thing=solution, actor=actor, at=at,
            organisation_id=solution.organisation_id,
            change={"source": source, "external_id": solution.external_id},
        )
        for solution in solutions
    )  # fmt: skip
    return SolutionsTakenOver(solutions, book.found, book.merges)


def known_solutions(source: str, external_ids: Sequence[str]) -> set[str]:
    """Which of these were taken over before."""
    found = Solution.objects.filter(source=source, external_id__in=external_ids)
    return set(found.values_list("external_id", flat=True))


def _one_import_at_a_time(source: str) -> None:
    """A second import of the same source waits here instead of failing on the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"solutions {source}"])


def _solution(
    row: ImportedSolution,
    *,
    organisation: Organisation,
    source: str,
    licence: str,
    fetched_date: date,
    at: datetime,
) -> Solution:
    return Solution(
        organisation=organisation,
        title=row.title[:200],
        summary=row.summary,
        for_whom=row.for_whom,
        core_parts=row.core_parts,
        adaptable_parts=row.adaptable_parts,
        cost=row.cost,
        conditions=row.conditions,
        contact_role=row.contact_role[:160],
        language=row.language,
        visibility=row.visibility,
        state="published",
        created_at=at,
        published_at=row.published_at,
        source=source,
        external_id=row.external_id,
        source_address=row.source_address[:500],
        source_licence=licence,
        fetched_date=fetched_date,
    )
