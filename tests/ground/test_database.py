"""The database: found, started, survived, and explained in one sentence when it is unfit."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import ConnectionHandler
from django.db.backends.base.base import BaseDatabaseWrapper

from loype.config import database, embedded, embedded_host
from loype.config.database import DatabaseProblem, check_database, database_settings
from loype.config.embedded_host import embedded_place

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's account can reach; pytest's own are closed to others."""
    made = Path(tempfile.mkdtemp(prefix="loype-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    embedded.stop(embedded_place(_environment(made), PROJECT))
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, str]]:
    """The environment of one running server for the tests that only ask it things."""
    made = Path(tempfile.mkdtemp(prefix="loype-", dir="/tmp"))
    made.chmod(0o755)
    environment = _environment(made)
    database.ensure_running(environment, PROJECT)
    yield environment
    database.stop(environment, PROJECT)
    shutil.rmtree(made)


def _environment(folder: Path) -> dict[str, str]:
    return {"LOYPE_EMBEDDED": "test", "LOYPE_EMBEDDED_FOLDER": str(folder)}


def _connect(environment: dict[str, str], **changed: str) -> psycopg.Connection[Any]:
    settings = database_settings(environment, PROJECT)
    address = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    return psycopg.connect(autocommit=True, **(address | {"dbname": settings["NAME"]} | changed))


def _wrapper(settings: dict[str, Any]) -> BaseDatabaseWrapper:
    return ConnectionHandler({"default": settings})["default"]


def _pid(folder: Path) -> int:
    return int((folder / "postgres-test/data/postmaster.pid").read_text().splitlines()[0])


# --- starting ---------------------------------------------------------------------------------


def test_it_starts_nothing_while_settings_are_computed(folder: Path) -> None:
    database_settings(_environment(folder), PROJECT)
    assert list(folder.iterdir()) == []


def test_it_starts_once_and_is_reused(folder: Path) -> None:
    environment = _environment(folder)
    assert database.ensure_running(environment, PROJECT) is True
    first = _pid(folder)
    assert database.ensure_running(environment, PROJECT) is False
    assert _pid(folder) == first


def test_it_makes_the_named_database(folder: Path) -> None:
    environment = _environment(folder) | {"LOYPE_DB_NAME": "loype_other"}
    database.ensure_running(environment, PROJECT)
    with _connect(environment) as connection:
        row = connection.execute("SELECT current_database()").fetchone()
    assert row == ("loype_other",)


def test_it_listens_to_nobody_outside_its_folder(folder: Path) -> None:
    environment = _environment(folder)
    database.ensure_running(environment, PROJECT)
    with _connect(environment) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert (folder / "postgres-test").stat().st_mode & 0o077 == 0


def test_it_leaves_the_folders_above_alone(folder: Path) -> None:
    before = {path: path.stat().st_mode for path in (folder, *folder.parents)}
    database.ensure_running(_environment(folder), PROJECT)
    assert {path: path.stat().st_mode for path in before} == before


def test_it_keeps_what_was_committed_when_the_server_is_killed(folder: Path) -> None:
    environment = {"LOYPE_EMBEDDED_FOLDER": str(folder)}  # the safe kind, as the demo uses it
    database.ensure_running(environment, PROJECT)
    with _connect(environment) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    pid_file = embedded_place(environment, PROJECT).data / "postmaster.pid"
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)
    assert database.ensure_running(environment, PROJECT) is True
    with _connect(environment) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
    database.stop(environment, PROJECT)


def test_it_starts_although_a_stranger_carries_the_dead_servers_number(folder: Path) -> None:
    environment = _environment(folder)
    database.ensure_running(environment, PROJECT)
    database.stop(environment, PROJECT)
    pid_file = folder / "postgres-test/data/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n")
    shutil.chown(pid_file, pid_file.parent.owner(), pid_file.parent.group())
    assert database.ensure_running(environment, PROJECT) is True


def test_it_starts_after_a_start_that_was_killed_half_way(folder: Path) -> None:
    environment = _environment(folder)
    half_made = folder / "postgres-test" / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    assert database.ensure_running(environment, PROJECT) is True


def test_it_takes_a_server_whose_socket_was_swept_away(folder: Path) -> None:
    environment = _environment(folder)
    database.ensure_running(environment, PROJECT)
    first = _pid(folder)
    embedded_place(environment, PROJECT).socket.unlink()
    assert database.ensure_running(environment, PROJECT) is True
    assert _pid(folder) != first


def test_it_does_not_race_when_two_start_at_once(folder: Path) -> None:
    program = (
        "from pathlib import Path; from loype.config import database; import os;"
        f"print(database.ensure_running(os.environ, Path({str(PROJECT)!r})))"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": ""} | _environment(folder),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = sorted(racer.communicate(timeout=120)[0].strip() for racer in racers)
    assert said == ["False", "False", "True"]


def test_it_stays_on_while_somebody_is_connected(folder: Path) -> None:
    environment = {"LOYPE_EMBEDDED_FOLDER": str(folder)}
    database.ensure_running(environment, PROJECT)
    with _connect(environment):
        assert database.stop(environment, PROJECT, only_if_unused=True) is False
    assert database.stop(environment, PROJECT, only_if_unused=True) is True
    assert database.stop(environment, PROJECT) is False


def test_it_runs_for_a_project_that_the_servers_account_cannot_reach(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when root works in its own closed home: data and programs then live outside."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    package = embedded_host.packaged_programs().parent
    for part in (package, package.with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name)
    monkeypatch.setattr(
        embedded_host, "packaged_programs", lambda: closed / package.name / "pginstall"
    )
    place = embedded_place({}, closed)
    try:
        assert database.ensure_running({}, closed) is True
        with _connect({}, host=str(place.sockets)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert closed.stat().st_mode & 0o077 == 0
        assert place.home.is_relative_to(closed) is (os.geteuid() != 0)
    finally:
        database.stop({}, closed)
        shutil.rmtree(place.home)


def test_it_says_what_to_do_when_its_folder_cannot_be_used(folder: Path) -> None:
    (folder / "postgres-test").write_text("not a folder")
    with pytest.raises(DatabaseProblem, match=r"LOYPE_EMBEDDED_FOLDER"):
        database.ensure_running(_environment(folder), PROJECT)


# --- text and time ----------------------------------------------------------------------------


def test_it_knows_nordic_letters_and_finds_words_in_quotes(running: dict[str, str]) -> None:
    with _connect(running) as connection:
        row = connection.execute(
            "SELECT lower('ÆØÅ'), to_tsvector('danish', '«Kommunernes» løsning – ny') @@"
            " to_tsquery('danish', 'kommune'), current_setting('server_encoding'),"
            " current_setting('timezone')"
        ).fetchone()
    assert row == ("æøå", True, "UTF8", "UTC")


# --- settings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ada:p%40ss@db.example:6432/trail?sslmode=require",
            ("trail", "ada", "p@ss", "db.example", "6432", "require"),
        ),
        ("postgresql://ada@[::1]/trail", ("trail", "ada", "", "::1", "", None)),
        (
            "postgres:///trail?host=/var/run/postgresql",
            ("trail", "", "", "/var/run/postgresql", "", None),
        ),
        (
            "postgres://%2Fvar%2FRun%2Fpostgresql/trail",
            ("trail", "", "", "/var/Run/postgresql", "", None),
        ),
    ],
)
def test_it_reads_a_database_url(url: str, expected: tuple[str | None, ...]) -> None:
    read = database_settings({"DATABASE_URL": url}, PROJECT)
    parts = [read[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert (*parts, read["OPTIONS"].get("sslmode")) == expected


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres://host", "nonsense", "postgres://h:x/n"])
def test_it_says_how_a_database_url_looks(url: str) -> None:
    with pytest.raises(DatabaseProblem, match=r"set DATABASE_URL=postgres://"):
        database_settings({"DATABASE_URL": url}, PROJECT)


def test_it_keeps_parallel_test_runs_apart() -> None:
    ours = database_settings({"LOYPE_TEST_NAME": "councils"}, PROJECT)
    theirs = database_settings({"LOYPE_TEST_NAME": "ideas"}, PROJECT)
    assert ours["TEST"]["NAME"] != theirs["TEST"]["NAME"]


def test_it_pools_connections_only_when_told() -> None:
    assert "pool" not in database_settings({}, PROJECT)["OPTIONS"]
    pooled = database_settings({"LOYPE_DB_POOL": "5"}, PROJECT)
    assert pooled["OPTIONS"]["pool"]["max_size"] == 5
    assert pooled["CONN_MAX_AGE"] == 0


def test_it_keeps_the_socket_path_short_in_a_deep_folder() -> None:
    deep = Path("/srv") / "/".join(["a-rather-long-folder-name"] * 8)
    settings = database_settings({}, deep)
    assert len(f"{settings['HOST']}/.s.PGSQL.{settings['PORT']}") < 104


# --- unfit databases --------------------------------------------------------------------------


def test_it_accepts_the_built_in_database(running: dict[str, str]) -> None:
    check_database(_wrapper(database_settings(running, PROJECT)))


def test_it_says_what_to_do_when_the_server_is_away() -> None:
    away = database_settings({"DATABASE_URL": "postgres://ada:secret@127.0.0.1:1/trail"}, PROJECT)
    with pytest.raises(DatabaseProblem, match=r"127\.0\.0\.1:1 cannot be reached") as told:
        check_database(_wrapper(away))
    assert "secret" not in str(told.value)


def test_it_says_what_to_do_when_the_database_is_missing(running: dict[str, str]) -> None:
    settings = database_settings(running | {"LOYPE_DB_NAME": "nowhere"}, PROJECT)
    with pytest.raises(DatabaseProblem, match=r"'nowhere' does not exist .* `createdb"):
        check_database(_wrapper(settings))


def test_it_says_what_to_do_when_the_user_is_refused(running: dict[str, str]) -> None:
    settings = database_settings(running, PROJECT) | {"USER": "stranger"}
    with pytest.raises(DatabaseProblem, match=r"refuses the user 'stranger'"):
        check_database(_wrapper(settings))


def test_it_says_what_to_do_when_the_server_is_too_old(
    running: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "OLDEST_SERVER", 99)
    with pytest.raises(DatabaseProblem, match=r"needs 99 or newer: upgrade"):
        check_database(_wrapper(database_settings(running, PROJECT)))


def test_it_says_what_to_do_when_the_text_is_not_utf8(running: dict[str, str]) -> None:
    with _connect(running) as connection:
        connection.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
            " TEMPLATE template0"
        )
    with pytest.raises(DatabaseProblem, match=r"stores text as LATIN1"):
        check_database(_wrapper(database_settings(running | {"LOYPE_DB_NAME": "latin"}, PROJECT)))


def test_it_says_which_extension_to_install(
    running: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "EXTENSIONS", ("pg_trgm", "not_there"))
    with pytest.raises(DatabaseProblem, match=r"lacks the extension not_there: install"):
        check_database(_wrapper(database_settings(running, PROJECT)))


def test_it_says_which_extension_a_superuser_must_create(running: dict[str, str]) -> None:
    with _connect(running) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
    settings = database_settings(running, PROJECT) | {"USER": "guest"}
    with pytest.raises(DatabaseProblem, match=r"superuser run `CREATE EXTENSION vector;"):
        check_database(_wrapper(settings))


@pytest.mark.parametrize("words", [["serve"], ["worker", "--once"], ["migrate"]])
def test_a_command_tells_it_in_one_line_and_ends_with_2(words: list[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "loype.cli", *words],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": "postgres://ada@127.0.0.1:1/trail"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 2
    assert told.stderr.startswith("loype: The database on 127.0.0.1:1 cannot be reached")
    assert len(told.stderr.strip().splitlines()) == 1
