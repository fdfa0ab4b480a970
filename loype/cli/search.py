"""`loype search`: look after the search and its language model."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from loype.cli import prepare


@click.group(name="search")
def command() -> None:
    """Look after the search and its language model."""


@command.command()
@click.option("--force", "is_forced", is_flag=True, help="Build it anew even if it is there.")
def build(*, is_forced: bool) -> None:
    """Build the language model that finds the same need in other words."""
    import django

    django.setup()
    build_with_words(is_forced=is_forced)


def build_with_words(*, is_forced: bool = False) -> None:
    """Build the model and say where it lies and how long it took; a refusal goes up."""
    from django.conf import settings

    from loype.search.embedding.build import build_model

    if settings.LOYPE_EMBEDDING_PROVIDER != "builtin":
        click.echo("LOYPE_EMBEDDING_PROVIDER says that the built-in language model is not used.")
        return
    began = time.monotonic()
    steps: list[str] = []

    def say(step: str) -> None:
        steps.append(step)
        click.echo(f"{step} …")

    folder = build_model(say=say, is_forced=is_forced)
    if steps:
        click.echo(f"The language model is in {folder}, in {time.monotonic() - began:.0f} seconds.")
    else:
        click.echo(f"The language model is ready in {folder}.")


@command.command()
@click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--markdown", is_flag=True, help="Print tables for a page of documentation.")
@click.option("--set", "sets", multiple=True, help="A development set instead of a file, or all.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds the development sets.",
)
def evaluate(
    *,
    files: tuple[Path, ...],
    as_json: bool,
    markdown: bool,
    sets: tuple[str, ...],
    data: Path | None,
) -> None:
    """Measure how well the same need is found, beside simpler methods.

    A line of FILE is a JSON object with id, lang, title, text, group and relation (same, near or
    null). The texts go into a throw-away schema; nothing of them is kept. Exit code 0: all lines
    were used; 1: some were left out, each named by its number; 2: nothing was measured.
    """
    if bool(files) == bool(sets) or bool(sets) != bool(data) or (sets and as_json):
        raise click.UsageError("Name files, or a --set with its --data folder (not as --json).")
    prepare()
    from loype.search.evaluation.commanding import evaluated, read_files

    form = "json" if as_json else "markdown" if markdown else ""
    if data is not None:
        _evaluate_sets(sets, data=data, form=form)
        return
    entries, bad = read_files(files, warn=_warn)
    if not any(entry.relation == "same" for entry in entries):
        raise click.UsageError("No text says the same as another: there is nothing to measure.")
    for line in evaluated(entries, form=form, warn=_warn):
        click.echo(line)
    sys.exit(1 if bad else 0)


def _evaluate_sets(names: Sequence[str], *, data: Path, form: str) -> None:
    from loype.search.evaluation.commanding import evaluated_sets
    from loype.search.evaluation.sets import NAMES

    chosen = NAMES if "all" in names else names
    if unknown := set(chosen) - set(NAMES):
        raise click.UsageError(f"No set is called {min(unknown)}, only: {', '.join(NAMES)}.")
    for line in evaluated_sets(chosen, data=data, form=form, warn=_warn):
        click.echo(line)


def _warn(line: str) -> None:
    click.echo(line, err=True)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="The same as one object.")
def status(*, as_json: bool) -> None:
    """Say what search goes by, how many texts it has read and how many wait."""
    import json

    from loype.cli import prepare

    prepare()
    from loype.search.status import search_state

    state = search_state()
    if as_json:
        click.echo(json.dumps(state.as_facts(), ensure_ascii=False, indent=2))
        return
    for line in state.lines():
        click.echo(line)


@command.command()
@click.option("--everything", is_flag=True, help="Read also what is up to date.")
@click.option("--mark-only", is_flag=True, help="Only mark; the worker does the reading.")
@click.option("--drop-old", is_flag=True, help="Then let the vectors of other embedders go.")
def rebuild(*, everything: bool, mark_only: bool, drop_old: bool) -> None:
    """Read all texts anew while people go on searching; safe to stop and start again."""
    from loype.cli import prepare

    prepare()
    from loype.kernel.clock import now
    from loype.search.indexing import drop_others, index_waiting, lag, mark_all

    if everything:
        mark_all()
    waiting = lag().waiting
    if mark_only:
        click.echo(f"{waiting:,} texts wait for the worker.")
        return
    done = 0
    with click.progressbar(length=waiting, label=f"Reading {waiting:,} texts") as bar:
        while count := index_waiting(at=now()):
            done += count
            bar.update(count)
    click.echo(f"{done:,} texts read, {lag().waiting:,} wait.")
    for name in drop_others(at=now()) if drop_old else ():
        click.echo(f"The vectors of {name} are gone.")


@command.command()
@click.option("--ship", is_flag=True, help="Write what comes with Løype, not this machine's own.")
def calibrate(*, ship: bool) -> None:
    """Fit the calibration of the embedder in use, from sentences that come with Løype."""
    import django

    django.setup()
    from loype.search.calibration import fitting
    from loype.search.calibration.reading import kept_file, shipped_file, write
    from loype.search.embedding import current_embedder, embedder_state

    if ship:
        from loype.search.analysis.frequency import keep_shares

        keep_shares(fitting.token_shares())
    embedder = current_embedder()
    if embedder is None:
        raise click.ClickException(str(embedder_state().problem))
    calibration = fitting.fit(embedder, say=click.echo)
    file = shipped_file(embedder.id) if ship else kept_file(embedder.id)
    write(calibration, file)
    for name, value in sorted(calibration.weights.items()):
        click.echo(f"  {name:14} {value:8.3f}")
    click.echo(f"Written to {file}. Texts are read anew by: loype search rebuild")
