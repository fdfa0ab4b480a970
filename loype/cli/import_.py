"""`loype import`: take in ideas, solutions or organisations from files of others."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from loype.cli.importing.mapping import FieldMap
    from loype.cli.importing.reading import Table
    from loype.cli.importing.running import Target
    from loype.organisations.models import Organisation

SAMPLES = 50
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
Command = Callable[..., Any]


@click.group(name="import")
def command() -> None:
    """Take in ideas, solutions or organisations from files.

    A row is taken over once, however often its file is imported; what is refused is written to a
    report with its row, column and reason. Exit code 0: all is in; 1: some rows were refused;
    2: nothing was done; 3: stopped half-way, run it again to go on.
    """


def _common(function: Command) -> Command:
    """The options that every import has."""
    options = [
        click.option(
            "--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Which column is which field (TOML); without it, it is guessed and shown.",
        ),
        click.option("--source", default="", help="Where it comes from, as a short name."),
        click.option("--licence", default="", help="Under which terms it may be used."),
        click.option("--fetched", type=click.DateTime(["%Y-%m-%d"]), help="The day you got it."),
        click.option("--encoding", default="", help="Only where it is not recognised."),
        click.option("--delimiter", default="", help="Only where it is not recognised."),
        click.option("--sheet", default="", help="The sheet of a workbook, if not the first."),
        click.option("--language", default="", help="The language, where no column says it."),
        click.option("--dry-run", is_flag=True, help="Check every row and change nothing."),
        click.option(
            "--report", type=click.Path(dir_okay=False, writable=True, path_type=Path),
            help="Where refused rows are written [FILE-report.csv in this folder].",
        ),
        click.option(
            "--save-map", type=click.Path(dir_okay=False, writable=True, path_type=Path),
            help="Write the guessed mapping here, to look at and change.",
        ),
        click.option("--yes", is_flag=True, help="Go on with the guessed mapping."),
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return FILE(function)


@command.command()
@_common
@click.option("--organisation", required=True, help="The short name of the organisation.")
def ideas(*, file: Path, organisation: str, **options: Any) -> None:
    """Take in ideas, needs and wishes from FILE (.csv, .jsonl or .xlsx)."""
    prepare()
    from loype.cli.importing.ideas import IdeaTarget
    from loype.kernel.clock import now

    home = _organisation(organisation)

    def target(mapping: FieldMap, fetched: date, undated: datetime) -> Target:
        return IdeaTarget(home, mapping.source, mapping.licence, fetched, undated, now())

    options["language"] = options["language"] or home.language
    _run(file, "ideas", target, zone=ZoneInfo(home.time_zone), **options)


@command.command()
@_common
def solutions(*, file: Path, **options: Any) -> None:
    """Take in published solutions; organisations that are not known for certain are proposed."""
    prepare()
    from loype.cli.importing.solutions import SolutionTarget
    from loype.kernel.clock import now

    def target(mapping: FieldMap, fetched: date, undated: datetime) -> Target:
        return SolutionTarget(mapping.source, mapping.licence, fetched, undated, now())

    _run(file, "solutions", target, zone=_house_zone(), **options)


@command.command()
@_common
@click.option("--country", default="", help="The country, two letters, where no column says it.")
@click.option("--kind", default="municipality", show_default=True, help="What they are.")
def organisations(*, file: Path, **options: Any) -> None:
    """Take in an official register, such as all municipalities of a country."""
    prepare()
    from loype.cli.importing.organisations import OrganisationTarget
    from loype.kernel.clock import now

    def target(mapping: FieldMap, fetched: date, undated: datetime) -> Target:
        return OrganisationTarget(mapping.source or file.stem[:60], now())

    _run(file, "organisations", target, zone=_house_zone(), **options)


def _house_zone() -> ZoneInfo:
    from django.conf import settings

    return ZoneInfo(settings.TIME_ZONE)


def _organisation(short_name: str) -> Organisation:
    from loype.cli.importing.problems import Impossible
    from loype.organisations.models import Organisation

    found = Organisation.objects.active().filter(short_name__iexact=short_name).first()
    if found is None:
        raise Impossible(f"No organisation has the short name {short_name!r}.")
    return found


def _run(
    file: Path,
    what: str,
    target_for: Callable[[FieldMap, date, datetime], Target],
    *,
    zone: ZoneInfo,
    report: Path | None,
    dry_run: bool,
    **options: Any,
) -> None:
    """Open, map, import, tell."""
    from django.db import OperationalError

    from loype.cli.importing.problems import Impossible
    from loype.cli.importing.reading import open_table
    from loype.cli.importing.reporting import Report, shown_progress
    from loype.cli.importing.running import Run
    from loype.kernel.errors import Refusal

    mapping = _mapping(file, what, **options)
    fetched = mapping.fetched or _day_of(file)
    undated = datetime(fetched.year, fetched.month, fetched.day, tzinfo=zone).astimezone(UTC)
    told = Report(report or Path(f"{file.stem}-report.csv"))
    with open_table(
        file, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet
    ) as table:
        click.echo(f"{file.name}: {table.told}.")
        _check(mapping, table, file)
        target = target_for(mapping, fetched, undated)
        run = Run(table, mapping, target, told, zone, dry_run)
        try:
            with shown_progress(table.size) as progress:
                tally = run.go(progress)
        except (OperationalError, KeyboardInterrupt) as problem:
            _stopped_half_way(run.tally.new, problem)
        except Refusal as refusal:
            raise Impossible(str(refusal)) from refusal
        finally:
            told.close()
    tally.show(told, dry_run=dry_run)
    sys.exit(tally.exit_code)


def _stopped_half_way(new: int, problem: BaseException) -> None:
    why = str(problem).splitlines()[0] if str(problem) else "interrupted"
    click.echo(f"Stopped half-way ({why}): {new:,} new ones are kept.", err=True)
    click.echo("Run the same command again to go on; nothing is taken over twice.", err=True)
    sys.exit(3)


def _check(mapping: FieldMap, table: Table, file: Path) -> None:
    if table.has_fixed_columns:
        mapping.check_columns(table.columns, where=file.name)
    mapping.check_complete()


def _day_of(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()


def _mapping(
    file: Path,
    what: str,
    *,
    map_file: Path | None,
    fetched: datetime | None,
    save_map: Path | None,
    yes: bool,
    source: str,
    licence: str,
    encoding: str,
    delimiter: str,
    sheet: str,
    **constants: str,
) -> FieldMap:
    """The mapping from its file, or guessed; what the command line says goes first."""
    from loype.cli.importing.mapping import load_map

    mapping = load_map(map_file, kind=what) if map_file else None
    said = {"source": source, "licence": licence, "encoding": encoding, "sheet": sheet}
    said |= {"delimiter": "\t" if delimiter in ("\\t", "tab") else delimiter}
    guessed = mapping is None
    if mapping is None:
        mapping = _guessed(file, what, said, constants)
        mapping.source = mapping.source or file.stem[:60]
    for key, value in said.items():
        if value:
            setattr(mapping, key, value)
    if fetched is not None:
        mapping.fetched = fetched.date()
    if guessed:
        _agree(mapping, save_map=save_map, yes=yes)
    return mapping


def _guessed(file: Path, what: str, said: dict[str, str], constants: dict[str, str]) -> FieldMap:
    from itertools import islice

    from loype.cli.importing.guessing import guess_map
    from loype.cli.importing.reading import open_table

    with open_table(
        file, encoding=said["encoding"], delimiter=said["delimiter"], sheet=said["sheet"]
    ) as table:
        samples = [row.cells for row in islice(table.rows, SAMPLES)]
        mapping = guess_map(table.columns, samples, kind=what, constants=constants)
    _show_guess(mapping, table.columns, samples)
    return mapping


def _show_guess(mapping: FieldMap, columns: list[str], samples: list[dict[str, str]]) -> None:
    from loype.cli.importing.problems import shortened

    click.echo("This is what the columns are taken for:")
    for key, rule in mapping.rules.items():
        place = rule.columns[0] if rule.columns else ""
        cells = (row.get(place, "") for row in samples)
        example = rule.constant or next((cell for cell in cells if cell.strip()), "")
        click.echo(f"  {key:<16} {place or '(always)':<28} {shortened(example)[:48]}")
    used = {name for rule in mapping.rules.values() for name in rule.columns}
    if unused := [name for name in columns if name not in used]:
        click.echo(f"  not used: {', '.join(unused)}")


def _agree(mapping: FieldMap, *, save_map: Path | None, yes: bool) -> None:
    from loype.cli.importing.mapping import written
    from loype.cli.importing.problems import Impossible

    if save_map:
        save_map.write_text(written(mapping), encoding="utf-8")
        click.echo(f"Written to {save_map}: change it there and use it with --map.")
    if yes:
        return
    if sys.stdin.isatty() and click.confirm("Go on with this?"):
        return
    raise Impossible("Nothing was done. Go on with --yes, or keep it with --save-map FILE first.")
