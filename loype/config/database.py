"""Which database Løype uses, and whether it is fit for use."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from loype.config import embedded
from loype.config.embedded_host import PORT, DatabaseProblem, embedded_place

__all__ = [
    "DatabaseProblem",
    "check_database",
    "database_settings",
    "ensure_running",
    "stop",
    "uses_embedded",
]

PROJECT = Path(__file__).resolve().parents[2]
OLDEST_SERVER = 15
EXTENSIONS = ("vector", "pg_trgm", "unaccent", "btree_gin", "btree_gist")
OWN_SERVER = "set DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/NAME"


def uses_embedded(environment: Mapping[str, str]) -> bool:
    """True if no other server is named, so that the built-in one is used."""
    return not environment.get("DATABASE_URL")


def database_settings(environment: Mapping[str, str], base: Path) -> dict[str, Any]:
    """Django's settings for the database; computes only, starts nothing."""
    if uses_embedded(environment):
        place = embedded_place(environment, base)
        settings: dict[str, Any] = {
            "NAME": environment.get("LOYPE_DB_NAME") or "loype",
            "USER": embedded.ROLE,
            "PASSWORD": "",
            "HOST": str(place.sockets),
            "PORT": PORT,
            "OPTIONS": {},
        }
    else:
        settings = parse_database_url(environment["DATABASE_URL"])
        settings["NAME"] = environment.get("LOYPE_DB_NAME") or settings["NAME"]
    settings["ENGINE"] = "django.db.backends.postgresql"
    settings["CONN_MAX_AGE"] = 0
    suffix = environment.get("LOYPE_TEST_NAME")
    settings["TEST"] = {"NAME": "_".join(filter(None, ("test", settings["NAME"], suffix)))}
    _add_pool(settings, environment)
    return settings


def _add_pool(settings: dict[str, Any], environment: Mapping[str, str]) -> None:
    """Keep connections open between requests where `LOYPE_DB_POOL` says how many at most."""
    written = environment.get("LOYPE_DB_POOL", "").strip() or "0"
    if not written.isdigit():
        raise DatabaseProblem(f"LOYPE_DB_POOL must be a number of connections, not {written!r}.")
    if int(written):
        # Short times, so that a page says soon that the database is away, and soon works again.
        settings["OPTIONS"]["pool"] = {
            "min_size": 1, "max_size": int(written), "timeout": 5, "reconnect_timeout": 5,
        }  # fmt: skip
        # A connection that died with the server is replaced instead of failing a request.
        settings["CONN_HEALTH_CHECKS"] = True


def parse_database_url(url: str) -> dict[str, Any]:
    """The parts of `postgres://user:password@host:port/name?option=value`, sockets included."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError as error:
        raise DatabaseProblem(f"The port in DATABASE_URL is not a number: {OWN_SERVER}.") from error
    name = unquote(parts.path.lstrip("/")) or options.pop("dbname", "")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise DatabaseProblem(f"DATABASE_URL is not the address of a database: {OWN_SERVER}.")
    return {
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": unquote(_host_of(parts.netloc) or options.pop("host", "")),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": {"connect_timeout": 10, **options},
    }


def _host_of(netloc: str) -> str:
    """The host as written: `urlsplit` would turn the letters of a socket's path to small ones."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def ensure_running(environment: Mapping[str, str] | None = None, base: Path | None = None) -> bool:
    """Start the built-in server and make its database where needed; true if it was started now."""
    chosen = os.environ if environment is None else environment
    if not uses_embedded(chosen):
        return False
    place = embedded_place(chosen, base or PROJECT)
    started = embedded.start(place)
    embedded.make_database(place, chosen.get("LOYPE_DB_NAME") or "loype")
    return started


def stop(
    environment: Mapping[str, str] | None = None,
    base: Path | None = None,
    *,
    only_if_unused: bool = False,
) -> bool:
    """Stop the built-in server; true if it ran and was stopped."""
    chosen = os.environ if environment is None else environment
    if not uses_embedded(chosen):
        return False
    return embedded.stop(embedded_place(chosen, base or PROJECT), only_if_unused=only_if_unused)


def check_database(connection: BaseDatabaseWrapper) -> None:
    """Raise `DatabaseProblem` if the database is out of reach, too old or lacks an extension."""
    # A connection of its own, past the pool, which would try for long and answer in many lines.
    address = connection.get_connection_params()
    address.pop("pool", None)
    try:
        direct = psycopg.connect(**address, autocommit=True)
    except psycopg.OperationalError as error:
        raise DatabaseProblem(_unreachable(connection.settings_dict, error)) from error
    with direct:
        _check_version(direct.info.server_version // 10000)
        _check_encoding(direct.info.parameter_status("server_encoding") or "")
        found = direct.execute(CREATABLE_EXTENSIONS, [list(EXTENSIONS)])
        _check_extensions(dict(found.fetchall()))


# An extension is ours if it is there, or if this user may create it: as superuser, or as one
# who may create in the database where the extension counts as trusted.
CREATABLE_EXTENSIONS = """
SELECT v.name,
       bool_or(v.installed
               OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
               OR (v.trusted
                   AND has_database_privilege(current_user, current_database(), 'CREATE')))
FROM pg_available_extension_versions v
WHERE v.name = ANY(%s)
GROUP BY v.name
"""


def _unreachable(settings: Mapping[str, Any], error: Exception) -> str:
    """What to do about a server that does not let us in, without saying the password."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
    server = f"{settings['HOST'] or 'the local socket'}:{settings['PORT'] or '5432'}"
    if "does not exist" in said and "database" in said:
        return (
            f"The database {settings['NAME']!r} does not exist on {server}: create it with "
            f"`createdb --encoding=UTF8 {settings['NAME']}`, or correct DATABASE_URL."
        )
    if "authentication" in said or "role" in said or "password" in said:
        return (
            f"The database on {server} refuses the user {settings['USER']!r}: "
            "correct the user name and password in DATABASE_URL."
        )
    return (
        f"The database on {server} cannot be reached ({said}): start it, or correct DATABASE_URL, "
        "or unset DATABASE_URL to use the built-in database."
    )


def _check_version(version: int) -> None:
    if version < OLDEST_SERVER:
        raise DatabaseProblem(
            f"The database is PostgreSQL {version}, and Løype needs {OLDEST_SERVER} or newer: "
            "upgrade the server, or point DATABASE_URL to a newer one."
        )


def _check_encoding(encoding: str) -> None:
    if encoding != "UTF8":
        raise DatabaseProblem(
            f"The database stores text as {encoding}, and Løype needs UTF8: make a new one with "
            "`createdb --encoding=UTF8 --template=template0 NAME`."
        )


def _check_extensions(creatable: Mapping[str, bool]) -> None:
    """Say which extension to install on the server, or which one a superuser must create."""
    absent = [name for name in EXTENSIONS if name not in creatable]
    if absent:
        raise DatabaseProblem(
            f"The database server lacks the extension {', '.join(absent)}: install PostgreSQL's "
            "contrib package and pgvector on the server."
        )
    forbidden = [name for name in EXTENSIONS if not creatable[name]]
    if forbidden:
        orders = " ".join(f"CREATE EXTENSION {name};" for name in forbidden)
        raise DatabaseProblem(
            f"This user may not create the extension {', '.join(forbidden)}: "
            f"let a superuser run `{orders}` in the database."
        )
