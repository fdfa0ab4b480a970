"""A page of a long list that stays fast and steady however far one goes.

The place in the list is the last row seen, not a count of rows, so the thousandth page costs as
much as the first and nothing is skipped when something new arrives.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from json import dumps, loads
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import is_naive

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 25
LONGEST_PLACE = 400


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows to show, and the places from which newer and older ones begin (empty at an end)."""

    items: list[Row]
    newer: str = ""
    older: str = ""


def keyset_page(
    rows: QuerySet[Row],
    *,
    request: HttpRequest,
    order: Sequence[str] = ("-id",),
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """One page of the rows in this order.

    The names in `order` are the rows' own columns or annotations that are never empty; the last
    one must be unique.
    """
    before = read_place(rows, request.GET.get("before", ""), order=order)
    after = read_place(rows, request.GET.get("after", ""), order=order)
    if before is not None:
        return page_before(rows, before, order=order, size=size)
    found = list(beyond(rows, after, order=order).order_by(*order)[: size + 1])
    items = found[:size]
    return Page(
        items=items,
        newer=place_of(items[0], order=order) if after is not None and items else "",
        older=place_of(items[-1], order=order) if len(found) > size else "",
    )


def page_before(
    rows: QuerySet[Row], place: list[Any], *, order: Sequence[str], size: int
) -> Page[Row]:
    """The page that ends just before a place."""
    turned = [flipped(name) for name in order]
    found = list(beyond(rows, place, order=turned).order_by(*turned)[: size + 1])
    items = found[:size][::-1]
    return Page(
        items=items,
        newer=place_of(items[0], order=order) if len(found) > size else "",
        older=place_of(items[-1], order=order) if items else "",
    )


def flipped(name: str) -> str:
    """The same name in the other direction."""
    return name[1:] if name.startswith("-") else f"-{name}"


def beyond(rows: QuerySet[Row], place: list[Any] | None, *, order: Sequence[str]) -> QuerySet[Row]:
    """The rows that come after a place in this order."""
    if place is None:
        return rows
    wanted = Q(pk__in=[])
    same = Q()
    for name, value in zip(order, place, strict=True):
        field = name.lstrip("-")
        comes_later = "lt" if name.startswith("-") else "gt"
        wanted |= same & Q(**{f"{field}__{comes_later}": value})
        same &= Q(**{field: value})
    # The first condition alone lets PostgreSQL start in the index where the page starts.
    first = order[0].lstrip("-")
    edge = "lte" if order[0].startswith("-") else "gte"
    return rows.filter(wanted, **{f"{first}__{edge}": place[0]})


def place_of(row: Model, *, order: Sequence[str]) -> str:
    """A row's place in the order, short enough for an address."""
    values = [getattr(row, name.lstrip("-")) for name in order]
    if None in values:
        raise ValueError(f"a list cannot be paged by {order}: a column is empty")
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in values]
    return urlsafe_b64encode(dumps(plain, default=str).encode()).decode().rstrip("=")


def read_place(rows: QuerySet[Any], text: str, *, order: Sequence[str]) -> list[Any] | None:
    """The values a place stands for; nonsense in the address means the first page."""
    if not text or len(text) > LONGEST_PLACE:
        return None
    fields = [column(rows, name.lstrip("-")) for name in order]
    try:
        values = loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return [understood(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return None


def column(rows: QuerySet[Any], name: str) -> "Field[Any, Any]":
    """The column or annotation a list is ordered by."""
    annotation = rows.query.annotations.get(name)
    found = annotation.output_field if annotation else rows.model._meta.get_field(name)
    return cast("Field[Any, Any]", found)


def understood(field: "Field[Any, Any]", value: Any) -> Any:
    """One value as its column holds it; a value that cannot stand there is refused."""
    if not isinstance(value, str | int | float) or "\x00" in str(value):
        raise TypeError(field.name)
    found = field.to_python(value)
    field.run_validators(found)
    if found is None or (isinstance(found, datetime) and is_naive(found)):
        raise TypeError(field.name)
    return found
