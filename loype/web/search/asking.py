"""What the address asks for, and the addresses that ask for a little more or less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from loype.kernel.words import clean_line
from loype.search.chosen import LONGEST_ASKED, filters_of, kept_of
from loype.search.finding import Filters
from loype.web.shared.context import address

LAST_PAGE = 15  # of the texts that are ranked


@dataclass(frozen=True)
class Question:
    """Words, filters and a page, as they stand in the address."""

    asked: str
    filters: Filters
    page: int = 1

    @property
    def narrowed(self) -> dict[str, list[str]]:
        """The filters as the address says them."""
        return kept_of(self.filters)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters as a form sends them along."""
        return [(name, value) for name, values in self.narrowed.items() for value in values]

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked and nothing narrowed."""
        return not self.asked and not self.filters.are_set

    def at(self, page: int) -> str:
        """The address of another page of the same answer."""
        return written(self.asked, self.narrowed, page=page)

    def turned(self, facet: str, value: str) -> str:
        """The address with one choice more, or with it taken back; the first page of it."""
        narrowed = {name: list(values) for name, values in self.narrowed.items()}
        values = narrowed.setdefault(facet, [])
        if value in values:
            values.remove(value)
        elif facet == "federation":
            narrowed[facet] = [value]
        else:
            values.append(value)
        return written(self.asked, narrowed)

    @property
    def without_filters(self) -> str:
        """The address with the words alone."""
        return written(self.asked, {})


def read_question(said: QueryDict) -> Question:
    """The question an address or a form asks."""
    page = said.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1
    return Question(
        asked=clean_line(said.get("q", ""))[:LONGEST_ASKED],
        filters=filters_of(dict(said.lists())),
        page=min(max(number, 1), LAST_PAGE),
    )


def written(asked: str, narrowed: Mapping[str, Sequence[str]], *, page: int = 1) -> str:
    """The address of a search; what is not chosen does not stand in it."""
    said: dict[str, str | list[str]] = {"q": asked} if asked else {}
    said |= {name: sorted(values) for name, values in narrowed.items() if values}
    said |= {"page": str(page)} if page > 1 else {}
    place = address("search")
    return f"{place}?{urlencode(said, doseq=True)}" if said else place
