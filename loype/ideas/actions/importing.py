"""Taking ideas over from elsewhere, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loype.history.actions import Account, record_many
from loype.ideas.actions.common import refuse_unless
from loype.ideas.models import Idea
from loype.ideas.rules import can_import_ideas
from loype.kernel.words import clean_text, first_line
from loype.organisations.actions.numbers import next_numbers
from loype.organisations.actor import Actor
from loype.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class ImportedIdea:
    """One row of a file, already checked and cleaned."""

    external_id: str
    title: str
    text: str
    kind: str
    language: str
    submitted_at: datetime
    visibility: str = "organisation"
    support_count: int = 0
    source_address: str = ""
    digital_element: str = ""
    changes_service: bool | None = None


@transaction.atomic
def import_ideas(
    rows: Sequence[ImportedIdea],
    *,
    organisation: Organisation,
    source: str,
    licence: str,
    fetched_date: date,
    actor: Actor,
    at: datetime,
) -> list[Idea]:
    """Take a batch of ideas over, all or none; rows taken over before are left as they are.

    Gives the ideas that are new.
    """
    refuse_unless(
        can_import_ideas(actor, organisation.pk),
        _("Only the organisation's administrators import ideas."),
    )
    # A second import into the same organisation waits here instead of failing on the same rows.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = known_ideas(organisation, source=source, external_ids=[row.external_id for row in rows])
    new = list({row.external_id: row for row in rows if row.external_id not in known}.values())
    if not new:
        return []
    numbers = next_numbers(organisation, series="case", at=at, count=len(new))
    ideas = Idea.objects.bulk_create(
        _idea(row, number=number, organisation=organisation, source=source, licence=licence,
              fetched_date=fetched_date, at=at)
        for row, number in zip(new, numbers, strict=True)
    )  # fmt: skip
    record_many(
        Account(
            verb="import_idea", thing=idea, actor=actor, at=at, organisation_id=organisation.pk,
            change={"source": source, "external_id": idea.external_id},
        )
        for idea in ideas
    )  # fmt: skip
    return ideas


def known_ideas(
    organisation: Organisation, *, source: str, external_ids: Sequence[str]
) -> set[str]:
    """Which of these the organisation took over before."""
    found = Idea.objects.filter(
        organisation=organisation, source=source, external_id__in=external_ids
    )
    return set(found.values_list("external_id", flat=True))


def _idea(
    row: ImportedIdea,
    *,
    number: str,
    organisation: Organisation,
    source: str,
    licence: str,
    fetched_date: date,
    at: datetime,
) -> Idea:
    text = clean_text(row.text) or row.title
    return Idea(
        organisation=organisation,
        kind=row.kind,
        title=row.title[:200] or first_line(text),
        text=text,
        language=row.language,
        visibility=row.visibility,
        digital_element=row.digital_element,
        changes_service=row.changes_service,
        state="submitted",
        case_number=number,
        created_at=at,
        submitted_at=row.submitted_at,
        support_count=row.support_count,
        source=source,
        external_id=row.external_id,
        source_address=row.source_address[:500],
        source_licence=licence,
        fetched_date=fetched_date,
    )
