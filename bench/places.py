"""The databases of the benchmark: filled once for each size, and copied for each run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from loype.config import embedded
from loype.config.database import PROJECT, ensure_running
from loype.config.embedded_host import PORT, embedded_place

HERE = Path(__file__).parent
FILLED_BY = ("filling.py", "afterwards.py", "council_life.py", "texts.py")


def ready(size: int) -> str:
    """The name of a fresh copy of the filled database of this size."""
    template, copy = f"loype_bench_{size}_filled", f"loype_bench_{size}"
    if _comment(template) != signature():
        _order("DROP DATABASE IF EXISTS {}", template)
        _fill(template, size)
        _order("COMMENT ON DATABASE {} IS " + f"'{signature()}'", template)
    else:
        _fill(template, 0)
    _order("DROP DATABASE IF EXISTS {}", copy)
    _order("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", copy, template)
    return copy


def drop(name: str) -> None:
    """Take a database away."""
    _order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def signature() -> str:
    """What the filled databases were made by."""
    said = b"".join((HERE / name).read_bytes() for name in FILLED_BY)
    return hashlib.sha256(said).hexdigest()


def environment(name: str) -> dict[str, str]:
    """The environment of a process that works on one of the databases."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "LOYPE_EMBEDDED": "test",
        "LOYPE_DB_NAME": name,
        "PYTHONPATH": str(PROJECT),
    }


def _fill(name: str, size: int) -> None:
    """Migrate, and fill where a size is given; in a process of its own."""
    command = [sys.executable, "-m", "bench.prepare", str(size)]
    subprocess.run(command, env=environment(name), check=True, cwd=PROJECT)


def _server() -> psycopg.Connection:
    ensure_running({**os.environ, "LOYPE_EMBEDDED": "test"})
    place = embedded_place({**os.environ, "LOYPE_EMBEDDED": "test"}, PROJECT)
    return psycopg.connect(
        host=str(place.sockets), port=PORT, user=embedded.ROLE, dbname="postgres", autocommit=True
    )


def _order(statement: str, *names: str) -> None:
    with _server() as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _comment(name: str) -> str:
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with _server() as connection:
        row = connection.execute(asked, [name]).fetchone()
    return (row and row[0]) or ""
