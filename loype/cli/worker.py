"""`loype worker`: does the jobs that wait in the database, and survives whatever happens to it."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from typing import TYPE_CHECKING

import click

from loype.cli import prepare

if TYPE_CHECKING:
    from procrastinate import App, PsycopgConnector
    from procrastinate.app import WorkerOptions

logger = logging.getLogger("loype.worker")

HEARTBEAT_SECONDS = 2.0
# A worker not heard of for so long is dead, and the jobs it held are done again. Every job must
# therefore bear being done twice.
SILENT_SECONDS = 10.0
RECONNECT_SECONDS = 2.0


@click.command(name="worker")
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
@click.option("--concurrency", default=1, show_default=True, help="Jobs at once.")
@click.option("--queue", "queues", multiple=True, help="Only these queues.")
def command(*, once: bool, concurrency: int, queues: tuple[str, ...]) -> None:
    """Do what waits: mails, notices, reminders."""
    prepare()
    run(once=once, concurrency=concurrency, queues=queues)


def run(*, once: bool, concurrency: int = 1, queues: tuple[str, ...] = ()) -> None:
    """Work until told to stop, or with `once` until nothing waits."""
    from procrastinate.contrib.django import app

    from loype.config.database import stop

    _quieten_lost_connections()
    # The pages' connector lives in a request; a worker holds its own connections.
    with app.replace_connector(_connector(concurrency)) as worker_app:
        work = Work(worker_app, concurrency=concurrency, queues=queues)
        asyncio.run(work.once() if once else work.always())
    if not once:
        stop(only_if_unused=True)


def _connector(concurrency: int) -> "PsycopgConnector":
    """Connections that give up after seconds, so that a worker cut off can be told to end."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django.utils import connector_params

    address = connector_params()
    address.pop("pool", None)
    return PsycopgConnector(
        kwargs=address, min_size=1, max_size=concurrency + 2, timeout=3.0, reconnect_timeout=3.0
    )


class _LostConnection(logging.Filter):
    """Drops the pages of traces that one restart of the database would write."""

    def filter(self, record: logging.LogRecord) -> bool:
        from procrastinate.exceptions import ConnectorException

        return not (record.exc_info and isinstance(record.exc_info[1], ConnectorException))


def _quieten_lost_connections() -> None:
    """Say in one line of our own that the database went away, see `Work.always`."""
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    for name in ("procrastinate.utils", "procrastinate.worker", "procrastinate.worker.worker"):
        logging.getLogger(name).addFilter(_LostConnection())


def _in_one_line(error: BaseException) -> str:
    said = str(error.__cause__ or error).strip() or type(error).__name__
    return said.splitlines()[0]


class Work:
    """One worker: fetches jobs, takes over those of dead workers, reconnects when cut off."""

    def __init__(self, app: "App", *, concurrency: int, queues: tuple[str, ...]) -> None:
        self.app = app
        self.concurrency = concurrency
        self.queues = queues
        self.stopping = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def once(self) -> None:
        """Do what waits now, including what dead workers left behind."""
        async with self.app.open_async():
            await self._take_over()
            await self._work(wait=False)

    async def always(self) -> None:
        """Work until a signal comes; start anew whenever the database was away."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        while not self.stopping.is_set():
            self.task = asyncio.create_task(self._one_run())
            try:
                await self.task
            except asyncio.CancelledError:
                break
            except Exception as error:  # noqa: BLE001 whatever it was, the next run may do better
                logger.warning("The worker was cut off (%s); it tries again.", _in_one_line(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), RECONNECT_SECONDS)

    async def _one_run(self) -> None:
        await asyncio.to_thread(_wait_for_database)
        async with self.app.open_async():
            watcher = asyncio.create_task(self._watch_for_the_dead())
            try:
                await self._work(wait=True)
            finally:
                watcher.cancel()

    async def _work(self, *, wait: bool) -> None:
        options: WorkerOptions = {
            "concurrency": self.concurrency,
            "wait": wait,
            "listen_notify": wait,
            "install_signal_handlers": not wait,
            "update_heartbeat_interval": HEARTBEAT_SECONDS,
            "stalled_worker_timeout": SILENT_SECONDS,
            "fetch_job_polling_interval": 2.0,
        }
        if self.queues:
            options["queues"] = self.queues
        await self.app.run_worker_async(**options)

    async def _watch_for_the_dead(self) -> None:
        """Look now and then for jobs whose worker is gone, also while we ourselves work."""
        while True:
            asked_at = time.monotonic()
            try:
                await self._take_over()
            except Exception as error:  # noqa: BLE001 the run itself notices when the database is gone
                logger.info("Dead workers could not be looked for now (%s).", _in_one_line(error))
            await asyncio.sleep(HEARTBEAT_SECONDS)
            # If this process itself was held up, its own heartbeat is late too: let it beat first.
            if time.monotonic() - asked_at > SILENT_SECONDS / 2:
                await asyncio.sleep(HEARTBEAT_SECONDS * 2)

    async def _take_over(self) -> None:
        """Queue again what a dead worker was doing."""
        manager = self.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
            logger.warning("Doing %s (job %s) again: its worker died.", job.task_name, job.id)
            await manager.retry_job(job)

    def _stop(self) -> None:
        if self.stopping.is_set():  # asked twice: do not wait for the job in hand
            os._exit(130)
        self.stopping.set()
        if self.task:
            self.task.cancel()


def _wait_for_database() -> None:
    """Start the built-in database if it went away; raises while a server of one's own is down."""
    from django.db import connection

    from loype.config.database import check_database, ensure_running

    ensure_running()
    try:
        check_database(connection)
    finally:
        connection.close()
