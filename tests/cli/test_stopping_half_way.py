"""An import that is killed and run again ends in the same rows as one clean run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ground.test_commands import Installation

ROWS = 6_000
MAP = """
source = "old box"
[fields]
external_id = "id"
title = "title"
support_count = "votes"
submitted_at = "day"
language = { constant = "nb" }
kind = { constant = "idea" }
"""


@pytest.fixture(scope="module")
def installation(worker_id: str) -> Iterator[Installation]:
    """A database of its own with two organisations."""
    made = Installation(f"loype_import_{os.environ.get('LOYPE_TEST_NAME', '')}_{worker_id}")
    made.remove()
    made = Installation(made.name)
    assert made.run("migrate", "--quiet").returncode == 0
    yield made
    made.remove()


@pytest.fixture(scope="module")
def words(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The import of one file, all but the organisation."""
    folder: Path = tmp_path_factory.mktemp("import")
    homes = folder / "homes.csv"
    homes.write_text("name,short_name,country\nKilled,KIL,no\nClean,CLE,no\n", encoding="utf-8")
    told = installation.run("import", "organisations", str(homes), "--yes")
    assert told.returncode == 0, told.stderr
    lines = [
        f"{n},Idé nummer {n} om noe bedre,{n % 90},2025-01-{n % 28 + 1:02}" for n in range(ROWS)
    ]
    lines[3_000] = "3000,,1,2025-01-01"
    file, mapping = folder / "ideas.csv", folder / "map.toml"
    file.write_text("id,title,votes,day\n" + "\n".join(lines), encoding="utf-8")
    mapping.write_text(MAP, encoding="utf-8")
    report = str(folder / "report.csv")
    return ["import", "ideas", str(file), "--map", str(mapping), "--report", report]


def _rows(installation: Installation, organisation: str) -> list[tuple[object, ...]]:
    return installation.ask(
        "SELECT substr(i.case_number, 4), i.title, i.text, i.kind, i.language, i.state,"
        " i.submitted_at, i.support_count, i.external_id, i.source, c.state,"
        " e.verb, e.change, e.number"
        " FROM ideas_idea i JOIN organisations_organisation o ON o.id = i.organisation_id"
        " JOIN councils_case c ON c.idea_id = i.id"
        " JOIN history_event e ON e.thing_kind = 'idea' AND e.thing_id = i.id"
        " WHERE o.short_name = %s ORDER BY i.case_number",
        [organisation],
    )


def _count(installation: Installation) -> int:
    return int(str(installation.ask("SELECT count(*) FROM ideas_idea")[0][0]))


def test_killed_and_run_again_it_ends_as_one_clean_run(
    installation: Installation, words: list[str]
) -> None:
    importing = installation.start(*words, "--organisation", "KIL")
    deadline = time.monotonic() + 60
    while not (count := _count(installation)):
        assert importing.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline, "it never began"
        time.sleep(0.02)
    os.kill(importing.pid, signal.SIGKILL)
    importing.wait(30)
    count = _count(installation)
    assert 0 < count < ROWS - 1
    assert count % 500 == 0
    # Two at once: they wait for each other, and neither doubles the other's rows.
    both = [installation.start(*words, "--organisation", "KIL") for _ in range(2)]
    assert [one.wait(90) for one in both] == [1, 1]
    assert installation.run(*words, "--organisation", "CLE").returncode == 1
    killed, clean = _rows(installation, "KIL"), _rows(installation, "CLE")
    assert len(clean) == ROWS - 1
    assert killed == clean
    assert installation.run("history", "verify").returncode == 0


def test_a_third_run_finds_everything_there(installation: Installation, words: list[str]) -> None:
    before = _count(installation)
    told = installation.run(*words, "--organisation", "KIL")
    assert told.returncode == 1
    assert f"0 new, {ROWS - 1:,} already there, 1 refused" in told.stdout
    assert _count(installation) == before
