"""`loype history`: show that nobody changed the account, and keep proof of it elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from loype.history.verify import KeptHead


@click.group(name="history")
def command() -> None:
    """Verify that nobody changed the history."""


@command.command()
@click.option(
    "--kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Heads kept earlier with `loype history heads`: finds also a chain written anew.",
)
def verify(*, kept: Path | None) -> None:
    """Read every row of the account and name each that is changed, missing or out of order."""
    prepare()
    from loype.history.verify import count_chains, count_rows, find_flaws, find_rewritten

    count = 0
    for flaw in find_flaws():
        count += 1
        click.echo(str(flaw))
    for flaw in find_rewritten(_read(kept)) if kept else ():
        count += 1
        click.echo(str(flaw))
    rows, chains = count_rows(), count_chains()
    told = f"{rows:,} rows in {chains:,} chains checked: "
    click.echo(told + (f"{count:,} flaws." if count else "nothing changed, missing or moved."))
    sys.exit(1 if count else 0)


@command.command()
def heads() -> None:
    """Print each chain's length and last hash, to be kept where this database's keeper cannot go.

    Whoever may change the database could write a whole chain anew; `loype history verify --kept`
    finds that, if the heads were kept elsewhere.
    """
    prepare()
    from loype.history.verify import kept_heads

    for head in kept_heads():
        click.echo(f"{head.chain_id} {head.number} {head.hash}")


def _read(kept: Path) -> list[KeptHead]:
    from loype.history.verify import KeptHead

    found = []
    for line in kept.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words:
            continue
        if len(words) != 3 or not (words[0].isdigit() and words[1].isdigit()):
            raise click.UsageError(f"{kept.name} was not written by `loype history heads`.")
        found.append(KeptHead(int(words[0]), int(words[1]), words[2]))
    return found
