"""`loype migrate`: bring the database up to date with this version."""

import click

from loype.cli import prepare

# Any number that nobody else uses: two servers started at once must not migrate at once.
LOCK = 6_015_1814


@click.command(name="migrate")
@click.option("--quiet", is_flag=True, help="Say nothing unless something goes wrong.")
def command(*, quiet: bool) -> None:
    """Bring the database up to date with this version."""
    prepare(migrated=False)
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
