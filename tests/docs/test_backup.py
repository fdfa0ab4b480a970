"""The backup and the restore of docs/operating.md, done as written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from loype.config.embedded_host import packaged_programs
from tests.cast import build_world
from tests.trail_world import build_trail

PROJECT = Path(__file__).resolve().parents[2]
MANUAL = PROJECT / "docs" / "operating.md"

Environment = dict[str, str]


def written(name: str) -> str:
    """The commands that follow a mark in the manual."""
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name}: .*?-->\n```sh\n(.*?)```", text, re.DOTALL)
    assert found, f"the manual has no commands marked {name}"
    return found.group(1)


def url_of(name: str) -> str:
    """The address of a database on the tests' server, as an operator would write it."""
    settings = connection.settings_dict
    if str(settings["HOST"]).startswith("/"):
        where, host = "", f"?host={quote(str(settings['HOST']), safe='')}&port={settings['PORT']}"
    else:
        where, host = f"{settings['HOST']}:{settings['PORT'] or 5432}", ""
    password = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{password}@{where}/{name}{host}"


def ask(name: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url_of(name), autocommit=True) as direct:
        cursor = direct.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def elsewhere(transactional_db: None) -> Iterator[str]:
    """A second database, empty."""
    name = f"{connection.settings_dict['NAME']}_restored"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    ask("postgres", drop.as_string())
    ask("postgres", sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)).as_string())
    yield name
    ask("postgres", drop.as_string())


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Runs commands of the manual in a shell that stops at the first failure."""
    backup = tmp_path / "backup"
    backup.mkdir()
    programs = f"{packaged_programs() / 'bin'}:{Path(sys.executable).parent}"

    def commands(text: str, *, database: str, files: Path) -> str:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LOYPE_")},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "DATABASE_URL": url_of(database),
            "LOYPE_FILES": str(files),
            "LOYPE_VAR": str(tmp_path / "var"),
            "BACKUP": str(backup),
        }
        done = subprocess.run(
            ["/bin/sh", "-eu", "-c", text],
            cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return commands


def counted(name: str) -> dict[str, int]:
    """How many rows each table has."""
    tables = ask(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        table: ask(name, f'SELECT count(*) FROM "{table}"')[0][0] for (table,) in sorted(tables)
    }


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_brings_everything_back(
    elsewhere: str, run: Callable[..., str], settings: Any, tmp_path: Path
) -> None:
    build_trail(build_world())
    here = str(connection.settings_dict["NAME"])
    there_files = tmp_path / "restored files"

    run(written("backup"), database=here, files=Path(settings.MEDIA_ROOT))
    said = run(written("restore"), database=elsewhere, files=there_files)

    rows = counted(here)
    assert rows["ideas_idea"] > 3
    assert rows["history_event"] > 20
    assert counted(elsewhere) == rows
    assert read(there_files) == read(Path(settings.MEDIA_ROOT)) != {}
    assert f"{rows['history_event']:,} rows" in said
    assert "nothing changed, missing or moved" in said


def test_it_keeps_the_promises_of_the_database(
    elsewhere: str, run: Callable[..., str], settings: Any, tmp_path: Path
) -> None:
    build_trail(build_world())
    here = str(connection.settings_dict["NAME"])
    run(written("backup"), database=here, files=Path(settings.MEDIA_ROOT))
    run(written("restore"), database=elsewhere, files=tmp_path / "files there")

    with pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
        ask(elsewhere, "UPDATE history_event SET verb = 'nothing_happened'")
    kept = "SELECT conname FROM pg_constraint WHERE conname NOT LIKE '%not_null%' ORDER BY 1"
    assert ask(elsewhere, kept) == ask(here, kept)
