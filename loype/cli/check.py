"""`loype check`: one line for each thing that must work, and what to do where it does not."""

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from loype.cli import missing_migrations, prepare

SILENT_SECONDS = 60
LATE_SECONDS = 300
LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: in order, or what to do."""

    name: str
    is_fine: bool
    text: str


@click.command(name="check")
def command() -> None:
    """Say what is wrong with this installation and what to do about it."""
    findings = list(_look())
    for finding in findings:
        mark = "ok     " if finding.is_fine else "PROBLEM"
        click.echo(f"{mark}  {finding.name:<10}  {finding.text}")
    sys.exit(any(not finding.is_fine for finding in findings))


def _look() -> Iterator[Finding]:
    """Look at everything that can still be looked at."""
    from loype.config.database import DatabaseProblem

    try:
        prepare(migrated=False)
    except DatabaseProblem as problem:
        yield Finding("database", False, str(problem))
        return
    yield Finding("database", True, _database_words())
    migrations = _migrations()
    yield migrations
    looks: list[Callable[[], Finding]] = [_mail, _disk]
    if migrations.is_fine:
        looks = [_worker, _queue, *looks]
    for look in looks:
        yield look()


def _database_words() -> str:
    from django.db import connection

    from loype.config.database import uses_embedded

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    kind = "the built-in server" if uses_embedded(os.environ) else "the server of DATABASE_URL"
    return f"PostgreSQL {version}, {kind}, database {connection.settings_dict['NAME']}"


def _migrations() -> Finding:
    missing = missing_migrations()
    if missing:
        return Finding("migrations", False, f"{len(missing)} are waiting: run `loype migrate`.")
    return Finding("migrations", True, "all applied")


def _worker() -> Finding:
    """A worker writes its heartbeat every few seconds."""
    from django.db.models import Max
    from django.utils import timezone
    from procrastinate.contrib.django.models import ProcrastinateWorker

    latest = ProcrastinateWorker.objects.aggregate(latest=Max("last_heartbeat"))["latest"]
    if latest is None:
        return Finding("worker", False, "no worker runs: start `loype worker`.")
    silent_for = timezone.now() - latest
    if silent_for > dt.timedelta(seconds=SILENT_SECONDS):
        since = timezone.localtime(latest).strftime("%Y-%m-%d %H:%M")
        return Finding("worker", False, f"silent since {since}: start `loype worker` again.")
    return Finding("worker", True, f"heard {max(0, round(silent_for.total_seconds()))} seconds ago")


def _queue() -> Finding:
    """Jobs that nobody fetches, or that failed for good."""
    from django.db.models import Count, Q
    from django.db.models.functions import Now
    from procrastinate.contrib.django.models import ProcrastinateJob

    late_from = Now() - dt.timedelta(seconds=LATE_SECONDS)
    counts = ProcrastinateJob.objects.aggregate(
        waiting=Count("id", filter=Q(status="todo")),
        late=Count("id", filter=Q(status="todo", scheduled_at__lt=late_from)),
        failed=Count("id", filter=Q(status="failed")),
    )
    if counts["late"]:
        text = f"{counts['late']} jobs are late: look whether `loype worker` keeps up."
        return Finding("jobs", False, text)
    if counts["failed"]:
        text = f"{counts['failed']} jobs failed for good: read the worker's log."
        return Finding("jobs", False, text)
    return Finding("jobs", True, f"{counts['waiting']} waiting, none late, none failed")


def _mail() -> Finding:
    """The mail server answers, where one is set."""
    from django.conf import settings
    from django.core.mail import get_connection

    kind = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if kind != "smtp":
        place = settings.EMAIL_FILE_PATH if kind == "filebased" else kind
        return Finding("mail", True, f"sent to nobody, kept here: {place}")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's failures are OSErrors too
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return Finding("mail", False, f"{server} refuses ({said}): check the mail settings.")
    return Finding("mail", True, f"{server} answers")


def _disk() -> Finding:
    """There is room, and the folder for attachments can be written."""
    from django.conf import settings

    folder = Path(settings.MEDIA_ROOT)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE_BYTES:
        text = f"only {free / 1e9:.1f} GB left in {existing}: free some space."
        return Finding("disk", False, text)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        text = f"{existing} cannot be written ({error.strerror}): give this account access."
        return Finding("disk", False, text)
    return Finding("disk", True, f"{free / 1e9:.0f} GB free in {existing}")
