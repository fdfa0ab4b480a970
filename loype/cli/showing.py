"""Lists of the command line: on the screen as a table, for programs as CSV or JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from loype.kernel.cells import safe_cell

if TYPE_CHECKING:
    from loype.organisations.models import Federation, Organisation

FORMS = ("table", "csv", "json")
WIDEST = 60
Rows = Sequence[Sequence[Any]]


def shown(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every list has: how it is shown, where to, and as whom it is read."""
    options = [
        click.option("--format", "form", type=click.Choice(FORMS), default="table"),
        click.option("--as", "email", default="", help="Only what this person may see (e-mail)."),
        click.option(
            "--to", type=click.Path(dir_okay=False, writable=True, path_type=Path),
            help="Write to a file instead of the screen.",
        ),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def show(columns: Sequence[str], rows: Rows, *, form: str, to: Path | None = None) -> None:
    """Write a list; to a file or the screen."""
    with _opened(to, form=form) as out:
        {"table": _table, "csv": _csv, "json": _json}[form](columns, rows, out)
    if to is not None:
        click.echo(f"{len(rows):,} rows written to {to}.", err=True)


@contextmanager
def _opened(to: Path | None, *, form: str) -> Iterator[IO[str]]:
    if to is None:
        yield sys.stdout
        return
    # A mark at the beginning lets spreadsheets see that a file is UTF-8; a pipe needs none.
    with to.open("w", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as file:
        yield file


def _table(columns: Sequence[str], rows: Rows, out: IO[str]) -> None:
    if not rows:
        out.write("Nothing to show.\n")
        return
    cells = [[_shortened(_written(value)) for value in row] for row in rows]
    widths = [max(len(line[place]) for line in (columns, *cells)) for place in range(len(columns))]
    for line in (columns, ["-" * width for width in widths], *cells):
        told = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        out.write(told.rstrip() + "\n")


def _csv(columns: Sequence[str], rows: Rows, out: IO[str]) -> None:
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(_written(value)) for value in row] for row in rows)


def _json(columns: Sequence[str], rows: Rows, out: IO[str]) -> None:
    said = [dict(zip(columns, map(_kept, row), strict=True)) for row in rows]
    out.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(_kept(value))


def _kept(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def organisation_named(short_name: str) -> Organisation:
    """The organisation with this short name."""
    from loype.organisations.models import Organisation

    found = Organisation.objects.active().filter(short_name__iexact=short_name).first()
    if found is None:
        raise click.UsageError(f"No organisation has the short name {short_name}.")
    return found


def federation_named(name: str) -> Federation:
    """The federation of this name; the only one where none is named."""
    from loype.organisations.models import Federation

    found = list(Federation.objects.filter(**({"name__iexact": name} if name else {})))
    if len(found) == 1:
        return found[0]
    names = ", ".join(Federation.objects.order_by("name").values_list("name", flat=True)[:20])
    if not names:
        raise click.UsageError("There is no federation here.")
    raise click.UsageError(f"Name one of the federations: {names}.")


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Say what a verb refuses in its own words."""
    from loype.kernel.errors import BadInput, Refusal

    try:
        yield
    except BadInput as problem:
        words = "; ".join(f"{name}: {said}" for name, said in problem.fields.items())
        raise click.ClickException(words) from problem
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
