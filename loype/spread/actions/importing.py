"""Taking published solutions over from elsewhere, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import Account, record_many
from loype.kernel.errors import NotAllowed
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation
from loype.spread.models import Solution


@dataclass(frozen=True, kw_only=True)
class ImportedSolution:
    """One row of a file, already checked and cleaned."""

    external_id: str
    organisation: Organisation
    title: str
    summary: str
    language: str
    published_at: datetime
    for_whom: str = ""
    conditions: str = ""
    visibility: str = "public"
    source_address: str = ""


@transaction.atomic
def import_solutions(
    rows: Sequence[ImportedSolution],
    *,
    source: str,
    licence: str,
    fetched_date: date,
    actor: Actor,
    at: datetime,
) -> list[Solution]:
    """Take a batch of solutions over, all or none; those taken over before are left as they are."""
    if not actor.is_house:
        raise NotAllowed(_("Only the operator of the installation imports solutions."))
    known = set(
        Solution.objects.filter(
            source=source, external_id__in=[row.external_id for row in rows]
        ).values_list("external_id", flat=True)
    )
    new = {row.external_id: row for row in rows if row.external_id not in known}
    solutions = Solution.objects.bulk_create(
        Solution(
            organisation=row.organisation, title=row.title[:200], summary=row.summary,
            for_whom=row.for_whom, conditions=row.conditions, language=row.language,
            visibility=row.visibility, state="published", created_at=at,
            published_at=row.published_at, source=source, external_id=row.external_id,
            source_address=row.source_address[:500], source_licence=licence,
            fetched_date=fetched_date,
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
    return solutions
