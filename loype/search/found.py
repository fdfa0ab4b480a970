"""What is known of a text that came into question or was found."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from loype.search.models import SearchText


@dataclass(frozen=True)
class FoundText:
    """A text as search holds it: what it stands for, its words, and whose it is."""

    text_id: int
    kind: str
    thing_id: int
    page_id: int
    variant: str
    state: str
    title: str
    body: str
    language: str
    organisation_id: int
    organisation: str
    happened_at: datetime
    is_in_use: bool
    keywords: tuple[str, ...]

    def as_found(self) -> dict[str, Any]:
        """These facts by name, for what is more than a text."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = tuple(one.name for one in fields(FoundText))
_COLUMNS = tuple(name for name in FACTS if name not in ("text_id", "organisation", "keywords"))


def facts_of(row: SearchText, *, body: str | None = None, organisation: str = "") -> dict[str, Any]:
    """The facts of a stored text by name; `body` where only its beginning was read."""
    facts: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS if name != "body"}
    facts["body"] = row.body if body is None else body
    facts["keywords"] = tuple(row.keywords)
    return {**facts, "text_id": row.pk, "organisation": organisation}
