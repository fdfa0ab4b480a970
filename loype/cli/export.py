"""`loype export`: write ideas, activities, solutions or organisations to a file."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from loype.organisations.actor import Actor
    from loype.organisations.models import Organisation

WHAT = ("ideas", "activities", "solutions", "organisations")


@click.command(name="export")
@click.argument("what", type=click.Choice(WHAT))
@click.option("--organisation", default="", help="Only those of one organisation (short name).")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv")
@click.option("--as", "email", default="", help="Only what this person may see (e-mail).")
@click.option("--to", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--fields", is_flag=True, help="List the columns and what they say, write nothing.")
def command(
    *, what: str, organisation: str, form: str, email: str, to: Path | None, fields: bool
) -> None:
    """Write WHAT to a file, or to the screen; the operator gets all, a person what they may see.

    Cells that a spreadsheet would calculate begin with an apostrophe; `loype import` takes it off.
    """
    prepare()
    from loype.cli.exporting.fields import KINDS
    from loype.cli.exporting.writing import write_rows

    kind = KINDS[what]
    if fields:
        _list_fields(what)
        return
    actor, home = actor_named(email), _organisation(organisation)
    # A mark at the beginning lets spreadsheets see that a file is UTF-8; a pipe needs none.
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    file = to.open("w", encoding=encoding, newline="") if to else nullcontext(sys.stdout)
    with file as out:
        count = write_rows(kind, out, form=form, actor=actor, organisation=home)
    click.echo(f"{count:,} {what} written{f' to {to}' if to else ''}.", err=True)


def _list_fields(what: str) -> None:
    from loype.cli.exporting.fields import KINDS

    for column in KINDS[what].columns:
        click.echo(f"{column.name:<20} {column.told}")
    click.echo("Kept back:")
    for name, why in KINDS[what].kept_back.items():
        click.echo(f"{name:<20} {why}")


def actor_named(email: str) -> Actor:
    """The person with this address as the rules see them today; the house where none is named."""
    from loype.accounts.models import Person
    from loype.bodies.loading import load_actor
    from loype.kernel.clock import now
    from loype.organisations.actor import HOUSE

    if not email:
        return HOUSE
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise click.UsageError(f"Nobody has the e-mail address {email}.")
    return load_actor(person.pk, name=person.name, day=now().date())


def _organisation(short_name: str) -> Organisation | None:
    from loype.organisations.models import Organisation

    if not short_name:
        return None
    found = Organisation.objects.filter(short_name__iexact=short_name).first()
    if found is None:
        raise click.UsageError(f"No organisation has the short name {short_name}.")
    return found
