"""`loype dossier`: take the complete dossier of one case out as a ZIP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from loype.councils.models import Case


@click.command(name="dossier")
@click.argument("number")
@click.option("--as", "email", default="", help="Only what this person may see (e-mail).")
@click.option("--public", "for_public", is_flag=True, help="Only what everybody may see.")
@click.option("--to", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def command(*, number: str, email: str, for_public: bool, to: Path | None) -> None:
    """Write the dossier of the case with this NUMBER (such as FJO-2026-0001) to a ZIP.

    The operator gets everything, a person what they may see.
    """
    prepare()
    from loype.cli.export import actor_named
    from loype.kernel.clock import now
    from loype.organisations.actor import NOBODY
    from loype.trail.dossier.orders import note_taking, open_dossier
    from loype.trail.dossier.zipping import write_dossier

    if email and for_public:
        raise click.UsageError("Choose one: --as a person, or --public.")
    case, actor, at = _case(number), actor_named(email), now()
    place = to or Path(f"{case.idea.case_number}.zip")
    dossier = open_dossier(case, actor=actor, at=at, for_public=for_public)
    size = 0
    with place.open("wb") as file:
        for piece in write_dossier(dossier, actor=NOBODY if for_public else actor):
            size += file.write(piece)
    note_taking(case, actor=actor, at=at, for_public=for_public, by_job=False)
    click.echo(f"{dossier.number}: {size:,} bytes written to {place}.", err=True)


def _case(number: str) -> Case:
    from loype.councils.models import Case

    found = Case.objects.select_related("idea").filter(idea__case_number__iexact=number).first()
    if found is None:
        raise click.UsageError(f"No case has the number {number}.")
    return found
