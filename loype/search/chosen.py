"""What somebody narrowed a search to: as filters, as an address says it, and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from loype.keywords.given import LONGEST_KEYWORD, as_kept
from loype.organisations.labels import Language
from loype.search.finding import Filters
from loype.search.labels import Kind

# What each is called in an address, and in Filters.
NAMES = {
    "kind": "kinds",
    "variant": "variants",
    "state": "states",
    "organisation": "organisations",
    "language": "languages",
    "year": "years",
    "keyword": "keywords",
}
MOST_CHOICES = 20
LONGEST_ASKED = 400

_NUMBER = re.compile(r"[0-9]{1,18}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CODE = re.compile(r"[a-z_]{1,30}")

Kept = Mapping[str, Sequence[str]]


def filters_of(said: Kept) -> Filters:
    """The filters that an address or a saved search says; what makes no sense is left out."""
    federation = next((int(one) for one in said.get("federation", ()) if _fits(_NUMBER, one)), None)
    return Filters(
        kinds=frozenset(one for one in _some(said, "kind") if one in Kind.values),
        variants=frozenset(one for one in _some(said, "variant") if _fits(_CODE, one)),
        states=frozenset(one for one in _some(said, "state") if _fits(_CODE, one)),
        languages=frozenset(one for one in _some(said, "language") if one in Language.values),
        organisations=frozenset(
            int(one) for one in _some(said, "organisation") if _fits(_NUMBER, one)
        ),
        years=frozenset(int(one) for one in _some(said, "year") if _fits(_YEAR, one)),
        keywords=frozenset(
            one for one in as_kept(_some(said, "keyword")) if len(one) <= LONGEST_KEYWORD
        ),
        federation=federation,
    )


def kept_of(filters: Filters) -> dict[str, list[str]]:
    """Filters as an address says them and as they are kept: always in the same order."""
    kept = {name: _written(getattr(filters, field)) for name, field in NAMES.items()}
    kept["federation"] = [] if filters.federation is None else [str(filters.federation)]
    return {name: values for name, values in kept.items() if values}


def _written(values: Iterable[str | int]) -> list[str]:
    return sorted(str(value) for value in values)


def _some(said: Kept, name: str) -> Sequence[str]:
    return list(said.get(name, ()))[:MOST_CHOICES]


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None
