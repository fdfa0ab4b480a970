"""The `loype` command: everything an operator does, each command in a file of its own.

`loype demo` lives in `loype/cli/demo.py` as a click command named `command`. A command is loaded
when it is called, so that `loype --help` answers at once. Add a command by adding its file and its
line in `COMMANDS`; where the name is a word of Python, the file ends in `_` (`import_.py`).
"""

import importlib
import importlib.util
import keyword
import os
from collections.abc import Iterable

import click

COMMANDS = {
    "demo": "Show a believable year of the trail: build it once, then serve it.",
    "serve": "Serve the pages and the API.",
    "worker": "Do what waits: mails, notices, reminders.",
    "migrate": "Bring the database up to date with this version.",
    "check": "Say what is wrong with this installation and what to do about it.",
    "database": "Start, stop or open the built-in database.",
    "import": "Take in ideas, solutions or organisations from files.",
    "organisation": "Found organisations and federations, invite their first administrators.",
    "bodies": "Set up councils and groups from default packs, see them on a day, end them.",
    "strategy": "See plans with their aims and weights, write them to files, take them in.",
    "rounds": "See rounds of assessment and ranked lists, with how sure each place is.",
    "federation": "See what members have in the works, and what councils run together.",
    "export": "Write ideas, solutions or organisations to files.",
    "search": "Look after the search and its language model.",
    "dossier": "Take the complete dossier of one case out, for access requests and the archive.",
    "history": "Verify that nobody changed the history.",
    "requirements": "List the requirements, their tests and the results.",
    "manage": "Run one of Django's own commands.",
}


class LazyGroup(click.Group):
    """A group that reads a command's file only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if _is_there(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS or not _is_there(cmd_name):
            return None
        found = importlib.import_module(_module_of(cmd_name)).command
        if not isinstance(found, click.Command):
            raise TypeError(f"{_module_of(cmd_name)}.command is not a click command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


def _module_of(name: str) -> str:
    return f"loype.cli.{name}_" if keyword.iskeyword(name) else f"loype.cli.{name}"


def _is_there(name: str) -> bool:
    return importlib.util.find_spec(_module_of(name)) is not None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="loype", prog_name="loype")
def loype() -> None:
    """Løype, the trail of public innovation: idea, council, trial, evaluation, reuse."""


def prepare(*, migrated: bool = True) -> None:
    """Start the database, set Django up, and refuse to go on where something must be done first."""
    import django
    from django.db import connection

    from loype.config.database import DatabaseProblem, check_database, ensure_running

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loype.config.settings")
    ensure_running()
    django.setup()
    check_database(connection)
    if migrated and (missing := missing_migrations()):
        raise DatabaseProblem(
            f"The database is not up to date ({len(missing)} changes are waiting): "
            "run `loype migrate`."
        )


def missing_migrations() -> list[str]:
    """The changes of the database that this version needs and that are not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan: Iterable[tuple[object, bool]] = executor.migration_plan(
        executor.loader.graph.leaf_nodes()
    )
    return [str(migration) for migration, _ in plan]
