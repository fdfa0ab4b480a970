"""Organisations that imported data names: known ones are used, others proposed, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import F, FloatField, Func, Q, Value
from django.utils.translation import gettext as _

from loype.kernel.errors import BadInput
from loype.kernel.words import clean_line
from loype.organisations.actions.merging import propose_merge
from loype.organisations.actions.organisations import found_organisation
from loype.organisations.actor import Actor
from loype.organisations.models import MergeProposal, Organisation, OrganisationState
from loype.organisations.naming import normalised_name, short_name_for

ALIKE = 0.5  # the share of three-letter pieces two names have in common (pg_trgm)
WITHIN = 0.95  # a known name that stands whole in the other, of the same kind
MOST_CANDIDATES = 5
LANGUAGES = {
    "at": "de", "de": "de", "dk": "da", "es": "es", "fi": "fi", "fr": "fr", "is": "is",
    "no": "nb", "se": "sv",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NamedOrganisation:
    """An organisation as imported data names it."""

    name: str
    country: str
    kind: str


@dataclass
class NameBook:
    """Every organisation by its name, read once for a batch and kept in step within it."""

    source: str
    found: list[Organisation] = field(default_factory=list)
    merges: list[MergeProposal] = field(default_factory=list)
    short_names: set[str] = field(default_factory=set)
    by_id: dict[int, Organisation] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Organisation]] = field(default_factory=dict)

    @classmethod
    def read(cls, *, source: str) -> NameBook:
        """The book as the database has it now."""
        book = cls(source=source)
        for organisation in Organisation.objects.order_by("id").iterator():
            book.add(organisation)
        return book

    def add(self, organisation: Organisation) -> None:
        """Write one more organisation into the book."""
        key = (normalised_name(organisation.name), organisation.country)
        self.short_names.add(organisation.short_name)
        self.by_id[organisation.pk] = organisation
        self.by_name.setdefault(key, []).append(organisation)

    def known(self, named: NamedOrganisation) -> Organisation | None:
        """The one organisation of this name in this country; None where there are none or several.

        One that the same source named before goes first, also when it was merged since.
        """
        same = self.by_name.get((normalised_name(named.name), named.country), [])
        earlier = {self._now(one).pk for one in same if one.source == self.source}
        found = earlier or {self._now(one).pk for one in same}
        return self.by_id[found.pop()] if len(found) == 1 else None

    def _now(self, organisation: Organisation) -> Organisation:
        while organisation.merged_into_id is not None:
            organisation = self.by_id[organisation.merged_into_id]
        return organisation


@transaction.atomic
def find_or_propose(
    named: NamedOrganisation, *, book: NameBook, actor: Actor, at: datetime
) -> Organisation:
    """The organisation of this name; where none is certain, a proposed one with the question
    whether it is one of those with a similar name."""
    if (known := book.known(named)) is not None:
        return known
    if not (name := clean_line(named.name)):
        raise BadInput({"organisation": _("Write the organisation's name.")})
    found = found_organisation(
        name=name, short_name=short_name_for(name, taken=book.short_names), kind=named.kind,
        country=named.country, language=LANGUAGES.get(named.country, "en"),
        state=OrganisationState.PROPOSED, source=book.source, actor=actor, at=at,
    )  # fmt: skip
    book.add(found)
    book.found.append(found)
    book.merges += _ask_about_similar(found, book=book, actor=actor, at=at)
    return found


def _ask_about_similar(
    found: Organisation, *, book: NameBook, actor: Actor, at: datetime
) -> list[MergeProposal]:
    similar = (
        Organisation.objects.filter(country=found.country)
        .exclude(pk=found.pk)
        .exclude(state=OrganisationState.MERGED)
        .annotate(likeness=TrigramSimilarity("name", found.name), within=_is_within(found.name))
        .filter(Q(likeness__gte=ALIKE) | Q(kind=found.kind, within__gte=WITHIN))
        .order_by("-likeness", "id")
        .values_list("pk", "likeness")[:MOST_CANDIDATES]
    )
    return [
        propose_merge(
            found, candidate=book.by_id[candidate], likeness=round(Decimal(likeness), 3),
            reason=_("The names are alike, and both are in the same country."),
            actor=actor, at=at,
        )
        for candidate, likeness in similar
    ]  # fmt: skip


def _is_within(name: str) -> Func:
    """How nearly all words of a known name stand in this one: "Havnes" in "City of Havnes"."""
    return Func(
        F("name"), Value(name), function="strict_word_similarity", output_field=FloatField()
    )
