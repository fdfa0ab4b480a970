"""`loype database`: look after the built-in database."""

import os
import subprocess
import sys

import click

from loype.config import database
from loype.config.embedded_host import packaged_programs


@click.group(name="database")
def command() -> None:
    """Start, stop or open the built-in database."""


@command.command()
def start() -> None:
    """Start the built-in database unless it runs already."""
    click.echo("Started." if database.ensure_running() else _already())


@command.command()
@click.option("--if-unused", is_flag=True, help="Leave it on while somebody is connected.")
def stop(*, if_unused: bool) -> None:
    """Stop the built-in database."""
    stopped = database.stop(only_if_unused=if_unused)
    click.echo("Stopped." if stopped else "Nothing to stop.")


@command.command(name="shell", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def shell(*, words: tuple[str, ...]) -> None:
    """Open psql on the database, or hand it what follows."""
    database.ensure_running()
    sys.exit(subprocess.run(client_command("psql", *words), check=False).returncode)


def client_command(program: str, *words: str) -> list[str]:
    """One of PostgreSQL's client programs (psql, pg_dump, pg_restore), aimed at our database."""
    if not database.uses_embedded(os.environ):
        return [program, f"--dbname={os.environ['DATABASE_URL']}", *words]
    settings = database.database_settings(os.environ, database.PROJECT)
    address = f"--host={settings['HOST']}", f"--port={settings['PORT']}"
    user, name = f"--username={settings['USER']}", f"--dbname={settings['NAME']}"
    path = packaged_programs() / "bin" / program
    return [str(path), *address, user, name, *words]


def _already() -> str:
    if database.uses_embedded(os.environ):
        return "It runs already."
    return "DATABASE_URL names a server of your own; nothing to start here."
