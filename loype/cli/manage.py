"""`loype manage`: Django's own commands, with the database started first."""

import click

from loype.cli import prepare


@click.command(
    name="manage",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(*, words: tuple[str, ...]) -> None:
    """Run one of Django's own commands, for example `loype manage shell`."""
    prepare(migrated=False)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["loype manage", *words])
