"""How the installation is doing: database, jobs, mails, disk, history, in plain numbers.

This lies in the room just below every way in, so that the status page, the API and `loype check`
read the same numbers, and above mail and history, which it reads.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

import loype
from loype.search.embedding import embedder_state
from loype.search.finding import can_read_meaning
from loype.search.indexing import lag

_READ = """
SELECT current_setting('server_version'),
       pg_database_size(current_database()),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
       (SELECT min(e.at) FROM procrastinate_events e
         WHERE e.type = 'deferred' AND e.job_id = (SELECT min(j.id) FROM procrastinate_jobs j
           WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now()))),
       (SELECT max(last_heartbeat) FROM procrastinate_workers),
       (SELECT count(*) FROM mail_outgoingmail WHERE state IN ('queued', 'handing_over')),
       (SELECT count(*) FROM mail_outgoingmail WHERE state = 'uncertain'),
       (SELECT count(*) FROM mail_outgoingmail WHERE state = 'failed'),
       (SELECT min(greatest(queued_at, not_before)) FROM mail_outgoingmail
         WHERE state = 'queued' AND coalesce(not_before, queued_at) <= now()),
       (SELECT coalesce(sum(length), 0)::bigint FROM history_chain)
"""


@dataclass(frozen=True)
class Readings:
    """The numbers of one moment; sizes in bytes, None where there is nothing to tell."""

    version: str
    server_version: str
    database_bytes: int
    jobs_waiting: int
    jobs_failed: int
    oldest_job_at: datetime | None
    worker_heard_at: datetime | None
    mails_waiting: int
    mails_uncertain: int
    mails_failed: int
    oldest_mail_at: datetime | None
    history_rows: int
    free_bytes: int
    can_write_files: bool
    texts_waiting: int
    oldest_text_at: datetime | None
    reads_meaning: bool
    search_problem: str


def take_readings() -> Readings:
    """Read everything once: one statement and a look at the disk."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        (server, size, waiting, failed, oldest, heard, *mails, history) = cursor.fetchone()
    folder, behind, embedder = files_folder(), lag(), embedder_state()
    return Readings(
        version=loype.__version__,
        server_version=server,
        database_bytes=size,
        jobs_waiting=waiting,
        jobs_failed=failed,
        oldest_job_at=oldest,
        worker_heard_at=heard,
        mails_waiting=mails[0],
        mails_uncertain=mails[1],
        mails_failed=mails[2],
        oldest_mail_at=mails[3],
        history_rows=history,
        free_bytes=shutil.disk_usage(folder).free,
        can_write_files=can_write(folder),
        texts_waiting=behind.waiting,
        oldest_text_at=behind.oldest,
        reads_meaning=can_read_meaning(),
        search_problem=str(embedder.problem),
    )


def files_folder() -> Path:
    """The folder of attachments, or the nearest above it that is there already."""
    folder = Path(settings.MEDIA_ROOT)
    return next(path for path in (folder, *folder.parents) if path.exists())


def can_write(folder: Path) -> bool:
    """Whether an attachment could be kept now."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
