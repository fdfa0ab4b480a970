"""What may be asked of many texts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from loype.organisations.labels import Role
from loype.search.audience import codes_of

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.search.models import ContactRequest, SearchText  # noqa: F401


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """Texts."""

    def visible_to(self, actor: Actor) -> Self:
        """Texts the actor may read: the same as the things they were taken from."""
        return self if actor.is_house else self.filter(audience__overlap=codes_of(actor))

    def that_fit(self, wanted: Mapping[str, Sequence[str]]) -> Self:
        """Texts that fit the filters, given as names of facets with the values let through."""
        fits = models.Q()
        for name, values in wanted.items():
            if values:
                fits &= FACETS[name](values)
        return self.filter(fits)


def _one_of(field: str) -> Callable[[Sequence[str]], models.Q]:
    return lambda values: models.Q(**{f"{field}__in": list(values)})


def _of_organisations(values: Sequence[str]) -> models.Q:
    return models.Q(organisation_id__in=[int(one) for one in values if one.isdecimal()])


def _of_years(values: Sequence[str]) -> models.Q:
    found = models.Q(pk__in=[])
    for year in (int(one) for one in values if one.isdecimal() and 0 < int(one) < 9999):
        begin, end = (datetime(one, 1, 1, tzinfo=UTC) for one in (year, year + 1))
        found |= models.Q(happened_at__gte=begin, happened_at__lt=end)
    return found


def _about(values: Sequence[str]) -> models.Q:
    return models.Q(keywords__overlap=list(values)) | models.Q(concepts__overlap=list(values))


FACETS: dict[str, Callable[[Sequence[str]], models.Q]] = {
    "kind": _one_of("kind"),
    "variant": _one_of("variant"),
    "state": _one_of("state"),
    "language": _one_of("language"),
    "organisation": _of_organisations,
    "year": _of_years,
    "keyword": _about,
}
"""What each facet asks of a text."""


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    """Requests to be in touch."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those to organisations that one administers or is secretary of."""
        if actor.is_house:
            return self
        answering = [
            held.organisation_id
            for held in actor.roles_held
            if held.role in (Role.ADMINISTRATOR, Role.COUNCIL_SECRETARY)
        ]
        seen = models.Q(organisation__in=answering)
        if actor.is_signed_in:
            seen |= models.Q(asker=actor.person_id)
        return self.filter(seen)
