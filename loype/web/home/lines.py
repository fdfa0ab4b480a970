"""Lines of different kinds of things, gathered in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from loype.web.shared.context import address

PAGES = {
    "question": "idea_page",
    "case": "case_page",
    "invitation": "joint_invitation",
    "meeting": "meeting_page",
    "left_open": "meeting_page",
    "report": "activity_page",
    "draft": "idea_page",
    "idea": "idea_page",
    "solution": "solution_page",
}


@dataclass(frozen=True)
class Line:
    """One thing of any kind: what it is called, where it belongs, and its day or moment."""

    kind: str
    id: int
    title: str
    language: str
    place: str
    at: datetime | None
    day: date | None
    number: int
    other: int

    @property
    def url(self) -> str:
        """Where it is shown; a queue is the council's room, news to approve the editors' list."""
        if self.kind == "news":
            return address("news_drafts")
        page = PAGES.get(self.kind)
        return address(page, self.id) if page else address("council_room")


COLUMNS: dict[str, Any] = {
    "kind": TextField,
    "thing": BigIntegerField,
    "title": TextField,
    "spoken": TextField,
    "place": TextField,
    "moment": DateTimeField,
    "day": DateField,
    "number": BigIntegerField,
    "other": BigIntegerField,
}


def lines_of(kind: str, rows: QuerySet[Any], **columns: Any) -> Any:
    """Rows as lines; a column is the name of a field, an expression, or empty."""
    said: dict[str, Any] = {"thing": "pk", "spoken": Value(""), "place": Value(""), **columns}
    said["kind"] = Value(kind)
    said.setdefault("number", Value(0))
    said.setdefault("other", Value(0))
    facts = {}
    for name, field in COLUMNS.items():
        source = said.get(name, Value(None, output_field=CharField()))
        expression = F(source) if isinstance(source, str) else source
        # Cast, or the parts of the union could not agree on the type of an empty column.
        facts[f"line_{name}"] = Cast(expression, field())
    return rows.annotate(**facts).values_list(*facts)


def gather(parts: list[Any]) -> list[Line]:
    """All lines of all parts, in the order of the parts; one statement."""
    if not parts:
        return []
    together = reduce(lambda one, more: one.union(more, all=True), parts)
    return [Line(*row) for row in together]
