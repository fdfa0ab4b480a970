"""Running `loype` in the test's own transaction, and finding the shared data."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loype.cli import loype
from tests.cast import World

PROJECT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


def shared_data(*words: str) -> Path:
    """A file of the shared data; the test is left out where this machine has none."""
    path = PROJECT.parent.joinpath("shared", "data", *words)
    if not path.exists():
        pytest.skip(f"LEFT OUT: there is no {'/'.join(words)} beside the project.")
    return path


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command as an operator calls it, in an empty folder; failures of ours are not hidden."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> Result:
        return CliRunner().invoke(loype, list(words), catch_exceptions=False)

    return command


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """A file in the test's folder, from words or bytes."""

    def make(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return make


def report_of(path: Path) -> list[dict[str, str]]:
    """The lines of a report file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
