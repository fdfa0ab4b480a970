"""Looking one thing up among those the reader may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from loype.api.problems import not_here

Row = TypeVar("Row", bound=Model)


def find(rows: QuerySet[Row], pk: int) -> Row:
    """The row with this number; 404 where it is not among those given."""
    row = maybe(rows, pk)
    if row is None:
        raise not_here()
    return row


def maybe(rows: QuerySet[Row], pk: int | None) -> Row | None:
    """The row with this number, or None: the verb says what is missing."""
    if pk is None:
        return None
    return next(iter(rows.filter(pk=pk)[:1]), None)
