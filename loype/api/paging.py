"""Long lists a page at a time: the place is the last row seen, so that no page costs more."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from json import dumps, loads
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from loype.kernel.errors import BadInput

PAGE = 25
LONGEST_PAGE = 200
LONGEST_CURSOR = 400
LARGEST = 2**63 - 1

Limit = Annotated[int, Field(ge=1, le=LONGEST_PAGE, description="How many rows at most.")]
Cursor = Annotated[
    str | None,
    Field(
        max_length=LONGEST_CURSOR,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Where the page before ended: its “next”.",
    ),
]

Row = TypeVar("Row", bound=Model)
Shown = TypeVar("Shown", bound=BaseModel)


class Page(BaseModel, Generic[Shown]):
    """Some rows of a list, and from where to go on (null at the end)."""

    items: list[Shown]
    next: str | None


class Paging(BaseModel):
    """Which part of a list is wanted."""

    limit: Limit = PAGE
    cursor: Cursor = None


def keyset(
    rows: QuerySet[Row],
    shape: Callable[[Row], Shown],
    *,
    paging: Paging,
    order: Sequence[str] = ("-id",),
) -> Page[Shown]:
    """One page; the columns in `order` are never empty, and the last one is unique."""
    if paging.cursor:
        rows = _beyond(rows, _read_place(paging.cursor, order=order, rows=rows), order=order)
    found = list(rows.order_by(*order)[: paging.limit + 1])
    items = found[: paging.limit]
    more = len(found) > paging.limit
    return Page(
        items=[shape(row) for row in items],
        next=_write_place(items[-1], order=order) if more else None,
    )


def _beyond(rows: QuerySet[Row], place: list[Any], *, order: Sequence[str]) -> QuerySet[Row]:
    wanted, same = Q(pk__in=[]), Q()
    for name, value in zip(order, place, strict=True):
        field = name.lstrip("-")
        comes_later = "lt" if name.startswith("-") else "gt"
        wanted |= same & Q(**{f"{field}__{comes_later}": value})
        same &= Q(**{field: value})
    # Said once more for the first column alone, PostgreSQL starts in the index at the place.
    edge = "lte" if order[0].startswith("-") else "gte"
    return rows.filter(wanted, **{f"{order[0].lstrip('-')}__{edge}": place[0]})


def _write_place(row: Model, *, order: Sequence[str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return urlsafe_b64encode(dumps(plain).encode()).decode().rstrip("=")


def _read_place(text: str, *, order: Sequence[str], rows: QuerySet[Any]) -> list[Any]:
    """The values a cursor stands for; 422 for one that we never gave out."""
    try:
        values = loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return [
            _understood(rows, name.lstrip("-"), value)
            for name, value in zip(order, values, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, RecursionError) as failure:
        raise BadInput(
            {"cursor": _("Take the cursor from the “next” of the page before.")}
        ) from failure


def _understood(rows: QuerySet[Any], name: str, value: Any) -> Any:
    kind = rows.model._meta.get_field(name).get_internal_type()
    if kind == "DateTimeField":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(name)
        return moment
    if kind.endswith("AutoField") and isinstance(value, int) and abs(value) <= LARGEST:
        return value
    if kind == "CharField" and isinstance(value, str) and "\x00" not in value:
        return value
    raise TypeError(name)
