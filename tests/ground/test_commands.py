"""The `loype` command as an operator meets it: each test runs the real program."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench.memory import free_port
from loype.config.database import database_settings, ensure_running

PROJECT = Path(__file__).resolve().parents[2]
TIDY = "mail.tidy"


class Installation:
    """A database of its own, and the `loype` command that uses it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.environment = {**os.environ, "LOYPE_EMBEDDED": "test", "LOYPE_DB_NAME": name}
        ensure_running(self.environment, PROJECT)

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "loype.cli", *words],
            cwd=PROJECT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "loype.cli", *words]
        return subprocess.Popen(
            command, cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL
        )

    def ask(
        self, query: str, values: Sequence[object] = (), *, name: str = ""
    ) -> list[tuple[object, ...]]:
        settings = database_settings(self.environment, PROJECT)
        with psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            user=settings["USER"],
            dbname=name or settings["NAME"],
            autocommit=True,
        ) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def remove(self) -> None:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
        self.ask(drop.as_string(), name="postgres")

    def queue(self, state: str = "todo", worker: int | None = None) -> int:
        rows = self.ask(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id)"
            " VALUES (%s, 'default', %s, %s, %s) RETURNING id",
            [TIDY, json.dumps({"timestamp": 0}), state, worker],
        )
        return int(str(rows[0][0]))

    def state_of(self, job: int) -> str:
        rows = self.ask("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(rows[0][0])

    def wait_for(self, job: int, state: str) -> None:
        deadline = time.monotonic() + 40
        while self.state_of(job) != state:
            assert time.monotonic() < deadline, f"job {job} is {self.state_of(job)}"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def installation(worker_id: str) -> Iterator[Installation]:
    made = Installation(f"loype_commands_{os.environ.get('LOYPE_TEST_NAME', '')}_{worker_id}")
    made.remove()
    ensure_running(made.environment, PROJECT)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def migrated(installation: Installation) -> Installation:
    told = installation.run("migrate")
    assert told.returncode == 0, told.stderr
    return installation


@pytest.fixture
def port() -> int:
    return free_port()


def _status(port: int) -> int:
    address = f"http://127.0.0.1:{port}/account/login/"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return int(answer.status)


def _wait_until_served(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            assert _status(port) == 200
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "it never answered"
            time.sleep(0.1)
        else:
            return


def _children(process: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
    return [child for child, parent in pairs if parent == process]


# --- help -------------------------------------------------------------------------------------


def test_help_lists_the_commands_without_loading_them() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from loype.cli import loype;"
        "print(CliRunner().invoke(loype, ['--help']).output); print('django' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert "  serve " in told.stdout
    assert "  worker " in told.stdout
    assert told.stdout.strip().endswith("False")


def test_an_unknown_command_is_refused(installation: Installation) -> None:
    told = installation.run("fly")
    assert told.returncode == 2
    assert "No such command 'fly'" in told.stderr


# --- migrate ----------------------------------------------------------------------------------


def test_it_does_not_serve_a_database_that_is_not_up_to_date(installation: Installation) -> None:
    fresh = Installation(f"{installation.name}_fresh")
    try:
        told = fresh.run("serve", PORT="0")
        assert told.returncode == 2
        assert told.stderr.startswith("loype: The database is not up to date")
        assert "run `loype migrate`" in told.stderr
    finally:
        fresh.remove()


def test_it_migrates_again_without_harm(migrated: Installation) -> None:
    told = migrated.run("migrate")
    assert told.returncode == 0
    assert "No migrations to apply" in told.stdout


def test_djangos_own_commands_are_reached(migrated: Installation) -> None:
    told = migrated.run("manage", "showmigrations", "--plan")
    assert told.returncode == 0
    assert "[X]" in told.stdout
    assert "[ ]" not in told.stdout


# --- serve ------------------------------------------------------------------------------------


def test_it_serves_on_although_its_process_is_killed(migrated: Installation, port: int) -> None:
    server = migrated.start("serve", f"--port={port}")
    try:
        _wait_until_served(port)
        for child in _children(server.pid):
            os.kill(child, signal.SIGKILL)
        _wait_until_served(port)
    finally:
        server.terminate()
    assert server.wait(30) == 0


def test_it_says_which_address_is_taken(migrated: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        told = migrated.run("serve", PORT=str(taken))
    assert told.returncode == 1
    assert f"port {taken}" in told.stderr
    assert "choose another with PORT=" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_it_runs_the_worker_beside_it_and_starts_it_again(
    migrated: Installation, port: int
) -> None:
    together = migrated.start("serve", "--with-worker", f"--port={port}")
    try:
        _wait_until_served(port)
        first = migrated.queue()
        migrated.wait_for(first, "succeeded")
        (worker,) = [pid for pid in _children(together.pid) if _is_worker(pid)]
        os.kill(worker, signal.SIGKILL)
        second = migrated.queue()
        migrated.wait_for(second, "succeeded")
    finally:
        together.terminate()
    assert together.wait(30) == 0
    with pytest.raises(urllib.error.URLError):
        _status(port)


def _is_worker(process: int) -> bool:
    command = ["ps", "-ww", "-p", str(process), "-o", "args="]
    return (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip()[-7:]
        == " worker"
    )


# --- worker -----------------------------------------------------------------------------------


def test_once_does_what_waits_and_ends(migrated: Installation) -> None:
    jobs = [migrated.queue() for _ in range(3)]
    told = migrated.run("worker", "--once")
    assert told.returncode == 0, told.stderr
    assert [migrated.state_of(job) for job in jobs] == ["succeeded"] * 3


def test_it_does_again_what_a_dead_worker_held(migrated: Installation) -> None:
    rows = migrated.ask(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
        " RETURNING id"
    )
    left_behind = migrated.queue("doing", int(str(rows[0][0])))
    assert migrated.run("worker", "--once").returncode == 0
    assert migrated.state_of(left_behind) == "succeeded"


def test_it_leaves_alone_what_a_living_worker_holds(migrated: Installation) -> None:
    rows = migrated.ask(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id"
    )
    held = migrated.queue("doing", int(str(rows[0][0])))
    assert migrated.run("worker", "--once").returncode == 0
    assert migrated.state_of(held) == "doing"
    migrated.ask("DELETE FROM procrastinate_jobs WHERE id = %s", [held])


def test_a_running_worker_takes_over_and_survives_a_cut_connection(migrated: Installation) -> None:
    worker = migrated.start("worker")
    try:
        migrated.wait_for(migrated.queue(), "succeeded")
        migrated.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        rows = migrated.ask(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 minute') RETURNING id"
        )
        left_behind = migrated.queue("doing", int(str(rows[0][0])))
        migrated.wait_for(left_behind, "succeeded")
    finally:
        worker.terminate()
    assert worker.wait(30) == 0


# --- check ------------------------------------------------------------------------------------


def test_check_names_what_is_missing_and_says_what_to_do(migrated: Installation) -> None:
    migrated.ask("DELETE FROM procrastinate_workers")
    told = migrated.run("check")
    assert told.returncode == 1
    assert "no worker runs: start `loype worker`" in told.stdout
    assert "ok       migrations" in told.stdout


def test_check_is_content_when_all_is_well(migrated: Installation) -> None:
    migrated.ask("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    told = migrated.run("check")
    assert told.returncode == 0, told.stdout
    assert "PROBLEM" not in told.stdout


def test_check_says_that_the_mail_server_is_away(migrated: Installation, port: int) -> None:
    told = migrated.run("check", LOYPE_SMTP_HOST="127.0.0.1", LOYPE_SMTP_PORT=str(port))
    assert told.returncode == 1
    assert f"127.0.0.1:{port} refuses" in told.stdout


def test_check_says_that_jobs_are_late(migrated: Installation) -> None:
    job = migrated.queue()
    migrated.ask(
        "UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 hour' WHERE id = %s",
        [job],
    )
    told = migrated.run("check")
    assert told.returncode == 1
    assert "1 jobs are late" in told.stdout
    assert migrated.run("worker", "--once").returncode == 0
